/// Writes random specifications. Their actions, constraints and invariants have shapes in which the order of evaluation matters.
///
/// Every behavior ends after a few steps and every value is small, so each specification is explored quickly.
struct WideModuleGenerator {
  private struct Variable {
    let name: String
    let kind: WideExpressionGenerator.Kind
  }

  private var generator: WideExpressionGenerator
  private var variables: [Variable] = []
  private var definitions: [Phrase] = []

  /// A module `M`, its configuration, and the modules that it instantiates.
  static func module(seed: UInt64) -> WideModule {
    var seeds = RandomGenerator(seed: seed)
    // Most modules soon have an error if one in a few operands has a wrong kind. Many modules should have none.
    let oddity = seeds.pick([nil, nil, 150, 60])
    var writer = WideModuleGenerator(generator: WideExpressionGenerator(seed: seeds.next(), oddity: oddity))
    return writer.module()
  }

  private var random: RandomGenerator {
    get { generator.random }
    set { generator.random = newValue }
  }

  private init(generator: WideExpressionGenerator) { self.generator = generator }

  private mutating func module() -> WideModule {
    let kinds: [WideExpressionGenerator.Kind] = [
      .integer, .boolean, .string, .model, .set(.integer), .sequence(.integer), .function(.model, .integer),
      .record(.integer, .boolean), .set(.model), .set(.set(.model)), .function(.integer, .boolean),
    ]
    variables = (0..<random.number(in: 1...3)).map {
      Variable(name: ["one", "two", "three"][$0], kind: random.pick(kinds))
    }
    let initial = assigning(random.shuffled(variables), depth: random.oneIn(4) ? 2 : 0, prime: "")
    let globals = variables.map { WideExpressionGenerator.Name(text: $0.name, kind: $0.kind, isGlobal: true) }
    let steps = scoped(globals + [.init(text: "step", kind: .integer, isGlobal: true)]) { writer in
      (0...writer.random.below(3)).map { _ in writer.action() }
    }
    let conditions = scoped(globals) { writer in
      (0..<4).map { _ in writer.generator.expression(.boolean, depth: 3) }
    }
    let invariants = random.below(3)
    let constrained = random.oneIn(3)
    let actionConstrained = random.oneIn(5)
    let module: Phrase = """
      ---- MODULE M ----
      EXTENDS Integers, Sequences, FiniteSets, TLC, Bags
      VARIABLES \(variables.map { "\($0.name), " }.joined())step
      \(ExpressionBatch.definitions)
      \(definitions, separator: "\n")
      Init == step = 0 /\\ \(initial)
      Next == \(steps, separator: " \\/ ")
      Inv1 == step < 9 /\\ \(conditions[0])
      Inv2 == \(conditions[1]) /\\ step < \(random.pick(["9", "9", "2"]))
      Bound == \(conditions[2]) \\/ step < 2
      Moves == \(conditions[3]) \\/ step' # step
      ====

      """
    let lines: [Phrase] =
      [
        Phrase(parts: [.text(ExpressionBatch.constants)]), "INIT Init", "NEXT Next",
        random.oneIn(3) ? "" : "CHECK_DEADLOCK FALSE",
      ] + (0..<invariants).map { ["INVARIANT Inv1", "INVARIANT Inv2"][$0] }
      + (constrained ? ["CONSTRAINT Bound"] : []) + (actionConstrained ? ["ACTION_CONSTRAINT Moves"] : [])
    return WideModule(text: Phrase(parts: module.parts + [.list(lines, separator: "\n"), .text("\n")]))
  }

  // MARK: Actions

  /// A disjunct of the next-state action. It takes one of a few steps.
  private mutating func action() -> Phrase {
    let body = assigning(random.shuffled(variables), depth: 3, prime: "'")
    let step: Phrase = random.oneIn(2) ? "step < 2 /\\ step' = step + 1" : "step' = step + 1 /\\ step < 3"
    return random.oneIn(3) ? "(\(step) /\\ \(body))" : "(step < 3 /\\ \(body) /\\ step' = step + 1)"
  }

