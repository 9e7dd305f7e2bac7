/// Drawing on a grid. Everything is clipped to the grid, and to the rectangle if one is given.
extension Grid {
  /// Writes a text in one row and returns the columns that it took, without the parts that were cut off.
  ///
  /// Characters that a terminal would act on are escaped (see `Glyphs`). A wide character that does not fit is replaced by a blank. Nothing
  /// is written at or after `maxWidth` columns from the start.
  @discardableResult
  package mutating func write(
    _ text: String, at point: Point, style: Style = .plain, in clip: Rectangle? = nil, maxWidth: Int? = nil
  ) -> Int {
    let area = clip.map(bounds.intersection) ?? bounds
    let end = min(area.endX, maxWidth.map { point.x + max(0, $0) } ?? Int.max)
    guard point.y >= area.y, point.y < area.endY else { return 0 }
    var x = point.x
    for glyph in Glyphs(text) {
      guard x < end else { break }
      if x + glyph.width > end {
        put(Glyph(text: " ", width: 1), x, point.y, style)
        x = end
        break
      }
      if x >= area.x {
        put(glyph, x, point.y, style)
      } else if x + glyph.width > area.x {
        put(Glyph(text: " ", width: 1), area.x, point.y, style)
      }
      x += glyph.width
    }
    return max(0, x - point.x)
  }

  /// Writes a line of runs and returns the columns that it took. A longer line ends in `…` at `maxWidth`.
  @discardableResult
  package mutating func write(
    _ line: StyledLine, at point: Point, in clip: Rectangle? = nil, maxWidth: Int? = nil
  ) -> Int {
    var x = point.x
    for run in (maxWidth.map(line.truncated) ?? line).runs {
      x += write(run.text, at: Point(x: x, y: point.y), style: run.style, in: clip)
    }
    return x - point.x
  }

  /// Writes a line into a row of a rectangle, counted from 0. A line that is too long ends in `…`. A selected row is reversed over the
  /// whole width of the rectangle.
  package mutating func write(_ line: StyledLine, row: Int, of area: Rectangle, selected: Bool = false) {
    guard row >= 0, row < area.height else { return }
    let shown = selected ? line.fitted(to: area.width).reversed : line.truncated(to: area.width)
    write(shown, at: Point(x: area.x, y: area.y + row), in: area)
  }

  /// Puts a character into every cell of a rectangle: a blank clears it.
  package mutating func fill(_ area: Rectangle, with character: Character = " ", style: Style = .plain) {
    let visible = bounds.intersection(area)
    for y in visible.y..<visible.endY {
      for x in visible.x..<visible.endX { put(Glyph(text: String(character), width: 1), x, y, style) }
    }
  }

  /// Changes the styles in a rectangle and leaves the characters.
  package mutating func restyle(_ area: Rectangle, _ change: (inout Style) -> Void) {
    let visible = bounds.intersection(area)
    for y in visible.y..<visible.endY {
      for x in visible.x..<visible.endX { change(&self[x, y].style) }
    }
  }

  /// Draws a frame of thin lines inside the edge of a rectangle, with a title in its upper edge. The lines join the lines that they meet. A
  /// focused frame is accented and has `▸` before its title.
  ///
  /// Before you draw a frame over others (a dialog), `fill` its rectangle, so that there is nothing to join.
  package mutating func drawFrame(_ area: Rectangle, title: StyledLine = StyledLine(), focused: Bool = false)
  {
    drawFrame(area, title: title, style: Style(focused ? .accent : .dim), mark: focused)
  }

  /// Draws the frame with lines in the given style and without the mark of focus.
  package mutating func drawFrame(_ area: Rectangle, title: StyledLine = StyledLine(), style: Style) {
    drawFrame(area, title: title, style: style, mark: false)
  }

  private mutating func drawFrame(_ area: Rectangle, title: StyledLine, style: Style, mark: Bool) {
    guard area.width >= 2, area.height >= 2 else { return }
    let right = area.endX - 1
    let bottom = area.endY - 1
    for x in (area.x + 1)..<right {
      join([.left, .right], x, area.y, style)
      join([.left, .right], x, bottom, style)
    }
    for y in (area.y + 1)..<bottom {
      join([.up, .down], area.x, y, style)
      join([.up, .down], right, y, style)
    }
    join([.down, .right], area.x, area.y, style)
    join([.down, .left], right, area.y, style)
    join([.up, .right], area.x, bottom, style)
    join([.up, .left], right, bottom, style)
    guard !title.isEmpty, area.width >= 6 else { return }
    let shown = title.truncated(to: area.width - 5).restyled { part in
      if part == .plain { part = style }
      part.bold = part.bold || mark
    }
    let framed = StyledLine(mark ? "▸" : " ", style) + shown + StyledLine(" ", style)
    write(framed, at: Point(x: area.x + 2, y: area.y), in: area)
  }

