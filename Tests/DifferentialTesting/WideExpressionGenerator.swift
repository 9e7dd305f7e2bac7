/// Writes random expressions of every kind. Most are well typed; some have operands of any kind.
///
/// The names in them are those of `ExpressionBatch.prelude` and those in scope.
struct WideExpressionGenerator {
  indirect enum Kind: Hashable, Sendable {
    case boolean, integer, string, model
    case set(Kind)
    case sequence(Kind)
    case function(Kind, Kind)
    /// A record with the fields `f` and `g`.
    case record(Kind, Kind)
  }

  struct Name {
    let text: String
    let kind: Kind
    /// Whether all definitions see it: a variable or a definition of the module.
    var isGlobal = false
  }

  var random: RandomGenerator
  var names: [Name]
  /// One in this many operands is of any kind; nil for none.
  let oddity: Int?
  private var counter = 0

  init(seed: UInt64, names: [Name] = [], oddity: Int? = 16) {
    random = RandomGenerator(seed: seed)
    self.names = names
    self.oddity = oddity
  }

  static let scalars: [Kind] = [.boolean, .integer, .string, .model]

  /// An operator on operands of any kind, which may themselves be made with operators.
  mutating func mismatched(depth: Int) -> Phrase {
    let form = random.pick(OperatorForm.all)
    counter += 1
    let number = counter
    return form.applied(to: (0..<form.arity).map { _ in operand(depth: depth - 1) }, number: number)
  }

  /// A well-typed expression of a random kind.
  mutating func wellTyped(depth: Int) -> Phrase {
    let kind = random.oneIn(2) ? .boolean : randomKind()
    return expression(kind, depth: depth)
  }

  mutating func randomKind() -> Kind {
    random.pick([
      random.pick(Self.scalars), .set(random.pick(Self.scalars)), .set(.set(random.pick(Self.scalars))),
      .sequence(random.pick(Self.scalars)), .function(random.pick(Self.scalars), random.pick(Self.scalars)),
      .record(random.pick(Self.scalars), .set(.integer)), .set(.sequence(.integer)),
      .set(.record(.integer, .string)), .set(.function(.model, .integer)),
      .sequence(.record(.string, .integer)),
    ])
  }

  private mutating func operand(depth: Int) -> Phrase {
    if depth > 0, random.oneIn(3) { return mismatched(depth: depth) }
    if depth > 0, random.oneIn(6) { return expression(randomKind(), depth: depth) }
    return Phrase(parts: [.text(random.pick(ValueKind.all).expression)])
  }

  mutating func fresh(_ letter: String = "v") -> String {
    counter += 1
    return "\(letter)\(counter)"
  }

  /// Runs with these names in scope.
  mutating func inScope<Result>(_ bound: [Name], _ body: (inout Self) -> Result) -> Result {
    let saved = names
    defer { names = saved }
    names += bound
    return body(&self)
  }

  mutating func expression(_ kind: Kind, depth: Int) -> Phrase {
    if let oddity, random.oneIn(oddity) { return operand(depth: min(depth, 1)) }
    let fitting = names.filter { $0.kind == kind }
    if !fitting.isEmpty, random.oneIn(3) { return Phrase(parts: [.text(random.pick(fitting).text)]) }
    if depth <= 0 { return literal(kind) }
    if random.oneIn(6) { return routed(expression(kind, depth: depth - 1), kind, depth - 1) }
    if random.oneIn(5) { return general(kind, depth - 1) }
    switch kind {
    case .boolean: return boolean(depth - 1)
    case .integer: return integer(depth - 1)
    case .string, .model: return random.oneIn(2) ? literal(kind) : choose(kind, depth - 1)
    case .set(let element): return set(element, depth - 1)
    case .sequence(let element): return sequence(element, depth - 1)
    case .function(let argument, let value): return function(argument, value, depth - 1)
    case .record(let first, let second): return record(first, second, depth - 1)
    }
  }

  func literals(_ kind: Kind) -> [String] {
    switch kind {
    case .boolean: ["TRUE", "FALSE"]
    case .integer: ["0", "1", "2", "3", "(-1)"]
    case .string: ["\"a\"", "\"b\"", "\"zz\"", "\"f\"", "\"Nat\"", "\"s\""]
    case .model: ["U", "V", "P", "R"]
    default: []
    }
  }

