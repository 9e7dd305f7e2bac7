import StateSpace
import Traces

// The Space–time pane.
extension Session {
  /// The diagram of the current state's branch. Nil if the pane is hidden or the model has no nodes.
  private var shownSpaceTime: SpaceTime? {
    guard !model.nodes.isEmpty, layout.place(of: .spaceTime) != nil else { return nil }
    return model.spaceTime(tree, through: cursor)
  }

  /// The number of the state to which the branch's end leads back; nil if the branch is not a lasso.
  private var shownLoop: Int? { tree[tree.end(from: cursor)].loopsTo.map { tree[$0].depth } }

  /// The rows of the diagram, and one row for messages still in flight. `drawSpaceTime` draws all lines together.
  var spaceTimeList: PaneList {
    PaneList(count: shownSpaceTime.map { $0.rowCount + 1 } ?? 0) { _ in StyledLine() }
  }

  /// Switches between the diagram and Nodes.
  mutating func toggleSpaceTime() {
    guard !model.nodes.isEmpty else {
      screen.message = Message("this model has no nodes: nothing to draw a space–time diagram of")
      return
    }
    // If both are visible, only the focus switches.
    let leavesIt = layout.place(of: .nodes) == nil || screen.focus == .spaceTime
    focus(on: layout.place(of: .spaceTime) != nil && leavesIt ? .nodes : .spaceTime)
  }

  /// Scrolls the current step into sight.
  mutating func revealStepInSpaceTime() {
    guard let diagram = shownSpaceTime, diagram.steps.indices.contains(step) else { return }
    select(diagram.steps[step].rows.upperBound - 1, in: .spaceTime)
    select(diagram.steps[step].rows.lowerBound, in: .spaceTime)
  }

  /// Up and Down move back and forward on the branch.
  mutating func moveInSpaceTime(by offset: Int) {
    guard let diagram = shownSpaceTime else { return }
    goToSpaceTimeStep(max(0, min(diagram.steps.count - 1, step + offset)))
  }

  mutating func goToSpaceTimeRow(_ row: Int) {
    guard let diagram = shownSpaceTime else { return }
    goToSpaceTimeStep(diagram.step(atRow: row))
  }

  private mutating func goToSpaceTimeStep(_ number: Int) {
    let path = tree.branchPath(through: cursor)
    if number != step, path.indices.contains(number) { go(to: path[number]) }
    revealStepInSpaceTime()
  }

  mutating func scrollLanes(by offset: Int) {
    let measures = SpaceTimeMeasures(
      width: paneWidth(.spaceTime), lanes: laneCount, steps: step + 1, firstLane: screen.firstLane + offset)
    screen.firstLane = measures.firstLane
    if measures.shownLanes == laneCount { screen.message = Message("all lanes are shown") }
  }

  private var laneCount: Int { shownSpaceTime?.lanes.count ?? model.nodes.count }

  /// Draws the visible rows, and the names of the lanes on the frame above them.
  func drawSpaceTime(on grid: inout Grid, in area: Rectangle) {
    guard let diagram = shownSpaceTime else {
      let line = StyledLine("this model has no nodes", Style(.dim))
      grid.write(line, row: 0, of: area)
      return
    }
    let top = position(.spaceTime).visibleTop(height: area.height, count: diagram.rowCount + 1)
    let measures = SpaceTimeMeasures(
      width: area.width, lanes: diagram.lanes.count, steps: diagram.steps.count, firstLane: screen.firstLane)
    var drawing = SpaceTimeDrawing(
      diagram, measures, rows: top..<min(diagram.rowCount + 1, top + area.height), current: step,
      sliced: screen.slicedNodes.map { Set($0.map { tree[$0].depth }) })
    drawing.draw()
    for (row, line) in drawing.lines.enumerated() {
      grid.write(line, at: Point(x: area.x + measures.left, y: area.y + row), in: area)
    }
    for row in drawing.rows {
      grid.write(stepCell(ofRow: row, diagram, measures), row: row - top, of: area)
    }
    drawLaneNames(diagram, measures, on: &grid, in: area)
  }

