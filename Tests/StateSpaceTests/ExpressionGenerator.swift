import DifferentialTesting

/// Writes random constant expressions. They are well typed except for a few operands, and their names never shadow others.
struct ExpressionGenerator {
  indirect enum Kind: Hashable, Sendable {
    case boolean, integer, string
    case set(Kind)
    case sequence(Kind)
    /// A function over a set of that kind.
    case function(Kind, Kind)
    /// A record with the fields `p` and `q`.
    case record(Kind, Kind)
  }

  private struct Name {
    let text: String
    let parameters: [Kind]
    let kind: Kind
    /// Whether its only parameter is an operator on integers.
    var takesOperator = false
  }

  private var random: RandomGenerator
  private var names: [Name] = []
  private var old: Kind?
  private var counter = 0

  init(seed: UInt64) { random = RandomGenerator(seed: seed) }

  private static let scalars: [Kind] = [.boolean, .integer, .string]

  /// An expression of a random kind.
  mutating func expression() -> String {
    let kind = random.pick(Self.scalars + [.boolean, .integer] + (0..<6).map { _ in composite() })
    return expression(kind, depth: 4)
  }

  private mutating func composite() -> Kind {
    switch random.below(5) {
    case 0: .set(random.pick(Self.scalars))
    case 1: .sequence(random.pick(Self.scalars))
    case 2: .function(random.pick([.integer, .string]), random.pick(Self.scalars))
    case 3: .record(random.pick(Self.scalars), .sequence(.integer))
    default: .set(.set(.integer))
    }
  }

  private mutating func fresh(_ letter: String = "v") -> String {
    counter += 1
    return "\(letter)\(counter)"
  }

  private mutating func expression(_ kind: Kind, depth: Int) -> String {
    if random.oneIn(4), let name = mention(of: kind, depth: depth) { return name }
    if depth <= 0 { return literal(kind) }
    if random.oneIn(5) { return general(kind, depth - 1) }
    switch kind {
    case .boolean: return boolean(depth - 1)
    case .integer: return integer(depth - 1)
    case .string: return literal(.string)
    case .set(let element): return set(element, depth - 1)
    case .sequence(let element): return sequence(element, depth - 1)
    case .function(let argument, let value): return function(argument, value, depth - 1)
    case .record(let first, let second): return record(first, second, depth - 1)
    }
  }

  /// A name of that kind in scope, applied if it takes arguments.
  private mutating func mention(of kind: Kind, depth: Int) -> String? {
    if old == kind, random.oneIn(2) { return "@" }
    let fitting = names.filter { $0.kind == kind }
    guard !fitting.isEmpty else { return nil }
    let name = random.pick(fitting)
    if name.takesOperator { return "\(name.text)( \(operation(depth)) )" }
    if name.parameters.isEmpty { return name.text }
    return "\(name.text)(" + name.parameters.map { expression($0, depth: depth - 1) }.joined(separator: ", ")
      + ")"
  }

  /// An operator on two integers.
  private mutating func operation(_ depth: Int) -> String {
    if random.oneIn(2) { return random.pick(["+", "-", "*", "\\div"]) }
    let (first, second) = (fresh(), fresh())
    let body = inScope([(first, .integer), (second, .integer)]) { $0.expression(.integer, depth: depth - 1) }
    return "LAMBDA \(first), \(second) : \(body)"
  }

  /// Runs `body` with these names in scope. `@` stays visible unless an `EXCEPT` begins.
  private mutating func inScope(_ bound: [(String, Kind)], _ body: (inout Self) -> String) -> String {
    let saved = names
    defer { names = saved }
    names += bound.map { Name(text: $0.0, parameters: [], kind: $0.1) }
    return body(&self)
  }

