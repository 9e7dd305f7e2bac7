import BigInt

/// What a specification may ask, by the operators of TLC and TLCExt, of the run that evaluates it.
protocol RunFacts: AnyObject {
  /// The value of `TLCGet(name)` for a name that is not a register; nil if there is none.
  func value(of name: String) -> PlainValue?

  /// The number of states in the behavior that leads to a state, with that state: 1 for an initial state; nil if it is not known.
  func level(of state: UnsafePointer<UInt32>) -> Int?

  /// The rows of the behavior that leads to a state, with that state; nil if it is not known.
  func behavior(to state: UnsafePointer<UInt32>) -> [[UInt32]]?

  /// The value of `CounterExample`: the states and steps of the violation that was found, empty if there is none.
  var counterexample: PlainValue { get }

  /// Ends the search after the successors of the current state.
  func end()
}

/// Facts about the states of one behavior, and about nothing else.
final class BehaviorFacts: RunFacts {
  private let rows: [[UInt32]]
  private let position: Int

  /// The current state is the one at that position.
  init(_ rows: [[UInt32]], at position: Int) {
    self.rows = rows
    self.position = position
  }

  func value(of name: String) -> PlainValue? { nil }
  func level(of state: UnsafePointer<UInt32>) -> Int? { place(of: state).map { $0 + 1 } }
  func behavior(to state: UnsafePointer<UInt32>) -> [[UInt32]]? {
    place(of: state).map { Array(rows[...min($0, rows.count - 1)]) }
  }
  var counterexample: PlainValue { .counterexample() }
  func end() {}

  /// The current state or, in a primed expression, the one that follows.
  private func place(of state: UnsafePointer<UInt32>) -> Int? {
    let isAtHand = rows[position].indices.allSatisfy { rows[position][$0] == state[$0] }
    return isAtHand ? position : position + 1
  }
}

extension PlainValue {
  /// The value of `CounterExample`: a graph of numbered states, with an edge for each step. A step names its states by their positions.
  static func counterexample(
    states: [PlainValue] = [], steps: [(from: Int, action: PlainValue, to: Int)] = []
  ) -> PlainValue {
    let nodes = states.enumerated().map { PlainValue.tuple([.integer(.init($0.offset + 1)), $0.element]) }
    return .record([
      Field(name: "action", value: .set(steps.map { .tuple([nodes[$0.from], $0.action, nodes[$0.to]]) })),
      Field(name: "state", value: .set(nodes)),
    ])
  }
}