  /// A formula that gives each of these variables a value, in one of many ways.
  private mutating func assigning(_ rest: [Variable], depth: Int, prime: String) -> Phrase {
    guard let first = rest.first else { return prime.isEmpty ? "TRUE" : test(depth - 1) }
    let others = Array(rest.dropFirst())
    func condition(_ writer: inout WideModuleGenerator) -> Phrase {
      prime.isEmpty ? writer.random.pick(["TRUE", "1 < 2", "P # R"]) : writer.test(depth - 1)
    }
    guard depth > 0 else {
      return "(\(assignment(first, depth: 1, prime)) /\\ \(assigning(others, depth: depth, prime: prime)))"
    }
    switch random.below(22) {
    case 0: return "(\(condition(&self)) /\\ \(assigning(rest, depth: depth - 1, prime: prime)))"
    case 1, 2: return bound("\\E", depth) { $0.assigning(rest, depth: depth - 1, prime: prime) }
    case 3:
      return
        "(IF \(condition(&self)) THEN \(assigning(rest, depth: depth - 1, prime: prime)) ELSE \(assigning(rest, depth: depth - 1, prime: prime)))"
    case 4:
      return
        "(CASE \(condition(&self)) -> \(assigning(rest, depth: depth - 1, prime: prime)) [] OTHER -> \(assigning(rest, depth: depth - 1, prime: prime)))"
    case 5:
      let kind = generator.randomKind()
      let name = generator.fresh("d")
      let value = generator.expression(kind, depth: 2)
      let body = scoped([.init(text: name, kind: kind)]) {
        $0.assigning(rest, depth: depth - 1, prime: prime)
      }
      return "(LET \(name) == \(value) IN \(body))"
    case 6:
      return
        "(\(assigning(rest, depth: depth - 1, prime: prime)) \\/ \(assigning(rest, depth: depth - 1, prime: prime)))"
    case 7:
      let multiplying = bound("\\E", depth) { $0.generator.expression(.boolean, depth: 1) }
      return "(\(multiplying) /\\ \(assigning(rest, depth: depth - 1, prime: prime)))"
    case 8:
      return
        "((\(condition(&self)) \\/ \(condition(&self))) /\\ \(assigning(rest, depth: depth - 1, prime: prime)))"
    case 9:
      let all = bound("\\A", depth) { $0.generator.expression(.boolean, depth: 1) }
      return "(\(all) /\\ \(assigning(rest, depth: depth - 1, prime: prime)))"
    case 10: return defined(assigning(rest, depth: depth - 1, prime: prime))
    case 11 where !prime.isEmpty:
      return "(UNCHANGED <<\(rest.map { Phrase(parts: [.text($0.name)]) }, separator: ", ")>>)"
    case 12: return "(\(condition(&self)) => \(assigning(rest, depth: depth - 1, prime: prime)))"
    case 13: return "(\(assigning(rest, depth: depth - 1, prime: prime)) /\\ \(condition(&self)))"
    case 14:
      let name = generator.fresh("d")
      return "(LET \(name) == \(assigning(rest, depth: depth - 1, prime: prime)) IN \(name))"
    case 15 where random.oneIn(6): return assigning(others, depth: depth, prime: prime)
    default:
      let now = assignment(first, depth: 2, prime)
      let known = WideExpressionGenerator.Name(text: first.name + prime, kind: first.kind, isGlobal: true)
      let later = scoped([known]) { $0.assigning(others, depth: depth, prime: prime) }
      return "(\(now) /\\ \(later))"
    }
  }

  private mutating func assignment(_ variable: Variable, depth: Int, _ prime: String) -> Phrase {
    let name = variable.name + prime
    switch random.below(6) {
    case 0: return "\(name) \\in \(generator.set(variable.kind, 1))"
    case 1 where !prime.isEmpty: return "UNCHANGED \(variable.name)"
    case 2:
      let bound = generator.fresh("q")
      return "(\\E \(bound) \\in \(generator.set(variable.kind, 1)) : \(name) = \(bound))"
    default: return "\(name) = \(generator.expression(variable.kind, depth: depth))"
    }
  }

  private mutating func test(_ depth: Int) -> Phrase {
    random.oneIn(3) ? "TRUE" : generator.expression(.boolean, depth: max(1, depth))
  }

  /// A quantified formula whose body may mention the bound names.
  private mutating func bound(_ quantifier: String, _ depth: Int, _ body: (inout Self) -> Phrase) -> Phrase {
    let kind = generator.randomKind()
    let set = generator.set(kind, 1)
    let name = generator.fresh("q")
    let inner = scoped([.init(text: name, kind: kind)], body)
    return "(\(quantifier) \(name) \\in \(set) : \(inner))"
  }

  private mutating func scoped<Result>(
    _ names: [WideExpressionGenerator.Name], _ body: (inout Self) -> Result
  ) -> Result {
    let saved = generator.names
    defer { generator.names = saved }
    generator.names += names
    return body(&self)
  }

  /// A definition in the module for the formula. Its parameters are the names that are bound at the use.
  private mutating func defined(_ formula: Phrase) -> Phrase {
    let local = generator.names.filter { !$0.isGlobal }.map(\.text)
    let name = generator.fresh("A")
    let parameters = local.isEmpty ? "" : "(\(local.joined(separator: ", ")))"
    definitions.append("\(name)\(parameters) == \(formula)")
    return Phrase(parts: [.text(name + parameters)])
  }
}

/// A module with its configuration.
package struct WideModule: Sendable {
  /// The module and the configuration, one after the other.
  var text: Phrase

  package init(seed: UInt64) { self = WideModuleGenerator.module(seed: seed) }

  init(text: Phrase) { self.text = text }

  /// The files in the folder of a check.
  package var files: [String: String] {
    let whole = "\(text)"
    let end = whole.firstRange(of: "\n====\n")?.upperBound ?? whole.endIndex
    return [
      "M.tla": String(whole[..<end]), "M.cfg": String(whole[end...]), "Given.tla": ExpressionBatch.given,
    ]
  }

  /// A module that contains every part that the others have.
  static let plain = WideModule(
    text: """
      ---- MODULE M ----
      EXTENDS Integers, Sequences, FiniteSets, TLC, Bags
      VARIABLES plain
      \(ExpressionBatch.definitions)
      ASSUME Cardinality({1, U}) = 2 /\\ Len(<<[f |-> 1].f>>) = 1 /\\ Repeat({{}}, TRUE) /\\ Same(Id(TRUE))!Value
      ASSUME LET f[x \\in {1}] == x IN f[1] = 1 /\\ Apply1(LAMBDA x : x, TRUE)
      Init == plain = 0
      Next == UNCHANGED plain
      Inv == plain \\in Nat
      ====
      \(ExpressionBatch.constants)
      INIT Init
      NEXT Next
      INVARIANT Inv
      """)
}
