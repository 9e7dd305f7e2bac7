import TLASemantics

// Another model beside the session's own.
extension Session {
  /// Asks for a model to stand beside this one: `syn/part6`, or `syn/part6 MaxValues=3`. Without a name it removes that model.
  mutating func putBeside(_ argument: String?) -> [Effect] {
    if let argument {
      let words = Session.words(of: argument)
      guard words.dropFirst().allSatisfy({ $0.contains("=") }) else {
        screen.message = Message(
          "after the model, beside takes constants: beside syn/part6 MaxValues=3", .wrong)
        return []
      }
      return words.first.map { [.openBeside($0, constants: Array(words.dropFirst()))] } ?? []
    }
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
  package mutating func putBeside(_ model: SessionModel, constants: [String] = []) {
    script.awaitsModel = false
    beside = Beside(model, constants: constants, beside: self)
    if ![.nodes, .spaceTime].contains(screen.upper) { screen.show(screen.top) }
    followBeside()
    settlePanes()
    guard let parting = beside?.parting else {
      screen.message = Message("\(model.name): the whole branch is the same there")
      return
    }
    screen.message = Message("\(model.name): they part at step \(parting.step): \(parting.reason)")
  }

  /// The words of a text. A blank in brackets or quotes ends none: `Nodes={n1, n2}`.
  static func words(of text: String) -> [String] {
    var words: [String] = []
    var word = ""
    var depth = 0
    var isQuoted = false
    for character in text + " " {
      if character == "\"" { isQuoted.toggle() }
      if !isQuoted, "{([<".contains(character) { depth += 1 }
      if !isQuoted, "})]>".contains(character) { depth -= 1 }
      if character == " ", depth <= 0, !isQuoted {
        if !word.isEmpty { words.append(word) }
        word = ""
      } else {
        word.append(character)
      }
    }
    return word.isEmpty ? words : words + [word.trimmingBlanks]
  }

  /// Scrolls the other model's pane.
  mutating func scrollBeside(by offset: Int) {
    let layout = layout
    guard var beside, let frame = layout.besideFrame, let pane = layout.besidePane else { return }
    beside.scroll(pane, Session.insetSize(in: frame), at: step, by: offset)
    self.beside = beside
  }

  /// The size of the screen that the other model's pane fills in a frame: it has a line above its pane and one below it.
  private static func insetSize(in frame: Rectangle) -> Size {
    Size(width: frame.width, height: frame.height + 2)
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
    let inset = beside.inset(pane, Session.insetSize(in: frame), at: step)
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
    let title = StyledLine(" ") + titleBeside(pane, beside.title) + StyledLine(" ")
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
