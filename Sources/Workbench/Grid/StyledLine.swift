/// A stretch of text in one style.
package struct StyledRun: Hashable, Sendable {
  package var text: String
  package var style: Style

  package init(_ text: String, _ style: Style = .plain) {
    self.text = text
    self.style = style
  }
}

/// A line made of runs: what a list shows in a row.
///
/// ```swift
/// let line: StyledLine = "  1 " + StyledLine("Register(n1)", Style(.accent)) + "  name 0"
/// ```
package struct StyledLine: Hashable, Sendable {
  package enum Alignment: Sendable {
    case leading
    case trailing
    case center
  }

  package var runs: [StyledRun]

  package init(_ runs: [StyledRun] = []) { self.runs = runs }

  package init(_ text: String, _ style: Style = .plain) { runs = [StyledRun(text, style)] }

  /// The columns that the line takes when it is written.
  package var width: Int { runs.reduce(0) { $0 + Glyph.width(of: $1.text) } }

  /// The text without its styles.
  package var text: String { runs.map(\.text).joined() }

  package var isEmpty: Bool { runs.allSatisfy(\.text.isEmpty) }

  package mutating func append(_ text: String, _ style: Style = .plain) {
    runs.append(StyledRun(text, style))
  }

  package mutating func append(_ line: StyledLine) { runs += line.runs }

  package static func + (left: StyledLine, right: StyledLine) -> StyledLine {
    StyledLine(left.runs + right.runs)
  }

  package static func += (left: inout StyledLine, right: StyledLine) { left.runs += right.runs }

  /// The line itself if it fits in this many columns, else its beginning and `…` in the style of the cut text.
  package func truncated(to columns: Int) -> StyledLine {
    guard width > columns else { return self }
    guard columns > 0 else { return StyledLine() }
    var result = StyledLine()
    var left = columns - 1
    for run in runs {
      let width = Glyph.width(of: run.text)
      if width <= left {
        result.runs.append(run)
        left -= width
      } else {
        result.append(Glyph.prefix(of: run.text, columns: left) + "…", run.style)
        return result
      }
    }
    return result
  }

  /// The line padded with blanks (in `style`) to this many columns. A longer line is unchanged.
  package func padded(to columns: Int, alignment: Alignment = .leading, style: Style = .plain) -> StyledLine {
    let missing = columns - width
    guard missing > 0 else { return self }
    let before =
      switch alignment {
      case .leading: 0
      case .trailing: missing
      case .center: missing / 2
      }
    var result = StyledLine()
    if before > 0 { result.append(String(repeating: " ", count: before), style) }
    result.runs += runs
    if missing > before { result.append(String(repeating: " ", count: missing - before), style) }
    return result
  }

  /// The line truncated or padded to exactly this many columns.
  package func fitted(to columns: Int, alignment: Alignment = .leading, style: Style = .plain) -> StyledLine {
    truncated(to: columns).padded(to: columns, alignment: alignment, style: style)
  }

  /// The line with every run's style changed.
  package func restyled(_ change: (inout Style) -> Void) -> StyledLine {
    var result = self
    for index in result.runs.indices { change(&result.runs[index].style) }
    return result
  }

  /// The line as a selection shows it. Pad it first if the whole row should look selected.
  package var reversed: StyledLine { restyled { $0.reversed = true } }

  /// The line cut into rows of this many columns, at blanks if there are any. The result is never empty.
  package func wrapped(to columns: Int) -> [StyledLine] {
    guard columns > 0, width > columns else { return [self] }
    let glyphs = runs.flatMap { run in Glyphs(run.text).map { (glyph: $0, style: run.style) } }
    var rows: [StyledLine] = []
    var start = 0
    while start < glyphs.count {
      var end = start
      var used = 0
      var lastBlank: Int?
      while end < glyphs.count, used + glyphs[end].glyph.width <= columns {
        if glyphs[end].glyph.text == " " { lastBlank = end }
        used += glyphs[end].glyph.width
        end += 1
      }
      if end < glyphs.count, glyphs[end].glyph.text != " ", let blank = lastBlank, blank > start {
        end = blank
      }
      end = max(end, start + 1)
      rows.append(StyledLine(glyphs: glyphs[start..<end]))
      start = end
      while start < glyphs.count, glyphs[start].glyph.text == " " { start += 1 }
    }
    return rows
  }

  /// The same in at most this many rows. If the text needs more, the last row ends in `…`.
  package func wrapped(to columns: Int, rows: Int) -> [StyledLine] {
    let all = wrapped(to: columns)
    guard all.count > rows, rows > 0 else { return all.count > rows ? [] : all }
    return all.prefix(rows - 1) + [(all[rows - 1] + StyledLine(" …")).truncated(to: columns)]
  }

  private init(glyphs: ArraySlice<(glyph: Glyph, style: Style)>) {
    runs = []
    for (glyph, style) in glyphs {
      if let last = runs.indices.last, runs[last].style == style {
        runs[last].text += glyph.text
      } else {
        append(glyph.text, style)
      }
    }
  }
}

extension StyledLine: ExpressibleByStringLiteral {
  package init(stringLiteral value: String) { self.init(value) }
}

extension StyledLine: ExpressibleByStringInterpolation {}
