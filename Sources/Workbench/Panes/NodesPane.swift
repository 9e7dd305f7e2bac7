import StateSpace
import Traces

/// The arrangement of the cards in the Nodes pane: as many in a row as fit, with room for the links between them.
struct CardGrid {
  static let narrowestCard = 22

  let cardWidth: Int
  let gap: Int
  /// The contents of each card, without its frame.
  let cards: [NodeCard]
  let arrangement: CardArrangement
  /// The height of each row of cards, including frames and arcs.
  let heights: [Int]

  init(cards: [NodeCard], cardWidth: Int, gap: Int, arrangement: CardArrangement) {
    self.cards = cards
    self.cardWidth = cardWidth
    self.gap = gap
    self.arrangement = arrangement
    heights = zip(arrangement.rows, arrangement.arcs).map { row, arcs in
      (cards[row].map(\.count).max() ?? 0) + 2 + arcs.count
    }
  }

  var columns: Int { arrangement.columns }
  var height: Int { heights.reduce(0, +) }

  /// The number of cards that fit side by side, their width, and the gap between them.
  static func measures(count: Int, width: Int, hasLinks: Bool) -> (columns: Int, cardWidth: Int, gap: Int) {
    let gapOfLink = 7
    let columns = max(1, min(count, (width + gapOfLink) / (narrowestCard + gapOfLink)))
    var gap = hasLinks ? gapOfLink : 3
    if hasLinks, count == 2 {
      // The gap has room for text on the link.
      gap = min(max(gapOfLink, width / 5), 17, max(gapOfLink, width - 2 * narrowestCard))
    }
    return (columns, min(44, (width - gap * (columns - 1)) / columns), gap)
  }
}

/// The cards that stand side by side and the links that are drawn. Both do not depend on the content of the cards.
struct CardArrangement {
  let columns: Int
  /// The nodes of each row.
  let rows: [Range<Int>]
  /// For each row, the links between nodes that are not neighbours. They are drawn below the row; none if there are too many.
  let arcs: [[PathFacts.Pair]]

  /// The greatest number of links that are drawn below a row.
  private static let mostArcs = 3

  init(count: Int, columns: Int, hasLinks: Bool) {
    self.columns = columns
    rows = stride(from: 0, to: count, by: max(1, columns)).map { $0..<min(count, $0 + columns) }
    arcs = rows.map { row in
      guard hasLinks else { return [] }
      let pairs = row.flatMap { first in row.filter { $0 > first + 1 }.map { PathFacts.Pair(first, $0) } }
      return pairs.count <= CardArrangement.mostArcs ? pairs : []
    }
  }

  /// Whether the link between two nodes is drawn.
  func draws(_ pair: PathFacts.Pair) -> Bool {
    let areNeighbours = pair.second == pair.first + 1 && pair.second % columns != 0
    return areNeighbours || arcs.contains { $0.contains(pair) }
  }
}

/// The lines of a node's card. The lines of a long inbox are made when they are drawn.
struct NodeCard {
  let head: [StyledLine]
  /// The numbers of the head's lines that stay above the inboxes if the inboxes come first.
  var places: [Int] = []
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
    let below = head.indices.filter { !above.contains($0) }
    return row < below.count ? head[below[row]] : nil
  }
}

/// Which messages of a long inbox are shown: the ones to be read next, and the last ones, so that the rest of the card stays in sight. The
/// State pane has them all.
struct InboxFolding {
  private static let first = 6
  private static let last = 2

  let count: Int
  private var isFolded: Bool { count > Self.first + Self.last + 1 }

  var lineCount: Int { isFolded ? Self.first + 1 + Self.last : count }
  var hidden: Int { isFolded ? count - Self.first - Self.last : 0 }

