import StateSpace
import Traces

/// The arrangement of the cards in the Nodes pane: as many in a row as fit, with room for the links between them.
struct CardGrid {
  static let narrowestCard = 22
  static let widestCard = 44
  /// In front of a class.
  static let widestPresented = 72

  let cardWidth: Int
  let gap: Int
  /// The contents of each card, without its frame.
  let cards: [CardLines]
  let state: StateCards
  let arrangement: CardArrangement
  /// The height of each row of cards, including frames and arcs.
  private(set) var heights: [Int]
  /// The rows of which only a line for each card is shown.
  private(set) var foldedRows: Set<Int> = []
  /// Whether some row has fewer lines than its cards.
  private(set) var isShortened = false

  init(cards: [CardLines], of state: StateCards, cardWidth: Int, gap: Int, arrangement: CardArrangement) {
    self.cards = cards
    self.state = state
    self.cardWidth = cardWidth
    self.gap = gap
    self.arrangement = arrangement
    heights = zip(arrangement.rows, arrangement.arcs).map { row, arcs in
      (cards[row].map(\.count).max() ?? 0) + 2 + arcs.count
    }
  }

  var columns: Int { arrangement.columns }

  func row(ofCard index: Int) -> Int { index / max(1, columns) }

  /// The same with rows folded so that all nodes are in sight. A row with a card of `groups` stays open; of the others, as many as fit. If the
  /// open rows do not fit, they are shortened, those of the first groups last.
  func folded(to windowHeight: Int, open groups: [Set<Int>]) -> CardGrid {
    let open = groups.map { Set($0.map(row(ofCard:))) }
    let isOpen = open.reduce(into: Set()) { $0.formUnion($1) }
    var folded = self
    folded.foldedRows = Set(heights.indices).subtracting(isOpen)
    var height = heights.enumerated().reduce(0) { $0 + (isOpen.contains($1.offset) ? $1.element : 1) }
    for row in heights.indices where !isOpen.contains(row) && height + heights[row] - 1 <= windowHeight {
      folded.foldedRows.remove(row)
      height += heights[row] - 1
    }
    for row in folded.foldedRows { folded.heights[row] = 1 }
    for lowest in [5, 4] {
      for number in open.indices.reversed() {
        let rows = open[number].subtracting(open[..<number].reduce(into: []) { $0.formUnion($1) })
        folded.shorten(rows, to: windowHeight, lowest: lowest)
      }
    }
    return folded
  }

  /// Takes lines from rows, the highest first, until all rows fit.
  private mutating func shorten(_ rows: Set<Int>, to windowHeight: Int, lowest: Int) {
    while height > windowHeight, let highest = rows.max(by: { (heights[$0], $1) < (heights[$1], $0) }),
      heights[highest] > lowest
    {
      heights[highest] -= 1
      isShortened = true
    }
  }

  /// The rows of a card with its frame, as far as it is shown.
  func shownHeight(ofCard index: Int) -> Int {
    let row = row(ofCard: index)
    return min(cards[index].count + 2, heights[row] - arrangement.arcs[row].count)
  }

  /// Whether a card has no room for something.
  var isCut: Bool {
    cards.contains { card in
      (0..<card.count).contains { row in
        card.line(row).map { $0.text.contains("…") && !$0.text.contains("… +") } ?? false
      }
    }
  }

  var height: Int { heights.reduce(0, +) }

  /// The number of cards that fit side by side, their width, and the gap between them.
  static func measures(
    count: Int, width: Int, hasLinks: Bool, mostColumns: Int, widest: Int = widestCard
  ) -> (columns: Int, cardWidth: Int, gap: Int) {
    let gapOfLink = 7
    let columns = max(1, min(count, mostColumns, (width + gapOfLink) / (narrowestCard + gapOfLink)))
    var gap = hasLinks ? gapOfLink : 3
    if hasLinks, count == 2, columns == 2 {
      // The gap has room for text on the link.
      gap = min(max(9, width * 3 / 20), 17, max(gapOfLink, width - 2 * narrowestCard))
    }
    return (columns, min(widest, (width - gap * (columns - 1)) / columns), gap)
  }
}

