package import StateSpace
package import TLASemantics

/// A trace whose values are read one state at a time, so that a long trace is read back only as far as needed.
package struct CausalHistory {
  package let structure: ProtocolStructure
  /// The number of states, including the initial one.
  package let count: Int
  /// The values of all variables at a position, counted from 0.
  package let values: (Int) -> [PlainValue]
  /// The action of the step that led to a position; nil for the initial state.
  package let label: (Int) -> ActionLabel?
  /// The specification of the trace, which `constants` belong to; nil if only the values are known.
  let specification: Specification?
  let constants: [(name: String, value: PlainValue)]

  package init(
    structure: ProtocolStructure, count: Int, values: @escaping (Int) -> [PlainValue],
    label: @escaping (Int) -> ActionLabel?, specification: Specification? = nil,
    constants: [(name: String, value: PlainValue)] = []
  ) {
    self.structure = structure
    self.count = count
    self.values = values
    self.label = label
    self.specification = specification
    self.constants = constants
  }

  /// The most steps that are searched.
  static let horizon = 5_000

  var last: Int { count - 1 }

  /// The steps up to a position that are searched, the last one first.
  func steps(upTo position: Int) -> some Sequence<Int> {
    stride(from: position, to: max(0, position - CausalHistory.horizon), by: -1)
  }

  /// The changes that a step made.
  func changes(in step: Int) -> [StepChange] {
    StepChange.all(from: values(step - 1), to: values(step), label: label(step), in: structure)
  }

  /// The elements that a step added to places that hold several things, or removed from them; without messages.
  func movements(in step: Int) -> [Movement] {
    let (before, after) = (values(step - 1), values(step))
    var result: [Movement] = []
    for (variable, role) in structure.roles.enumerated() where before[variable] != after[variable] {
      switch role {
      case .inbox, .channel, .links: continue
      case .shared where structure.pools.contains(variable): continue
      case .shared, .perNode, .perPair, .ofPart:
        result += ValueDifference.between(before[variable], after[variable]).compactMap {
          Movement($0, variable: variable, step: step, before: before, after: after)
        }
      }
    }
    return result
  }
}

/// An element that a place gained or lost in a step: an element of a set or a sequence, or an argument of a function.
struct Movement {
  let place: ValuePlace
  let element: PlainValue
  let isGain: Bool
  let step: Int

  fileprivate init?(
    _ difference: ValueDifference, variable: Int, step: Int, before: [PlainValue], after: [PlainValue]
  ) {
    let path = difference.path.map(\.argument)
    switch difference.change {
    case .added(let value), .removed(let value):
      isGain = if case .added = difference.change { true } else { false }
      self.step = step
      let whole = ValuePlace(variable: variable, path: path, isWhole: false)
      if case .set? = whole.value(in: isGain ? after : before) {
        place = whole
        element = value
      } else if let argument = path.last {
        place = ValuePlace(variable: variable, path: Array(path.dropLast()), isWhole: false)
        // A sequence's element is identified by its value, not by its position.
        if case .position = difference.path.last { element = value } else { element = argument }
      } else {
        return nil
      }
    case .changed: return nil
    }
  }
}
