/// What the value of a node depends on.
final class NodeReads {
  let variables: VariableSet
  let nextVariables: VariableSet
  /// The slots of bound names.
  let slots: [Int]
  /// The slots that must be empty before the node is evaluated alone.
  let lazySlots: [Int]

  init(variables: VariableSet, nextVariables: VariableSet, slots: [Int], lazySlots: [Int]) {
    self.variables = variables
    self.nextVariables = nextVariables
    self.slots = slots
    self.lazySlots = lazySlots
  }
}

/// A set of variables, by their positions.
struct VariableSet: OptionSet {
  /// A bit for each of the first variables. The highest bit stands for all variables.
  let rawValue: UInt64

  static let all = VariableSet(rawValue: 1 << 63)

  init(rawValue: UInt64) { self.rawValue = rawValue }

  /// The set of one variable; of all for a variable that has no bit.
  init(_ variable: Int) { rawValue = 1 << UInt64(min(variable, 63)) }

  /// The members among the first `count` variables.
  func members(of count: Int) -> [Int] {
    contains(.all) ? Array(0..<count) : (0..<count).filter { rawValue >> UInt64($0) & 1 == 1 }
  }
}