/// The lines of a node's card. The lines of a long inbox are made when they are drawn.
struct CardLines {
  let head: [StyledLine]
  /// The numbers of the head's lines that stay above the inboxes if the inboxes come first.
  var places: [Int] = []
  /// The numbers of the head's lines that the step changed.
  var changed: [Int] = []
  /// If a card is taller than the window, the inboxes come before the node's variables, because they show what happens next.
  var hasInboxesFirst = false
  let inboxes: [(title: StyledLine, count: Int, line: (Int) -> StyledLine)]

  var count: Int { inboxes.reduce(head.count) { $0 + 1 + $1.count } }

  func line(_ row: Int) -> StyledLine? {
    let above = hasInboxesFirst ? places : Array(head.indices)
    guard row >= above.count else { return head[above[row]] }
    var row = row - above.count
    for inbox in inboxes {
      if row == 0 { return inbox.title }
      row -= 1
      if row < inbox.count { return inbox.line(row) }
      row -= inbox.count
    }
    let hidden = head.indices.filter { !above.contains($0) }
    let below = hidden.filter(changed.contains) + hidden.filter { !changed.contains($0) }
    return row < below.count ? head[below[row]] : nil
  }
}

extension Session {
  /// The number of rows of the cards, or of the variables if there are no nodes.
  var nodesHeight: Int {
    guard let area = place(of: .nodes)?.area else { return 0 }
    return model.nodes.isEmpty ? variableLines(width: area.width).count : cardGrid(width: area.width).height
  }

  /// The number of rows of Nodes that scroll: those above the shared variables.
  var nodesWindowHeight: Int {
    guard let area = place(of: .nodes)?.area else { return 0 }
    guard !model.nodes.isEmpty else { return area.height }
    return area.height - min(sharedLines(width: area.width).count, sharedLimit(height: area.height))
  }

  /// The number of rows that Nodes needs to show everything at a width: the cards and the shared variables, or all variables.
  func wantedNodesRows(width: Int) -> Int {
    guard !model.nodes.isEmpty else { return variableLines(width: width).count }
    return model.nodesRows(at: cursor, in: tree, width: width) {
      wholeCardGrid(width: width, windowHeight: nil).height + sharedLines(width: width).count
    }
  }

  /// Scrolls to the card of the node that acts, and to that of a node for which an invariant fails: the latter matters more. At an initial
  /// state, scrolls to the first cards.
  mutating func revealActingCard() {
    let height = nodesWindowHeight
    if tree[cursor].label == nil { screen.positions[.nodes]?.top = 0 }
    let failing = failingNodes
    let actingIndex = model.structure.actingNode(of: tree[cursor].label).flatMap(model.nodes.firstIndex(of:))
    let isActingWrong = actingIndex.map { failing.contains(model.nodes[$0]) } ?? false
    let failingIndex = isActingWrong ? nil : model.nodes.firstIndex(where: failing.contains)
    guard height > 0, actingIndex ?? failingIndex != nil else { return }
    let cards = cardGrid(width: paneWidth(.nodes))
    var position = screen.positions[.nodes] ?? ListPosition()
    position.top = position.visibleTop(height: height, count: cards.height)
    for index in [actingIndex, failingIndex].compactMap({ $0 }) {
      let row = cards.row(ofCard: index)
      let start = cards.heights.prefix(row).reduce(0, +)
      let end = start + cards.heights[row]
      if end > position.top + height { position.top = end - height }
      if start < position.top { position.top = start }
    }
    screen.positions[.nodes] = position
  }

  /// The title, with the names of the cards that are scrolled out of sight, or how to see those that are folded.
  var nodesHeading: StyledLine? {
    guard !model.nodes.isEmpty else { return StyledLine("Variables") }
    let height = nodesWindowHeight
    guard let width = place(of: .nodes)?.area.width else { return nil }
    let cards = cardGrid(width: width)
    guard cards.height > height else {
      guard cards.isShortened || !cards.foldedRows.isEmpty else { return nil }
      return StyledLine("Nodes ─ \(bindings.key(.commandLine))nodes shows the rest")
    }
    let top = position(.nodes).visibleTop(height: height, count: cards.height)
    var (above, below): ([String], [String]) = ([], [])
    var y = 0
    for (row, rowHeight) in cards.heights.enumerated() {
      let names = model.nodes.dropFirst(row * cards.columns).prefix(cards.columns).map(\.description)
      if y + rowHeight <= top + 1 { above += names }
      if y >= top + height { below += names }
      y += rowHeight
    }
    let words = [("above", above), ("below", below)].filter { !$0.1.isEmpty }
    guard !words.isEmpty else { return nil }
    let text = words.map { "\($0.0): \($0.1.joined(separator: ", "))" }.joined(separator: "; ")
    return StyledLine("Nodes ─ \(text)")
  }

