import BigInt
@testable import StateSpace
import TLASyntax
import Traces

/// Two counters `a` and `b` of at most `limit`. `Up(n1)` and `Up(n2)` increment them and `Reset` sets them back. `Jump` has two outcomes.
/// States are their own numbers.
final class ToyModel: ReplayableModel {
  let limit: Int
  let variables: [String]
  let invariants = ["Small", "Defined"]
  let constants: [(name: String, value: PlainValue)] = [("Nodes", set(n1, n2))]
  /// If the sum of the counters is greater than this, `Small` fails.
  let largestSum: Int
  let failsToStepAt: Int?

  init(
    limit: Int = 3, variables: [String] = ["a", "b", "who"], largestSum: Int = 99, failsToStepAt: Int? = nil
  ) {
    self.limit = limit
    self.variables = variables
    self.largestSum = largestSum
    self.failsToStepAt = failsToStepAt
  }

  static let up1 = ActionLabel(name: "Up", arguments: [n1])
  static let up2 = ActionLabel(name: "Up", arguments: [n2])
  static let reset = ActionLabel(name: "Reset")
  static let jump = ActionLabel(name: "Jump")
  private let span = SourceSpan(file: SourceFile(name: "toy.tla", text: "a < Limit"), start: 0, end: 9)

  func state(_ a: Int, _ b: Int, _ who: Int) -> State { State(index: (a * 10 + b) * 3 + who) }

  private func parts(_ state: State) -> (a: Int, b: Int, who: Int) {
    (state.index / 30, state.index / 3 % 10, state.index % 3)
  }

  func values(of state: State) -> [PlainValue] {
    let (a, b, who) = parts(state)
    let all: [String: PlainValue] = [
      "a": int(a), "b": int(b), "who": .set([[], [n1], [n1, n2]][who]),
    ]
    return variables.compactMap { all[$0] }
  }

  func state(of values: [PlainValue]) throws -> State {
    let found = (0..<100).lazy.flatMap { sum in (0..<3).map { State(index: sum * 3 + $0) } }
      .first { self.values(of: $0) == values }
    guard let found else {
      throw EvaluationFailure(kind: .evaluation, message: "no such state", span: nil, callStack: [])
    }
    return found
  }

  func initialStates() throws -> [State] { [state(0, 0, 0), state(1, 1, 0)] }

  func successors(of state: State) throws -> [Successor] {
    let (a, b, who) = parts(state)
    if a + b == failsToStepAt {
      throw EvaluationFailure(
        kind: .evaluation, message: "no element of {} satisfies it", span: nil, callStack: [])
    }
    var result: [Successor] = []
    if a < limit { result.append(Successor(label: Self.up1, state: self.state(a + 1, b, 1))) }
    if b < limit { result.append(Successor(label: Self.up2, state: self.state(a, b + 1, 2))) }
    result.append(Successor(label: Self.jump, state: self.state(a, 0, who)))
    result.append(Successor(label: Self.jump, state: self.state(0, b, who)))
    result.append(Successor(label: Self.reset, state: self.state(0, 0, 0)))
    return result
  }

  func actions(in state: State) -> [ActionStatus] {
    let successors = (try? successors(of: state)) ?? []
    return [Self.up1, Self.up2, Self.jump, Self.reset].map { label in
      let states = successors.filter { $0.label == label }.map(\.state)
      let counter = label == Self.up1 ? "a" : "b"
      return ActionStatus(
        label: label, span: span, successors: states,
        disabledBecause: states.isEmpty
          ? Explanation(
            expression: "\(counter) < Limit", values: "\(limit) < \(limit)", witnesses: [], span: span) : nil,
        failure: nil)
    }
  }

  func status(ofInvariant index: Int, in state: State) -> InvariantStatus {
    let (a, b, _) = parts(state)
    guard index == 0, a + b >= largestSum else { return .holds }
    return .fails(
      Explanation(
        expression: "a + b < \(largestSum)", values: "\(a + b) < \(largestSum)", witnesses: [("n", n1)],
        span: span))
  }

  /// A trace of this model. Each step has the counters, `who`, and the label.
  static func trace(_ steps: [(Int, Int, PlainValue, ActionLabel?)], loop: Int? = nil) -> Trace {
    Trace(
      variables: ["a", "b", "who"],
      steps: steps.map { TraceStep(label: $0.3, values: [int($0.0), int($0.1), $0.2]) }, loop: loop)
  }
}
