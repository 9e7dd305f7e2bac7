/// A grid as a picture (SVG), for the documentation and to look at the screen of a test.
///
/// Lines are drawn as paths, so no font leaves gaps between them. Runs of text are pinned to their columns. Symbols whose width depends on
/// the font are drawn alone in their cells. The picture needs no program, script or external file.
package struct GridPicture {
  /// Colours by their SVG names.
  package struct Theme: Sendable {
    package var background: String
    package var foreground: String
    package var colors: [Style.Role: String]

    package init(background: String, foreground: String, colors: [Style.Role: String]) {
      self.background = background
      self.foreground = foreground
      self.colors = colors
    }

    package static let dark = Theme(
      background: "#15191f", foreground: "#d5dbe3",
      colors: [
        .accent: "#4db8d8", .change: "#e2a44a", .wrong: "#f0716a", .good: "#71bf78", .dim: "#808b99",
      ])

    package static let light = Theme(
      background: "#fdfdfb", foreground: "#23282f",
      colors: [
        .accent: "#0a7a9c", .change: "#9a5b00", .wrong: "#c02b25", .good: "#2a7a34", .dim: "#737c87",
      ])

    func color(_ role: Style.Role) -> String { colors[role] ?? foreground }
  }

  package let grid: Grid
  package let theme: Theme
  /// The text for readers who cannot see the picture.
  package let title: String

  package init(_ grid: Grid, title: String, theme: Theme = .dark) {
    self.grid = grid
    self.title = title
    self.theme = theme
  }

  private static let cellWidth = 9
  private static let cellHeight = 19
  private static let baseline = 14
  private static let margin = 14
  private static let fonts =
    "'DejaVu Sans Mono', 'JetBrains Mono', 'Cascadia Mono', Menlo, Consolas, monospace"

  /// The picture as the text of an SVG file.
  package var svg: String { document("", content) }

  /// A file of the picture's size with that content, after some definitions.
  fileprivate func document(_ definitions: String, _ content: String) -> String {
    let width = grid.size.width * Self.cellWidth + 2 * Self.margin
    let height = grid.size.height * Self.cellHeight + 2 * Self.margin
    return """
      <svg xmlns="http://www.w3.org/2000/svg" width="\(width)" height="\(height)" viewBox="0 0 \(width) \(height)" role="img">
      <title>\(Self.escaped(title))</title>
      \(definitions)<rect width="\(width)" height="\(height)" rx="8" fill="\(theme.background)"/>
      \(content)</svg>

      """
  }

  /// What stands on the background.
  fileprivate var content: String {
    var backgrounds = ""
    var texts = ""
    var lines: [String: String] = [:]
    for y in 0..<grid.size.height {
      for run in runs(of: y) {
        let color = theme.color(run.style.role)
        if run.style.reversed {
          backgrounds += rectangle(run.x, y, run.columns, color)
        }
        let ink = run.style.reversed ? theme.background : color
        if let path = BoxPath.path(run.text, left: left(run.x), top: top(y), Self.cellWidth, Self.cellHeight)
        {
          lines[ink, default: ""] += path
        } else if let (part, from) = BoxPath.block(run.text) {
          backgrounds += block(run.x, y, part, fromBelow: from, ink)
        } else if run.text.contains(where: { $0 != " " }) {
          texts += text(run, y, ink)
        }
      }
    }
    if let cursor = grid.cursor {
      backgrounds += rectangle(cursor.x, cursor.y, 1, theme.foreground, opacity: 0.45)
    }
    let paths = lines.sorted { $0.key < $1.key }.map { color, path in
      "<path d=\"\(path)\" stroke=\"\(color)\" fill=\"none\" stroke-width=\"1.2\"/>\n"
    }
    return """
      \(backgrounds)\(paths.joined())<g font-family="\(Self.fonts)" font-size="15" xml:space="preserve">
      \(texts)</g>

      """
  }

  /// Cells of one style that can be drawn as one text, or a single cell that is drawn alone.
  private struct Run {
    var x: Int
    var columns: Int
    var text: String
    var style: Style
    /// Whether more cells may be added. True for runs of plain letters only.
    var isOpen: Bool
  }

  private func runs(of y: Int) -> [Run] {
    var runs: [Run] = []
    for x in 0..<grid.size.width {
      let cell = grid[x, y]
      if cell.character.isEmpty {
        if let last = runs.indices.last { runs[last].columns += 1 }
        continue
      }
      let isPlain = cell.character.unicodeScalars.allSatisfy { $0.value < 0x250 }
      if isPlain, let last = runs.indices.last, runs[last].isOpen, runs[last].style == cell.style {
        runs[last].text += cell.character
        runs[last].columns += 1
      } else {
        runs.append(Run(x: x, columns: 1, text: cell.character, style: cell.style, isOpen: isPlain))
      }
    }
    return runs
  }

  private func text(_ run: Run, _ y: Int, _ color: String) -> String {
    // Blanks at the ends are left out, because the pinned length must be that of the visible text.
    let shown = run.text.drop { $0 == " " }
    let x = run.x + run.text.count - shown.count
    var body = shown
    while body.last == " " { body.removeLast() }
    let columns = run.columns - (run.text.count - body.count)
    var attributes = "fill=\"\(color)\""
    if run.style.bold { attributes += " font-weight=\"bold\"" }
    if run.style.underlined { attributes += " text-decoration=\"underline\"" }
    // A symbol that is drawn alone is centred in its cells and keeps its own width, unless it is too wide.
    let place =
      run.isOpen
      ? "x=\"\(left(x))\" textLength=\"\(columns * Self.cellWidth)\" lengthAdjust=\"spacingAndGlyphs\""
      : "x=\"\(left(x) + run.columns * Self.cellWidth / 2)\" text-anchor=\"middle\""
    return
      "<text \(place) y=\"\(top(y) + Self.baseline)\" \(attributes)>\(Self.escaped(Self.unbroken(String(body))))</text>\n"
  }

  /// The text with blanks that browsers do not take together.
  private static func unbroken(_ text: String) -> String {
    text.contains("  ") ? text.replacing(" ", with: "\u{A0}") : text
  }

  private func rectangle(_ x: Int, _ y: Int, _ columns: Int, _ color: String, opacity: Double = 1) -> String {
    let see = opacity < 1 ? " fill-opacity=\"\(opacity)\"" : ""
    return
      "<rect x=\"\(left(x))\" y=\"\(top(y))\" width=\"\(columns * Self.cellWidth)\" height=\"\(Self.cellHeight)\""
      + " fill=\"\(color)\"\(see)/>\n"
  }

  /// A part of a cell in eighths: of its width from the left, or of its height from the bottom.
  private func block(_ x: Int, _ y: Int, _ part: Int, fromBelow: Bool, _ color: String) -> String {
    let width = fromBelow ? Double(Self.cellWidth) : Double(Self.cellWidth * part) / 8
    let height = fromBelow ? Double(Self.cellHeight * part) / 8 : Double(Self.cellHeight)
    let above = Double(Self.cellHeight) - height
    return
      "<rect x=\"\(left(x))\" y=\"\(Double(top(y)) + above)\" width=\"\(width)\" height=\"\(height)\" fill=\"\(color)\"/>\n"
  }

  private func left(_ x: Int) -> Int { Self.margin + x * Self.cellWidth }
  private func top(_ y: Int) -> Int { Self.margin + y * Self.cellHeight }

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
  }
}

