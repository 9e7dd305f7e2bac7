import TLASyntax

/// The operators of the language and of Integers, Sequences, and FiniteSets, for `NaiveEvaluator`.
struct NaiveLibrary {
  let evaluator: NaiveEvaluator
  let scope: NaiveEvaluator.Scope

  /// The operators that the tests pass as arguments.
  static let operators: Set<String> = ["+", "-", "*", "\\div"]

  func apply(_ name: String, _ arguments: [Expression]) throws -> NaiveValue {
    switch arguments.count {
    case 0:
      if name == "BOOLEAN" { return .set([.boolean(false), .boolean(true)]) }
    case 1: return try unary(name, arguments[0])
    case 2: return try binary(name, arguments[0], arguments[1])
    case 3 where name == "SubSeq":
      let sequence = try evaluator.evaluate(arguments[0], scope)
      let first = try evaluator.evaluate(arguments[1], scope).asInteger()
      let last = try evaluator.evaluate(arguments[2], scope).asInteger()
      let elements = try sequence.asSequence()
      if first > last { return .sequence([]) }
      guard first >= 1, last <= elements.count else { throw NaiveValue.Failure(message: "out of bounds") }
      return .sequence(Array(elements[(first - 1)..<last]))
    default: break
    }
    throw NaiveValue.Failure(message: "unknown operator \(name)")
  }

  private func unary(_ name: String, _ operand: Expression) throws -> NaiveValue {
    let value = try evaluator.evaluate(operand, scope)
    switch name {
    case "~": return .boolean(try !value.asBoolean())
    case "-.": return .integer(try -value.asInteger())
    case "SUBSET":
      return .set(
        try value.asSet().reduce(into: [.set([])]) { subsets, element in
          for case .set(let subset) in subsets { subsets.insert(.set(subset.union([element]))) }
        })
    case "UNION": return .set(try value.asSet().reduce(into: []) { $0.formUnion(try $1.asSet()) })
    case "DOMAIN": return .set(Set(try value.asFunction().keys))
    case "Len": return .integer(try value.asSequence().count)
    case "Cardinality": return .integer(try value.asSet().count)
    case "IsFiniteSet":
      _ = try value.asSet()
      return .boolean(true)
    case "Head":
      guard let head = try value.asSequence().first else { throw NaiveValue.Failure(message: "empty") }
      return head
    case "Tail":
      let elements = try value.asSequence()
      guard !elements.isEmpty else { throw NaiveValue.Failure(message: "empty") }
      return .sequence(Array(elements.dropFirst()))
    default: throw NaiveValue.Failure(message: "unknown operator \(name)")
    }
  }

  private func binary(_ name: String, _ first: Expression, _ second: Expression) throws -> NaiveValue {
    switch name {
    case "/\\":
      guard try evaluator.evaluate(first, scope).asBoolean() else { return .boolean(false) }
      return .boolean(try evaluator.evaluate(second, scope).asBoolean())
    case "\\/":
      guard try !evaluator.evaluate(first, scope).asBoolean() else { return .boolean(true) }
      return .boolean(try evaluator.evaluate(second, scope).asBoolean())
    case "=>":
      guard try evaluator.evaluate(first, scope).asBoolean() else { return .boolean(true) }
      return .boolean(try evaluator.evaluate(second, scope).asBoolean())
    case "\\in", "\\notin":
      let isIn = name == "\\in"
      if evaluator.reading == .lenient,
        case .setFilter(.name(let bound), let set, let predicate) = second.kind
      {
        // It only matters whether the predicate holds for that element.
        let element = try evaluator.evaluate(first, scope)
        guard try contains(evaluator.evaluate(set, scope).asSet(), element) else { return .boolean(!isIn) }
        var inner = scope
        inner.meanings[bound.text] = .value(element)
        return .boolean(try evaluator.evaluate(predicate, inner).asBoolean() == isIn)
      }
      let element = try evaluator.evaluate(first, scope)
      return .boolean(try contains(evaluator.evaluate(second, scope).asSet(), element) == isIn)
    default:
      return try strict(name, evaluator.evaluate(first, scope), evaluator.evaluate(second, scope))
    }
  }

  private func contains(_ set: Set<NaiveValue>, _ element: NaiveValue) throws -> Bool {
    if set.contains(element) { return true }
    if let other = set.first { _ = try NaiveValue.equal(element, other) }
    return false
  }

  /// The operators that evaluate both sides.
  private func strict(_ name: String, _ left: NaiveValue, _ right: NaiveValue) throws -> NaiveValue {
    switch name {
    case "=": return .boolean(try NaiveValue.equal(left, right))
    case "#": return .boolean(try !NaiveValue.equal(left, right))
    case "\\equiv": return .boolean(try left.asBoolean() == right.asBoolean())
    case "+": return .integer(try left.asInteger() + right.asInteger())
    case "-": return .integer(try left.asInteger() - right.asInteger())
    case "*": return .integer(try left.asInteger() * right.asInteger())
    case "\\div":
      let (a, b) = (try left.asInteger(), try right.asInteger())
      guard b != 0 else { throw NaiveValue.Failure(message: "division by 0") }
      return .integer(a / b - (a % b != 0 && (a < 0) != (b < 0) ? 1 : 0))
    case "%":
      let (a, b) = (try left.asInteger(), try right.asInteger())
      guard b > 0 else { throw NaiveValue.Failure(message: "modulus") }
      return .integer((a % b + b) % b)
    case "<": return .boolean(try left.asInteger() < right.asInteger())
    case ">": return .boolean(try left.asInteger() > right.asInteger())
    case "\\leq": return .boolean(try left.asInteger() <= right.asInteger())
    case "\\geq": return .boolean(try left.asInteger() >= right.asInteger())
    case "..":
      let (first, last) = (try left.asInteger(), try right.asInteger())
      return .set(first > last ? [] : Set((first...last).map(NaiveValue.integer)))
    case "\\cup": return .set(try left.asSet().union(right.asSet()))
    // As in TLC, the other side of an empty set is not evaluated.
    case "\\cap", "\\":
      let elements = try left.asSet()
      if elements.isEmpty { return .set([]) }
      return try .set(
        name == "\\" ? elements.subtracting(right.asSet()) : elements.intersection(right.asSet()))
    case "\\subseteq": return .boolean(try left.asSet().isSubset(of: right.asSet()))
    case "\\o": return .sequence(try left.asSequence() + right.asSequence())
    case "Append": return .sequence(try left.asSequence() + [right])
    default: throw NaiveValue.Failure(message: "unknown operator \(name)")
    }
  }
}
