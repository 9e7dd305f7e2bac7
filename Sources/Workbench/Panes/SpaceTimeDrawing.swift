import Traces

/// A window of a space–time diagram, drawn in box characters.
struct SpaceTimeDrawing {
  /// The rows of the diagram in the window. The row after the diagram's last one is for messages still in flight.
  let rows: Range<Int>
  private let diagram: SpaceTime
  private let measures: SpaceTimeMeasures
  private let current: Int
  /// The steps that are not dimmed; nil if none is.
  private let sliced: Set<Int>?
  private var cells: [[Cell]]

  init(
    _ diagram: SpaceTime, _ measures: SpaceTimeMeasures, rows: Range<Int>, current: Int,
    sliced: Set<Int>? = nil
  ) {
    self.diagram = diagram
    self.measures = measures
    self.rows = rows
    self.current = current
    self.sliced = sliced
    cells = Array(repeating: Array(repeating: Cell(), count: measures.width), count: rows.count)
  }

  /// A line for each row.
  var lines: [StyledLine] {
    cells.map { row in
      var line = StyledLine()
      for cell in row {
        if let last = line.runs.indices.last, line.runs[last].style == cell.style {
          line.runs[last].text += cell.character
        } else {
          line.append(cell.character, cell.style)
        }
      }
      return line
    }
  }

  /// Lanes are drawn first, upright lines over them, and level lines below both. Dots and words come last.
  mutating func draw() {
    drawLanes()
    let arrows = diagram.arrows(inRows: rows).map { diagram.arrows[$0] }
    for arrow in arrows { drawUpright(arrow) }
    for arrow in arrows { drawSending(arrow) }
    for arrow in arrows { drawReceipt(arrow) }
    drawSteps()
    for arrow in arrows { drawEnds(arrow) }
    drawNotes(arrows)
    drawLabels(arrows)
    for arrow in arrows { drawSuspicion(arrow) }
  }

  // MARK: Lanes and steps

  private mutating func drawLanes() {
    for row in rows {
      let number = diagram.step(atRow: row)
      let step = diagram.steps[number]
      for lane in diagram.lanes.indices {
        let isCut = step.cutLanes.contains(lane)
        let style = Style(isCut ? .wrong : number > current ? .dim : .plain)
        put(row < diagram.rowCount ? (isCut ? "┊" : "│") : " ", row, measures.column(of: lane), style)
      }
    }
  }

  private var visibleSteps: ClosedRange<Int> {
    diagram.step(atRow: rows.lowerBound)...diagram.step(atRow: max(rows.lowerBound, rows.upperBound - 1))
  }

  private mutating func drawSteps() {
    guard !rows.isEmpty else { return }
    for number in visibleSteps {
      let step = diagram.steps[number]
      for link in step.links { drawLink(link) }
      guard let lane = step.lane else { continue }
      let isLinked = step.links.contains {
        $0.row == step.rows.lowerBound && [$0.first, $0.second].contains(lane)
      }
      if !isLinked { putDot(step.rows.lowerBound, lane, number) }
    }
  }

  private mutating func putDot(_ row: Int, _ lane: Int, _ step: Int) {
    let isDim = step > current || !(sliced?.contains(step) ?? true)
    let style = Style(step == current ? .accent : isDim ? .dim : .plain, bold: step == current)
    put("●", row, measures.column(of: lane), style)
  }

  private mutating func drawLink(_ link: SpaceTime.LinkMark) {
    let style = Style(link.isCut ? .wrong : .good)
    let (start, end) = (measures.column(of: link.first), measures.column(of: link.second))
    for x in (start + 1)..<end { level("┄", link.row, x, style) }
    for x in [start, end] { put(link.isCut ? "╳" : "○", link.row, x, Style(style.role, bold: true)) }
    writeFree(link.isCut ? "split" : "healed", link.row, from: end + 2, style)
  }

