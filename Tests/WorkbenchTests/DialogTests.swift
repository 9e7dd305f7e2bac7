import StateSpace
import Testing
import Traces

@testable import Workbench

@Suite struct DialogTests {
  @Test func helpIsMadeFromTheTable() throws {
    var stage = try Stage("syn/part5", width: 120, height: 150)
    stage.press("?")
    for command in CommandTable.withKeys {
      #expect(stage.shows(command.boxes == nil ? ":\(command.name)" : command.name), "\(command.name)")
      if !command.keyText.isEmpty { #expect(stage.shows(command.keyText), "\(command.keyText)") }
    }
    stage.press("Esc")
    #expect(!stage.shows("Help"))
    stage.resize(80, 24)
    stage.press("?")
    let first = stage.screen
    stage.press("Down")
    #expect(stage.screen != first)
    stage.press("End")
    #expect(stage.shows("a cut link, or a message from before a cut"))
    stage.press("?")
    #expect(!stage.shows("Help"))
  }

  @Test func noKeyMeansTwoThings() {
    for pane in Pane.allCases {
      var seen: [Key: Command.ID] = [:]
      for command in CommandTable.all where command.panes?.contains(pane) ?? false {
        for key in command.keys {
          #expect(seen[key] == nil)
          seen[key] = command.id
        }
      }
    }
    var general: Set<Key> = []
    for command in CommandTable.all where command.panes == nil {
      for key in command.keys { #expect(general.insert(key).inserted, "\(key)") }
    }
    let names = CommandTable.all.map(\.name)
    #expect(Set(names).count == names.count)
  }

  @Test func theCommandLineCompletes() throws {
    var stage = try Stage("syn/part5")
    stage.press(":")
    #expect(stage.bottom.hasPrefix(":"))
    stage.press("gt")
    #expect(stage.session.completions(of: TextField("gt")).first?.name == "goto")
    stage.press("Tab")
    #expect(stage.bottom == ":goto")
    stage.press("Esc")
    stage.press("1", "1", ":goto 1", "Enter")
    #expect(stage.session.step == 1)
    stage.press(":nonsense", "Enter")
    #expect(stage.bottom.contains("there is no command nonsense"))
    stage.press("Esc")
    stage.press(":undo", "Enter")
    #expect(stage.session.step == 2)
  }

  @Test func aCommandThatNeedsMoreAsksForIt() throws {
    var stage = try Stage("syn/part5")
    stage.press(":watch", "Enter")
    #expect(stage.bottom.hasSuffix(":watch") && stage.bottom.contains("watch needs: expression"))
    #expect(stage.session.view().cursor?.x == 7)
    stage.press("Nodes", "Enter")
    #expect(stage.bottom.contains("Nodes = {n1, n2}"))
    stage.press(":eval 1 +", "Enter")
    #expect(stage.bottom.contains("1 +:"))
    stage.press("Esc", "1", ":eval next_val' - next_val", "Enter")
    #expect(stage.bottom.contains("= 1"))
  }

  @Test func theArrowsChooseACompletion() throws {
    var stage = try Stage("syn/part5")
    stage.press("1", ":")
    let position = try #require(CommandTable.completions(of: "").firstIndex { $0.id == .back })
    for _ in 0..<position { stage.press("Down") }
    stage.press("Enter")
    #expect(stage.session.step == 0)
    stage.press(":")
    stage.press("Backspace")
    #expect(stage.session.screen.dialog == nil)
  }

  @Test func longResultsOpenANote() throws {
    var stage = try Stage("syn/part5")
    stage.press(":eval 1..200", "Enter")
    #expect(stage.shows("┌─ 1..200"))
    #expect(stage.shows("199"))
    stage.press("Esc")
    #expect(!stage.shows("199"))
  }

  @Test func linesAreEdited() {
    var field = TextField("register")
    for key in [Key.home, .delete, .character("R"), .end, .backspace, .character("r")] {
      let isMeant = field.edit(key)
      #expect(isMeant)
    }
    #expect(field.text == "Register")
    let deletes = field.edit(.control("w"))
    #expect(deletes)
    #expect(field.text.isEmpty)
    field.insert("a\nb\u{1B}c")
    #expect(field.text == "a b c")
    let completes = field.edit(.tab)
    #expect(!completes)
  }

  @Test func aTraceIsSavedAndOpened() throws {
    var stage = try Stage("syn/part5", width: 80, height: 24)
    stage.press("1", "x", "1", "s")
    #expect(stage.bottom.contains("Save the trace as: part5-main.itf.json"))
    stage.press("Enter")
    let save = try #require(stage.lastSave)
    #expect(save.path == "part5-main.itf.json")
    #expect(try TraceReader.read(save.contents, file: save.path).steps.count == 4)
    stage.send(.fileSaved(path: save.path))
    #expect(stage.bottom.contains("saved part5-main.itf.json"))
    #expect(!stage.session.isUnsaved)

    var other = try Stage("syn/part5", width: 80, height: 24)
    other.press(":open t.json", "Enter")
    guard case .open(path: "t.json") = other.effects.last else {
      Issue.record("no open effect")
      return
    }
    other.send(.fileOpened(path: "t.json", contents: save.contents))
    #expect(other.session.step == 3)
    #expect(other.session.values == stage.session.values)
    #expect(other.session.branchName == "t.json")
    #expect(other.bottom.contains("3 steps are allowed"))
    #expect(!other.session.isUnsaved)
    other.press("Home", "Right")
    #expect(other.session.step == 1)
  }

  @Test func anIllegalTraceStopsWhereItIsIllegal() throws {
    var stage = try Stage("syn/part5")
    stage.press("1", "1", "1", "s", "Enter")
    let contents = try #require(stage.lastSave).contents
    var other = try Stage("syn/part5", constants: ["MaxValues=2"])
    other.send(.fileOpened(path: "old.json", contents: contents))
    #expect(other.session.step == 2)
    #expect(other.shows("step 3 is not allowed"))
    #expect(other.shows("next_val < MaxValues"))
  }

  @Test func whatIsNoTraceIsSaid() throws {
    var stage = try Stage("syn/part5")
    stage.send(.fileOpened(path: "x.json", contents: "{ nonsense"))
    #expect(stage.session.step == 0)
    #expect(stage.bottom.contains("x.json"))
    stage.send(.fileFailed(path: "y.json", reason: "No such file or directory"))
    #expect(stage.bottom.contains("y.json: No such file or directory"))
  }

  @Test func quittingAsksWhenATraceIsUnsaved() throws {
    var stage = try Stage("syn/part5")
    stage.press("q")
    guard case .quit = stage.effects.last else {
      Issue.record("no quit effect")
      return
    }
    stage = try Stage("syn/part5")
    stage.press("1", "q")
    #expect(stage.effects.isEmpty)
    #expect(stage.shows("The trace is not saved: main."))
    stage.press("Esc")
    #expect(!stage.shows("The trace is not saved: main."))
    stage.press("q", "s", "Enter")
    stage.send(.fileSaved(path: "part5-main.itf.json"))
    stage.press("q")
    guard case .quit = stage.effects.last else {
      Issue.record("no quit effect")
      return
    }
    stage = try Stage("syn/part5")
    stage.press("1", "q", "q")
    guard case .quit = stage.effects.last else {
      Issue.record("no quit effect")
      return
    }
  }

  @Test func anUndoneStepNeedsNoSaving() throws {
    var stage = try Stage("syn/part5")
    stage.press("1", "u")
    #expect(!stage.session.isUnsaved)
  }

  @Test func pastedTextGoesIntoTheLine() throws {
    var stage = try Stage("syn/part5")
    stage.press("o")
    stage.send(.paste("some where.json\n"))
    #expect(stage.bottom.contains("Open the trace: some where.json"))
  }

  @Test("The start screen says what can be done, and how to begin an own spec")
  func startScreenHelps() throws {
    var screen = StartScreen(choices: [.init(name: "syn/part1", title: "One node")])
    let size = Size(width: 80, height: 24)
    _ = screen.update(.resize(size))
    #expect(screen.view(size).text.contains("? help") && screen.view(size).text.contains("synscope new NAME"))
    _ = screen.update(.key(.character("?")))
    for text in ["synscope validate LOG MODEL", "synscope Model.tla", "the guided tour", "any key closes"] {
      #expect(screen.view(size).text.contains(text))
    }
    _ = screen.update(.key(.enter))
    #expect(!screen.view(size).text.contains("any key closes"))
  }

  @Test("A long list of models scrolls with the selection")
  func longStartScreen() throws {
    let choices = (1...30).map {
      StartScreen.Choice(name: "m/part\($0)", title: "Number \($0)", expectation: "holds in \($0) states")
    }
    var screen = StartScreen(choices: choices)
    let size = Size(width: 80, height: 24)
    _ = screen.update(.resize(size))
    #expect(screen.view(size).text.contains("▸ 1  m/part1   Number 1   holds in 1 states"))
    #expect(!screen.view(size).text.contains("m/part30"))
    _ = screen.update(.key(.end))
    #expect(screen.view(size).text.contains("▸    m/part30  Number 30"))
    #expect(!screen.view(size).text.contains("m/part1 "))
    for _ in 0..<14 { _ = screen.update(.key(.up)) }
    let lines = screen.view(size).text.split(separator: "\n", omittingEmptySubsequences: false)
    let selected = try #require(lines.firstIndex { $0.contains("▸    m/part16 ") })
    let below = try #require(lines.firstIndex { $0.contains("m/part18 ") })
    #expect(below == selected + 2)
    _ = screen.update(.mouse(Mouse(kind: .click, point: Point(x: 8, y: below))))
    #expect(screen.view(size).text.contains("▸    m/part18 "))
    screen.problem = "it cannot be read\nfor two reasons"
    #expect(screen.view(size).text.contains("for two reasons"))
    #expect(screen.view(size).text.contains("▸    m/part18 "))
  }

  @Test("A key closes a note and is then carried out, unless it only closes notes")
  func keysBehindANote() throws {
    var stage = try Stage("syn/part5")
    stage.session.screen.dialog = .note(title: "Note", text: "something long")
    #expect(stage.shows("Note ─ Esc closes"))
    stage.press(":", "goto 0")
    #expect(!stage.shows("something long"))
    #expect(stage.bottom.contains(":goto 0"))
    stage.press("Esc")
    for key in ["Esc", "Enter", "q"] {
      stage.session.screen.dialog = .note(title: "Note", text: "something long")
      stage.press(key)
      #expect(!stage.shows("something long"))
      #expect(stage.session.step == 0)
    }
  }
}
