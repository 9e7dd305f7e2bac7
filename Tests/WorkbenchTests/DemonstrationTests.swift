import StateSpace
import Testing
import Traces

@testable import Workbench

/// What is prepared for others: commands that were recorded, and sessions that are one file.
@Suite("Demonstrations") struct DemonstrationTests {
  private func stage(width: Int = 120, height: Int = 34) throws -> Stage {
    var options = Session.Options()
    options.sessionModel = "syn/part5"
    options.modelNames = ["syn/part5"]
    return try Stage("syn/part5", width: width, height: height, options: options)
  }

  private func lines(_ stage: Stage) throws -> [String] {
    try #require(stage.lastSave).contents.split(separator: "\n").map(String.init)
  }

  // MARK: Recording

  @Test(
    "What is done with keys is written as commands, and leads to the same place",
    arguments: [(80, 24), (200, 60)])
  func recording(width: Int, height: Int) throws {
    var first = try stage(width: width, height: height)
    first.press("1", ":record demo", "Enter", "Down", "Enter", "Tab", "Left", "Right", "Home", "g2", "Enter")
    first.press(
      "v", "+next_val", "Enter", "Left", "2", "B", "Down", "Enter", "Left", "u", "x", "S", ":record", "Enter")
    let recorded = try lines(first)
    #expect(recorded[0] == "# synscope syn/part5" && recorded.contains("take Register(n1)"))
    #expect(!recorded.contains("violation") && recorded.contains("watch next_val"))
    var second = try stage(width: width, height: height)
    _ = second.session.obey(recorded)
    #expect(second.session.refusedLine == nil, "\(recorded) \(second.session.refusedLine?.reason ?? "")")
    #expect(second.session.values == first.session.values && second.session.step == first.session.step)
    #expect(second.session.screen.focus == first.session.screen.focus)
    #expect(second.session.screen.watches == first.session.screen.watches)
  }

  @Test("What the checker finds later is not written, and a refused line neither")
  func background() throws {
    var stage = try stage()
    stage.press(":record demo", "Enter", "c")
    try stage.runChecker()
    stage.press("v", ":take Nothing(n1)", "Enter", "Esc", "?", "Esc", "Down")
    #expect(try lines(stage).suffix(3) == ["actions", "check", "violation"])
  }

  @Test("An action with several effects is taken by its number")
  func severalEffects() throws {
    let module =
      "---- MODULE M ----\nEXTENDS Integers\nVARIABLE x\nInit == x = 0\nMove == x' \\in {x + 1, x + 2}\nNext == Move\n===="
    var stage = try Stage(module: module, configuration: "INIT Init\nNEXT Next")
    stage.press(":record demo", "Enter", "2", "1", ":whatif x = 9", "Enter")
    #expect(try lines(stage).suffix(3) == ["take-number 2", "take Move", "whatif x = 9"])
  }

  @Test("An existing file is not overwritten, unless it is asked for")
  func existing() throws {
    var stage = try stage()
    stage.press(":record demo", "Enter")
    stage.send(.fileExists(path: "demo"))
    #expect(stage.session.recorder == nil && stage.bottom.contains(":record! demo overwrites it"))
    stage.press(":record! demo", "Enter")
    guard case .save("demo", _, replaces: true)? = stage.effects.last else {
      Issue.record("it is not overwritten")
      return
    }
    stage.press(":record film.cast", "Enter")
    #expect(try #require(stage.lastSave).contents.hasPrefix("{\"version\""))
  }

  // MARK: One file

  @Test("A session is saved and opened with its branches, watches, captions and place")
  func roundTrip() throws {
    var first = try stage()
    first.press(
      "1", "1", ":caption Here it begins.", "Enter", ":rename story", "Enter", "Left", "4", ":rename split",
      "Enter")
    first.press(":watch next_val", "Enter", ":caption Cut ✂ \"here\".", "Enter", ":save a.synscope", "Enter")
    let text = try #require(first.lastSave).contents
    #expect(first.shows("Cut ✂ \"here\"."))
    var second = try stage()
    second.send(.fileOpened(path: "a.synscope", contents: text))
    #expect(second.session.recordedTree == first.session.recordedTree)
    #expect(second.shows("Cut ✂ \"here\".") && second.session.isUnsaved == false)
    second.press(":branches story", "Enter")
    #expect(second.shows("Here it begins."))
    second.press("u", "u")
    second.press(":save a.synscope", "Enter")
    guard case .save(_, _, replaces: true)? = second.effects.last else {
      Issue.record("the file that was opened is not overwritten")
      return
    }
  }

  @Test("A model that is not bundled is in the file, and a file of another model is refused")
  func files() throws {
    let module =
      "---- MODULE M ----\nEXTENDS Integers\nVARIABLE x\nInit == x = 0\nUp == x' = x + 1\nNext == Up\n===="
    var stage = try Stage(module: module, configuration: "INIT Init\nNEXT Next")
    stage.press("1", ":save m.synscope", "Enter")
    let text = try #require(stage.lastSave).contents
    let recorded = try SessionFileReader.read(text, file: "m.synscope")
    #expect(recorded.files.map(\.name) == ["M.tla", "M.cfg"] && recorded.files[0].text == module)
    var other = try self.stage()
    #expect(try SessionFileReader.read(other.session.demonstration, file: "").files.isEmpty)
    other.send(.fileOpened(path: "m.synscope", contents: text))
    #expect(other.bottom.contains("synscope m.synscope opens it"))
  }

  @Test("A caption stays with its state through undo, a new version and a crash; exports have it")
  func captions() throws {
    var options = Session.Options()
    options.sessionFile = "/state/session.jsonl"
    var stage = try Stage("syn/part5", options: options)
    stage.press("1", ":caption One.", "Enter", "1", ":caption Two.", "Enter")
    #expect(stage.session.trace.captions[1] == "One." && stage.session.trace.captions[2] == "Two.")
    var kept = ""
    for case .append(_, let text, _) in stage.effects { kept += text }
    #expect(try SessionFileReader.read(kept, file: "").captions == [1: "One.", 2: "Two."])
    let fresh = try Stage("syn/part5", constants: ["MaxValues=4"]).session.model
    _ = stage.session.adopt(fresh, constants: ["MaxValues=4"], startsOver: false)
    #expect(stage.session.trace.captions[2] == "Two.")
    stage.press(":caption", "Enter")
    #expect(stage.session.explored.captions == [1: "One."])
  }
}