  mutating func literal(_ kind: Kind) -> Phrase {
    switch kind {
    case .boolean, .integer, .string, .model: return Phrase(parts: [.text(random.pick(literals(kind)))])
    case .set(let element):
      let count = random.pick([0, 1, 2, 2, 3])
      return "{\((0..<count).map { _ in literal(element) }, separator: ", ")}"
    case .sequence(let element):
      return "<<\((0..<random.below(3)).map { _ in literal(element) }, separator: ", ")>>"
    case .function(let argument, let value):
      return random.oneIn(2)
        ? "(\(literal(argument)) :> \(literal(value)))"
        : "[\(fresh()) \\in \(literal(.set(argument))) |-> \(literal(value))]"
    case .record(let first, let second): return "[f |-> \(literal(first)), g |-> \(literal(second))]"
    }
  }

  // MARK: Routes

  /// The same value by another route: through a definition, an argument, an instance or an override.
  private mutating func routed(_ value: Phrase, _ kind: Kind, _ depth: Int) -> Phrase {
    let name = fresh("d")
    switch random.below(19) {
    case 0: return "Id(\(value))"
    case 1: return "Apply1(LAMBDA x : x, \(value))"
    case 2: return "Apply1(Id, \(value))"
    case 3: return "(LET \(name) == \(value) IN \(name))"
    case 4: return "(LET \(name)(x) == x IN \(name)(\(value)))"
    case 5: return "Repeat({{{}}}, \(value))"
    case 6: return "Same(\(value))!Value"
    case 7: return "Overridden(\(value))"
    case 8: return "Same(\(value))!Paired(\(literal(.integer)))[1]"
    case 9: return "Same(\(value))!Applied(LAMBDA x : x)"
    case 10: return "TLCEval(\(value))"
    case 11: return "Early(\(value), \(expression(randomKind(), depth: depth - 1)))"
    case 12: return "[\(name) \\in {1} |-> \(value)][1]"
    case 13: return "(CHOOSE \(name) \\in {\(value)} : TRUE)"
    case 15: return "RepeatWith(Id, {{{}}}, \(value))"
    case 16: return "RepeatWith(LAMBDA x : x, {{{}}}, \(value))"
    case 17: return "Same(\(value))!ReplacedGiven"
    case 14: return "Apply2(LAMBDA x, y : x, \(value), \(literal(randomKind())))"
    default:
      let index = fresh()
      return
        "(LET \(name)[\(index) \\in 0..2] == IF \(index) = 0 THEN \(value) ELSE \(name)[\(index) - 1] IN \(name)[2])"
    }
  }

  /// An infix operator, sometimes through an argument.
  private mutating func infix(_ symbol: String, _ left: Phrase, _ right: Phrase) -> Phrase {
    switch random.below(10) {
    case 0: return "Apply2(\(symbol), \(left), \(right))"
    case 1: return "Apply2(LAMBDA x, y : x \(symbol) y, \(left), \(right))"
    case 2:
      let name = fresh("d")
      return "(LET \(name)(x, y) == x \(symbol) y IN \(name)(\(left), \(right)))"
    default: return "(\(left) \(symbol) \(right))"
    }
  }

  // MARK: Forms of any kind

  private mutating func general(_ kind: Kind, _ depth: Int) -> Phrase {
    switch random.below(9) {
    case 0:
      return
        "(IF \(expression(.boolean, depth: depth)) THEN \(expression(kind, depth: depth)) ELSE \(expression(kind, depth: depth)))"
    case 1:
      return
        "(CASE \(expression(.boolean, depth: depth)) -> \(expression(kind, depth: depth)) [] OTHER -> \(expression(kind, depth: depth)))"
    case 2: return "Head(\(expression(.sequence(kind), depth: depth)))"
    case 3: return "(\(expression(.sequence(kind), depth: depth)))[\(expression(.integer, depth: depth))]"
    case 4:
      let argument = random.pick(Self.scalars)
      return "(\(expression(.function(argument, kind), depth: depth)))[\(expression(argument, depth: depth))]"
    case 5: return "(\(expression(.record(kind, .integer), depth: depth))).f"
    case 6, 7: return choose(kind, depth)
    default:
      let inner = randomKind()
      let name = fresh("d")
      let value = expression(inner, depth: depth)
      let body = inScope([Name(text: name, kind: inner)]) { $0.expression(kind, depth: depth) }
      return "(LET \(name) == \(value) IN \(body))"
    }
  }

  private mutating func choose(_ kind: Kind, _ depth: Int) -> Phrase {
    let set = set(kind, depth)
    let name = fresh()
    let body = inScope([Name(text: name, kind: kind)]) { $0.expression(.boolean, depth: depth) }
    return "(CHOOSE \(name) \\in \(set) : \(random.oneIn(2) ? "TRUE" : body))"
  }

  // MARK: Forms of one kind