/// Line and block characters as shapes.
private enum BoxPath {
  /// The path of a line character in a cell; nil for any other.
  static func path(_ character: String, left: Int, top: Int, _ width: Int, _ height: Int) -> String? {
    guard let scalar = character.unicodeScalars.first, (0x2500...0x257F).contains(scalar.value) else {
      return nil
    }
    let right = left + width
    let bottom = top + height
    let x = Double(left) + Double(width) / 2
    let y = Double(top) + Double(height) / 2
    let radius = Double(width) / 2
    switch character {
    case "╭": return "M\(x) \(bottom)V\(y + radius)Q\(x) \(y) \(x + radius) \(y)H\(right)"
    case "╮": return "M\(x) \(bottom)V\(y + radius)Q\(x) \(y) \(x - radius) \(y)H\(left)"
    case "╯": return "M\(x) \(top)V\(y - radius)Q\(x) \(y) \(x - radius) \(y)H\(left)"
    case "╰": return "M\(x) \(top)V\(y - radius)Q\(x) \(y) \(x + radius) \(y)H\(right)"
    case "╳": return "M\(left) \(top + 4)L\(right) \(bottom - 4)M\(right) \(top + 4)L\(left) \(bottom - 4)"
    case "╱": return "M\(right) \(top)L\(left) \(bottom)"
    case "╲": return "M\(left) \(top)L\(right) \(bottom)"
    case "┄", "┅", "┈", "╌": return "M\(left + 1) \(y)h2.2M\(Double(left) + 5.5) \(y)h2.2"
    case "┆", "┊", "╎": return "M\(x) \(top + 2)v3M\(x) \(top + 8)v3M\(x) \(top + 14)v3"
    case "┃": return "M\(x - 1) \(top)V\(bottom)M\(x) \(top)V\(bottom)M\(x + 1) \(top)V\(bottom)"
    case "━": return "M\(left) \(y - 1)H\(right)M\(left) \(y)H\(right)M\(left) \(y + 1)H\(right)"
    default: break
    }
    guard let arms = LineArms(character) else { return nil }
    var path = ""
    if arms.contains(.up) { path += "M\(x) \(y)V\(top)" }
    if arms.contains(.down) { path += "M\(x) \(y)V\(bottom)" }
    if arms.contains(.left) { path += "M\(x) \(y)H\(left)" }
    if arms.contains(.right) { path += "M\(x) \(y)H\(right)" }
    return path
  }

  /// The filled part of a block character in eighths, and whether it grows from the bottom (else from the left).
  static func block(_ character: String) -> (part: Int, fromBelow: Bool)? {
    guard let value = character.unicodeScalars.first?.value else { return nil }
    switch value {
    case 0x2581...0x2588: return (Int(value) - 0x2580, true)
    case 0x2589...0x258F: return (8 - (Int(value) - 0x2588), false)
    default: return nil
    }
  }
}

/// Screens of one size, shown one after the other, again and again. A reader who wants no motion sees the last one.
package struct MovingPicture {
  package let pictures: [GridPicture]
  /// How long each screen is shown.
  package let seconds: Double

  /// There must be a picture.
  package init(_ pictures: [GridPicture], seconds: Double) {
    self.pictures = pictures
    self.seconds = seconds
  }

  /// The pictures as the text of an SVG file with CSS animations.
  package var svg: String {
    let duration = seconds * Double(pictures.count)
    let style = """
      <style>
      .frame { visibility: hidden; animation: show \(duration)s step-end infinite; }
      @keyframes show { 0% { visibility: visible; } \(100 / Double(pictures.count))% { visibility: hidden; } }
      @media (prefers-reduced-motion: reduce) { .frame { animation: none; } .last { visibility: visible; } }
      </style>

      """
    let frames = pictures.enumerated().map { number, picture in
      let name = number + 1 == pictures.count ? "frame last" : "frame"
      return
        "<g class=\"\(name)\" style=\"animation-delay: \(Double(number) * seconds)s\">\n\(picture.content)</g>\n"
    }
    return pictures[pictures.count - 1].document(style, frames.joined())
  }
}