  private func sharedLimit(height: Int) -> Int { max(1, height / 3) }

  func drawNodes(on grid: inout Grid, in area: Rectangle) {
    guard !model.nodes.isEmpty else {
      let lines = variableLines(width: area.width)
      let top = position(.nodes).visibleTop(height: area.height, count: lines.count)
      for (row, line) in lines.dropFirst(top).prefix(area.height).enumerated() {
        grid.write(
          marked(line, NodesLine(card: nil, row: top + row), width: area.width), row: row, of: area)
      }
      return
    }
    let shared = sharedLines(width: area.width).prefix(sharedLimit(height: area.height))
    let (upper, lower) = area.splitAfterRows(area.height - shared.count)
    drawCards(on: &grid, in: upper)
    for (row, line) in shared.enumerated() {
      grid.write(marked(line, NodesLine(card: nil, row: row), width: area.width), row: row, of: lower)
    }
  }

  /// A line with the text that is sought underlined. The line in which it was found last is reversed.
  private func marked(_ line: StyledLine, _ place: NodesLine, width: Int) -> StyledLine {
    guard screen.focus == .nodes else { return line }
    let shown = line.underlining(screen.soughtText)
    return place == screen.foundInNodes ? shown.fitted(to: width).reversed : shown
  }

  // MARK: Cards

  /// The current state as its cards show it.
  var stateCards: StateCards {
    StateCards(
      model.structure, values: values, previous: previousValues, label: tree[cursor].label, step: step,
      facts: model.pathFacts(at: cursor, in: tree))
  }

  /// The cards as they are shown. If they do not fit, those that the step did not touch are folded, unless the user scrolls the pane.
  func cardGrid(width: Int) -> CardGrid {
    guard !screen.presents else { return wholeCardGrid(width: width, windowHeight: nil) }
    let height = nodesWindowHeight
    let whole = wholeCardGrid(width: width, windowHeight: height)
    guard screen.focus != .nodes, height > 0, whole.height > height else { return whole }
    return whole.folded(to: height, open: touchedCards(whole.state))
  }

  /// All cards as a whole. In a window of a height, inboxes are folded so that what a node knows stays in sight beside them.
  private func wholeCardGrid(width: Int, windowHeight: Int?) -> CardGrid {
    cardGrid(of: stateCards, width: width, packs: packsCards(width: width), windowHeight: windowHeight)
  }

  /// The cards of the nodes for which an invariant fails, of the node that acts, and of those for which the step changed something.
  private func touchedCards(_ state: StateCards) -> [Set<Int>] {
    let failing = failingNodes
    let nodes = model.nodes.indices
    return [
      Set(nodes.filter { failing.contains(model.nodes[$0]) }),
      Set(nodes.filter { model.nodes[$0] == state.acting }),
      Set(nodes.filter { state.card(of: $0).isChanged }),
    ]
  }

  /// Whether a small screen has too few rows for the cards, so that short values share lines. It depends on the initial state alone, so
  /// nothing jumps while the user steps.
  private func packsCards(width: Int) -> Bool {
    guard !layout.tabs.isEmpty, !screen.presents, layout.place(of: .nodes) != nil else { return false }
    let initial = tree.path(to: cursor)[0]
    let values = model.values(of: tree[initial].state)
    let cards = StateCards(
      model.structure, values: values, previous: nil, label: nil, step: 0,
      facts: PathFacts(at: values, isInitial: true, in: model.structure))
    // A step adds a line to a card or two.
    return cardGrid(of: cards, width: width, packs: false, windowHeight: nil).height + 2 > nodesWindowHeight
  }