  /// What a step changed in each node, on the node's lane. A node that did not take the step has a mark there instead of the dot.
  private mutating func drawNotes(_ arrows: [SpaceTime.Arrow]) {
    guard !rows.isEmpty else { return }
    for number in visibleSteps {
      let step = diagram.steps[number]
      for note in step.notes {
        let style = Style(number == current ? .change : number > current ? .dim : .plain)
        let x = measures.column(of: note.lane)
        if note.lane != step.lane, !Self.ends.contains(character(note.row, x)) {
          put("◇", note.row, x, style)
        }
        drawNote(note, from: x + 1, arrows, style)
      }
    }
  }

  /// What stands on a lane at the end of a line.
  private static let ends: Set = ["●", "╳", "○"]

  /// Writes as much of a note as fits: on the line of a message beside the message's words, otherwise to the right of the lane after the
  /// end of an arrow, or to the left of the lane if there is more room.
  private mutating func drawNote(
    _ note: SpaceTime.Note, from x: Int, _ arrows: [SpaceTime.Arrow], _ style: Style
  ) {
    let (row, lane, wordings) = (note.row, note.lane, note.wordings)
    func best(_ room: Int) -> Int? { wordings.firstIndex { Glyph.width(of: $0) <= room } }
    if character(row, x) == "─" {
      let run = (x..<measures.width).prefix { character(row, $0) == "─" }.count
      let words = arrows.filter { $0.sentRow == row && $0.from == lane }.map(\.text).max {
        Glyph.width(of: $0) < Glyph.width(of: $1)
      }
      // The message comes first, unless its words find room elsewhere on the line.
      let least = words.map { Glyph.width(of: $0) + 4 } ?? 0
      let hasRoom = levelRuns(row, 0...max(0, measures.width - 1)).contains {
        !$0.contains(x) && $0.count >= least
      }
      let taken = hasRoom ? 0 : least
      if let fitting = best(run - 6 - taken) { return write(" \(wordings[fitting]) ", row, x, style) }
      guard let fitting = best(leftRoom(row, of: lane)) else { return }
      return writeLeft(wordings[fitting], row, of: lane, style)
    }
    let next = lane + 1 < diagram.lanes.count ? measures.column(of: lane + 1) : measures.width
    let start = (x + 1..<max(x + 1, next)).first { isFree(row, $0 - 1, $0) }
    let right = start.flatMap { best(freeWidth(row, from: $0)) }
    let room = leftRoom(row, of: lane)
    if let left = best(room), left < right ?? .max {
      writeLeft(wordings[left], row, of: lane, style)
    } else if let start, let right {
      writeFree(wordings[right], row, from: start, style)
    } else if room > start.map({ freeWidth(row, from: $0) }) ?? 0, room >= 4 {
      writeLeft(Glyph.truncated(wordings[wordings.count - 1], columns: room), row, of: lane, style)
    } else if let start {
      writeFree(wordings[wordings.count - 1], row, from: start, style)
    }
  }

  /// The number of free columns to the left of a lane. One column on each side stays free.
  private func leftRoom(_ row: Int, of lane: Int) -> Int {
    let x = measures.column(of: lane)
    let free = stride(from: x - 1, through: 0, by: -1).prefix { character(row, $0) == " " }.count
    return free - (x == free ? 1 : 2)
  }

  private mutating func writeLeft(_ text: String, _ row: Int, of lane: Int, _ style: Style) {
    write(text, row, measures.column(of: lane) - 1 - Glyph.width(of: text), style)
  }

  // MARK: Arrows

  private func style(_ arrow: SpaceTime.Arrow) -> Style {
    if let sliced, !(sliced.contains(arrow.sent) && arrow.received.map(sliced.contains) ?? false) {
      return Style(.dim)
    }
    if arrow.isSuspect || arrow.isLost { return Style(.wrong) }
    if arrow.sent == current && current > 0 || arrow.received == current { return Style(.change) }
    return Style(arrow.sent > current || (arrow.received ?? Int.max) <= current ? .dim : .plain)
  }

  /// The column in which an arrow waits; nil if there is no room for it.
  private func waitingColumn(_ arrow: SpaceTime.Arrow) -> Int? {
    guard let to = arrow.to, let slot = arrow.slot, slot < measures.slots else { return nil }
    return measures.column(of: to) + (arrow.comesFromLeft ? -2 - 2 * slot : 2 + 2 * slot)
  }

