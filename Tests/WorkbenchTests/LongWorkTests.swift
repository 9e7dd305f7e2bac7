import BigInt
import StateSpace
import Testing
import Traces

@testable import Workbench

/// Slow work runs in the background or in parts, shows its progress, and can be stopped.
@Suite("Slow work")
struct LongWorkTests {
  private static let counter = """
    ---- MODULE Counter ----
    EXTENDS Naturals
    VARIABLE x
    Init == x = 0
    Next == x' = x + 1
    ====
    """

  private func stage() throws -> Stage {
    try Stage(module: Self.counter, configuration: "INIT Init\nNEXT Next")
  }

  /// A walk of this many steps.
  private func walked(_ steps: Int) throws -> Stage {
    var stage = try stage()
    stage.press(":", "walk \(steps)", "Enter")
    while stage.session.runs.motion.isMoving {
      stage.send(.motionTick(number: stage.session.runs.motionNumber))
    }
    #expect(stage.session.step == steps)
    return stage
  }

  @Test("A long session is restored part by part; Esc stops, and it can be restored again")
  func restoring() throws {
    let module = """
      ---- MODULE Queue ----
      EXTENDS Naturals, Sequences
      VARIABLE q
      Init == q = <<>>
      Next == q' = Append(q, [number |-> Len(q), kind |-> "order"])
      ====
      """
    var options = Session.Options()
    options.sessionFile = "/own"
    var first = try Stage(module: module, configuration: "INIT Init\nNEXT Next", options: options)
    first.press(":", "walk 900", "Enter")
    while first.session.runs.motion.isMoving {
      first.send(.motionTick(number: first.session.runs.motionNumber))
    }
    let contents = first.effects.compactMap { effect in
      if case .append(_, let text, _) = effect { text } else { nil }
    }.joined()
    var stage = try Stage(module: module, configuration: "INIT Init\nNEXT Next", options: options)
    let left = LeftSession(path: "/left", model: "Queue", constants: [], steps: 900, when: "14:03")
    stage.session.offer([left])
    stage.press("r")
    var start = stage.effects.count
    stage.send(.fileOpened(path: "/left", contents: contents))
    #expect(stage.session.step == 0 && stage.bottom.contains("restoring the session: "))
    #expect(stage.bottom.contains(" of 901 steps · Esc stops"))
    stage.press("Esc")
    #expect(stage.bottom.contains("the session was not restored: r begins again"))
    #expect(stage.session.disk.left == [left] && stage.session.runs.job == nil)
    stage.playWorld(from: start)
    #expect(stage.session.step == 0)
    stage.press("r")
    start = stage.effects.count
    stage.send(.fileOpened(path: "/left", contents: contents))
    stage.playWorld(from: start)
    #expect(stage.session.step == 900 && stage.bottom.contains("restored 900 steps"))
    #expect(stage.session.values == first.session.values && stage.session.disk.left.isEmpty)
  }

  private static let slow = "\\A a, b, c \\in 1..3000 : a + b + c > x"

  private static func starts(_ effects: [Effect]) -> Int {
    effects.count { if case .startEvaluation = $0 { true } else { false } }
  }

  private static func stops(_ effects: [Effect]) -> Int {
    effects.count { if case .stopEvaluation = $0 { true } else { false } }
  }

  @Test("A fast expression is answered at once, a slow one runs in the background")
  func evaluation() throws {
    var stage = try stage()
    stage.press("=", "x + 1", "Enter")
    #expect(Self.starts(stage.effects) == 0)
    #expect(stage.session.screen.evaluations.entries.last?.lines == ["1"])
    stage.press(Self.slow, "Enter")
    #expect(Self.starts(stage.effects) == 1)
    #expect(stage.session.screen.evaluations.entries.last?.lines == ["… Esc stops"])
    // The workbench stays responsive, and the user can type further lines.
    stage.press("x + 2", "Enter")
    #expect(stage.session.screen.evaluations.entries.last?.lines == ["2"])
    stage.send(.evaluated(run: stage.session.runs.evaluating.run, .outcomes([.value(.boolean(true))])))
    #expect(stage.session.screen.evaluations.entries.map(\.lines) == [["1"], ["TRUE"], ["2"]])
    stage.press("Esc")
    #expect(stage.session.screen.dialog == nil)
  }

