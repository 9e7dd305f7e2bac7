/// A part of the screen that shows one aspect of the session.
package enum Pane: Int, CaseIterable, Hashable, Sendable {
  case nodes
  case spaceTime
  case actions
  case trace
  case log
  case state
  case properties
  case checker
  case source

  /// The name of the command that goes there: `nodes`, `space-time`.
  package var name: String { self == .spaceTime ? "space-time" : title.lowercased() }

  /// The pane with a name.
  package static func named(_ name: String) -> Pane? { allCases.first { $0.name == name } }

  /// The pane this many places further in the order of Tab, among those that are there. Negative offsets go back.
  func neighbour(_ offset: Int, in panes: [Pane]) -> Pane {
    guard let place = panes.firstIndex(of: self) else { return panes.first ?? self }
    return panes[((place + offset) % panes.count + panes.count) % panes.count]
  }
}

/// The position in a list or a scrolled pane.
package struct ListPosition: Hashable, Sendable {
  /// The selected row.
  package var selected = 0
  /// The first row shown.
  package var top = 0

  package init() {}

  /// Scrolls as little as possible so that the selected row is visible in a window of this height.
  mutating func reveal(height: Int, count: Int) {
    top = min(top, selected)
    if height > 0 { top = max(top, selected - height + 1) }
    top = max(0, min(top, count - height))
  }

  /// The first row to show so that a row stands among its neighbours: the former one if that is so, else one that puts the row on a third.
  static func top(showing row: Int, from former: Int, height: Int, count: Int) -> Int {
    let margin = min(3, height / 4)
    let isShown = row >= former + min(margin, row) && row < former + height - min(margin, count - 1 - row)
    return isShown ? former : max(0, min(row - height / 3, count - height))
  }

  /// The first row to draw if the list has this many rows.
  func visibleTop(height: Int, count: Int) -> Int { max(0, min(top, count - height)) }
}

/// A list as a pane shows it. Lines are made only when they are drawn, so a long list costs no more than a short one.
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

  /// A list of existing lines. Its lines cannot be selected; it can only be scrolled.
  init(_ lines: [StyledLine]) {
    self.init(count: lines.count) { lines[$0] }
  }

  /// The selectable row nearest to `row` in the direction of `offset`, or at the list's end the last one. Nil if no row can be selected.
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
