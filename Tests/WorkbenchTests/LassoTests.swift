import BigInt
import StateSpace
import Testing
import Traces

@testable import Workbench

/// Traces that repeat for ever: read, walked, saved, and kept with the session.
@Suite("Lassos") struct LassoTests {
  private static let ring = """
    ---- MODULE Ring ----
    EXTENDS Naturals
    VARIABLE x
    Init == x = 0
    Up == x < 4 /\\ x' = x + 1
    Again == x = 4 /\\ x' = 2
    Next == Up \\/ Again
    ====
    """
  private static let sessionFile = "/state/session.jsonl"

  private func stage() throws -> Stage {
    var options = Session.Options()
    options.sessionFile = Self.sessionFile
    options.sessionModel = "Ring"
    return try Stage(module: Self.ring, configuration: "INIT Init NEXT Next", options: options)
  }

  /// The behavior 0, 1, 2, 3, 4 and then back to a state, as ITF.
  private func lasso(backTo loop: Int) -> String {
    let states = (0...4).map { TraceStep(label: nil, values: [.integer(.init($0))]) }
    return ITFWriter.text(Trace(variables: ["x"], steps: states, loop: loop))
  }

  @Test("Trace brackets the repeating steps, and going forward leads from their end to their start")
  func brackets() throws {
    var stage = try stage()
    stage.send(.fileOpened(path: "lasso.itf.json", contents: lasso(backTo: 2)))
    #expect(stage.session.step == 4)
    let rows = stage.screen.split(separator: "\n").map(String.init)
    func row(_ text: String) throws -> String { try #require(rows.first { $0.contains(text) }) }
    #expect(try row(" 1  Up").contains("│    1  Up"))
    #expect(try row(" 2  Up").contains("│╭   2  Up"))
    #expect(try row(" 3  Up").contains("││   3  Up"))
    #expect(try row(" 4  Up").contains("│╰▸  4  Up"))
    #expect(try row(" 4  Up").contains("↺ back to step 2"))
    stage.press("Right")
    #expect(stage.session.step == 2)
    #expect(stage.bottom.contains("back to step 2"))
    stage.press("u")
    #expect(stage.session.step == 4)
  }

  @Test("A saved lasso is a lasso") func saved() throws {
    var stage = try stage()
    stage.send(.fileOpened(path: "lasso.itf.json", contents: lasso(backTo: 2)))
    stage.press(":save out.itf.json", "Enter")
    let read = try TraceReader.read(try #require(stage.lastSave).contents, file: "out.itf.json")
    #expect(read.loop == 2)
    #expect(read.steps.count == 5)
  }

  @Test("The session's file keeps a lasso, also after undo and redo") func kept() throws {
    var stage = try stage()
    func recorded() throws -> RecordedTree {
      let text = stage.effects.compactMap { effect in
        if case .append(Self.sessionFile, let text, _) = effect { text } else { nil }
      }.joined()
      return try SessionFileReader.read(text, file: "session")
    }
    stage.press("1", "Left")
    stage.send(.fileOpened(path: "lasso.itf.json", contents: lasso(backTo: 2)))
    #expect(try recorded().nodes.compactMap(\.loopsTo) == [2])
    #expect(try recorded() == stage.session.recordedTree)
    stage.press("u")
    #expect(try recorded().nodes.allSatisfy { $0.loopsTo == nil })
    stage.press("Ctrl-R")
    #expect(try recorded() == stage.session.recordedTree)

    var other = try self.stage()
    _ = other.session.restore(
      stage.effects.compactMap { effect in
        if case .append(Self.sessionFile, let text, _) = effect { text } else { nil }
      }.joined(), path: "left.jsonl")
    #expect(other.session.tree.loops.count == 1)
    #expect(other.shows("↺ back to step 2"))
  }

  @Test("A lasso in the session's file that leads nowhere is ignored") func malformed() throws {
    var stage = try stage()
    stage.send(.fileOpened(path: "lasso.itf.json", contents: lasso(backTo: 2)))
    let text = stage.effects.compactMap { effect in
      if case .append(Self.sessionFile, let text, _) = effect { text } else { nil }
    }.joined()
    for loops in ["[[9,0]]", "[[2,4]]", "[[1]]", #"[["a",0]]"#, "[[-1,-1]]"] {
      let tree = try SessionFileReader.read(text + "{\"loops\": \(loops)}\n{\"at\": 0}\n", file: "session")
      #expect(tree.cursor == 4, "\(loops)")
    }
  }

  @Test("A message says if a behavior stays in its last state") func stuttering() throws {
    var stage = try stage()
    stage.send(.fileOpened(path: "lasso.itf.json", contents: lasso(backTo: 4)))
    #expect(stage.shows("↺ stays so for ever"))
    #expect(!stage.shows("╭ "))
  }
}