  /// Draws a thin line in a row between two columns, both included. If another line is at one of its ends, the two are joined.
  package mutating func drawHorizontalRule(from start: Int, to end: Int, y: Int, style: Style = Style(.dim)) {
    for x in start...max(start, end) {
      join(arms(at: x, of: start...max(start, end), before: .left, behind: .right, y: y, x: x), x, y, style)
    }
  }

  /// Draws a thin line in a column between two rows, both included, joined like a horizontal line.
  package mutating func drawVerticalRule(x: Int, from start: Int, to end: Int, style: Style = Style(.dim)) {
    for y in start...max(start, end) {
      join(arms(at: y, of: start...max(start, end), before: .up, behind: .down, y: y, x: x), x, y, style)
    }
  }

  /// The directions in which a line leaves a cell. At an end that meets another line, only the inner direction.
  private func arms(
    at position: Int, of range: ClosedRange<Int>, before: LineArms, behind: LineArms, y: Int, x: Int
  ) -> LineArms {
    guard range.count > 1, LineArms(self[x, y].character) != nil else { return [before, behind] }
    if position == range.lowerBound { return behind }
    return position == range.upperBound ? before : [before, behind]
  }

  /// Adds arms to the line character at a place.
  private mutating func join(_ arms: LineArms, _ x: Int, _ y: Int, _ style: Style) {
    guard bounds.contains(Point(x: x, y: y)) else { return }
    let present = LineArms(self[x, y].character) ?? []
    put(Glyph(text: present.union(arms).character, width: 1), x, y, style)
  }

  /// Draws a scroll mark in a pane's right edge that shows which part of `count` lines is visible. Draws nothing if all are visible.
  package mutating func drawScrollMark(
    x: Int, from top: Int, height: Int, first: Int, count: Int, style: Style = Style(.accent)
  ) {
    guard height > 0, count > height else { return }
    let length = max(1, height * height / count)
    let start = min(height - length, max(0, first) * (height - length) / max(1, count - height))
    for y in (top + start)..<(top + start + length) {
      write("┃", at: Point(x: x, y: y), style: style)
    }
  }

  /// Puts a glyph into the grid's cells. If it cuts a wide character, the other half becomes blank.
  private mutating func put(_ glyph: Glyph, _ x: Int, _ y: Int, _ style: Style) {
    if self[x, y].character.isEmpty { self[x - 1, y].character = " " }
    let last = x + glyph.width - 1
    if last + 1 < size.width, self[last + 1, y].character.isEmpty { self[last + 1, y].character = " " }
    self[x, y] = Cell(glyph.text, style)
    if glyph.width == 2 { self[last, y] = Cell("", style) }
  }
}

/// The directions in which thin lines leave the middle of a cell.
struct LineArms: OptionSet, Hashable, Sendable {
  let rawValue: Int

  static let up = LineArms(rawValue: 1)
  static let down = LineArms(rawValue: 2)
  static let left = LineArms(rawValue: 4)
  static let right = LineArms(rawValue: 8)

  /// The line character for each set of arms.
  private static let characters = [
    " ", "╵", "╷", "│", "╴", "┘", "┐", "┤", "╶", "└", "┌", "├", "─", "┴", "┬", "┼",
  ]

  private static let arms: [String: LineArms] = {
    var table: [String: LineArms] = [
      "╭": [.down, .right], "╮": [.down, .left], "╯": [.up, .left], "╰": [.up, .right],
    ]
    for (index, character) in characters.enumerated() where index > 0 {
      table[character] = LineArms(rawValue: index)
    }
    return table
  }()

  init(rawValue: Int) { self.rawValue = rawValue }

  /// The arms of a line character; nil for any other.
  init?(_ character: String) {
    guard character.utf8.count == 3, let arms = LineArms.arms[character] else { return nil }
    self = arms
  }

  var character: String { LineArms.characters[rawValue & 15] }
}
