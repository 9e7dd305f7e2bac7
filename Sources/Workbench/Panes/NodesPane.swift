import StateSpace
import Traces

/// How the cards of the Nodes pane stand: in rows of as many as fit, with room for the links between them.
struct CardGrid {
  static let narrowestCard = 22

  let columns: Int
  let cardWidth: Int
  let gap: Int
  /// The contents of each card, without its frame.
  let cards: [NodeCard]
  /// The links of nodes in one row that are no neighbours, which are drawn below it; none where there would be too many.
  let arcs: [[PathFacts.Pair]]
  /// The height of each row of cards, frames and arcs included.
  let heights: [Int]

  init(cards: [NodeCard], columns: Int, cardWidth: Int, gap: Int, hasLinks: Bool) {
    self.cards = cards
    self.columns = columns
    self.cardWidth = cardWidth
    self.gap = gap
    let rows = stride(from: 0, to: cards.count, by: max(1, columns)).map { start in
      start..<min(cards.count, start + columns)
    }
    let arcs = rows.map { hasLinks ? CardGrid.arcs(over: $0) : [] }
    self.arcs = arcs
    heights = zip(rows, arcs).map { row, arcs in (cards[row].map(\.count).max() ?? 0) + 2 + arcs.count }
  }

  /// No more links than this are drawn below a row.
  private static let mostArcs = 3

  /// The pairs of nodes in a row of cards that do not stand side by side.
  private static func arcs(over row: Range<Int>) -> [PathFacts.Pair] {
    let pairs = row.flatMap { first in row.filter { $0 > first + 1 }.map { PathFacts.Pair(first, $0) } }
    return pairs.count <= mostArcs ? pairs : []
  }

  /// Whether the link between two nodes is drawn.
  func draws(_ pair: PathFacts.Pair) -> Bool {
    let areNeighbours = pair.second == pair.first + 1 && pair.second % columns != 0
    return areNeighbours || arcs.contains { $0.contains(pair) }
  }

  var height: Int { heights.reduce(0, +) }

  /// How many cards stand side by side in so many columns, how wide they are, and how far apart.
  static func measures(count: Int, width: Int) -> (columns: Int, cardWidth: Int, gap: Int) {
    let narrowestGap = 7
    let columns = max(1, min(count, (width + narrowestGap) / (narrowestCard + narrowestGap)))
    // Two nodes stand far enough apart for words on their link.
    let room = max(narrowestGap, width - 2 * narrowestCard)
    let gap = count == 2 ? min(max(narrowestGap, width / 5), 17, room) : narrowestGap
    return (columns, min(44, (width - gap * (columns - 1)) / columns), gap)
  }
}

/// The lines of a node's card; those of a long inbox are made when they are drawn.
struct NodeCard {
  let head: [StyledLine]
  let inboxes: [(title: StyledLine, count: Int, line: (Int) -> StyledLine)]

  var count: Int { inboxes.reduce(head.count) { $0 + 1 + $1.count } }

  func line(_ row: Int) -> StyledLine? {
    guard row >= head.count else { return head[row] }
    var row = row - head.count
    for inbox in inboxes {
      if row == 0 { return inbox.title }
      row -= 1
      if row < inbox.count { return inbox.line(row) }
      row -= inbox.count
    }
    return nil
  }
}

extension Session {
  /// The rows of the cards, or of the variables where there are no nodes.
  var nodesHeight: Int {
    guard let area = place(of: .nodes)?.area else { return 0 }
    return model.nodes.isEmpty ? variableLines(width: area.width).count : cardGrid(width: area.width).height
  }

  /// The rows of Nodes that scroll: those above the shared variables.
  var nodesWindowHeight: Int {
    guard let area = place(of: .nodes)?.area else { return 0 }
    guard !model.nodes.isEmpty else { return area.height }
    return area.height - min(sharedLines(width: area.width).count, sharedLimit(height: area.height))
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
    let measures = CardGrid.measures(count: model.nodes.count, width: width - 2)
    let facts = model.pathFacts(at: cursor, in: tree)
    let cards = model.nodes.indices.map { card(of: $0, width: measures.cardWidth - 2, facts) }
    return CardGrid(
      cards: cards, columns: measures.columns, cardWidth: measures.cardWidth, gap: measures.gap,
      hasLinks: model.structure.roles.contains(.links))
  }