  private mutating func literal(_ kind: Kind) -> String {
    switch kind {
    case .boolean: return random.pick(["TRUE", "FALSE"])
    case .integer: return random.pick(["0", "1", "2", "3", "4", "(-1)", "7"])
    case .string: return "\"" + random.pick(["a", "b", "s", "t"]) + "\""
    case .set(let element):
      return "{" + (0..<random.below(4)).map { _ in literal(element) }.joined(separator: ", ") + "}"
    case .sequence(let element):
      return "<<" + (0..<random.below(4)).map { _ in literal(element) }.joined(separator: ", ") + ">>"
    case .function(let argument, let value):
      return "[\(fresh()) \\in \(literal(.set(argument))) |-> \(literal(value))]"
    case .record(let first, let second):
      return "[p |-> \(literal(first)), q |-> \(literal(second))]"
    }
  }

  // MARK: Forms of any kind

  private mutating func general(_ kind: Kind, _ depth: Int) -> String {
    switch random.below(9) {
    case 0:
      let condition = random.oneIn(25) ? literal(.integer) : expression(.boolean, depth: depth)
      return "(IF \(condition) THEN \(expression(kind, depth: depth)) ELSE \(expression(kind, depth: depth)))"
    case 1:
      let arms = (0...random.below(2)).map { _ in
        "\(expression(.boolean, depth: depth)) -> \(expression(kind, depth: depth))"
      }
      let other = random.oneIn(3) ? [] : ["OTHER -> \(expression(kind, depth: depth))"]
      return "(CASE " + (arms + other).joined(separator: " [] ") + ")"
    case 2: return "Head(\(expression(.sequence(kind), depth: depth)))"
    case 3: return "(\(expression(.sequence(kind), depth: depth)))[\(expression(.integer, depth: depth))]"
    case 4:
      let argument = random.pick([Kind.integer, .string])
      return "(\(expression(.function(argument, kind), depth: depth)))[\(expression(argument, depth: depth))]"
    case 5:
      return random.oneIn(2)
        ? "(\(expression(.record(kind, .integer), depth: depth))).p"
        : "(\(expression(.record(.boolean, kind), depth: depth))).q"
    case 6: return choose(kind, depth)
    default: return letIn(kind, depth)
    }
  }

  private mutating func choose(_ kind: Kind, _ depth: Int) -> String {
    let set = expression(.set(kind), depth: depth)
    let name = fresh()
    return "(CHOOSE \(name) \\in \(set) : "
      + inScope([(name, kind)]) { $0.expression(.boolean, depth: depth) } + ")"
  }

  private mutating func letIn(_ kind: Kind, _ depth: Int) -> String {
    let saved = names
    defer { names = saved }
    var definitions: [String] = []
    for _ in 0...random.below(2) {
      let result = random.oneIn(2) ? kind : random.pick([.integer, .boolean, composite()])
      let name = fresh("d")
      if random.oneIn(3) {
        definitions.append("\(name) == \(expression(result, depth: depth))")
        names.append(Name(text: name, parameters: [], kind: result))
      } else if random.oneIn(4) {
        let parameter = fresh("F")
        let arguments = (expression(.integer, depth: depth - 1), expression(.integer, depth: depth - 1))
        definitions.append("\(name)(\(parameter)(_, _)) == \(parameter)(\(arguments.0), \(arguments.1))")
        names.append(Name(text: name, parameters: [], kind: .integer, takesOperator: true))
      } else if random.oneIn(4) {
        let (argument, set) = (fresh(), literal(.set(.integer)))
        let body = inScope([(argument, .integer)]) { $0.expression(result, depth: depth - 1) }
        definitions.append("\(name)[\(argument) \\in \(set)] == \(body)")
        names.append(Name(text: name, parameters: [], kind: .function(.integer, result)))
      } else {
        let parameters = (0...random.below(2)).map { _ in
          (fresh(), random.pick([Kind.integer, .boolean, composite()]))
        }
        let body = inScope(parameters) { $0.expression(result, depth: depth) }
        definitions.append("\(name)(\(parameters.map(\.0).joined(separator: ", "))) == \(body)")
        names.append(Name(text: name, parameters: parameters.map(\.1), kind: result))
      }
    }
    return "(LET " + definitions.joined(separator: " ") + " IN \(expression(kind, depth: depth)))"
  }

  // MARK: Forms of one kind

