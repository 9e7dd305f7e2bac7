extension Grid {
  /// The text and control sequences (ECMA-48, with xterm's 256 colours) that turn a terminal which shows `former` into one that shows the
  /// grid. Without `former`, or if that has another size, the terminal is cleared first.
  package func sequences(after former: Grid? = nil) -> String {
    let former = former?.size == size ? former : nil
    var output = former == nil ? "\u{1B}[?25l\u{1B}[0m\u{1B}[2J" : ""
    var style: Style?
    for y in 0..<size.height {
      var next: Int?
      for x in 0..<size.width {
        let cell = self[x, y]
        // The right half of a wide character comes with the left one.
        if cell.character.isEmpty { continue }
        let isWide = x + 1 < size.width && self[x + 1, y].character.isEmpty
        if former?[x, y] == cell, !isWide || former?[x + 1, y].character.isEmpty ?? false { continue }
        if next != x { output += "\u{1B}[\(y + 1);\(x + 1)H" }
        if style != cell.style { output += Self.selection(of: cell.style) }
        style = cell.style
        output += cell.character
        next = x + (isWide ? 2 : 1)
      }
    }
    return style == nil ? output : output + "\u{1B}[0m"
  }

  private static func selection(of style: Style) -> String {
    var codes = ["0"]
    if style.bold { codes.append("1") }
    if style.underlined { codes.append("4") }
    if style.reversed { codes.append("7") }
    switch style.role {
    case .plain: break
    case .accent: codes.append("38;5;38")
    case .change: codes.append("38;5;172")
    case .wrong: codes.append("38;5;203")
    case .good: codes.append("38;5;71")
    case .dim: codes.append("38;5;244")
    }
    return "\u{1B}[\(codes.joined(separator: ";"))m"
  }
}