  private mutating func boolean(_ depth: Int) -> Phrase {
    let kind = randomKind()
    switch random.below(16) {
    case 0, 1:
      return infix(
        random.pick(["/\\", "\\/", "=>", "<=>"]), expression(.boolean, depth: depth),
        expression(.boolean, depth: depth))
    case 2: return "(~ \(expression(.boolean, depth: depth)))"
    case 3:
      return infix(
        random.pick(["<", ">", "<=", ">="]), expression(.integer, depth: depth),
        expression(.integer, depth: depth))
    case 4, 5:
      return infix(random.pick(["=", "#"]), expression(kind, depth: depth), expression(kind, depth: depth))
    case 6, 7, 8:
      return infix(
        random.pick(["\\in", "\\in", "\\notin"]), expression(kind, depth: depth), describedSet(kind, depth))
    case 9:
      return infix(
        random.pick(["\\subseteq", "="]), describedSet(kind, depth), describedSet(kind, depth))
    case 10: return "(\(describedSet(kind, depth)) = \(expression(.set(kind), depth: depth)))"
    case 11, 12, 13: return quantified(depth)
    case 14: return "IsFiniteSet(\(describedSet(kind, depth)))"
    default: return "(\(expression(.set(kind), depth: depth)) \\in SUBSET \(describedSet(kind, depth)))"
    }
  }

  private mutating func quantified(_ depth: Int) -> Phrase {
    let kind = randomKind()
    let quantifier = random.pick(["\\A", "\\E"])
    let (first, second) = (fresh(), fresh())
    let one = Name(text: first, kind: kind)
    switch random.below(5) {
    case 0:
      let (left, right) = (random.pick(Self.scalars), random.pick(Self.scalars))
      let sets = (expression(.set(left), depth: depth), expression(.set(right), depth: depth))
      let body = inScope([Name(text: first, kind: left), Name(text: second, kind: right)]) {
        $0.expression(.boolean, depth: depth)
      }
      return random.oneIn(2)
        ? "(\(quantifier) <<\(first), \(second)>> \\in \(sets.0) \\X \(sets.1) : \(body))"
        : "(\(quantifier) \(first) \\in \(sets.0), \(second) \\in \(sets.1) : \(body))"
    case 1:
      let set = expression(.set(kind), depth: depth)
      let body = inScope([one, Name(text: second, kind: kind)]) { $0.expression(.boolean, depth: depth) }
      return "(\(quantifier) \(first), \(second) \\in \(set) : \(body))"
    default:
      let set = set(kind, depth)
      let body = inScope([one]) { $0.expression(.boolean, depth: depth) }
      return "(\(quantifier) \(first) \\in \(set) : \(body))"
    }
  }

  private mutating func integer(_ depth: Int) -> Phrase {
    let kind = randomKind()
    switch random.below(8) {
    case 0, 1, 2:
      return infix(
        random.pick(["+", "-", "*", "\\div", "%"]), expression(.integer, depth: depth),
        expression(.integer, depth: depth))
    case 3: return "(- \(expression(.integer, depth: depth)))"
    case 4: return "Len(\(expression(.sequence(random.pick(Self.scalars)), depth: depth)))"
    case 5, 6: return "Cardinality(\(set(kind, depth)))"
    default: return literal(.integer)
    }
  }

  /// A set that may be infinite, or one that is described instead of listed.
  mutating func describedSet(_ element: Kind, _ depth: Int) -> Phrase {
    if depth <= 0 || random.oneIn(4) { return expression(.set(element), depth: depth) }
    switch random.below(6) {
    case 0:
      return infix(
        random.pick(["\\cup", "\\cap", "\\"]), describedSet(element, depth - 1),
        describedSet(element, depth - 1))
    case 1:
      let name = fresh()
      let set = describedSet(element, depth - 1)
      let body = inScope([Name(text: name, kind: element)]) { $0.expression(.boolean, depth: depth - 1) }
      return "{\(name) \\in \(set) : \(body)}"
    case 2:
      return
        "(UNION {\([describedSet(element, depth - 1), expression(.set(element), depth: depth - 1)], separator: ", ")})"
    default: break
    }
    switch element {
    case .boolean: return "BOOLEAN"
    case .integer: return random.oneIn(2) ? "Nat" : "Int"
    case .string: return "STRING"
    case .model: return "Models"
    case .set(let inner): return "(SUBSET \(describedSet(inner, 0)))"
    case .sequence(let inner): return "Seq(\(describedSet(inner, depth - 1)))"
    case .function(let argument, let value):
      return "[\(expression(.set(argument), depth: depth - 1)) -> \(describedSet(value, depth - 1))]"
    case .record(let first, let second):
      return "[f : \(describedSet(first, depth - 1)), g : \(describedSet(second, depth - 1))]"
    }
  }