  private mutating func drawUpright(_ arrow: SpaceTime.Arrow) {
    guard let x = waitingColumn(arrow) else { return }
    let end = arrow.receivedRow ?? diagram.rowCount + 1
    let start = arrow.sentRow + 1
    for row in max(start, rows.lowerBound)..<max(start, rows.lowerBound, min(end, rows.upperBound)) {
      put(row == diagram.rowCount ? "┊" : "│", row, x, style(arrow))
    }
  }

  private mutating func drawSending(_ arrow: SpaceTime.Arrow) {
    guard rows.contains(arrow.sentRow) else { return }
    let style = style(arrow)
    guard let from = arrow.from else {
      if let x = waitingColumn(arrow) { put("╷", arrow.sentRow, x, style) }
      return
    }
    let start = measures.column(of: from)
    guard let x = waitingColumn(arrow) else {
      // There is no room to wait, so the line has an open end.
      let goesLeft = arrow.to.map { $0 < from } ?? false
      for offset in 1..<max(2, measures.pitch - 3) {
        level(
          offset < measures.pitch - 4 ? "─" : "┄", arrow.sentRow, start + (goesLeft ? -offset : offset), style
        )
      }
      return
    }
    for column in min(start, x)...max(start, x) where column != start && column != x {
      level("─", arrow.sentRow, column, style)
    }
    level(x > start ? "╮" : "╭", arrow.sentRow, x, style)
  }

  private mutating func drawReceipt(_ arrow: SpaceTime.Arrow) {
    guard let row = arrow.receivedRow, rows.contains(row), let to = arrow.to else { return }
    let style = style(arrow)
    let end = measures.column(of: to)
    let x = waitingColumn(arrow) ?? end + (arrow.comesFromLeft ? -2 : 2)
    guard !arrow.isLost else {
      put("╳", row, x, Style(.wrong, bold: true))
      return
    }
    for column in min(end, x)...max(end, x) where column != end && column != x {
      level("─", row, column, style)
    }
    let corner = waitingColumn(arrow) == nil ? "┄" : arrow.comesFromLeft ? "╰" : "╯"
    put(corner, row, x, style)
    put(arrow.comesFromLeft ? "▸" : "◂", row, end + (arrow.comesFromLeft ? -1 : 1), style)
  }

  private mutating func drawEnds(_ arrow: SpaceTime.Arrow) {
    if let from = arrow.from, rows.contains(arrow.sentRow) { putDot(arrow.sentRow, from, arrow.sent) }
    if let row = arrow.receivedRow, let step = arrow.received, let to = arrow.to, !arrow.isLost,
      rows.contains(row)
    {
      putDot(row, to, step)
    }
  }

  // MARK: Words

  /// The text of each message on its line, once for all receivers.
  private mutating func drawLabels(_ arrows: [SpaceTime.Arrow]) {
    struct Line: Hashable {
      let row: Int
      let from: Int
    }
    var lines: [(line: Line, arrow: SpaceTime.Arrow, extent: ClosedRange<Int>)] = []
    for arrow in arrows where rows.contains(arrow.sentRow) {
      guard let from = arrow.from else {
        if let x = waitingColumn(arrow) { writeFree(arrow.text, arrow.sentRow, from: x + 2, style(arrow)) }
        continue
      }
      let start = measures.column(of: from)
      let x =
        waitingColumn(arrow) ?? start + ((arrow.to ?? Int.max) < from ? -measures.pitch : measures.pitch)
      let extent = min(start, x)...max(start, x)
      if let index = lines.firstIndex(where: { $0.line == Line(row: arrow.sentRow, from: from) }) {
        let known = lines[index].extent
        // If only one of several receivers loses the message, it is not drawn as lost.
        if lines[index].arrow.isLost { lines[index].arrow = arrow }
        lines[index].extent =
          min(known.lowerBound, extent.lowerBound)...max(known.upperBound, extent.upperBound)
      } else {
        lines.append((Line(row: arrow.sentRow, from: from), arrow, extent))
      }
    }
    for (line, arrow, extent) in lines {
      let mark = arrow.isSuspect ? " ╳" : ""
      let text = arrow.text + mark
      let runs = levelRuns(line.row, extent)
      let width = Glyph.width(of: text)
      let run = runs.first { $0.count >= width + 4 } ?? runs.max { $0.count < $1.count }
      guard let run, run.count >= 8 || run.count >= width + 4 else {
        writeFree(text, line.row, from: extent.upperBound + 2, style(arrow))
        continue
      }
      let shown = Glyph.truncated(arrow.text, columns: run.count - 4 - mark.count) + mark
      let start = run.lowerBound + (run.count - Glyph.width(of: shown) - 2) / 2
      write(" \(shown) ", line.row, start, style(arrow))
    }
  }

