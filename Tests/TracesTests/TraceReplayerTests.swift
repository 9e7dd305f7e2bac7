import BigInt
import StateSpace
import TLASemantics
import TLASyntax
import Testing
import Traces

@Suite struct TraceReplayerTests {
  let none = set()
  let first = set(n1)
  let both = set(n1, n2)

  func replay(_ trace: Trace, _ model: ToyModel = ToyModel(), matching: ReplayMatching = .values)
    -> ReplayReport
  {
    TraceReplayer(model: model).replay(trace, matching: matching)
  }

  var good: Trace {
    ToyModel.trace([
      (0, 0, none, nil), (1, 0, first, ToyModel.up1), (1, 1, both, ToyModel.up2), (2, 1, first, ToyModel.up1),
    ])
  }

  @Test func allowedSteps() {
    let report = replay(good)
    #expect(report.outcome == .valid)
    #expect(report.step == nil)
    #expect(report.message == "3 steps are allowed")
    #expect(
      report.states == [(0, 0, 0), (1, 0, 1), (1, 1, 2), (2, 1, 1)].map { ToyModel().state($0, $1, $2) })
    #expect(report.labels == [nil, ToyModel.up1, ToyModel.up2, ToyModel.up1])
    #expect(report.notes.isEmpty)
  }

  @Test func whatIfChangesAreTakenOverAndNoted() {
    var trace = ToyModel.trace([
      (0, 0, none, nil), (1, 0, first, ToyModel.up1), (3, 3, none, nil), (0, 0, none, ToyModel.reset),
    ])
    trace.stepNotes = [2: Trace.whatIfNote("a = 3")]
    let report = replay(trace)
    #expect(report.outcome == .valid)
    #expect(report.message == "2 steps are allowed")
    #expect(report.labels == [nil, ToyModel.up1, nil, ToyModel.reset])
    #expect(report.notes == ["step 2 is a what-if change, no step of the specification: a = 3"])
    trace.stepNotes = [:]
    #expect(replay(trace).step == 2)
    trace.stepNotes = [2: Trace.whatIfNote("a = 3")]
    trace.steps[3] = TraceStep(label: ToyModel.up1, values: [int(1), int(0), first])
    #expect(replay(trace).outcome == .illegal)
    #expect(replay(trace).step == 3)
  }

  @Test func namesAreRecoveredAndTheOrderOfSetsIsFree() {
    let trace = ToyModel.trace([(0, 0, none, nil), (0, 1, set(n2, n1), nil), (0, 0, set(n2, n1), nil)])
    let report = replay(trace)
    #expect(report.outcome == .valid)
    #expect(report.labels == [nil, ToyModel.up2, ToyModel.jump])
  }

  @Test func stringsOfOtherToolsAreTheModelsValues() {
    let trace = ToyModel.trace([
      (0, 0, none, nil), (1, 0, set(text("n1")), ActionLabel(name: "Up", arguments: [text("n1")])),
    ])
    #expect(replay(trace).outcome == .valid)
    #expect(replay(trace, matching: .actions).outcome == .valid)
  }

  @Test func anotherNameForTheSameStepIsNoted() {
    let trace = ToyModel.trace([(0, 0, none, nil), (1, 0, first, ActionLabel(name: "Raise"))])
    let report = replay(trace)
    #expect(report.outcome == .valid)
    #expect(report.notes == ["step 1 is named Raise in the trace and taken by Up(n1)"])
  }

  @Test func manyOtherNamesAreCounted() {
    let other = ActionLabel(name: "Rest")
    let steps = [(0, 0, none, nil)] + (0..<14).map { _ in (0, 0, none, other) }
    let report = replay(ToyModel.trace(steps))
    #expect(report.outcome == .valid)
    #expect(report.notes.count == 11)
    #expect(report.notes.last == "4 more steps have another name in the trace")
  }

  @Test func asJSON() {
    #expect(
      replay(good, ToyModel(limit: 1)).json.text().hasPrefix(
        #"{"outcome": "illegal", "step": 3, "action": "Up(n1)", "violated": null, "message": "Up(n1) is not enabled"#
      ))
    #expect(replay(good).json["step"] == .null)
  }

  @Test func ofTwoActionsTheTracesOwnIsTaken() {
    let trace = ToyModel.trace([(0, 0, none, nil), (0, 0, none, ToyModel.reset)])
    #expect(replay(trace).labels == [nil, ToyModel.reset])
    #expect(replay(ToyModel.trace([(0, 0, none, nil), (0, 0, none, nil)])).labels == [nil, ToyModel.jump])
  }

  @Test func aViolationOnTheWay() {
    let report = replay(good, ToyModel(largestSum: 2))
    #expect(report.outcome == .violation)
    #expect(report.step == 2)
    #expect(report.action == ToyModel.up2)
    #expect(report.violated == "Small")
    #expect(report.message == "Small is violated: a + b < 2 (2 < 2), n = n1")
    #expect(report.states.count == 4)
  }

  @Test func aViolationInTheInitialState() {
    let report = replay(ToyModel.trace([(1, 1, none, nil)]), ToyModel(largestSum: 2))
    #expect(report.outcome == .violation)
    #expect(report.step == 0)
    #expect(report.action == nil)
  }

  @Test func aViolationCountsBeforeALaterIllegalStep() {
    var trace = good
    trace.steps.append(TraceStep(label: nil, values: [int(9), int(9), none]))
    let report = replay(trace, ToyModel(largestSum: 2))
    #expect(report.outcome == .violation)
    #expect(report.step == 2)
    #expect(report.notes.count == 1)
    #expect(report.notes.first?.hasPrefix("step 4 is not allowed: no action leads to this state") == true)
  }

  @Test func theFirstStateMustBeInitial() {
    let report = replay(ToyModel.trace([(2, 1, none, nil), (3, 1, first, ToyModel.up1)]))
    #expect(report.outcome == .illegal)
    #expect(report.step == 0)
    #expect(
      report.message == "the first state is no initial state: the nearest differs in a (1, in the trace 2)")
    #expect(report.states.isEmpty)
  }

  @Test func aDisabledActionSaysWhy() {
    let report = replay(good, ToyModel(limit: 1))
    #expect(report.outcome == .illegal)
    #expect(report.step == 3)
    #expect(report.action == ToyModel.up1)
    #expect(report.disabledBecause?.expression == "a < Limit")
    #expect(report.message.hasPrefix("Up(n1) is not enabled: a < Limit (1 < 1); the nearest step is "))
    #expect(report.states.count == 3)
  }

  @Test func anActionThatDoesSomethingElse() {
    let trace = ToyModel.trace([(0, 0, none, nil), (2, 0, first, ToyModel.up1)])
    let report = replay(trace)
    #expect(report.outcome == .illegal)
    #expect(report.step == 1)
    #expect(report.message == "Up(n1) leads to another state: it differs in a (1, in the trace 2)")
    #expect(report.nearest?.label == ToyModel.up1)
    #expect(report.nearest?.differences.map(\.variable) == ["a"])
  }

  @Test func anUnknownActionNamesTheNearest() {
    let trace = ToyModel.trace([(0, 0, none, nil), (2, 0, first, ActionLabel(name: "Leap"))])
    #expect(
      replay(trace).message
        == "the model has no action Leap here; the nearest step is Up(n1), which differs in a (1, in the trace 2)"
    )
  }

  @Test func byActionAfterTheModelHasChanged() {
    // The other version counts in steps of two, so the values differ and the actions are the same.
    let trace = ToyModel.trace([
      (0, 0, none, nil), (2, 0, first, ToyModel.up1), (4, 0, first, ToyModel.up1),
      (6, 0, first, ToyModel.up1),
    ])
    #expect(replay(trace).outcome == .illegal)
    #expect(replay(trace, matching: .actions).outcome == .valid)
    let fixed = replay(trace, ToyModel(limit: 2), matching: .actions)
    #expect(fixed.outcome == .illegal)
    #expect(fixed.step == 3)
    #expect(fixed.disabledBecause?.values == "2 < 2")
  }

  @Test func ofAnActionsOutcomesTheOneThatTheTraceSaw() {
    let trace = ToyModel.trace([(1, 1, none, nil), (0, 1, none, ToyModel.jump)])
    #expect(replay(trace, matching: .actions).states.last == ToyModel().state(0, 1, 0))
    #expect(replay(trace).states.last == ToyModel().state(0, 1, 0))
  }

  @Test func withoutSomeVariablesAllOutcomesAreFollowed() {
    // Only b is known. Jump may have cleared either counter, and the later steps decide.
    let trace = Trace(
      variables: ["a"],
      steps: [(1, nil), (1, ToyModel.jump), (2, ToyModel.up1)].map {
        TraceStep(label: $0.1, values: [int($0.0)])
      })
    let report = replay(trace)
    #expect(report.outcome == .valid)
    #expect(report.notes == ["matched by action, since the trace does not tell b, who"])
    #expect(report.states == [(1, 1, 0), (1, 0, 0), (2, 0, 1)].map { ToyModel().state($0, $1, $2) })
  }

  @Test func withoutNamesAndSomeVariablesValuesAreFollowed() {
    let trace = Trace(
      variables: ["b"], steps: [1, 1, 2].map { TraceStep(label: nil, values: [int($0)]) })
    let report = replay(trace)
    #expect(report.outcome == .valid)
    #expect(report.notes == ["matched by the other variables, since the trace does not tell a, who"])
    let impossible = Trace(variables: ["b"], steps: [1, 3].map { TraceStep(label: nil, values: [int($0)]) })
    #expect(replay(impossible).step == 1)
  }

  @Test func variablesThatTheModelLacksAreIgnored() {
    let trace = Trace(
      variables: ["a", "history", "b"],
      steps: [TraceStep(label: nil, values: [int(0), tuple(), int(0)])])
    let report = replay(trace, ToyModel(variables: ["a", "b"]))
    #expect(report.outcome == .valid)
    #expect(report.notes == ["ignored, since the model has no such variables: history"])
  }

  @Test func stutteringIsAllowed() {
    let trace = ToyModel.trace([(1, 1, none, nil), (1, 1, none, nil), (2, 1, first, ToyModel.up1)])
    let report = replay(trace)
    #expect(report.outcome == .valid)
    #expect(report.labels == [nil, nil, ToyModel.up1])
  }

  @Test func aLassoMustLeadBack() {
    let steps: [(Int, Int, PlainValue, ActionLabel?)] = [
      (0, 0, none, nil), (1, 0, first, ToyModel.up1), (2, 0, first, ToyModel.up1),
    ]
    #expect(replay(ToyModel.trace(steps, loop: 0)).outcome == .valid)
    #expect(replay(ToyModel.trace(steps, loop: 2)).outcome == .valid)
    let report = replay(ToyModel.trace(steps, loop: 1))
    #expect(report.outcome == .illegal)
    #expect(
      report.message.hasPrefix("the loop does not close: no step leads from the last state back to state 1"))
  }

  @Test func theStepThatClosesALassoHasAnAction() {
    var trace = ToyModel.trace(
      [(0, 0, none, nil), (1, 0, first, ToyModel.up1), (2, 0, first, ToyModel.up1)], loop: 0)
    #expect(replay(trace).closing == ToyModel.reset)
    trace.closing = ToyModel.reset
    let report = replay(trace)
    #expect(report.closing == ToyModel.reset && report.notes.isEmpty)
    #expect(TraceReplayer(model: ToyModel()).trace(of: report, replaying: trace).closing == ToyModel.reset)
    trace.closing = ToyModel.up2
    #expect(
      replay(trace).notes == ["the step back to state 0 is named Up(n2) in the trace and taken by Reset"])
    trace.loop = 1
    let wrong = replay(trace)
    #expect(
      wrong.verdict.hasPrefix(
        "step 2, Up(n1), is not allowed: the loop does not close: Up(n2) does not lead from the last state back to "
          + "state 1"))
  }

  @Test func aVerdictNamesTheActionOrNone() {
    let steps: [(Int, Int, PlainValue, ActionLabel?)] = [(0, 0, none, nil), (3, 3, first, nil)]
    #expect(replay(ToyModel.trace(steps)).verdict.hasPrefix("step 1 is not allowed: no action leads to this"))
  }

  @Test func tracesThatFitNothing() {
    #expect(replay(Trace(variables: ["a"], steps: [])).message == "the trace has no states")
    let other = Trace(variables: ["z"], steps: [TraceStep(label: nil, values: [int(0)])])
    let foreign = replay(other)
    #expect(
      foreign.message == "the trace shares no variable with the model: it has z, and the model has a, b, who")
    #expect(foreign.verdict == foreign.message && foreign.notes.isEmpty && foreign.step == nil)
    // Action names that happen to exist in the model are not enough to continue, unless the caller asks for it.
    let named = Trace(
      variables: ["z"],
      steps: [nil, ToyModel.up1].map { TraceStep(label: $0, values: [int(0)]) })
    #expect(replay(named).verdict == foreign.message)
    #expect(replay(named).notes.isEmpty)
    #expect(TraceReplayer(model: ToyModel()).replay(named, matching: .actions).outcome == .valid)
    // A step with too few values.
    let short = Trace(variables: ["a", "b", "who"], steps: [TraceStep(label: nil, values: [int(0)])])
    #expect(replay(short).outcome == .illegal)
  }

  @Test func aFailureIsTold() {
    let report = replay(good, ToyModel(failsToStepAt: 2))
    #expect(report.outcome == .illegal)
    #expect(report.step == 3)
    #expect(report.message == "the steps could not be evaluated: no element of {} satisfies it")
    #expect(report.states.count == 3)
  }

  @Test("A step is allowed though another action has no value in that state")
  func besideAnActionWithoutAValue() throws {
    let text = """
      ---- MODULE M ----
      EXTENDS Integers
      VARIABLE x
      Init == x = 0
      Up == x' = x + 1
      Broken == x = 1 /\\ x' = CHOOSE y \\in {} : TRUE
      Next == Broken \\/ Up
      ====
      """
    let explorer = try Explorer(
      SpecificationLoader(provider: TextProvider(files: ["M.tla": text, "M.cfg": "INIT Init NEXT Next"]))
        .load(
          "M.tla"))
    func trace(_ values: Int...) -> Trace {
      Trace(variables: ["x"], steps: values.map { TraceStep(label: nil, values: [.integer(BigInt($0))]) })
    }
    let report = TraceReplayer(explorer: explorer).replay(trace(0, 1, 2, 3))
    #expect(report.outcome == .valid, "\(report.message)")
    #expect(report.labels.compactMap(\.?.name) == ["Up", "Up", "Up"])
    let wrong = TraceReplayer(explorer: explorer).replay(trace(0, 1, 5))
    #expect(wrong.outcome == .illegal)
    #expect(wrong.message.contains("could not be evaluated"))
  }
}