  private func cardGrid(
    of state: StateCards, width: Int, packs: Bool, windowHeight: Int?
  ) -> CardGrid {
    func grid(mostColumns: Int) -> CardGrid {
      let measures = cardMeasures(width: width, mostColumns: mostColumns)
      let arrangement = CardArrangement(
        count: model.nodes.count, columns: measures.columns, hasLinks: hasLinks)
      // The other rows of cards keep a line each.
      let room = windowHeight.map { $0 - 2 - (arrangement.rows.count - 1) }
      let cards = model.nodes.indices.map {
        lines(of: state.card(of: $0), width: measures.cardWidth - 2, packs: packs, room: room)
      }
      return CardGrid(
        cards: cards, of: state, cardWidth: measures.cardWidth, gap: measures.gap, arrangement: arrangement)
    }
    var shown = grid(mostColumns: model.nodes.count)
    // In front of a class nothing is cut: the cards get wider.
    while screen.presents, shown.columns > 1, shown.isCut { shown = grid(mostColumns: shown.columns - 1) }
    return shown
  }

  private func cardMeasures(
    width: Int, mostColumns: Int? = nil
  ) -> (columns: Int, cardWidth: Int, gap: Int) {
    CardGrid.measures(
      count: model.nodes.count, width: width - 2, hasLinks: hasLinks,
      mostColumns: mostColumns ?? model.nodes.count,
      widest: screen.presents ? CardGrid.widestPresented : CardGrid.widestCard)
  }

  private var hasLinks: Bool { model.structure.roles.contains(.links) }

  func cardArrangement(width: Int) -> CardArrangement {
    screen.presents
      ? cardGrid(width: width).arrangement
      : CardArrangement(
        count: model.nodes.count, columns: cardMeasures(width: width).columns, hasLinks: hasLinks)
  }

  private func drawCards(on grid: inout Grid, in area: Rectangle) {
    let cards = cardGrid(width: area.width)
    let acting = cards.state.acting
    let wrong = failingNodes
    // Frames are not clipped. So a canvas that extends beyond the window is drawn on a grid of its own and then cut.
    let top = position(.nodes).visibleTop(height: area.height, count: cards.height)
    var y = 0
    for (row, height) in cards.heights.enumerated() {
      defer { y += height }
      guard y + height > top, y < top + area.height else { continue }
      let first = row * cards.columns
      let members = first..<min(cards.cards.count, first + cards.columns)
      if cards.foldedRows.contains(row) {
        drawFolded(members, cards, y: area.y + y - top, on: &grid, clip: area)
        continue
      }
      for index in members {
        let frame = Rectangle(
          x: area.x + 1 + (index - first) * (cards.cardWidth + cards.gap), y: area.y + y - top,
          width: cards.cardWidth, height: cards.shownHeight(ofCard: index))
        let isActing = model.nodes[index] == acting
        drawCard(
          index, cards.card(index, windowHeight: area.height), isActing: isActing,
          isWrong: wrong.contains(model.nodes[index]), in: frame, on: &grid, clip: area)
      }
      for index in members.dropLast() {
        let x = area.x + 1 + (index - first + 1) * (cards.cardWidth + cards.gap) - cards.gap
        drawLink(
          cards.state.link(NodePair(index, index + 1)), on: &grid,
          in: Rectangle(x: x, y: area.y + y - top + 1, width: cards.gap, height: 3), clip: area)
      }
      drawArcs(ofRow: row, cards, top: area.y + y - top, on: &grid, clip: area)
    }
  }

  /// A row of cards, each as one line, with the links between neighbours.
  private func drawFolded(
    _ members: Range<Int>, _ cards: CardGrid, y: Int, on grid: inout Grid, clip: Rectangle
  ) {
    for index in members {
      let x = clip.x + 1 + (index - members.lowerBound) * (cards.cardWidth + cards.gap)
      let line = foldedLine(cards.state.card(of: index), width: cards.cardWidth)
      grid.write(line, at: Point(x: x, y: y), in: clip, maxWidth: cards.cardWidth)
      guard index + 1 < members.upperBound else { continue }
      let gap = Rectangle(x: x + cards.cardWidth, y: y, width: cards.gap, height: 1)
      if clip.contains(gap.origin) {
        drawLink(cards.state.link(NodePair(index, index + 1)), on: &grid, in: gap, clip: gap)
      }
    }
  }