  @Test("Esc stops a slow evaluation, and a second Esc closes the line")
  func stopping() throws {
    var stage = try stage()
    stage.press("=", Self.slow, "Enter", "Esc")
    #expect(Self.stops(stage.effects) == 1)
    #expect(stage.session.screen.dialog != nil)
    stage.send(.evaluated(run: stage.session.runs.evaluating.run, .stopped))
    #expect(stage.session.screen.evaluations.entries.last?.lines == ["stopped"])
    stage.press("Esc")
    #expect(stage.session.screen.dialog == nil)
  }

  @Test("An engine stops an evaluation on request")
  func engineStops() throws {
    let stage = try stage()
    for expression in [
      Self.slow, "{a \\in SUBSET (1..22) : FALSE}", "CHOOSE f \\in [1..8 -> 1..8] : FALSE",
    ] {
      let explorer = try Explorer(stage.session.specification)
      var questions = 0
      explorer.stopsEvaluating {
        questions += 1
        return questions < 3
      }
      let state = try explorer.initialStates()[0]
      let failure = #expect(throws: EvaluationFailure.self) { try explorer.evaluate(expression, in: state) }
      #expect(failure?.kind == .stopped, "\(expression)")
      #expect(questions >= 3)
    }
  }

  @Test("A slow watched expression is computed once for each state, and then shown")
  func watch() throws {
    var stage = try stage()
    stage.press(":", "watch \(Self.slow)", "Enter")
    #expect(Self.starts(stage.effects) == 1)
    stage.press("Esc")
    #expect(Self.stops(stage.effects) == 1)
    stage.send(.evaluated(run: stage.session.runs.evaluating.run, .outcomes([.value(.boolean(true))])))
    #expect(Self.starts(stage.effects) == 1)
    #expect(stage.shows("> x  TRUE"))
    stage.press("Enter")
    #expect(Self.starts(stage.effects) == 2)
  }

  @Test("A what-if change to a slow value is made when the value is known")
  func whatIf() throws {
    var stage = try stage()
    stage.press(":", "whatif x = IF \(Self.slow) THEN 7 ELSE 8", "Enter")
    #expect(stage.session.step == 0)
    stage.send(.evaluated(run: stage.session.runs.evaluating.run, .outcomes([.value(.integer(7))])))
    #expect(stage.session.values == [.integer(7)])
  }

  @Test("A slow predicate is left to the search")
  func find() throws {
    var stage = try stage()
    stage.press("/", "\(Self.slow) /\\ x = 3", "Enter")
    #expect(stage.effects.contains { if case .startSearch = $0 { true } else { false } })
  }

  @Test("The history of a long branch is computed in parts; Esc stops it")
  func history() throws {
    var stage = try walked(1_200)
    var first = stage.effects.count
    stage.press(":", "history x \\div 1000", "Enter")
    #expect(stage.bottom.contains("evaluating x \\div 1000: 500 of 1,201 steps · Esc stops"))
    stage.playWorld(from: first)
    #expect(stage.shows("0–999"))
    #expect(stage.shows("1000–1200"))
    stage.press("Esc")
    first = stage.effects.count
    stage.press(":", "history x", "Enter", "Esc")
    stage.playWorld(from: first)
    #expect(stage.session.screen.dialog == nil)
  }

  @Test(
    "A long branch is saved in pieces, and the file is the same as in one piece",
    arguments: ["a.itf.json", "a.out"])
  func saving(path: String) throws {
    var stage = try walked(6_000)
    let first = stage.effects.count
    stage.press(":", "save \(path)", "Enter")
    #expect(stage.bottom.contains("Esc stops"))
    stage.playWorld(from: first)
    let saves = stage.effects.count { if case .save = $0 { true } else { false } }
    #expect(saves > 1 || path == "a.out")
    let contents = try #require(stage.lastSave).contents
    let format = try #require(TraceFormat(forPath: path))
    #expect(contents == format.write(stage.session.trace, structure: stage.session.model.structure))
    #expect(stage.bottom.contains("saved \(path)"))
    #expect(!stage.session.isUnsaved)
  }

  @Test("Esc cancels a long save, and formats for people refuse a long branch")
  func stoppedSave() throws {
    var stage = try walked(6_000)
    let first = stage.effects.count
    stage.press(":", "save a.itf.json", "Enter")
    stage.playWorld(from: first) { stage in
      stage.effects.contains { if case .save = $0 { true } else { false } }
    }
    stage.press("Esc")
    guard case .abandonSave("a.itf.json")? = stage.effects.last else {
      Issue.record("the file is not taken back")
      return
    }
    #expect(stage.session.runs.job == nil)
    stage.press(":", "save a.md", "Enter")
    #expect(stage.bottom.contains("the branch has 6,000 steps: save more than 1,000 as .itf.json or .out"))
  }
}
