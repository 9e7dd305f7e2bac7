import StateSpace
import Traces

// The links between the cards of the Nodes pane.
extension Session {
  /// The link between two cards: a line from one to the other, with a gap in the middle if it is cut.
  func drawLink(
    _ link: CardLink?, on grid: inout Grid, in gap: Rectangle, clip: Rectangle
  ) {
    guard let link, clip.contains(gap.origin) else { return }
    let side = (gap.width - 3) / 2
    let rest = gap.width - 3 - side
    func line(_ middle: String, _ dash: Character, _ style: Style, _ middleStyle: Style) -> StyledLine {
      StyledLine(String(repeating: dash, count: side), style) + StyledLine(middle, middleStyle)
        + StyledLine(String(repeating: dash, count: rest), style)
    }
    let drawn: StyledLine
    var words: [StyledLine] = []
    switch link.state {
    case .linked:
      let style = Style(link.isNew ? .change : .plain)
      drawn = line("───", "─", style, style)
      if link.isNew { words = [StyledLine("healed", Style(.change, bold: true))] }
    case .cut:
      drawn = line(" ╳ ", "─", Style(.wrong), Style(.wrong, bold: true))
      let since = link.lastCut
      words =
        gap.width >= 9
        ? [StyledLine("split", Style(.wrong)), StyledLine(since.map { "since \($0)" } ?? "", Style(.wrong))]
        : [StyledLine(since.map { "cut @\($0)" } ?? "cut", Style(.wrong))]
    case .oneWay(let from):
      drawn = line(from == link.pair.first ? "─▶ " : " ◀─", "─", Style(.wrong), Style(.wrong, bold: true))
      words = [StyledLine("one way", Style(.wrong))]
    }
    grid.write(drawn, at: gap.origin, in: clip)
    for (row, text) in words.enumerated() {
      let padded = text.fitted(to: gap.width, alignment: .center)
      grid.write(padded, at: Point(x: gap.x, y: gap.y + 1 + row), in: clip)
    }
  }

  /// The links between nodes in one row that are not neighbours. Each is a line below the cards.
  func drawArcs(
    ofRow row: Int, _ cards: CardGrid, top: Int, on grid: inout Grid, clip: Rectangle
  ) {
    let arcs = cards.arrangement.arcs[row]
    let first = row * cards.columns
    let bottom = top + cards.heights[row] - arcs.count
    for (index, pair) in arcs.enumerated() {
      guard let link = cards.state.link(pair) else { continue }
      let style = link.state == .linked ? Style(link.isNew ? .change : .plain) : Style(.wrong)
      // Each arc leaves a card further right and enters one further left, so no two arcs share a column.
      func column(_ node: Int, _ offset: Int) -> Int {
        clip.x + 1 + (node - first) * (cards.cardWidth + cards.gap) + cards.cardWidth / 2 + offset
      }
      let (start, end) = (column(pair.first, 2 + 2 * index), column(pair.second, -2 - 2 * index))
      let y = bottom + index
      for (node, x) in [(pair.first, start), (pair.second, end)] {
        let from = top + cards.shownHeight(ofCard: node)
        for upright in max(from, clip.y)..<max(from, clip.y, min(y, clip.endY)) {
          grid.write("│", at: Point(x: x, y: upright), style: style, in: clip)
        }
        if from - 1 >= clip.y, from - 1 < clip.endY {
          grid.write("┬", at: Point(x: x, y: from - 1), style: style, in: clip)
        }
      }
      let words = arcWords(link)
      let width = end - start - 1
      var line = StyledLine("└" + String(repeating: "─", count: width) + "┘", style)
      let room = width - words.width - 2
      if !words.isEmpty, room >= 2 {
        line =
          StyledLine("└" + String(repeating: "─", count: room / 2) + " ", style) + words
          + StyledLine(" " + String(repeating: "─", count: room - room / 2) + "┘", style)
      }
      grid.write(line, at: Point(x: start, y: y), in: clip)
    }
  }

  private func arcWords(_ link: CardLink) -> StyledLine {
    switch link.state {
    case .linked: link.isNew ? StyledLine("healed", Style(.change, bold: true)) : StyledLine()
    case .cut:
      StyledLine("╳", Style(.wrong, bold: true))
        + StyledLine(link.lastCut.map { " split since \($0)" } ?? " split", Style(.wrong))
    case .oneWay(let from):
      StyledLine(from == link.pair.first ? "one way ▶" : "◀ one way", Style(.wrong))
    }
  }

  /// The links that are not drawn, if they are not whole.
  func distantLinks(_ cards: CardArrangement, of state: StateCards) -> [StyledLine] {
    state.distantLinks(cards).map { link in
      let since = link.lastCut.map { " since \($0)" } ?? ""
      let mark =
        switch link.state {
        case .oneWay(let from): from == link.pair.first ? "▶" : "◀"
        default: "╳"
        }
      return StyledLine(
        " \(model.nodes[link.pair.first]) \(mark) \(model.nodes[link.pair.second])\(since)", Style(.wrong))
    }
  }
}
