import StateSpace

// Finding text in the cards.
extension Session {
  /// Goes to the next line of Nodes with the text that was sought, or to the one before. `inbox[n1]` finds `inbox` on the card of n1.
  mutating func findInNodes(by direction: Int, startsHere: Bool) {
    let lines = nodesLines
    var hits = lines.indices.filter { lines[$0].text.contains(screen.soughtText) }
    if hits.isEmpty, let (name, node) = partOfNode(screen.soughtText) {
      hits = lines.indices.filter { lines[$0].line.card == node && lines[$0].text.contains(name) }
    }
    let current = startsHere ? nil : lines.firstIndex { $0.line == screen.foundInNodes }
    let next =
      direction > 0
      ? hits.first { $0 > current ?? -1 } ?? hits.first
      : hits.last { $0 < current ?? lines.count } ?? hits.last
    guard let next else {
      screen.foundInNodes = nil
      screen.message = Message("Nodes has no \(screen.soughtText)", .wrong)
      return
    }
    screen.foundInNodes = lines[next].line
    reveal(lines[next].line)
    tellHowToFindOn()
  }

  /// The name and the position of the node in a text like `inbox[n1]`.
  private func partOfNode(_ text: String) -> (name: String, node: Int)? {
    guard text.hasSuffix("]"), let bracket = text.firstIndex(of: "[") else { return nil }
    let index = text[text.index(after: bracket)...].dropLast()
    return model.nodes.firstIndex { $0.description == index }.map { (String(text[..<bracket]), $0) }
  }

  private var nodesLines: [(line: NodesLine, text: StyledLine)] {
    guard let area = place(of: .nodes)?.area else { return [] }
    func below(_ lines: [StyledLine]) -> [(line: NodesLine, text: StyledLine)] {
      lines.enumerated().map { (NodesLine(card: nil, row: $0), $1) }
    }
    guard !model.nodes.isEmpty else { return below(variableLines(width: area.width)) }
    let cards = cardGrid(width: area.width)
    var lines: [(line: NodesLine, text: StyledLine)] = []
    for index in cards.cards.indices {
      let card = cards.card(index, windowHeight: nodesWindowHeight)
      lines.append((NodesLine(card: index, row: -1), StyledLine(model.nodes[index].description)))
      lines += (0..<card.count).map { (NodesLine(card: index, row: $0), card.line($0) ?? StyledLine()) }
    }
    return lines + below(sharedLines(width: area.width))
  }

  /// Scrolls to a line. Those below the cards are always visible.
  private mutating func reveal(_ line: NodesLine) {
    let height = nodesWindowHeight
    var position = position(.nodes)
    let count = nodesHeight
    let row: Int
    if let card = line.card {
      let cards = cardGrid(width: paneWidth(.nodes))
      row = cards.heights.prefix(cards.row(ofCard: card)).reduce(0, +) + 1 + line.row
    } else {
      guard model.nodes.isEmpty else { return }
      row = line.row
    }
    position.top = ListPosition.top(
      showing: row, from: position.visibleTop(height: height, count: count), height: height, count: count)
    screen.positions[.nodes] = position
  }
}

extension CardGrid {
  /// A card in a window of this height.
  func card(_ index: Int, windowHeight: Int) -> CardLines {
    var card = cards[index]
    card.hasInboxesFirst = card.count + 2 > min(windowHeight, shownHeight(ofCard: index))
    return card
  }
}