  /// The message in a line; nil for the line that stands for the others.
  func message(atLine line: Int) -> Int? {
    guard isFolded, line >= Self.first else { return line }
    return line == Self.first ? nil : count - lineCount + line
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
      cardGrid(width: width).height + sharedLines(width: width).count
    }
  }

  /// Scrolls to the card of the node that acts. At an initial state, scrolls to the first cards.
  mutating func revealActingCard() {
    let height = nodesWindowHeight
    if tree[cursor].label == nil { screen.positions[.nodes]?.top = 0 }
    guard let acting = model.structure.actingNode(of: tree[cursor].label),
      let index = model.nodes.firstIndex(of: acting), height > 0
    else { return }
    let cards = cardGrid(width: paneWidth(.nodes))
    let row = index / max(1, cards.columns)
    let start = cards.heights.prefix(row).reduce(0, +)
    let end = start + cards.heights[row]
    var position = screen.positions[.nodes] ?? ListPosition()
    position.top = position.visibleTop(height: height, count: cards.height)
    if end > position.top + height { position.top = end - height }
    if start < position.top { position.top = start }
    screen.positions[.nodes] = position
  }

  private func sharedLimit(height: Int) -> Int { max(1, height / 3) }

  func drawNodes(on grid: inout Grid, in area: Rectangle) {
    guard !model.nodes.isEmpty else {
      let lines = variableLines(width: area.width)
      let top = position(.nodes).visibleTop(height: area.height, count: lines.count)
      for (row, line) in lines.dropFirst(top).prefix(area.height).enumerated() {
        grid.write(line, row: row, of: area)
      }
      return
    }
    let shared = sharedLines(width: area.width).prefix(sharedLimit(height: area.height))
    let (upper, lower) = area.splitAfterRows(area.height - shared.count)
    drawCards(on: &grid, in: upper)
    for (row, line) in shared.enumerated() { grid.write(line, row: row, of: lower) }
  }

  // MARK: Cards

  func cardGrid(width: Int) -> CardGrid {
    let measures = CardGrid.measures(count: model.nodes.count, width: width - 2, hasLinks: hasLinks)
    let facts = model.pathFacts(at: cursor, in: tree)
    let cards = model.nodes.indices.map { card(of: $0, width: measures.cardWidth - 2, facts) }
    return CardGrid(
      cards: cards, cardWidth: measures.cardWidth, gap: measures.gap,
      arrangement: cardArrangement(width: width))
  }

  private var hasLinks: Bool { model.structure.roles.contains(.links) }

  func cardArrangement(width: Int) -> CardArrangement {
    let count = model.nodes.count
    return CardArrangement(
      count: count, columns: CardGrid.measures(count: count, width: width - 2, hasLinks: hasLinks).columns,
      hasLinks: hasLinks)
  }

  private func drawCards(on grid: inout Grid, in area: Rectangle) {
    let cards = cardGrid(width: area.width)
    let facts = model.pathFacts(at: cursor, in: tree)
    let acting = model.structure.actingNode(of: tree[cursor].label)
    let wrong = failingNodes
    // Frames are not clipped. So a canvas that extends beyond the window is drawn on a grid of its own and then cut.
    let top = position(.nodes).visibleTop(height: area.height, count: cards.height)
    var y = 0
    for (row, height) in cards.heights.enumerated() {
      defer { y += height }
      guard y + height > top, y < top + area.height else { continue }
      let first = row * cards.columns
      let members = first..<min(cards.cards.count, first + cards.columns)
      for index in members {
        let frame = Rectangle(
          x: area.x + 1 + (index - first) * (cards.cardWidth + cards.gap), y: area.y + y - top,
          width: cards.cardWidth, height: cards.cards[index].count + 2)
        let isActing = model.nodes[index] == acting
        var card = cards.cards[index]
        card.hasInboxesFirst = card.count + 2 > area.height
        drawCard(
          card, named: model.nodes[index].description, isActing: isActing,
          isWrong: wrong.contains(model.nodes[index]), in: frame, on: &grid, clip: area)
      }
      for index in members.dropLast() {
        let x = area.x + 1 + (index - first + 1) * (cards.cardWidth + cards.gap) - cards.gap
        drawLink(
          index, index + 1, facts, on: &grid,
          in: Rectangle(x: x, y: area.y + y - top + 1, width: cards.gap, height: 3), clip: area)
      }
      drawArcs(ofRow: row, cards, top: area.y + y - top, facts, on: &grid, clip: area)
    }
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
    _ card: NodeCard, named name: String, isActing: Bool, isWrong: Bool, in frame: Rectangle,
    on grid: inout Grid, clip: Rectangle
  ) {
    let style = isWrong ? Style(.wrong) : isActing ? Style(.accent) : Style.plain
    let bottom = min(frame.endY - 1, clip.endY)
    for y in max(frame.y + 1, clip.y)..<max(frame.y + 1, clip.y, bottom) {
      grid.write("│", at: Point(x: frame.x, y: y), style: style)
      grid.write("│", at: Point(x: frame.endX - 1, y: y), style: style)
      if let line = card.line(y - frame.y - 1) {
        grid.write(line, at: Point(x: frame.x + 1, y: y), in: clip, maxWidth: frame.width - 2)
      }
    }
    let lineWidth = frame.width - 2
    // A card whose top is scrolled out of sight still shows its name.
    let isCut = frame.y < clip.y
    if !isCut || clip.y < frame.endY - 2 {
      let title = Glyph.truncated(name, columns: max(1, lineWidth - 6)) + (isWrong ? " ✗" : "")
      let rest = String(repeating: "─", count: max(0, lineWidth - 3 - Glyph.width(of: title)))
      var line = StyledLine(isCut ? "├─ " : "┌─ ", style)
      line.append(title, Style(style.role, bold: true))
      line.append(" \(rest)\(isCut ? "┤" : "┐")", style)
      grid.write(line, at: Point(x: frame.x, y: max(frame.y, clip.y)), in: clip)
    }
    if frame.endY - 1 < clip.endY, frame.endY - 1 >= clip.y {
      grid.write(
        "└" + String(repeating: "─", count: lineWidth) + "┘", at: Point(x: frame.x, y: frame.endY - 1),
        style: style, in: clip)
    }
  }

  private func card(of index: Int, width: Int, _ facts: PathFacts) -> NodeCard {
    let node = model.nodes[index]
    let structure = model.structure
    let values = values
    let previous = previousValues
    var head: [StyledLine] = []
    if let peers = structure.peers(of: node, in: values) {
      head.append(seesLine(peers, before: previous.flatMap { structure.peers(of: node, in: $0) }, width))
    }
    for token in structure.tokens {
      head += tokenLines(token, node, width: width)
    }
    head += sharedPlaceLines(node, width: width)
    if let line = membershipLine(node, width: width) { head.append(line) }
    var places = Array(head.indices)
    for (variable, role) in structure.roles.enumerated() {
      guard role == .perNode || role == .perPair || role == .ofPart,
        let value = structure.value(ofVariable: variable, node: node, in: values)
      else { continue }
      let old = previous.flatMap { structure.value(ofVariable: variable, node: node, in: $0) }
      // This value says whether the node runs, or in which phase it is.
      if value.isMode { places.append(head.count) }
      head += partLines(
        model.variables[variable], value, old: previous == nil ? nil : .some(old), width: width)
    }
    for variable in structure.variables(as: .perNode) {
      guard let value = structure.value(ofVariable: variable, acrossTo: node, in: values) else { continue }
      let old = previous.map { structure.value(ofVariable: variable, acrossTo: node, in: $0) }
      head += partLines(model.variables[variable] + "[·]", value, old: old, width: width)
    }
    let inboxes = structure.roles.indices.filter {
      structure.roles[$0] == .inbox || structure.roles[$0] == .channel
    }
    .compactMap { inbox($0, of: index, width: width, facts) }
    return NodeCard(head: head, places: places, inboxes: inboxes)
  }

  private func seesLine(_ peers: [PlainValue], before: [PlainValue]?, _ width: Int) -> StyledLine {
    let names = peers.isEmpty ? "–" : peers.map(\.description).joined(separator: " ")
    let isChanged = before.map { $0 != peers } ?? false
    let style = isChanged ? Style(.change, bold: true) : Style.plain
    var line = StyledLine(" sees  ") + StyledLine(names, style)
    if let before, isChanged {
      let mark = peers.count < before.count ? "◆ cut" : "◆ healed"
      line = line.fitted(to: max(line.width + 1, width - mark.count))
      line.append(mark, Style(.change, bold: true))
    }
    return line
  }

  // MARK: Inboxes

  /// The messages of one variable that wait for a node, from all senders. Nil if the variable is not defined for the node.
  private func inbox(
    _ variable: Int, of index: Int, width: Int, _ facts: PathFacts
  ) -> (title: StyledLine, count: Int, line: (Int) -> StyledLine)? {
    let structure = model.structure
    let mailboxes = structure.mailboxes.filter { $0.variable == variable && $0.node == index }
    guard let first = mailboxes.first else { return nil }
    let values = values
    if first.sender == nil, values[variable].value(at: model.nodes[index]) == nil { return nil }
    var rows: [(mailbox: Mailbox, position: Int, message: PlainValue)] = []
    var isChanged = false
    var before = 0
    for mailbox in mailboxes {
      let messages = structure.messages(in: mailbox, of: values)
      rows += messages.enumerated().map { (mailbox, $0.offset, $0.element) }
      guard let previous = previousValues else { continue }
      let former = structure.messages(in: mailbox, of: previous)
      before += former.count
      isChanged = isChanged || former != messages
    }
    var title = StyledLine(" \(model.variables[variable])  ")
    title.append(
      rows.isEmpty ? "empty" : String(rows.count), isChanged ? Style(.change, bold: true) : .plain)
    if isChanged {
      title.append("  ◆ ", Style(.change, bold: true))
      title.append("was \(before == 0 ? "empty" : String(before))", Style(.dim))
    }
    let current = step
    let folding = InboxFolding(count: rows.count)
    return (
      title, folding.lineCount,
      { line in
        guard let row = folding.message(atLine: line) else {
          return StyledLine("     … +\(Wording.grouped(folding.hidden)) more", Style(.dim))
        }
        let (mailbox, position, message) = rows[row]
        let origins = facts.origins[mailbox] ?? []
        let origin = position < origins.count ? origins[position] : nil
        let isNew = origin?.step == current && current > 0
        let isHead = position == 0 && structure.isOrdered(mailbox, in: values)
        var line = StyledLine(isHead ? " ▶ " : "   ", Style(.accent, bold: true))
        if let sender = mailbox.sender { line.append("\(model.nodes[sender]): ", Style(.dim)) }
        line.append(
          MessageText(message).words(), isNew ? Style(.change, bold: true) : Style(bold: isHead))
        if isNew { line.append(" ◆", Style(.change, bold: true)) }
        if let origin, let mark = self.mark(of: origin, to: index, facts) {
          let room = width - line.width - 1
          let words = mark.first { Glyph.width(of: $0) <= room } ?? "╳"
          line = line.fitted(to: width - Glyph.width(of: words))
          line.append(words, Style(.wrong))
        }
        return line
      }
    )
  }

  /// Marks for a message that was sent across a cut link or outlived a cut, the longest first.
  private func mark(
    of origin: PathFacts.MessageOrigin, to receiver: Int, _ facts: PathFacts
  ) -> [String]? {
    guard let sent = origin.step, let sender = origin.sender, sender != receiver else { return nil }
    if origin.isAcrossCut { return ["╳ sent across the cut", "╳ across cut"] }
    guard let cut = facts.lastCut[PathFacts.Pair(sender, receiver)], cut > sent else { return nil }
    return ["╳ from before the split", "╳ before split"]
  }
}

extension PlainValue {
  /// Whether the value is a boolean, a string or a model value. Such a value often says in which mode a node is.
  fileprivate var isMode: Bool {
    switch self {
    case .boolean, .string, .modelValue: true
    default: false
    }
  }
}

extension PaneRecord {
  static let nodes = PaneRecord(
    title: "Nodes", place: .top, heading: { $0.model.nodes.isEmpty ? StyledLine("Variables") : nil },
    draw: { session, grid, area in session.drawNodes(on: &grid, in: area) },
    hints: { _ in [.activate, .back] })
}
