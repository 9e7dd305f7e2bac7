import StateSpace
import Testing
import Traces

@testable import Workbench

/// The session on disk: when it is written, and what the next start does with it.
@Suite("The session on disk")
struct JournalTests {
  private static let path = "/state/session.jsonl"

  private static func options() -> Session.Options {
    var options = Session.Options()
    options.sessionFile = path
    options.sessionModel = "syn/part5"
    return options
  }

  private func stage(constants: [String] = []) throws -> Stage {
    var options = Self.options()
    options.constants = constants
    return try Stage("syn/part5", constants: constants, options: options)
  }

  /// The content of the file after the effects so far; nil if it was removed or never made.
  private func file(_ stage: Stage) -> String? {
    var text: String?
    for effect in stage.effects {
      switch effect {
      case .append(Self.path, let more, _): text = (text ?? "") + more
      case .remove(Self.path): text = nil
      default: break
      }
    }
    return text
  }

  private func lines(_ stage: Stage) -> [String] {
    (file(stage) ?? "").split(separator: "\n").map(String.init)
  }

  @Test("A step writes one line; moving around writes none")
  func oneLinePerStep() throws {
    var stage = try stage()
    stage.press("Tab", "?", "Esc")
    #expect(file(stage) == nil)
    stage.press("1")
    let first = lines(stage).count
    for count in 1...3 {
      stage.press("1")
      #expect(lines(stage).count == first + count)
    }
    let all = lines(stage).count
    stage.press("Tab", "z", "z", "Down")
    #expect(lines(stage).count == all)
    #expect(lines(stage).allSatisfy { $0.utf8.count < 600 })
  }

