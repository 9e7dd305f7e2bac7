import BigInt
import StateSpace
import Traces

/// A part of a state: a variable and the path into its value.
struct ValuePath: Hashable, Sendable {
  let variable: Int
  var steps: [ValueDifference.Step] = []

  func appending(_ step: ValueDifference.Step) -> ValuePath {
    ValuePath(variable: variable, steps: steps + [step])
  }
}