  /// A finite set.
  mutating func set(_ element: Kind, _ depth: Int) -> Phrase {
    let own = Kind.set(element)
    guard depth > 0 else { return literal(own) }
    switch random.below(12) {
    case 0, 1:
      return infix(
        random.pick(["\\cup", "\\cap", "\\"]), expression(own, depth: depth), expression(own, depth: depth))
    case 2:
      return "{\((0..<random.below(4)).map { _ in expression(element, depth: depth - 1) }, separator: ", ")}"
    case 3, 4:
      let set = set(element, depth - 1)
      let name = fresh()
      let body = inScope([Name(text: name, kind: element)]) { $0.expression(.boolean, depth: depth) }
      return "{\(name) \\in \(set) : \(body)}"
    case 5:
      let kind = random.pick(Self.scalars)
      let set = set(kind, depth - 1)
      let name = fresh()
      let body = inScope([Name(text: name, kind: kind)]) { $0.expression(element, depth: depth) }
      return "{\(body) : \(name) \\in \(set)}"
    case 6: return "(UNION \(set(own, depth - 1)))"
    case 7, 8, 9: return family(of: element)
    case 10: return "(DOMAIN \(expression(.function(element, .integer), depth: depth)))"
    default: return literal(own)
    }
  }

  /// A finite set that TLC keeps as its description.
  private mutating func family(of element: Kind) -> Phrase {
    switch element {
    case .boolean: return "BOOLEAN"
    case .integer: return "(\(literal(.integer))..\(literal(.integer)))"
    case .string: return "(DOMAIN \(literal(.record(.integer, .integer))))"
    case .model: return "Models"
    case .set(let inner): return "(SUBSET \(literal(.set(inner))))"
    case .sequence(let inner):
      return random.oneIn(2)
        ? "(\(literal(.set(inner))) \\X \(literal(.set(inner))))" : "[1..2 -> \(literal(.set(inner)))]"
    case .function(let argument, let value): return "[\(literal(.set(argument))) -> \(literal(.set(value)))]"
    case .record(let first, let second): return "[f : \(literal(.set(first))), g : \(literal(.set(second)))]"
    }
  }

  private mutating func sequence(_ element: Kind, _ depth: Int) -> Phrase {
    let own = Kind.sequence(element)
    switch random.below(8) {
    case 0: return "Append(\(expression(own, depth: depth)), \(expression(element, depth: depth)))"
    case 1: return "Tail(\(expression(own, depth: depth)))"
    case 2: return infix("\\o", expression(own, depth: depth), expression(own, depth: depth))
    case 3: return "SubSeq(\(expression(own, depth: depth)), \(literal(.integer)), \(literal(.integer)))"
    case 4:
      return "<<\((0..<random.below(4)).map { _ in expression(element, depth: depth) }, separator: ", ")>>"
    case 5:
      let name = fresh()
      let body = inScope([Name(text: name, kind: .integer)]) { $0.expression(element, depth: depth) }
      return "[\(name) \\in 1..\(random.pick(["0", "1", "2", "3"])) |-> \(body)]"
    case 6:
      let name = fresh()
      let body = inScope([Name(text: name, kind: element)]) { $0.expression(.boolean, depth: depth) }
      return "SelectSeq(\(expression(own, depth: depth)), LAMBDA \(name) : \(body))"
    default: return except(own, index: .integer, value: element, depth)
    }
  }

  private mutating func function(_ argument: Kind, _ value: Kind, _ depth: Int) -> Phrase {
    let own = Kind.function(argument, value)
    switch random.below(5) {
    case 0: return except(own, index: argument, value: value, depth)
    case 1: return infix("@@", expression(own, depth: depth), expression(own, depth: depth))
    case 2: return "(\(expression(argument, depth: depth)) :> \(expression(value, depth: depth)))"
    default:
      let set = set(argument, depth)
      let name = fresh()
      let body = inScope([Name(text: name, kind: argument)]) { $0.expression(value, depth: depth) }
      return "[\(name) \\in \(set) |-> \(body)]"
    }
  }

  private mutating func record(_ first: Kind, _ second: Kind, _ depth: Int) -> Phrase {
    if random.oneIn(3) {
      return
        "[\(expression(.record(first, second), depth: depth)) EXCEPT !.f = \(expression(first, depth: depth))]"
    }
    return "[f |-> \(expression(first, depth: depth)), g |-> \(expression(second, depth: depth))]"
  }

  private mutating func except(_ own: Kind, index: Kind, value: Kind, _ depth: Int) -> Phrase {
    let base = expression(own, depth: depth)
    let at = expression(index, depth: depth - 1)
    let old = Name(text: "@", kind: value)
    let new =
      random.oneIn(2) ? expression(value, depth: depth) : inScope([old]) { $0.expression(value, depth: 0) }
    return "[\(base) EXCEPT ![\(at)] = \(new)]"
  }
}
