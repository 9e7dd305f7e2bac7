internal import StateSpace

/// Writes a trace as a space–time picture in SVG: a lane for each node, messages that leave, wait beside their receiver and arrive, and
/// splits as shaded areas. Title, violation and legend stand on it. The file needs no others, and adapts to a light or dark page.
package enum SpaceTimeSVGWriter {
  private static let headerWidth = 760
  private static let corner = 7

  /// Without a structure that has nodes, there is one lane, `spec`, with all the steps. `hasHeader` is whether title and violation stand on
  /// the picture.
  package static func text(
    _ trace: Trace, structure: ProtocolStructure? = nil, hasHeader: Bool = true
  ) -> String {
    let diagram = structure.flatMap { SpaceTime(trace, structure: $0) }
    let digits = String(max(0, trace.steps.count - 1)).count
    let titles = trace.steps.indices.map { number in
      // Numbers end in one column. Some programs drop common blanks at the beginning of a text.
      String(repeating: "\u{A0}", count: digits - String(number).count)
        + "\(number)  \(trace.title(ofStep: number, unknown: "unknown action"))"
        + (trace.violation?.step == number ? " ✗" : "")
    }
    func plan(top: Int) -> SpaceTimePlan {
      SpaceTimePlan(
        diagram, lanes: diagram?.lanes ?? ["spec"], top: top, titles: titles, remarks: trace.stepNotes,
        gaps: trace.omissions.mapValues { "… \($0.words)" }, loopWords: trace.loopWords)
    }
    // The text above is as wide as the picture, and the picture begins below the text.
    let width = max(plan(top: 0).width, hasHeader ? headerWidth : 0)
    let header = hasHeader ? heading(trace, width: width - 2 * SpaceTimePlan.titleX) : []
    let top = header.isEmpty ? 8 : 26 + header.count * 20
    let picture = plan(top: top)
    let legend = key(to: diagram, top: picture.bottom + 20, width: width)
    let height = legend.bottom + 16
    var lines = [
      "<svg class=\"space-time\" xmlns=\"http://www.w3.org/2000/svg\" width=\"\(width)\" height=\"\(height)\" "
        + "viewBox=\"0 0 \(width) \(height)\" role=\"img\">",
      "<title>\(HTMLText.escaped(title(trace)))</title>", style,
      "<rect class=\"page\" width=\"\(width)\" height=\"\(height)\"/>",
    ]
    for (number, line) in header.enumerated() {
      lines.append(text(line.text, line.kind, SpaceTimePlan.titleX, 24 + number * 20))
    }
    if let diagram { lines += diagram.splits.map { shade($0, diagram, picture) } }
    for (lane, name) in picture.lanes.enumerated() {
      lines.append(text(name, "lane", picture.laneX[lane], top + 16))
      lines.append(line("", picture.laneX[lane], top + 26, picture.laneX[lane], picture.bottom))
    }
    if let diagram {
      for (number, step) in diagram.steps.enumerated() {
        for link in step.links {
          let y = picture.rowY[link.row]
          lines.append(
            line(
              link.isCut ? "cut" : "healed", picture.laneX[link.first], y, picture.laneX[link.second], y,
              step: number))
        }
      }
      for arrow in diagram.arrows { lines.append(self.arrow(arrow, picture)) }
    }
    for number in trace.steps.indices { lines.append(step(number, trace, diagram, picture)) }
    if let loop = trace.loop { lines += self.loop(to: loop, trace, diagram, picture) }
    for label in picture.labels {
      lines.append(text(label.label.text, label.label.kind, label.x, label.y, step: label.label.step))
    }
    return (lines + legend.lines + ["</svg>"]).joined(separator: "\n") + "\n"
  }

  private static let style = """
    <style>
    .space-time .page { fill: #ffffff } .space-time text { font: 13px ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace; fill: #1f2328; white-space: pre }
    .space-time .lane { font-weight: bold; text-anchor: middle } .space-time .title { font-weight: bold } .space-time line { stroke: #8c959f } .space-time circle { fill: #1f2328 }
    .space-time path { fill: none; stroke: #0969da; stroke-width: 1.6 } .space-time path.head { fill: #0969da; stroke: none } .space-time .open { stroke-dasharray: 5 4 }
    .space-time text.message { fill: #0550ae } .space-time text.note { fill: #59636e } .space-time text.healing { fill: #1a7f37 } .space-time text.wrong { fill: #cf222e }
    .space-time path.wrong { stroke: #cf222e } .space-time path.head.wrong { fill: #cf222e; stroke: none } .space-time path.loop { stroke: #59636e } .space-time path.mark { fill: #ffffff; stroke: #1f2328 }
    .space-time .cut { stroke: #cf222e; stroke-dasharray: 3 3; stroke-width: 1.6 } .space-time .healed { stroke: #1a7f37; stroke-dasharray: 3 3; stroke-width: 1.6 }
    .space-time .shade { fill: #cf222e; opacity: 0.08 }
    @media (prefers-color-scheme: dark) {
    .space-time .page { fill: #0d1117 } .space-time text { fill: #e6edf3 } .space-time line { stroke: #6e7681 } .space-time circle { fill: #e6edf3 }
    .space-time path { stroke: #4493f8 } .space-time path.head { fill: #4493f8 } .space-time text.message { fill: #79b8ff } .space-time text.note { fill: #9198a1 }
    .space-time text.healing { fill: #3fb950 } .space-time text.wrong { fill: #ff7b72 } .space-time path.wrong { stroke: #f85149 } .space-time path.head.wrong { fill: #f85149 }
    .space-time path.loop { stroke: #9198a1 } .space-time path.mark { fill: #0d1117; stroke: #e6edf3 } .space-time .cut { stroke: #f85149 } .space-time .healed { stroke: #3fb950 } .space-time .shade { opacity: 0.16 }
    }
    </style>
    """

  // MARK: Words

  private static func title(_ trace: Trace) -> String {
    let model = trace.metadata.model.map { "Trace of \($0)" } ?? "Trace"
    return trace.metadata.source.map { "\(model): \($0)" } ?? model
  }

  /// The lines above the lanes: the title, and what is wrong at the trace's end.
  private static func heading(_ trace: Trace, width: Int) -> [(text: String, kind: String)] {
    var lines = SpaceTimePlan.wrapped(title(trace), width: width).map { (text: $0, kind: "title") }
    guard let violation = trace.violation else { return lines }
    lines += SpaceTimePlan.wrapped("✗ \(violation.text)", width: width).map { (text: $0, kind: "wrong") }
    for why in violation.why {
      lines += SpaceTimePlan.wrapped("· \(why)", width: width).map { (text: $0, kind: "note") }
    }
    return lines
  }

  /// `y` is the middle of the line of text.
  private static func text(_ text: String, _ kind: String, _ x: Int, _ y: Int, step: Int? = nil) -> String {
    let kind = kind.isEmpty ? "" : " class=\"\(kind)\""
    return "<text\(kind)\(data(step)) x=\"\(x)\" y=\"\(y + 4)\">\(HTMLText.escaped(text))</text>"
  }

  private static func data(_ step: Int?) -> String { step.map { " data-step=\"\($0)\"" } ?? "" }

  // MARK: Lines

  private static func line(
    _ kind: String, _ x1: Int, _ y1: Int, _ x2: Int, _ y2: Int, step: Int? = nil
  ) -> String {
    let kind = kind.isEmpty ? "" : " class=\"\(kind)\""
    return "<line\(kind)\(data(step)) x1=\"\(x1)\" y1=\"\(y1)\" x2=\"\(x2)\" y2=\"\(y2)\"/>"
  }

  private static func path(_ kind: String, _ path: String) -> String {
    kind.isEmpty ? "<path d=\"\(path)\"/>" : "<path class=\"\(kind)\" d=\"\(path)\"/>"
  }

  private static func shade(_ split: SpaceTime.Split, _ diagram: SpaceTime, _ plan: SpaceTimePlan) -> String {
    let start = plan.rowY[diagram.steps[split.cut].rows.lowerBound]
    let end = split.healed.map { plan.rowY[diagram.steps[$0].rows.lowerBound] } ?? plan.bottom
    let (x, width) = (plan.laneX[split.first], plan.laneX[split.second] - plan.laneX[split.first])
    return "<rect class=\"shade\" x=\"\(x)\" y=\"\(start)\" width=\"\(width)\" height=\"\(end - start)\"/>"
  }

  /// The title of a step, its dot, and a mark on the other lanes that it changed.
  private static func step(
    _ number: Int, _ trace: Trace, _ diagram: SpaceTime?, _ plan: SpaceTimePlan
  ) -> String {
    let step = diagram?.steps[number]
    let y = plan.rowY[step?.rows.lowerBound ?? number]
    var parts = [
      text(
        plan.titles[number], trace.violation?.step == number ? "step wrong" : "step", SpaceTimePlan.titleX, y)
    ]
    if let lane = diagram == nil ? 0 : step?.lane {
      parts.append("<circle cx=\"\(plan.laneX[lane])\" cy=\"\(y)\" r=\"5\"/>")
    }
    for note in step?.notes ?? [] where note.lane != step?.lane {
      let (x, y) = (plan.laneX[note.lane], plan.rowY[note.row])
      parts.append(path("mark", "M\(x) \(y - 6) L\(x + 6) \(y) L\(x) \(y + 6) L\(x - 6) \(y) Z"))
    }
    // A browser shows it while the pointer is on the step.
    let caption = trace.captions[number].map { "<title>\(HTMLText.escaped($0))</title>" } ?? ""
    return "<g data-step=\"\(number)\">\(caption)\(parts.joined())</g>"
  }

  /// A message's way: level from its sender, upright where it waits, level to its receiver. In flight it goes down to the end. Without a
  /// known receiver it ends open beside its sender.
  private static func arrow(_ arrow: SpaceTime.Arrow, _ plan: SpaceTimePlan) -> String {
    let kind = arrow.isSuspect || arrow.isLost ? "wrong" : ""
    let start = plan.rowY[arrow.sentRow]
    var parts: [String] = []
    guard let x = plan.slotX(arrow), let to = arrow.to else {
      guard let from = arrow.from else { return "" }
      let end = plan.openX(from: from)
      parts.append(path("\(kind) open".trimmedStart, "M\(plan.laneX[from]) \(start) H\(end)"))
      if arrow.isLost { parts.append(cross(end, start)) }
      return "<g data-step=\"\(arrow.sent)\">\(parts.joined())</g>"
    }
    var way: String
    if let from = arrow.from {
      let side = plan.laneX[from] < x ? -corner : corner
      parts.append("<circle cx=\"\(plan.laneX[from])\" cy=\"\(start)\" r=\"3\"/>")
      way = "M\(plan.laneX[from]) \(start) H\(x + side) Q\(x) \(start) \(x) \(start + corner)"
    } else {
      way = "M\(x) \(start)"
      parts.append("<circle cx=\"\(x)\" cy=\"\(start)\" r=\"3\"/>")
    }
    if let row = arrow.receivedRow {
      let end = plan.rowY[row]
      if arrow.isLost {
        parts += [path(kind, way + " V\(end)"), cross(x, end)]
      } else {
        let side = arrow.comesFromLeft ? 1 : -1
        let lane = plan.laneX[to]
        let tip = lane - side * 5
        parts.append(
          path(
            kind,
            way
              + " V\(end - corner) Q\(x) \(end) \(x + side * min(corner, abs(tip - x))) \(end) H\(tip - side * 3)"
          ))
        parts.append(
          path(
            "head \(kind)".trimmedEnd,
            "M\(tip) \(end) L\(tip - side * 8) \(end - 4) L\(tip - side * 8) \(end + 4) Z"))
        parts.append("<circle cx=\"\(lane)\" cy=\"\(end)\" r=\"3\"/>")
      }
    } else {
      parts.append(path("\(kind) open".trimmedStart, way + " V\(plan.bottom)"))
    }
    return "<g data-step=\"\(arrow.sent)\">\(parts.joined())</g>"
  }

  private static func cross(_ x: Int, _ y: Int) -> String {
    path("wrong", "M\(x - 5) \(y - 5) L\(x + 5) \(y + 5) M\(x - 5) \(y + 5) L\(x + 5) \(y - 5)")
  }

  /// The way from the last state back, with its words beside it.
  private static func loop(
    to loop: Int, _ trace: Trace, _ diagram: SpaceTime?, _ plan: SpaceTimePlan
  ) -> [String] {
    guard let words = trace.loopWords, let last = plan.rowY.last else { return [] }
    var lines = [text(words, "note", SpaceTimePlan.titleX, last)]
    guard loop < trace.steps.count - 1 else { return lines }
    let x = plan.loopX
    let y = plan.rowY[diagram?.steps[loop].rows.lowerBound ?? loop]
    lines.append(
      path(
        "loop",
        "M\(x - 8) \(last) Q\(x) \(last) \(x) \(last - corner) V\(y + corner) Q\(x) \(y) \(x - 6) \(y)"))
    lines.append(path("loop", "M\(x - 4) \(y - 4) L\(x - 9) \(y) L\(x - 4) \(y + 4)"))
    return lines
  }

  // MARK: Legend

  /// What the signs mean that occur in a diagram.
  private static func key(to diagram: SpaceTime?, top: Int, width: Int) -> (lines: [String], bottom: Int) {
    guard let diagram else { return ([], top - 20) }
    var entries: [(sign: (Int, Int) -> String, words: String)] = []
    func stroke(_ kind: String) -> (Int, Int) -> String { { path(kind, "M\($0) \($1) H\($0 + 26)") } }
    let arrows = diagram.arrows
    if arrows.contains(where: { $0.received != nil && !$0.isLost && !$0.isSuspect }) {
      entries.append((stroke(""), "message"))
    }
    if arrows.contains(where: { $0.received == nil }) { entries.append((stroke("open"), "in flight")) }
    if arrows.contains(where: \.isSuspect) { entries.append((stroke("wrong"), "across a cut, or late")) }
    if arrows.contains(where: \.isLost) { entries.append(({ cross($0 + 13, $1) }, "lost message")) }
    if !diagram.splits.isEmpty {
      entries.append(
        ({ "<rect class=\"shade\" x=\"\($0)\" y=\"\($1 - 7)\" width=\"26\" height=\"14\"/>" }, "split"))
    }
    if diagram.steps.contains(where: { step in step.notes.contains { $0.lane != step.lane } }) {
      entries.append(
        (
          {
            path("mark", "M\($0 + 13) \($1 - 6) L\($0 + 19) \($1) L\($0 + 13) \($1 + 6) L\($0 + 7) \($1) Z")
          },
          "changed by a step of another"
        ))
    }
    var (x, y) = (SpaceTimePlan.titleX, top)
    var lines: [String] = []
    for entry in entries {
      let needed = 34 + SpaceTimePlan.width(of: entry.words)
      if x > SpaceTimePlan.titleX, x + needed > width - SpaceTimePlan.titleX {
        (x, y) = (SpaceTimePlan.titleX, y + 22)
      }
      lines += [entry.sign(x, y), text(entry.words, "note", x + 34, y)]
      x += needed + 24
    }
    return (lines, entries.isEmpty ? top - 20 : y)
  }
}

extension String {
  fileprivate var trimmedStart: String { hasPrefix(" ") ? String(dropFirst()) : self }
  fileprivate var trimmedEnd: String { hasSuffix(" ") ? String(dropLast()) : self }
}