  /// `─ c1  inbox 2 ▶ answer  mode "open"  rows {}`: a card in one line, with what matters most at the beginning.
  private func foldedLine(_ card: NodeCard, width: Int) -> StyledLine {
    var line = StyledLine("─ ") + StyledLine(card.node.description, Style(bold: true))
    func add(_ text: String, _ style: Style = .plain) { line.append("  \(text)", style) }
    for inbox in card.inboxes where inbox.count > 0 {
      add("\(inbox.name) \(inbox.count)", Style(bold: true))
      line.append(" ▶ ", Style(.accent, bold: true))
      line.append(inbox.message(at: 0).words)
    }
    for token in card.tokens where token.movedTo == nil { add("◉ \(token.name)", Style(.accent, bold: true)) }
    if let peers = card.peers {
      add("sees \(peers.names.isEmpty ? "–" : peers.names.joined(separator: " "))")
    }
    for entry in card.values.filter(\.isMode) + card.values.filter({ !$0.isMode }) {
      guard let parts = entry.parts else {
        add("\(entry.name) \(ValueLine.text(entry.value, limit: width, isBrief: true))")
        continue
      }
      let words = parts.map { "\($0.name) \(ValueLine.text($0.value, limit: width, isBrief: true))" }
      add("\(entry.name) \(words.joined(separator: " "))")
    }
    for inbox in card.inboxes where inbox.count == 0 { add("\(inbox.name) empty") }
    return line.truncated(to: width)
  }

  /// The nodes for which an invariant fails.
  private var failingNodes: Set<PlainValue> {
    var nodes: Set<PlainValue> = []
    for case .fails(let explanation) in model.invariantStatuses(in: state) {
      for witness in explanation.witnesses where model.nodes.contains(witness.value) {
        nodes.insert(witness.value)
      }
    }
    return nodes
  }

  private func drawCard(
    _ index: Int, _ card: CardLines, isActing: Bool, isWrong: Bool, in frame: Rectangle,
    on grid: inout Grid, clip: Rectangle
  ) {
    let style = isWrong ? Style(.wrong) : isActing ? Style(.accent) : Style.plain
    let bottom = min(frame.endY - 1, clip.endY)
    for y in max(frame.y + 1, clip.y)..<max(frame.y + 1, clip.y, bottom) {
      grid.write("│", at: Point(x: frame.x, y: y), style: style)
      grid.write("│", at: Point(x: frame.endX - 1, y: y), style: style)
      let row = y - frame.y - 1
      if let line = card.line(row) {
        let line = marked(line, NodesLine(card: index, row: row), width: frame.width - 2)
        grid.write(line, at: Point(x: frame.x + 1, y: y), in: clip, maxWidth: frame.width - 2)
      }
    }
    let lineWidth = frame.width - 2
    // A card whose top is scrolled out of sight still shows its name.
    let isCut = frame.y < clip.y
    if !isCut || clip.y < frame.endY - 2 {
      let name = model.nodes[index].description
      let title = Glyph.truncated(name, columns: max(1, lineWidth - 6)) + (isWrong ? " ✗" : "")
      let rest = String(repeating: "─", count: max(0, lineWidth - 3 - Glyph.width(of: title)))
      var line = StyledLine(isCut ? "├─ " : "┌─ ", style)
      let isFound = screen.focus == .nodes && screen.foundInNodes == NodesLine(card: index, row: -1)
      line.append(title, Style(style.role, bold: true, reversed: isFound))
      line.append(" \(rest)\(isCut ? "┤" : "┐")", style)
      grid.write(line, at: Point(x: frame.x, y: max(frame.y, clip.y)), in: clip)
    }
    if frame.endY - 1 < clip.endY, frame.endY - 1 >= clip.y {
      // The lines that have no room are counted in the frame.
      let hidden = card.count - (frame.height - 2)
      let words = hidden > 0 ? "─ … +\(hidden) more " : ""
      let rest = String(repeating: "─", count: max(0, lineWidth - Glyph.width(of: words)))
      grid.write(
        "└\(words)\(rest)┘", at: Point(x: frame.x, y: frame.endY - 1), style: style, in: clip)
    }
  }

