/// A line between panes, which the user can move.
struct Border: Hashable, Sendable {
  /// The kinds of layouts. Each has borders of its own.
  enum Arrangement: Hashable, Sendable { case narrow, wide, veryWide, half }

  let arrangement: Arrangement
  /// The column of panes, counted from the left.
  let column: Int
  /// The pane above the line, counted from the top; nil for the line at the right of the column.
  let row: Int?

  /// Whether the line separates columns.
  var isUpright: Bool { row == nil }
}

/// The borders that the user moved, each as its share of the screen's width or height.
struct MovedBorders: Hashable {
  private var shares: [Border: Double] = [:]

  var isEmpty: Bool { shares.isEmpty }

  /// The border's distance from the start of an extent; nil if it was not moved.
  func distance(of border: Border, in extent: Int) -> Int? {
    shares[border].map { Int((Double(extent) * $0).rounded()) }
  }

  mutating func move(_ border: Border, to distance: Int, in extent: Int) {
    if extent > 0 { shares[border] = Double(distance) / Double(extent) }
  }
}

/// The room that the focused pane takes.
enum PaneSize: CaseIterable, Hashable, Sendable {
  /// Its place among the others.
  case normal
  /// Half of the screen or more, beside the pane that goes best with it.
  case half
  /// The whole screen.
  case full

  func next(_ offset: Int) -> PaneSize {
    let all = PaneSize.allCases
    let index = all.firstIndex(of: self) ?? 0
    return all[((index + offset) % all.count + all.count) % all.count]
  }
}