  private mutating func drawSuspicion(_ arrow: SpaceTime.Arrow) {
    guard let words = arrow.suspicion, let row = arrow.receivedRow, let to = arrow.to, rows.contains(row)
    else {
      return
    }
    // Try the place after the text beside the dot, then the place beside the last lane, then a single word beside the dot.
    let x = arrow.isLost ? waitingColumn(arrow) ?? measures.column(of: to) : measures.column(of: to)
    var start = x + 2
    while start < measures.width, !isFree(row, start - 1, start) { start += 1 }
    let last = measures.column(of: diagram.lanes.count - 1)
    for (text, place) in [
      (words, start), (words, last + 2),
      (arrow.isLost ? words : arrow.outlivedCut == nil ? "cut" : "late", start),
    ]
    where freeWidth(row, from: place) >= text.count {
      write(text, row, place, Style(.wrong, bold: true))
      return
    }
  }

  /// The stretches of level line in a part of a row.
  private func levelRuns(_ row: Int, _ extent: ClosedRange<Int>) -> [Range<Int>] {
    var runs: [Range<Int>] = []
    for x in extent where character(row, x) == "─" {
      if let last = runs.last, last.upperBound == x {
        runs[runs.count - 1] = last.lowerBound..<(x + 1)
      } else {
        runs.append(x..<(x + 1))
      }
    }
    return runs
  }

  private func isFree(_ row: Int, _ cells: Int...) -> Bool { cells.allSatisfy { character(row, $0) == " " } }

  /// The number of free columns from a column on. One column before the next object stays free.
  private func freeWidth(_ row: Int, from x: Int) -> Int {
    guard x >= 0, x < measures.width, character(row, x - 1) == " " || x == 0 else { return 0 }
    let free = (x..<measures.width).prefix { character(row, $0) == " " }.count
    return x + free < measures.width ? free - 1 : free
  }

  /// Writes in free columns and cuts the text before the next object. Writes nothing if there is room for only a few characters.
  private mutating func writeFree(_ text: String, _ row: Int, from x: Int, _ style: Style) {
    let room = freeWidth(row, from: x)
    guard room >= min(4, Glyph.width(of: text)) else { return }
    write(Glyph.truncated(text, columns: room), row, x, style)
  }

  // MARK: Cells

  private func character(_ row: Int, _ x: Int) -> String {
    guard rows.contains(row), x >= 0, x < measures.width else { return "" }
    return cells[row - rows.lowerBound][x].character
  }

  private mutating func put(_ character: String, _ row: Int, _ x: Int, _ style: Style) {
    guard rows.contains(row), x >= 0, x < measures.width else { return }
    cells[row - rows.lowerBound][x] = Cell(character, style)
  }

  /// Puts a part of a level line. It goes below upright lines and joins level ones.
  private mutating func level(_ part: String, _ row: Int, _ x: Int, _ style: Style) {
    switch (character(row, x), part) {
    case (" ", _), ("─", "╮"), ("─", "╭"):
      put(character(row, x) == " " ? part : "┬", row, x, style)
    case ("╮", "─"), ("╭", "─"): put("┬", row, x, style)
    default: break
    }
  }

  private mutating func write(_ text: String, _ row: Int, _ x: Int, _ style: Style) {
    var x = x
    for glyph in Glyphs(text) {
      put(glyph.text, row, x, style)
      if glyph.width == 2 { put("", row, x + 1, style) }
      x += glyph.width
    }
  }
}
