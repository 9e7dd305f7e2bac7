internal import StateSpace

/// Writes a trace as a space–time diagram in SVG: lanes, arrows from send to receive, and splits as shaded breaks. The file needs no
/// others, and adapts to a light or dark page.
package enum SpaceTimeSVGWriter {
  private static let left = 210
  private static let pitch = 240
  private static let right = 250
  private static let top = 56
  private static let rowHeight = 30
  private static let letterWidth = 8

  /// Without a structure that has nodes, there is one lane, `spec`, with all the steps.
  package static func text(_ trace: Trace, structure: ProtocolStructure? = nil) -> String {
    let diagram = structure.flatMap { SpaceTime(trace, structure: $0) }
    let lanes = diagram?.lanes ?? ["spec"]
    let rows = (diagram?.rowCount ?? trace.steps.count) + 1
    let footing = footing(trace)
    let width = max(
      left + (lanes.count - 1) * pitch + right, 24 + (footing.map(\.text.count).max() ?? 0) * letterWidth)
    let bottom = top + rows * rowHeight
    let height = bottom + 16 + footing.count * 20
    var lines = [
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"\(width)\" height=\"\(height)\" "
        + "viewBox=\"0 0 \(width) \(height)\" role=\"img\">",
      "<title>\(escaped(trace.metadata.model ?? "trace"))</title>", style,
      "<rect class=\"page\" width=\"\(width)\" height=\"\(height)\"/>",
    ]
    if let diagram { lines += diagram.splits.flatMap { shade($0, diagram) } }
    for (lane, name) in lanes.enumerated() {
      lines.append("<text class=\"lane\" x=\"\(x(lane))\" y=\"28\">\(escaped(name))</text>")
      lines.append(line("", x(lane), top - 18, x(lane), bottom))
    }
    if let diagram {
      for (number, step) in diagram.steps.enumerated() {
        lines += links(step) + stepText(number, step, trace)
      }
      for arrow in diagram.arrows { lines += self.arrow(arrow, diagram) }
      for step in diagram.steps { lines += dot(step) }
    } else {
      for number in trace.steps.indices {
        lines.append(title(number, trace, row: number))
        lines.append("<circle cx=\"\(x(0))\" cy=\"\(y(number))\" r=\"5\"/>")
      }
    }
    for (number, words) in footing.enumerated() {
      lines.append(
        "<text\(words.isWrong ? " class=\"wrong\"" : "") x=\"12\" y=\"\(bottom + 12 + number * 20)\">"
          + "\(escaped(words.text))</text>")
    }
    return (lines + ["</svg>"]).joined(separator: "\n") + "\n"
  }

  private static let style = """
    <style>
    .page { fill: #ffffff } text { font: 13px ui-monospace, Menlo, Consolas, monospace; fill: #1f2328 }
    .lane { font-weight: bold; text-anchor: middle } .label { text-anchor: middle }
    line { stroke: #8c959f } circle { fill: #1f2328 } .message, .head { stroke: #0969da; stroke-width: 1.6 }
    .head { fill: #0969da } .open { stroke-dasharray: 5 4 } .note { fill: #57606a }
    .wrong { stroke: #cf222e } text.wrong { fill: #cf222e; stroke: none } text.halo.wrong { stroke: #ffffff } .head.wrong { fill: #cf222e }
    .cut { stroke: #cf222e; stroke-dasharray: 3 3; stroke-width: 1.6 } .healed { stroke: #1a7f37; stroke-dasharray: 3 3; stroke-width: 1.6 }
    .split { fill: #cf222e; opacity: 0.08 } .halo { paint-order: stroke; stroke: #ffffff; stroke-width: 4px }
    @media (prefers-color-scheme: dark) {
    .page { fill: #0d1117 } text { fill: #e6edf3 } line { stroke: #6e7681 } circle { fill: #e6edf3 }
    .message, .head { stroke: #4493f8 } .head { fill: #4493f8 } .note { fill: #9198a1 } .halo, text.halo.wrong { stroke: #0d1117 }
    .wrong { stroke: #f85149 } text.wrong { fill: #f85149 } .head.wrong { fill: #f85149 } .cut { stroke: #f85149 }
    }
    </style>
    """

  private static func x(_ lane: Int) -> Int { left + lane * pitch }
  private static func y(_ row: Int) -> Int { top + row * rowHeight }

  private static func line(_ kind: String, _ x1: Int, _ y1: Int, _ x2: Int, _ y2: Int) -> String {
    let kind = kind.isEmpty ? "" : " class=\"\(kind)\""
    return "<line\(kind) x1=\"\(x1)\" y1=\"\(y1)\" x2=\"\(x2)\" y2=\"\(y2)\"/>"
  }

  private static func shade(_ split: SpaceTime.Split, _ diagram: SpaceTime) -> [String] {
    let start = y(diagram.steps[split.cut].rows.lowerBound)
    let end = y(split.healed.map { diagram.steps[$0].rows.lowerBound } ?? diagram.rowCount)
    let width = x(split.second) - x(split.first)
    return [
      "<rect class=\"split\" x=\"\(x(split.first))\" y=\"\(start)\" width=\"\(width)\" height=\"\(end - start)\"/>"
    ]
  }

  private static func links(_ step: SpaceTime.Step) -> [String] {
    step.links.flatMap { link in
      [
        line(link.isCut ? "cut" : "healed", x(link.first), y(link.row), x(link.second), y(link.row)),
        "<text class=\"note\" x=\"\(x(link.second) + 10)\" y=\"\(y(link.row) + 4)\">"
          + "\(link.isCut ? "split" : "healed")</text>",
      ]
    }
  }

  /// The lines below the lanes: how the trace continues, and what is wrong at its end.
  private static func footing(_ trace: Trace) -> [(text: String, isWrong: Bool)] {
    var lines = (trace.loopWords.map { [$0] } ?? []).map { (text: $0, isWrong: false) }
    if let violation = trace.violation {
      lines.append((text: "✗ \(violation.text)", isWrong: true))
      lines += violation.why.map { (text: "  \($0)", isWrong: false) }
    }
    return lines
  }

  private static func title(_ number: Int, _ trace: Trace, row: Int) -> String {
    let words = trace.title(ofStep: number, unknown: "unknown action")
    let short = words.count > 20 ? "\(words.prefix(19))…" : words
    let isWrong = trace.violation?.step == number
    return "<text\(isWrong ? " class=\"wrong\"" : "") x=\"12\" y=\"\(y(row) + 4)\">\(number)  "
      + "\(escaped(short))\(isWrong ? " ✗" : "")</text>"
  }

  private static func stepText(_ number: Int, _ step: SpaceTime.Step, _ trace: Trace) -> [String] {
    var lines = [title(number, trace, row: step.rows.lowerBound)]
    if let note = trace.stepNotes[number] {
      lines.append(
        "<text class=\"note\" x=\"12\" y=\"\(y(step.rows.lowerBound) + 18)\">\(escaped(note))</text>")
    }
    return lines
  }

  private static func dot(_ step: SpaceTime.Step) -> [String] {
    guard let lane = step.lane else { return [] }
    let row = step.rows.lowerBound
    var lines = ["<circle cx=\"\(x(lane))\" cy=\"\(y(row))\" r=\"5\"/>"]
    if !step.note.isEmpty {
      lines.append(
        "<text class=\"note halo\" x=\"\(x(lane) + 9)\" y=\"\(y(row) - 7)\">\(escaped(step.note))</text>")
    }
    return lines
  }

  /// A line from send to receipt with its head and words. A message in flight goes down to the end. One without a receiver ends open beside
  /// its sender.
  private static func arrow(_ arrow: SpaceTime.Arrow, _ diagram: SpaceTime) -> [String] {
    guard let start = arrow.from ?? arrow.to else { return [] }
    let wrong = arrow.isSuspect || arrow.isLost ? " wrong" : ""
    let (x1, y1) = (x(start), y(arrow.sentRow))
    let isOpen = arrow.receivedRow == nil
    let y2 = y(arrow.receivedRow ?? (arrow.to == nil ? arrow.sentRow : diagram.rowCount))
    var x2 = arrow.to.map(x) ?? x1 + pitch / 2
    // A message to its own sender makes a bow. One that never arrives stops short of the lane.
    let isLoop = x1 == x2
    if isOpen || arrow.isLost, !isLoop { x2 += x2 > x1 ? -24 : 24 }
    let kind = "message\(wrong)\(isOpen ? " open" : "")"
    var lines: [String] = []
    if isLoop {
      lines.append(
        "<path class=\"\(kind)\" fill=\"none\" d=\"M\(x1) \(y1) C\(x1 + 60) \(y1) \(x1 + 60) \(y2) \(x1 + 8) \(y2)\"/>"
      )
    } else {
      lines.append(line(kind, x1, y1, x2, y2))
    }
    if arrow.isLost {
      lines.append(line("message wrong", x2 - 6, y2 - 6, x2 + 6, y2 + 6))
      lines.append(line("message wrong", x2 - 6, y2 + 6, x2 + 6, y2 - 6))
    } else if !isOpen {
      lines.append(head(isLoop ? x1 + 60 : x1, isLoop ? y2 : y1, x2, y2, wrong))
    }
    // One third of the way, because lines often cross in the middle.
    let (labelX, labelY) = isLoop ? (x1 + 56, (y1 + y2) / 2) : (x1 + (x2 - x1) / 3, y1 + (y2 - y1) / 3 - 5)
    let label = arrow.text.count > 32 ? "\(arrow.text.prefix(31))…" : arrow.text
    lines.append(
      "<text class=\"label halo\(wrong)\" x=\"\(labelX)\" y=\"\(labelY)\">\(escaped(label))</text>")
    if let words = arrow.suspicion, let row = arrow.receivedRow, let to = arrow.to {
      lines.append("<text class=\"wrong\" x=\"\(x(to) + 10)\" y=\"\(y(row) + 14)\">\(words)</text>")
    }
    return lines
  }

  /// A triangle whose tip touches the dot at the end of a line.
  private static func head(_ x1: Int, _ y1: Int, _ x2: Int, _ y2: Int, _ wrong: String) -> String {
    let (dx, dy) = (Double(x2 - x1), Double(y2 - y1))
    let length = max(1, (dx * dx + dy * dy).squareRoot())
    let (ux, uy) = (dx / length, dy / length)
    func corner(_ along: Double, _ across: Double) -> String {
      let cx = Double(x2) - ux * along - uy * across
      let cy = Double(y2) - uy * along + ux * across
      return "\((cx * 10).rounded() / 10),\((cy * 10).rounded() / 10)"
    }
    return "<polygon class=\"head\(wrong)\" points=\"\(corner(6, 0)) \(corner(15, 4)) \(corner(15, -4))\"/>"
  }

  private static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in Printable.line(text).unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      // XML does not allow these at all.
      case "\u{FFFE}", "\u{FFFF}": result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
