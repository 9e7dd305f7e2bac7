/// A screen as data. `view` returns it, the terminal draws it, tests compare it, and pictures show it.
package struct Grid: Hashable, Sendable {
  package let size: Size
  package private(set) var cells: [Cell]
  /// What the colours are made for.
  package var theme = Theme.usual
  /// The terminal's cursor, for a line that is being edited; nil hides it.
  package var cursor: Point?

  package init(size: Size) {
    self.size = Size(width: max(0, size.width), height: max(0, size.height))
    cells = Array(repeating: Cell(), count: self.size.width * self.size.height)
  }

  /// The whole grid.
  package var bounds: Rectangle { Rectangle(x: 0, y: 0, width: size.width, height: size.height) }

  /// The cell at a place. Outside the grid it reads as a blank, and writing does nothing: all drawing is clipped.
  ///
  /// If setting a cell cuts a wide character in two, the other half stays; `write` blanks it.
  package subscript(x: Int, y: Int) -> Cell {
    get {
      guard contains(x, y) else { return Cell() }
      return cells[y * size.width + x]
    }
    set {
      guard contains(x, y) else { return }
      cells[y * size.width + x] = newValue
    }
  }

  private func contains(_ x: Int, _ y: Int) -> Bool {
    x >= 0 && x < size.width && y >= 0 && y < size.height
  }

  /// The text on the screen: a line for each row without its trailing blanks, joined by line feeds.
  package var text: String { (0..<size.height).map(rowText).joined(separator: "\n") }

  /// The text of one row without its trailing blanks.
  package func rowText(_ y: Int) -> String {
    guard y >= 0, y < size.height else { return "" }
    var row = ""
    var blanks = 0
    for cell in cells[(y * size.width)..<((y + 1) * size.width)] {
      if cell.character == " " {
        blanks += 1
      } else {
        row += String(repeating: " ", count: blanks) + cell.character
        blanks = 0
      }
    }
    return row
  }

  /// Changes every cell.
  mutating func transformCells(_ change: (inout Cell) -> Void) {
    for index in cells.indices { change(&cells[index]) }
  }
}