  /// With `packs`, short values share lines, and so do empty inboxes. Inboxes are folded to what `room` lines leave for them.
  private func lines(of card: NodeCard, width: Int, packs: Bool, room: Int?) -> CardLines {
    var head: [StyledLine] = []
    if let peers = card.peers { head.append(seesLine(peers, width)) }
    head += card.tokens.map { tokenLine($0, width: width) } + sharedPlaceLines(card, width: width)
    if let line = membershipLine(card, width: width) { head.append(line) }
    var places = Array(head.indices)
    // Whether the last line consists of values, which others may follow.
    var isOpen = false
    func add(_ lines: [StyledLine], staysInSight: Bool) {
      if packs, lines.count == 1, isOpen, let last = head.last, last.width + 1 + lines[0].width <= width {
        head[head.count - 1] = last + StyledLine(" ") + lines[0]
        if staysInSight, places.last != head.count - 1 { places.append(head.count - 1) }
        return
      }
      if staysInSight { places.append(head.count) }
      head += lines
      isOpen = lines.count == 1
    }
    // A mode says whether the node runs, or in which phase it is.
    var changed: [Int] = []
    for entry in card.values {
      let first = head.count
      add(partLines(entry, width: width, isTight: packs), staysInSight: entry.isMode)
      if entry.isChanged { changed += min(first, head.count - 1)..<head.count }
    }
    var inboxes = card.inboxes
    if packs {
      for inbox in inboxes where inbox.count == 0 {
        add([lines(of: inbox, width: width, room: nil).title], staysInSight: true)
      }
      inboxes.removeAll { $0.count == 0 }
    }
    let waiting = inboxes.count { $0.count > 0 }
    let inboxRoom = room.map { ($0 - head.count - inboxes.count) / max(1, waiting) }
    return CardLines(
      head: head, places: places, changed: changed,
      inboxes: inboxes.map { lines(of: $0, width: width, room: inboxRoom) })
  }

  private func seesLine(_ peers: NodeCard.Peers, _ width: Int) -> StyledLine {
    let names = peers.names.isEmpty ? "–" : peers.names.joined(separator: " ")
    var line =
      StyledLine(" sees  ") + StyledLine(names, peers.change == nil ? .plain : Style(.change, bold: true))
    if let change = peers.change {
      let mark = change == .cut ? "◆ cut" : "◆ healed"
      line = line.fitted(to: max(line.width + 1, width - mark.count))
      line.append(mark, Style(.change, bold: true))
    }
    return line
  }

  // MARK: Inboxes

  private func lines(
    of inbox: CardInbox, width: Int, room: Int?
  ) -> (title: StyledLine, count: Int, line: (Int) -> StyledLine) {
    var title = StyledLine(" \(inbox.name)  ")
    title.append(
      inbox.count == 0 ? "empty" : String(inbox.count),
      inbox.isChanged ? Style(.change, bold: true) : .plain)
    if inbox.isChanged {
      title.append("  ◆ ", Style(.change, bold: true))
      title.append("was \(inbox.before == 0 ? "empty" : String(inbox.before))", Style(.dim))
    }
    let folding = InboxFolding(count: inbox.count, room: room)
    return (
      title, folding.lineCount,
      { line in
        guard let row = folding.message(atLine: line) else {
          return StyledLine("     … +\(Wording.grouped(folding.hidden)) more", Style(.dim))
        }
        let message = inbox.message(at: row)
        var line = StyledLine(message.isHead ? " ▶ " : "   ", Style(.accent, bold: true))
        if let sender = message.sender { line.append("\(sender): ", Style(.dim)) }
        line.append(
          message.words, message.isNew ? Style(.change, bold: true) : Style(bold: message.isHead))
        if message.isNew { line.append(" ◆", Style(.change, bold: true)) }
        if let suspicion = message.suspicion {
          let room = width - line.width - 1
          let words = suspicion.words.map { "╳ \($0)" }.first { Glyph.width(of: $0) <= room } ?? "╳"
          line = line.fitted(to: width - Glyph.width(of: words))
          line.append(words, Style(.wrong))
        }
        return line
      }
    )
  }
}

extension PaneRecord {
  static let nodes = PaneRecord(
    title: "Nodes", place: .top, heading: { $0.nodesHeading },
    draw: { session, grid, area in session.drawNodes(on: &grid, in: area) },
    hints: { _ in [.activate, .back] })
}