  /// The number and the action before the first row of a step.
  private func stepCell(ofRow row: Int, _ diagram: SpaceTime, _ measures: SpaceTimeMeasures) -> StyledLine {
    let margin = String(repeating: " ", count: measures.numberWidth + 5)
    guard row < diagram.rowCount else {
      let count = diagram.inFlightCount
      let loop =
        row == diagram.rowCount
        ? shownLoop.map { $0 == diagram.steps.count - 1 ? "↺ stutters" : "↺ back to \($0)" } : nil
      let words = [loop, count == 0 ? nil : "in flight: \(count)"].compactMap { $0 }
      return StyledLine(margin + words.joined(separator: " · "), Style(.dim)).truncated(to: measures.left)
    }
    let number = diagram.step(atRow: row)
    guard diagram.steps[number].rows.lowerBound == row else { return StyledLine() }
    let isCurrent = number == step
    let node = tree.branchPath(atDepth: number, through: cursor)
    let isDim =
      number > step || !(screen.slicedNodes.map { sliced in node.map(sliced.contains) ?? false } ?? true)
    var style = isCurrent ? Style(.accent, bold: true) : Style(isDim ? .dim : .plain)
    style.reversed = isCurrent && screen.focus == .spaceTime
    let digits = String(number)
    var line = StyledLine(isCurrent ? " ▸ " : "   ", Style(.accent, bold: true))
    let padding = String(repeating: " ", count: max(0, measures.numberWidth - digits.count))
    line.append("\(padding)\(digits)  ", style)
    let fails = node.map { !model.violatedInvariants(in: tree[$0].state).isEmpty } ?? false
    let room = measures.left - line.width - (fails ? 3 : 1)
    let whatIf = node.flatMap { tree[$0].whatIf }
    // A step that belongs to no node has no dot on a lane.
    let mark = diagram.steps[number].label != nil && diagram.steps[number].lane == nil ? "◇ " : ""
    let back = number == shownLoop ? "↺ " : ""
    let title = back + mark + (whatIf == nil ? name(of: diagram.steps[number], diagram) : "≈ what-if")
    line += StyledLine(title, style).truncated(to: room)
    let left = room - Glyph.width(of: title) - 2
    if let words = diagram.steps[number].sharedWordings.first(where: { Glyph.width(of: $0) <= left }) {
      line.append("  \(words)", isCurrent ? Style(.change) : Style(.dim))
    }
    if fails { line.append(" ✗", Style(.wrong, bold: true)) }
    return line
  }

  /// The action's name with its arguments, except the one that names the lane.
  private func name(of step: SpaceTime.Step, _ diagram: SpaceTime) -> String {
    guard let label = step.label else { return "initial" }
    var arguments = label.arguments
    if let lane = step.lane, let index = arguments.firstIndex(where: { $0 == model.nodes[lane] }) {
      arguments.remove(at: index)
    }
    return ActionLabel(name: label.name, arguments: arguments).description
  }

  private func drawLaneNames(
    _ diagram: SpaceTime, _ measures: SpaceTimeMeasures, on grid: inout Grid, in area: Rectangle
  ) {
    let lanes = measures.firstLane..<min(diagram.lanes.count, measures.firstLane + measures.shownLanes)
    for lane in lanes {
      let name = " " + Glyph.truncated(diagram.lanes[lane], columns: max(1, measures.pitch - 3)) + " "
      let x = area.x + measures.left + measures.column(of: lane) - Glyph.width(of: name) / 2
      let isActing = diagram.steps.indices.contains(step) && diagram.steps[step].lane == lane
      grid.write(
        name, at: Point(x: x, y: area.y - 1), style: Style(isActing ? .accent : .plain, bold: true),
        maxWidth: area.endX - x)
    }
    if lanes.lowerBound > 0 {
      let x = area.x + measures.left + measures.column(of: lanes.lowerBound) - 7
      grid.write(" <\(lanes.lowerBound) ", at: Point(x: x, y: area.y - 1), style: Style(.accent, bold: true))
    }
    if lanes.upperBound < diagram.lanes.count {
      let text = " \(diagram.lanes.count - lanes.upperBound)> "
      grid.write(
        text, at: Point(x: area.endX - text.count, y: area.y - 1), style: Style(.accent, bold: true))
    }
  }
}

extension TraceTree {
  /// The node of a branch at a depth; nil after the branch's end.
  func branchPath(atDepth depth: Int, through node: Int) -> Int? {
    var node = node
    while self[node].depth > depth, let parent = self[node].parent { node = parent }
    while self[node].depth < depth {
      guard let next = self[node].preferred else { return nil }
      node = next
    }
    return node
  }
}

extension PaneRecord {
  static let spaceTime = PaneRecord(
    title: "Space–time", shortTitle: "Time", place: .top, list: { $0.spaceTimeList },
    draw: { session, grid, area in session.drawSpaceTime(on: &grid, in: area) },
    hints: { _ in [.back, .spaceTime] }, words: [.spaceTime: "nodes"])
}
