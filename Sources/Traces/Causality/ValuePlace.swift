import BigInt
package import StateSpace

/// A place in a state: a variable, or a part of its value that arguments select.
package struct ValuePlace: Sendable, Hashable {
  package let variable: Int
  /// The arguments that lead to the place: `[n1]`, or a record's field as a string.
  package let path: [PlainValue]
  /// Whether an element is the place's whole value, not something in it.
  package let isWhole: Bool

  package init(variable: Int, path: [PlainValue], isWhole: Bool) {
    self.variable = variable
    self.path = path
    self.isWhole = isWhole
  }

  /// A place at a step.
  struct Moment: Hashable {
    let place: ValuePlace
    let step: Int
  }

  /// The value at the place; nil if the place does not exist.
  package func value(in values: [PlainValue]) -> PlainValue? {
    guard values.indices.contains(variable) else { return nil }
    return path.reduce(Optional(values[variable])) { $0?.value(at: $1) }
  }

  package func holds(_ element: PlainValue, in values: [PlainValue]) -> Bool {
    guard let value = value(in: values) else { return false }
    return isWhole ? value == element : value.contains(element)
  }

  /// The place as a spec would write it: `locally_registered[n1]`.
  package func text(_ variables: [String]) -> String {
    let name = variables.indices.contains(variable) ? variables[variable] : "?"
    return name
      + path.map { argument in
        if case .string(let field) = argument { ".\(PlainValue.escaped(field))" } else { "[\(argument)]" }
      }.joined()
  }

  /// The place at which a value is what an expression gave. It looks in the variables that the expression's text names, or in all if it
  /// names none. It prefers deep places whose arguments are among `arguments` and whose fields the text names.
  package static func best(
    for value: PlainValue, expression: String, arguments: [PlainValue], variables: [String],
    in values: [PlainValue], isWhole: Bool
  ) -> ValuePlace? {
    let words = Set(expression.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init))
    let named = variables.indices.filter { words.contains(variables[$0]) }
    // A literal stands in no variable.
    guard words.contains(where: { $0.first?.isLetter ?? false }) else { return nil }
    var best: (place: ValuePlace, rank: Int)?
    func consider(_ place: ValuePlace, _ part: PlainValue, depth: Int) {
      if part == value {
        let rank = place.path.reduce(0) { rank, argument in
          if case .string(let field) = argument, words.contains(field) { return rank + 3 }
          return rank + (arguments.contains(argument) ? 2 : -1)
        }
        if best.map({ $0.rank < rank }) ?? true { best = (place, rank) }
      }
      guard depth < 3 else { return }
      for (argument, inner) in part.arguments {
        consider(
          ValuePlace(variable: place.variable, path: place.path + [argument], isWhole: isWhole), inner,
          depth: depth + 1)
      }
    }
    for variable in named.isEmpty ? Array(variables.indices) : named {
      consider(ValuePlace(variable: variable, path: [], isWhole: isWhole), values[variable], depth: 0)
    }
    return best?.place
  }

  /// The place that further arguments lead to.
  func inner(_ arguments: [PlainValue]) -> ValuePlace {
    ValuePlace(variable: variable, path: path + arguments, isWhole: isWhole)
  }

  /// The innermost place below this one that has the element itself: as an element of a set or a sequence, or as an argument.
  func narrowed(to element: PlainValue, in values: [PlainValue]) -> ValuePlace {
    var place = self
    while let value = place.value(in: values), value.value(at: element) == nil,
      let argument = value.arguments.first(where: { $0.1.contains(element) && !$0.1.isAtom })?.0
    {
      if case .tuple = value { break }
      place = place.inner([argument])
    }
    return place
  }

  /// The position before a step of the message that an inbox has at a position after it; nil if the step put it there.
  static func earlier(_ index: Int, from old: PlainValue, to new: PlainValue) -> Int? {
    guard case .tuple(let before) = old else { return nil }
    var added: Set<Int> = []
    var removed: Set<Int> = []
    for difference in ValueDifference.between(old, new) {
      guard case .position(let position)? = difference.path.first else { continue }
      switch difference.change {
      case .added where difference.path.count == 1: added.insert(position)
      case .removed where difference.path.count == 1: removed.insert(position)
      default:
        // A message that changed in place is another message.
        if position == index { return nil }
      }
    }
    guard !added.contains(index) else { return nil }
    let rank = index - added.count { $0 < index }
    let kept = before.indices.filter { !removed.contains($0) }
    return kept.indices.contains(rank) ? kept[rank] : nil
  }
}

extension PlainValue {
  /// The arguments of a function, a record or a short tuple, with their values; empty for other values.
  var arguments: [(PlainValue, PlainValue)] {
    switch self {
    case .function(let pairs): pairs.map { ($0.argument, $0.value) }
    case .record(let fields): fields.map { (.string($0.name), $0.value) }
    case .tuple(let elements) where elements.count <= 64:
      elements.enumerated().map { (.integer(BigInt($0.offset + 1)), $0.element) }
    default: []
    }
  }
}