  @Test("The file holds the tree, with branches, undone steps and the cursor")
  func roundTrip() throws {
    var stage = try stage()
    stage.press("1", "2", "1", "Left", "Left", "3", "1", "u", "u", "Ctrl-R", "2", "Left")
    stage.press(":", "watch next_val", "Enter")
    let read = try SessionFileReader.read(try #require(file(stage)), file: "session")
    #expect(read == stage.session.recordedTree)
    let text = Array(try #require(file(stage)).utf8)
    #expect(SessionFileReader.outline(text)?.steps == read.stepCount)
    #expect(SessionFileReader.outline(text, of: "syn/part5")?.steps == read.stepCount)
    #expect(SessionFileReader.outline(text, of: "syn/part4") == nil)
  }

  @Test("Every value of a model is read back unchanged")
  func counterexample() throws {
    var stage = try stage()
    stage.press("x", "1", "1", "1", "2", "3")
    // The state space is infinite, so the check must stop at the first violation.
    stage.press("c")
    try stage.runChecker()
    stage.press("v")
    let read = try SessionFileReader.read(try #require(file(stage)), file: "session")
    #expect(read == stage.session.recordedTree)
  }

  @Test("After a crash the file is read as far as it goes")
  func torn() throws {
    var stage = try stage()
    stage.press("1", "1", "2", "1")
    let text = try #require(file(stage))
    let whole = try SessionFileReader.read(text, file: "session")
    let begin = try #require(text.firstIndex(of: "\n"))
    for end in text.indices where end > begin {
      let read = try SessionFileReader.read(String(text[..<end]), file: "session")
      #expect(read.nodes.count <= whole.nodes.count)
      #expect(Array(whole.nodes.prefix(read.nodes.count)) == read.nodes)
    }
    // If the last line is cut, only that line is lost.
    let cut = try SessionFileReader.read(String(text.dropLast(20)), file: "session")
    #expect(cut.nodes.count >= whole.nodes.count - 1)
    #expect(throws: TraceReadingError.self) { try SessionFileReader.read("", file: "session") }
    #expect(throws: TraceReadingError.self) { try SessionFileReader.read("{\"sess", file: "session") }
    #expect(throws: TraceReadingError.self) {
      try SessionFileReader.read("{\"session\": 99}\n", file: "session")
    }
  }

  @Test("An unfinished session is offered, and r restores it")
  func restore() throws {
    var former = try stage()
    former.press("1", "2", "1", "Left", "Left", "3", "1", ":", "watch next_val", "Enter")
    let text = try #require(file(former))
    var options = Self.options()
    options.sessionFile = "/state/other.jsonl"
    var stage = try Stage("syn/part5", options: options)
    stage.session.offer([
      LeftSession(path: Self.path, model: "syn/part5", constants: [], steps: 5, when: "14:03")
    ])
    #expect(stage.bottom.contains("a session of 14:03 with 5 steps was left: r restores it"))
    stage.press("r")
    guard case .open(Self.path)? = stage.effects.last else {
      Issue.record("the file is not read")
      return
    }
    stage.send(.fileOpened(path: Self.path, contents: text))
    #expect(stage.bottom.contains("restored 5 steps"))
    #expect(stage.session.recordedTree.nodes == former.session.recordedTree.nodes)
    #expect(stage.session.cursor == former.session.cursor)
    #expect(stage.session.screen.watches == ["next_val"])
    // The session's own file has the content before the other file is removed.
    guard case .append("/state/other.jsonl", let own, replacing: Self.path)? = stage.effects.last else {
      Issue.record("the session is not kept")
      return
    }
    #expect(try SessionFileReader.read(own, file: "own").nodes == stage.session.recordedTree.nodes)
    stage.press("u")
    #expect(stage.session.tree.nodes.count == 1)
  }

  @Test("On a changed model the session is replayed by the actions' names")
  func restoreOnChangedModel() throws {
    var former = try stage()
    former.press("1", "1")
    let label = try #require(former.session.tree[1].label)
    let text = try #require(file(former)).replacing(former.session.model.digest, with: "0")
      .replacing("\"\(label.name)\"", with: "\"Gone\"")
    var stage = try stage()
    stage.session.offer([
      LeftSession(path: "/left", model: "syn/part5", constants: [], steps: 2, when: "14:03")
    ])
    stage.send(.fileOpened(path: "/left", contents: text))
    #expect(stage.bottom.contains("the model has changed: replayed 0 of 2 steps"))
    #expect(stage.bottom.contains("there is no action Gone"))
    #expect(stage.session.step == 0)
  }

  @Test("With other constants the model is loaded with them first")
  func restoreWithConstants() throws {
    var stage = try stage()
    stage.session.offer([
      LeftSession(path: "/left", model: "syn/part5", constants: ["MaxValues=2"], steps: 2, when: "14:03")
    ])
    stage.press("r")
    guard case .reload(["MaxValues=2"], true)? = stage.effects.dropLast().last else {
      Issue.record("the constants are not set")
      return
    }
  }

  @Test("A session that ends with everything saved leaves no file")
  func cleanEnd() throws {
    var stage = try stage()
    stage.press("1", "s", "Enter")
    stage.send(.fileSaved(path: "trace"))
    #expect(file(stage) != nil)
    stage.press("q")
    #expect(file(stage) == nil)
  }

  @Test("A session that ends with unsaved steps is kept, and the question says so")
  func uncleanEnd() throws {
    var stage = try stage()
    stage.press("1", "q")
    #expect(stage.shows("quit; it is offered at the next start"))
    stage.press("q")
    #expect(file(stage) != nil)
    guard case .quit? = stage.effects.last else {
      Issue.record("it goes on")
      return
    }
  }

  @Test("A new version of the model begins a new record")
  func adopted() throws {
    var stage = try stage()
    stage.press("1", "1")
    let other = try Stage("syn/part5", constants: ["MaxValues=2"])
    _ = stage.session.adopt(other.session.model, constants: ["MaxValues=2"], startsOver: false)
    stage.press("Left")
    let read = try SessionFileReader.read(try #require(file(stage)), file: "session")
    #expect(read == stage.session.recordedTree)
    #expect(read.constants == ["MaxValues=2"])
  }

  @Test("A failed write is reported once, and the session continues")
  func failing() throws {
    var stage = try stage()
    stage.press("1")
    stage.send(.fileFailed(path: Self.path, reason: "No space left on device"))
    #expect(
      stage.bottom.contains("the session cannot be kept on disk: No space left on device; it is tried again"))
    stage.press("1")
    #expect(stage.session.step == 2)
    // Writing continues at the same place, so nothing is left out.
    let read = try SessionFileReader.read(try #require(file(stage)), file: "session")
    #expect(read == stage.session.recordedTree)
    stage.press("q")
    #expect(stage.shows("quit without saving"))
    stage.press("Esc")
    stage.send(.fileGoesOn(path: Self.path))
    #expect(stage.bottom.contains("the session is kept on disk again"))
    stage.press("q")
    #expect(stage.shows("quit; it is offered at the next start"))
  }

  @Test("The start screen lists unfinished sessions")
  func startScreen() {
    let left = LeftSession(
      path: "/left", model: "syn/part3", constants: ["MaxValues=2"], steps: 12, when: "14:03")
    var screen = StartScreen(choices: [.init(name: "syn/part1", title: "One node")], sessions: [left])
    let text = screen.view(Size(width: 80, height: 24)).text
    #expect(text.contains("sessions that were left"))
    #expect(text.contains("14:03  syn/part3, 12 steps  MaxValues=2"))
    _ = screen.update(.key(.down))
    guard case .restore(let chosen) = screen.update(.key(.enter)) else {
      Issue.record("nothing is restored")
      return
    }
    #expect(chosen == left)
    for answer in ["n", "Esc", "y"] {
      _ = screen.update(.key(.character("d")))
      #expect(screen.view(Size(width: 80, height: 24)).text.contains("delete the session of 14:03 for good?"))
      let outcome = screen.update(.key(answer == "Esc" ? .escape : .character(Character(answer))))
      if case .delete(let deleted) = outcome {
        #expect(answer == "y" && deleted == left)
      } else {
        #expect(answer != "y" && screen.sessions == [left])
      }
    }
    #expect(screen.sessions.isEmpty)
  }

  @Test("Names, deletions and undone deletions are restored")
  func namesAndDeletions() throws {
    var stage = try stage()
    func readsBack(_ comment: Comment) throws {
      let read = try SessionFileReader.read(try #require(file(stage)), file: "session")
      #expect(read == stage.session.recordedTree, comment)
    }
    stage.press("1", "Left", "2", "1")
    stage.press(":rename the split", "Enter")
    #expect(stage.session.branchName == "the split")
    try readsBack("renamed")
    stage.press(":delete-branch", "Enter")
    #expect(stage.session.tree.nodes.contains { $0.isDeleted })
    try readsBack("deleted")
    stage.press("u")
    #expect(!stage.session.tree.nodes.contains { $0.isDeleted })
    try readsBack("brought back")
    stage.press("u", "u", "1", "1")
    try readsBack("gone elsewhere after undoing")
  }

  @Test("Several left sessions are listed: one is restored, another deleted, and none goes without a word")
  func severalLeft() throws {
    var stage = try Stage("syn/part5")
    stage.session.offer(
      (1...25).map {
        LeftSession(path: "/left\($0)", model: "syn/part5", constants: [], steps: $0, when: "14:\($0 + 10)")
      })
    #expect(
      stage.bottom.contains(
        "25 sessions were left, the last at 14:11 with 1 step: r lists them, and deletes them"))
    stage.press("r", "Down", "d")
    #expect(stage.shows("Delete this session?") && stage.shows("14:12  2 steps"))
    for refusal in ["n", "Esc", "Enter", "d"] {
      stage.press(refusal)
      #expect(stage.shows("14:12  2 steps") && !stage.shows("Delete this session?"), "\(refusal) keeps it")
      stage.press("d")
    }
    #expect(!stage.effects.contains { if case .remove = $0 { true } else { false } })
    stage.press("y")
    guard case .remove(path: "/left2")? = stage.effects.last else {
      Issue.record("\(stage.effects)")
      return
    }
    #expect(stage.bottom.contains("the session of 14:12 is deleted") && stage.shows("14:13  3 steps"))
    stage.press("Enter")
    guard case .open(path: "/left3")? = stage.effects.last else {
      Issue.record("\(stage.effects)")
      return
    }
    #expect(stage.session.screen.dialog == nil)
  }

  @Test(
    "Sessions of other models are listed after the own ones, and restoring one leaves this session on disk")
  func leftElsewhere() throws {
    var stage = try stage()
    let other = LeftSession(
      path: "/other", model: "bookings/part1", constants: ["N=2"], steps: 3, when: "2026-03-01 14:03")
    stage.session.offer([], elsewhere: [other])
    #expect(!stage.bottom.contains("left"), "what belongs to another model is no news here")
    stage.press("1", "r")
    #expect(stage.shows("2026-03-01 14:03  bookings/part1, 3 steps  N=2"))
    stage.press("Enter")
    guard case .openLeft(other)? = stage.effects.last,
      case .close(path: Self.path)? = stage.effects.dropLast().last
    else {
      Issue.record("\(stage.effects.suffix(2))")
      return
    }
    stage.session.refuse("error: there is no module bookings/part1.tla")
    #expect(stage.shows("It cannot be opened") && stage.shows("there is no module bookings/part1.tla"))
    stage.press("Esc", "r", "d", "y")
    guard case .remove(path: "/other")? = stage.effects.last else {
      Issue.record("it is not deleted")
      return
    }
    stage.press("r")
    #expect(stage.bottom.contains("no session was left behind"))
    // Without unsaved steps there is nothing to leave.
    var fresh = try self.stage()
    fresh.session.offer([], elsewhere: [other])
    fresh.press("r", "Enter")
    #expect(!fresh.effects.contains { if case .close = $0 { true } else { false } })
  }
}
