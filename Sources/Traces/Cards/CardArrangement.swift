/// The cards that stand side by side and the links that are drawn. Both do not depend on the content of the cards.
package struct CardArrangement: Sendable {
  /// The most cards in a row, at least one.
  package let columns: Int
  /// The nodes of each row.
  package let rows: [Range<Int>]
  /// For each row, the links between nodes that are not neighbours. They are drawn below the row; none if there are too many.
  package let arcs: [[NodePair]]

  /// The greatest number of links that are drawn below a row.
  private static let mostArcs = 3

  package init(count: Int, columns: Int, hasLinks: Bool) {
    let columns = max(1, columns)
    self.columns = columns
    rows = stride(from: 0, to: count, by: columns).map { $0..<min(count, $0 + columns) }
    arcs = rows.map { row in
      guard hasLinks else { return [] }
      let pairs = row.flatMap { first in row.filter { $0 > first + 1 }.map { NodePair(first, $0) } }
      return pairs.count <= CardArrangement.mostArcs ? pairs : []
    }
  }

  /// Whether the link between two nodes is drawn.
  package func draws(_ pair: NodePair) -> Bool {
    let areNeighbours = pair.second == pair.first + 1 && pair.second % columns != 0
    return areNeighbours || arcs.contains { $0.contains(pair) }
  }
}

/// Which messages of a long inbox are shown: the ones to be read next, and the last ones, so that the rest of the card stays in sight. The
/// State pane has them all.
package struct InboxFolding: Sendable {
  private static let most = 9
  private static let fewest = 3

  package let count: Int
  private let first: Int
  private let last: Int
  private var isFolded: Bool { count > first + last + 1 }

  /// `room` is the number of lines that there are, if they are few.
  package init(count: Int, room: Int? = nil) {
    self.count = count
    let lines = max(Self.fewest, min(room ?? Self.most, Self.most))
    last = lines >= 7 ? 2 : lines >= 4 ? 1 : 0
    first = lines - 1 - last
  }

  /// The number of lines: those of the messages shown, and one for the others.
  package var lineCount: Int { isFolded ? first + 1 + last : count }
  /// The number of messages without a line.
  package var hidden: Int { isFolded ? count - first - last : 0 }

  /// The message in a line; nil for the line that stands for the others.
  package func message(atLine line: Int) -> Int? {
    guard isFolded, line >= first else { return line }
    return line == first ? nil : count - lineCount + line
  }
}
