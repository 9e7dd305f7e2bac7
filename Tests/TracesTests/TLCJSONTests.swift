@testable import StateSpace
import Testing
import Traces

/// The JSON of TLC's `-dumpTrace`, and the information that it leaves out.
@Suite struct TLCJSONTests {
  private func error(_ text: String) -> String {
    do {
      _ = try TraceReader.read(text, file: "t.json")
      return "(no error)"
    } catch {
      return "\(error)"
    }
  }

  @Test func malformed() {
    #expect(error("[]") == "t.json: the trace has no states")
    #expect(error("[3]") == "t.json: [0]: an object with the variables is expected here, not a number")
    #expect(error("[{}]").contains("[0]: the state has no variables"))
    #expect(error(#"[{"x": 1}, {"y": 1}]"#) == "t.json: [1]: the state has no value for x")
    #expect(error(#"[{"x": null}]"#) == "t.json: [0].x: null is no value of TLA+")
    #expect(error(#"[{"x": [1, {"a": 1.5}]}]"#).contains("[0].x[1].a: this number is no integer"))
    #expect(error(#"{"counterexample": 1}"#).contains("counterexample.state: an array with the states"))
    #expect(
      error(#"{"counterexample": {"state": 1}}"#).contains("counterexample.state: an array is expected"))
    #expect(error(#"{"state": [[1]]}"#).contains("state[0]: a pair of a state's number"))
    #expect(error(#"{"state": [["1", {"x": 1}]]}"#).contains("state[0]: a pair of a state's number"))
    #expect(error(#"{"state": [[1, {"x": 1}], [3, {"x": 1}]]}"#).contains("state 2 is missing"))
    #expect(error(#"{"state": []}"#).contains("the trace has no states"))
    #expect(
      error(#"{"state": [[1, {"x": 1}]], "action": [1]}"#).contains("action[0]: a state, an action and"))
    #expect(error(#"{"state": [[1, {"x": 1}]], "vars": ["y"]}"#).contains("the state has no value for y"))
    #expect(error(##"[{"#x": 1}]"##) == "t.json: [0]: #x is no name of a variable")
    #expect(error(#"{"state": [[1, {"x": 1}]], "action": {}}"#).contains("action: an array is expected here"))
  }

  @Test func statesInAnyOrderAndStuttering() throws {
    let text = #"{"state": [[2, {"x": 2}], [1, {"x": 1}]], "action": [[[2, {}], {"name": "Next"}, [2, {}]]]}"#
    let trace = try TraceReader.read(text, file: "t.json")
    #expect(trace.steps.map(\.values) == [[int(1)], [int(2)]])
    #expect(trace.loop == 1)
    #expect(trace.steps[1].label == nil)
  }

  @Test func anObjectWithoutMembersIsTheEmptyFunction() throws {
    let trace = try TraceReader.read(#"[{"x": {}}]"#, file: "t.json")
    #expect(trace.steps[0].values == [tuple()])
  }

  @Test func typesFromAnExample() {
    func typed(_ value: PlainValue, _ example: PlainValue) -> PlainValue { value.typed(like: example) }
    #expect(typed(tuple(text("n2"), text("n1")), set(n1, n2)) == set(n2, n1))
    #expect(typed(tuple(), set(n1)) == set())
    #expect(typed(tuple(text("n2")), tuple(n1)) == tuple(n2))
    #expect(
      typed(record(("n1", tuple()), ("n2", tuple(int(0)))), each(set(), set())) == each(set(), set(int(0))))
    #expect(
      typed(record(("<<1, 2>>", int(3))), function((tuple(int(1), int(2)), int(9))))
        == function((tuple(int(1), int(2)), int(3))))
    #expect(typed(record(("0", int(3))), function((int(0), int(9)))) == function((int(0), int(3))))
    // The elements of a set are recognised in any order.
    let mixed = set(tuple(int(1)), set(int(1)))
    #expect(typed(tuple(tuple(int(1)), tuple(int(1))), mixed).canonical == mixed.canonical)
    #expect(typed(text("a"), text("b")) == text("a"))
    #expect(typed(int(1), n1) == int(1))
  }

  @Test func anUntypedTraceIsReadAsTheModelHasIt() {
    // The toy's `who` is a set of model values, and the file has an array of strings.
    var trace = ToyModel.trace([(0, 0, tuple(), nil), (1, 0, tuple(text("n1")), nil)])
    trace.isUntyped = true
    let report = TraceReplayer(model: ToyModel(limit: 3)).replay(trace)
    #expect(report.outcome == .valid)
    #expect(report.labels.last == ToyModel.up1)
    #expect(report.notes.isEmpty)
  }

  @Test func aGuessIsAdmitted() {
    var trace = Trace(
      variables: ["box"],
      steps: [[int(0)], [tuple(int(1))], [int(2)]].map { TraceStep(label: nil, values: $0) }, isUntyped: true)
    let replayer = TraceReplayer(model: TwofoldModel())
    #expect(
      replayer.replay(trace).notes == [
        "the format does not tell sets from sequences nor model values from strings: at state 1 it fits 2 states, "
          + "the first is taken"
      ])
    // Later steps may decide.
    trace.steps[2] = TraceStep(label: nil, values: [int(3)])
    let certain = replayer.replay(trace)
    #expect(certain.notes.isEmpty)
    #expect(replayer.trace(of: certain, replaying: trace).steps[1].values == [set(int(1))])
  }
}

/// `box` goes from 0 to `<<1>>` or `{1}`, from either to 2, and from `{1}` also to 3.
private struct TwofoldModel: ReplayableModel {
  let variables = ["box"]
  let invariants: [String] = []
  let constants: [(name: String, value: PlainValue)] = []

  func initialStates() -> [State] { [State(index: 0)] }
  func values(of state: State) -> [PlainValue] {
    [[int(0), tuple(int(1)), set(int(1)), int(2), int(3)][state.index]]
  }
  func state(of values: [PlainValue]) throws -> State {
    throw EvaluationFailure(kind: .evaluation, message: "no such state", span: nil, callStack: [])
  }
  func actions(in state: State) -> [ActionStatus] { [] }
  func successors(of state: State) -> [Successor] {
    [[1, 2], [3], [3, 4], [], []][state.index]
      .map { Successor(label: ActionLabel(name: "Step"), state: State(index: $0)) }
  }
  func status(ofInvariant index: Int, in state: State) -> InvariantStatus { .holds }
}
