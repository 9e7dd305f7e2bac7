/// A part of the screen that shows one side of the session.
package enum Pane: Int, CaseIterable, Hashable, Sendable {
  case nodes
  case spaceTime
  case actions
  case trace
  case state
  case properties
  case checker
  case source

  /// The pane after this one in the order of Tab; negative offsets go back.
  func neighbour(_ offset: Int) -> Pane {
    let count = Pane.allCases.count
    return Pane.allCases[((rawValue + offset) % count + count) % count]
  }
}

/// Where a list or a scrolled pane stands.
package struct ListPosition: Hashable, Sendable {
  /// The selected row.
  package var selected = 0
  /// The first row shown.
  package var top = 0

  package init() {}

  /// Scrolls as little as shows the selected row in a window of so many rows.
  mutating func reveal(height: Int, count: Int) {
    top = min(top, selected)
    if height > 0 { top = max(top, selected - height + 1) }
    top = max(0, min(top, count - height))
  }

  /// The first row to draw when the list has so many rows.
  func visibleTop(height: Int, count: Int) -> Int { max(0, min(top, count - height)) }
}

/// A list as a pane shows it. Lines are made when they are drawn, so a long list costs no more than a short one.
struct PaneList {
  let count: Int
  let isSelectable: (Int) -> Bool
  let line: (Int) -> StyledLine

  init(count: Int, isSelectable: @escaping (Int) -> Bool = { _ in true }, line: @escaping (Int) -> StyledLine)
  {
    self.count = count
    self.isSelectable = isSelectable
    self.line = line
  }

  /// A list of lines that are there already; none can be selected but for scrolling.
  init(_ lines: [StyledLine]) {
    self.init(count: lines.count) { lines[$0] }
  }

  /// The selectable row nearest to `row` in the direction of `offset` (and beyond it at the list's end the last one
  /// there is); nil when no row can be selected.
  func selectable(from row: Int, by offset: Int) -> Int? {
    guard count > 0 else { return nil }
    let direction = offset < 0 ? -1 : 1
    var candidate = max(0, min(count - 1, row + offset))
    while candidate >= 0, candidate < count {
      if isSelectable(candidate) { return candidate }
      candidate += direction
    }
    candidate = max(0, min(count - 1, row + offset))
    while candidate >= 0, candidate < count {
      if isSelectable(candidate) { return candidate }
      candidate -= direction
    }
    return nil
  }
}
