import TLASemantics

// Another model beside the session's own.
extension Session {
  /// Asks for a model to stand beside this one; without a name takes it away.
  mutating func putBeside(_ name: String?) -> [Effect] {
    if let name { return [.openBeside(name)] }
    guard let beside else {
      screen.message = Message("beside needs the name of a model: beside syn/part6", .wrong)
      return []
    }
    self.beside = nil
    settlePanes()
    screen.message = Message("\(beside.name) is taken away")
    return []
  }

  /// Puts a model beside this one. The current branch is replayed on it by its actions.
  package mutating func putBeside(_ model: SessionModel) {
    script.awaitsModel = false
    beside = Beside(model, beside: self)
    if ![.nodes, .spaceTime].contains(screen.upper) { screen.show(screen.top) }
    followBeside()
    settlePanes()
    guard let parting = beside?.parting else {
      screen.message = Message("\(model.name): the whole branch is the same there")
      return
    }
    screen.message = Message("\(model.name): they part at step \(parting.step): \(parting.reason)")
  }

  /// Lets the other model follow to the current step.
  mutating func followBeside() {
    guard var beside else { return }
    beside.follow(self)
    self.beside = beside
  }

  /// Whether a node of the branch is the one at which the models part.
  func partsHere(_ node: Int) -> Beside.Parting? {
    guard let parting = beside?.parting, parting.step == tree[node].depth,
      tree.branchPath(atDepth: parting.step, through: cursor) == node
    else { return nil }
    return parting
  }

  /// Draws the other model's Nodes or Space–time in its frame.
  func drawBeside(on grid: inout Grid, _ layout: Layout) {
    guard let beside, let frame = layout.besideFrame, let pane = layout.besidePane else { return }
    // The session's screen has a line above its pane and one below it.
    let inset = beside.inset(pane, Size(width: frame.width, height: frame.height + 2), at: step)
    let shown = inset.view()
    grid.drawFrame(frame, title: StyledLine())
    for y in 0..<(frame.height - 1) {
      for x in 1..<frame.width {
        let cell = shown[x, y + 1]
        // On the frame, only the names of lanes and the mark of scrolling are the other screen's.
        let isFrame = y == 0 || x == frame.width - 1
        if !isFrame || !"─│┌┐└┘▸".contains(cell.character) { grid[frame.x + x, frame.y + y] = cell }
      }
    }
    let title = StyledLine(" ") + titleBeside(pane, beside.name) + StyledLine(" ")
    grid.write(title, at: Point(x: frame.x + 2, y: frame.y), in: frame)
  }

  /// The title of a pane that stands beside another model's: Space–time has the names of its lanes there, and room for little else.
  private func titleBeside(_ pane: Pane, _ name: String) -> StyledLine {
    let model = StyledLine(name, Style(bold: true))
    return pane == .nodes ? StyledLine("\(pane.title) ─ ") + model : model
  }

  /// The title of the own pane, if another model's stands beside it.
  var ownTitleBeside: StyledLine? {
    beside.map { _ in titleBeside(layout.besidePane ?? .nodes, model.name) }
  }

  // MARK: Another model in this one's place

  /// Takes over the panes, the lines typed and the script of the session of another model, whose place this one takes.
  package mutating func takeOver(from former: Session) {
    let fresh = screen
    screen = former.screen
    screen.forgetModel()
    (screen.message, screen.soughtText, screen.positions, screen.toggled) = (fresh.message, "", [:], [])
    screen.evaluations = fresh.evaluations
    screen.watches = former.screen.watches.filter { (try? specification.resolve($0)) != nil }
    script = former.script
    script.awaitsModel = false
    recorder = former.recorder
    disk.logConstants = former.disk.logConstants
    wantLog(former.log?.path, arriving: .goes)
    settle()
  }
}