  private mutating func boolean(_ depth: Int) -> String {
    switch random.below(12) {
    case 0, 1:
      let symbol = random.pick(["/\\", "\\/", "=>", "<=>"])
      return "(\(expression(.boolean, depth: depth)) \(symbol) \(expression(.boolean, depth: depth)))"
    case 2: return "~(\(expression(.boolean, depth: depth)))"
    case 3, 4:
      let symbol = random.pick(["<", ">", "<=", ">=", "=", "#"])
      let right = random.oneIn(30) ? literal(.string) : expression(.integer, depth: depth)
      return "(\(expression(.integer, depth: depth)) \(symbol) \(right))"
    case 5:
      let kind = random.pick(Self.scalars + [composite(), composite()])
      return
        "(\(expression(kind, depth: depth)) \(random.pick(["=", "#"])) \(expression(kind, depth: depth)))"
    case 6, 7:
      let kind = random.pick(Self.scalars + [.set(.integer), .sequence(.boolean)])
      return
        "(\(expression(kind, depth: depth)) \(random.pick(["\\in", "\\notin"])) \(expression(.set(kind), depth: depth)))"
    case 8:
      let kind = random.pick(Self.scalars)
      return "(\(expression(.set(kind), depth: depth)) \\subseteq \(expression(.set(kind), depth: depth)))"
    case 9, 10:
      let kind = random.pick(Self.scalars + [.set(.integer)])
      let (first, second) = (fresh(), fresh())
      let quantifier = random.pick(["\\A", "\\E"])
      let set = expression(.set(kind), depth: depth)
      if random.oneIn(2) {
        return "(\(quantifier) \(first) \\in \(set) : "
          + inScope([(first, kind)]) { $0.expression(.boolean, depth: depth) } + ")"
      }
      let bounds =
        random.oneIn(2)
        ? "\(first), \(second) \\in \(set)"
        : "<<\(first), \(second)>> \\in (\(set)) \\X \(expression(.set(kind), depth: depth - 1))"
      return "(\(quantifier) \(bounds) : "
        + inScope([(first, kind), (second, kind)]) { $0.expression(.boolean, depth: depth - 1) } + ")"
    default:
      return random.oneIn(2) ? literal(.boolean) : "IsFiniteSet(\(expression(.set(.integer), depth: depth)))"
    }
  }

  private mutating func integer(_ depth: Int) -> String {
    switch random.below(8) {
    case 0...3:
      let symbol = random.pick(["+", "-", "*", "\\div", "%"])
      let right =
        random.oneIn(30) ? literal(random.pick([.string, .boolean])) : expression(.integer, depth: depth)
      return "(\(expression(.integer, depth: depth)) \(symbol) \(right))"
    case 4: return "-(\(expression(.integer, depth: depth)))"
    case 5:
      return
        "Len(\(expression(random.oneIn(20) ? .integer : .sequence(random.pick(Self.scalars)), depth: depth)))"
    case 6:
      return "Cardinality(\(expression(.set(random.pick(Self.scalars + [.set(.boolean)])), depth: depth)))"
    default: return literal(.integer)
    }
  }