  private func drawCards(on grid: inout Grid, in area: Rectangle) {
    let cards = cardGrid(width: area.width)
    let facts = model.pathFacts(at: cursor, in: tree)
    let acting = model.structure.actingNode(of: tree[cursor].label)
    let wrong = failingNodes
    // A canvas above and below the window is drawn on a grid of its own and cut, since frames are not clipped.
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
        drawCard(
          cards.cards[index], named: model.nodes[index].description, isActing: isActing,
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
    if frame.y >= clip.y {
      let title = Glyph.truncated(name, columns: max(1, lineWidth - 6)) + (isWrong ? " ✗" : "")
      let rest = String(repeating: "─", count: max(0, lineWidth - 3 - Glyph.width(of: title)))
      var line = StyledLine("┌─ ", style)
      line.append(title, Style(style.role, bold: true))
      line.append(" \(rest)┐", style)
      grid.write(line, at: frame.origin, in: clip)
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
    for variable in structure.variables(as: .perNode) {
      guard let value = structure.value(ofVariable: variable, node: node, in: values) else { continue }
      let old = previous.flatMap { structure.value(ofVariable: variable, node: node, in: $0) }
      head += lines(
        model.variables[variable], value, old: previous == nil ? nil : .some(old), width: width)
    }
    let inboxes = structure.variables(as: .inbox).map { inbox($0, of: index, width: width, facts) }
    return NodeCard(head: head, inboxes: inboxes)
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

  /// A name and its value: on one line where they fit, else the value below. `old` is nil when nothing is compared,
  /// and holds nil when there was no such value.
  private func lines(_ name: String, _ value: PlainValue, old: PlainValue??, width: Int) -> [StyledLine] {
    let isChanged = old.map { $0 != value } ?? false
    var shown = ValueLine.line(value, old: isChanged ? old ?? nil : nil, limit: width * 3)
    if isChanged { shown.append("  ◆", Style(.change, bold: true)) }
    let was = isChanged ? old.flatMap { $0 }.map { "was " + ValueLine.text($0, limit: width) } : nil
    var head = StyledLine(" \(name)", isChanged ? Style(.change) : .plain)
    guard head.width + 2 + shown.width > width else {
      head.append("  ")
      head += shown
      guard let was else { return [head] }
      if head.width + 1 + Glyph.width(of: was) <= width {
        head.append(" " + was, Style(.dim))
        return [head]
      }
      return [head, StyledLine("   " + was, Style(.dim)).truncated(to: width)]
    }
    var below = shown.wrapped(to: max(4, width - 3)).prefix(3).map { StyledLine("   ") + $0 }
    if let was {
      if let last = below.last, last.width + 1 + Glyph.width(of: was) <= width {
        below[below.count - 1].append(" " + was, Style(.dim))
      } else {
        below.append(StyledLine("   " + was, Style(.dim)).truncated(to: width))
      }
    }
    return [head] + below
  }

  // MARK: Inboxes

  private func inbox(
    _ variable: Int, of index: Int, width: Int, _ facts: PathFacts
  ) -> (title: StyledLine, count: Int, line: (Int) -> StyledLine) {
    let node = model.nodes[index]
    let messages = messages(variable, node, in: values)
    let before = previousValues.map { self.messages(variable, node, in: $0).count }
    let origins = facts.origins[PathFacts.Inbox(variable: variable, node: index)] ?? []
    var title = StyledLine(" \(model.variables[variable])  ")
    let isChanged =
      before != nil && previousValues?[variable].value(at: node) != values[variable].value(at: node)
    title.append(
      messages.isEmpty ? "empty" : String(messages.count), isChanged ? Style(.change, bold: true) : .plain)
    if isChanged, let before {
      title.append("  ◆ ", Style(.change, bold: true))
      title.append("was \(before == 0 ? "empty" : String(before))", Style(.dim))
    }
    let current = step
    return (
      title, messages.count,
      { row in
        let origin = row < origins.count ? origins[row] : nil
        let isNew = origin?.step == current && current > 0
        var line = StyledLine(row == 0 ? " ▶ " : "   ", Style(.accent, bold: true))
        line.append(
          MessageText(messages[row]).words(), isNew ? Style(.change, bold: true) : Style(bold: row == 0))
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

  private func messages(_ variable: Int, _ node: PlainValue, in values: [PlainValue]) -> [PlainValue] {
    guard case .tuple(let messages) = model.structure.value(ofVariable: variable, node: node, in: values)
    else { return [] }
    return messages
  }

  /// What to say of a message that was sent across a cut link, or outlived a cut; the fullest first.
  private func mark(
    of origin: PathFacts.MessageOrigin, to receiver: Int, _ facts: PathFacts
  ) -> [String]? {
    guard let sent = origin.step, let sender = origin.sender, sender != receiver else { return nil }
    if origin.isAcrossCut { return ["╳ sent across the cut", "╳ across cut"] }
    guard let cut = facts.lastCut[PathFacts.Pair(sender, receiver)], cut > sent else { return nil }
    return ["╳ from before the split", "╳ before split"]
  }

  // MARK: Shared variables

  /// The variables of no node in as few lines as they fit, and the links of nodes that are no neighbours.
  private func sharedLines(width: Int) -> [StyledLine] {
    let values = values
    let previous = previousValues
    var lines: [StyledLine] = []
    var current = StyledLine()
    func place(_ part: StyledLine) {
      if !current.isEmpty, current.width + part.width + 2 > width {
        lines.append(current)
        current = StyledLine()
      }
      if !current.isEmpty { current.append(" ") }
      current += part
    }
    for variable in model.structure.variables(as: .shared) {
      let isChanged = previous.map { $0[variable] != values[variable] } ?? false
      var part = StyledLine(" \(model.variables[variable]) ", isChanged ? Style(.change) : .plain)
      part += ValueLine.line(values[variable], old: isChanged ? previous?[variable] : nil, limit: width)
      if isChanged, let old = previous?[variable] {
        part.append(" ◆", Style(.change, bold: true))
        part.append(" was \(ValueLine.text(old, limit: width / 2))", Style(.dim))
      }
      place(part.truncated(to: width))
    }
    for part in distantLinks(cardGrid(width: width), values) { place(part) }
    if !current.isEmpty { lines.append(current) }
    return lines
  }

  // MARK: Without nodes

  /// All variables, a name and a value each.
  private func variableLines(width: Int) -> [StyledLine] {
    let previous = previousValues
    return values.enumerated().flatMap { variable, value in
      lines(model.variables[variable], value, old: previous.map { $0[variable] }, width: width)
    }
  }
}