  private mutating func set(_ element: Kind, _ depth: Int) -> String {
    let own = Kind.set(element)
    switch random.below(10) {
    case 0, 1:
      let symbol = random.pick(["\\cup", "\\cap", "\\"])
      return "(\(expression(own, depth: depth)) \(symbol) \(expression(own, depth: depth)))"
    case 2:
      return "{"
        + (0..<random.below(3)).map { _ in expression(element, depth: depth) }.joined(separator: ", ") + "}"
    case 3, 4:
      let set = expression(own, depth: depth)
      let name = fresh()
      return "{\(name) \\in \(set) : " + inScope([(name, element)]) { $0.expression(.boolean, depth: depth) }
        + "}"
    case 5:
      let kind = random.pick(Self.scalars)
      let set = expression(.set(kind), depth: depth)
      let (first, second) = (fresh(), fresh())
      if random.oneIn(2) {
        return "{" + inScope([(first, kind)]) { $0.expression(element, depth: depth) }
          + " : \(first) \\in \(set)}"
      }
      return "{" + inScope([(first, kind), (second, .integer)]) { $0.expression(element, depth: depth - 1) }
        + " : \(first) \\in \(set), \(second) \\in 1..2}"
    case 6: return "UNION \(expression(.set(own), depth: depth - 1))"
    case 7:
      switch element {
      case .integer:
        return "(\(expression(.integer, depth: depth))..\(expression(.integer, depth: depth) ))".bounded
      case .boolean: return "BOOLEAN"
      case .set(let inner): return "SUBSET \(literal(.set(inner)))"
      case .sequence(let inner): return "((\(literal(.set(inner)))) \\X (\(literal(.set(inner)))))"
      case .function(let argument, let value):
        return "[\(literal(.set(argument))) -> \(literal(.set(value)))]"
      case .record(let first, let second):
        return "[p : \(literal(.set(first))), q : \(literal(.set(second)))]"
      default: return literal(own)
      }
    case 8:
      return element == .integer ? "DOMAIN (\(expression(.sequence(.string), depth: depth)))" : literal(own)
    default:
      if element == .string { return "DOMAIN (\(expression(.record(.integer, .boolean), depth: depth)))" }
      return literal(own)
    }
  }

  private mutating func sequence(_ element: Kind, _ depth: Int) -> String {
    let own = Kind.sequence(element)
    switch random.below(8) {
    case 0, 1: return "Append(\(expression(own, depth: depth)), \(expression(element, depth: depth)))"
    case 2: return "Tail(\(expression(own, depth: depth)))"
    case 3: return "(\(expression(own, depth: depth)) \\o \(expression(own, depth: depth)))"
    case 4:
      return
        "SubSeq(\(expression(own, depth: depth)), \(literal(.integer)), \(expression(.integer, depth: depth)))"
    case 5:
      return "<<"
        + (0..<random.below(4)).map { _ in expression(element, depth: depth) }.joined(separator: ", ") + ">>"
    case 6:
      let name = fresh()
      let body = inScope([(name, .integer)]) { $0.expression(element, depth: depth) }
      return "[\(name) \\in 1..\(random.pick(["0", "2", "3", "12"])) |-> \(body)]"
    default: return except(own, [(.index(.integer), element)], depth)
    }
  }

  private mutating func function(_ argument: Kind, _ value: Kind, _ depth: Int) -> String {
    switch random.below(3) {
    case 0: return except(.function(argument, value), [(.index(argument), value)], depth)
    default:
      let set = expression(.set(argument), depth: depth)
      let name = fresh()
      return "[\(name) \\in \(set) |-> " + inScope([(name, argument)]) { $0.expression(value, depth: depth) }
        + "]"
    }
  }

  private mutating func record(_ first: Kind, _ second: Kind, _ depth: Int) -> String {
    if random.oneIn(3) {
      var parts: [(Step, Kind)] = [(.field("p"), first), (.field("q"), second)]
      if case .sequence(let element) = second { parts.append((.fieldIndex("q"), element)) }
      return except(.record(first, second), parts, depth)
    }
    return "[p |-> \(expression(first, depth: depth)), q |-> \(expression(second, depth: depth))]"
  }

  private enum Step {
    case index(Kind)
    case field(String)
    case fieldIndex(String)
  }

  private mutating func except(_ own: Kind, _ parts: [(Step, Kind)], _ depth: Int) -> String {
    let base = expression(own, depth: depth)
    let updates = (0...random.below(2)).map { _ in
      let (step, kind) = random.pick(parts)
      let path =
        switch step {
        case .index(let argument): "[\(expression(argument, depth: depth - 1))]"
        case .field(let name): ".\(name)"
        case .fieldIndex(let name): ".\(name)[\(expression(.integer, depth: depth - 2))]"
        }
      let saved = old
      old = kind
      defer { old = saved }
      return "!\(path) = \(expression(kind, depth: depth))"
    }
    return "[\(base) EXCEPT " + updates.joined(separator: ", ") + "]"
  }
}

extension String {
  /// The part of an interval within small bounds, so that random bounds make no large sets.
  fileprivate var bounded: String { "(\(self) \\cap (-2..5))" }
}
