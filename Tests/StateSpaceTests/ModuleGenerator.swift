import DifferentialTesting

/// A random specification over a few small integer variables: its text, and its meaning, which is computed from the same description.
///
/// The meaning follows TLC's rules of counting. A disjunction and an `\E` give a successor for each way in which they are true. When every
/// variable has its next value, the remaining conjuncts are only tests.
struct ModuleGenerator {
  indirect enum Number {
    case literal(Int)
    case variable(Int)
    case primed(Int)
    case bound(String)
    case sum(Number, Number, modulus: Int)
  }

  indirect enum Condition {
    case less(Number, Number)
    case equal(Number, Number)
    case not(Condition)
  }

  indirect enum Formula {
    case test(Condition)
    case assign(Int, Number)
    /// `x' \in a..b`
    case choose(Int, Number, Number)
    case unchanged([Int])
    case and([Formula])
    case or([Formula])
    case conditional(Condition, Formula, Formula)
    case implication(Condition, Formula)
    /// `\E name \in 0..n : …`
    case exists(String, Number, Formula)
    case forAll(String, Int, Formula)
    case definition(String, Formula)
  }

  typealias State = [Int]

  private var random: RandomGenerator
  private(set) var width = 2
  private var modulus = 3
  private var counter = 0
  private var bound: [String] = []
  private var definitions: [(name: String, parameters: [String], body: String)] = []

  private(set) var initial = Formula.and([])
  private(set) var next = Formula.and([])
  private(set) var invariant = Condition.equal(.literal(0), .literal(0))
  private(set) var constraint: Condition?
  private(set) var checksDeadlock = true

  init(seed: UInt64) {
    random = RandomGenerator(seed: seed)
    width = random.number(in: 2...3)
    modulus = random.number(in: 2...4)
    initial = assignment(random.shuffled(Array(0..<width)), isInitial: true)
    next = .or((0...random.below(3)).map { _ in named(action()) })
    invariant =
      random.oneIn(2) ? .not(.equal(number([]), .literal(modulus - 1))) : .less(.literal(-1), number([]))
    constraint = random.oneIn(4) ? condition([]) : nil
    checksDeadlock = random.oneIn(2)
  }

  // MARK: Random writing

  private mutating func number(_ assigned: Set<Int>) -> Number {
    switch random.below(bound.isEmpty ? 4 : 5) {
    case 0: return .literal(random.below(modulus))
    case 1, 2:
      if let known = assigned.sorted().first, random.oneIn(3) { return .primed(known) }
      return .variable(random.below(width))
    case 3: return .sum(.variable(random.below(width)), .literal(random.below(modulus)), modulus: modulus)
    default: return .sum(.bound(random.pick(bound)), .variable(random.below(width)), modulus: modulus)
    }
  }

  private mutating func condition(_ assigned: Set<Int>) -> Condition {
    switch random.below(3) {
    case 0: .less(number(assigned), number(assigned))
    case 1: .equal(number(assigned), number(assigned))
    default: .not(.equal(number(assigned), number(assigned)))
    }
  }

  private mutating func action() -> Formula {
    let order = random.shuffled(Array(0..<width))
    switch random.below(4) {
    case 0:
      counter += 1
      let name = "k\(counter)e"
      bound.append(name)
      defer { bound.removeLast() }
      return .exists(name, .literal(random.below(3)), assignment(order, isInitial: false))
    case 1:
      return .or([assignment(order, isInitial: false), assignment(random.shuffled(order), isInitial: false)])
    default: return assignment(order, isInitial: false)
    }
  }

  /// Parts that test without assigning. Some of them generate states several times.
  private mutating func guardPart(_ assigned: Set<Int>) -> Formula {
    switch random.below(5) {
    case 0: return .or([.test(condition(assigned)), .test(condition(assigned))])
    case 1, 2:
      counter += 1
      let name = "k\(counter)e"
      bound.append(name)
      defer { bound.removeLast() }
      let body = Formula.test(condition(assigned))
      if random.oneIn(3) { return .forAll(name, random.below(3), .or([body, .test(condition(assigned))])) }
      return .exists(name, random.oneIn(2) ? .literal(2) : .variable(random.below(width)), body)
    case 3:
      return .implication(condition(assigned), .or([.test(condition(assigned)), .test(condition(assigned))]))
    default: return .test(condition(assigned))
    }
  }

  private mutating func single(_ variable: Int, _ assigned: Set<Int>, isInitial: Bool) -> Formula {
    let value = isInitial ? Number.literal(random.below(modulus)) : number(assigned)
    switch random.below(isInitial ? 4 : 8) {
    case 0:
      return .choose(variable, .literal(0), isInitial ? .literal(random.below(modulus)) : number(assigned))
    case 1: return .or([.assign(variable, value), .assign(variable, .literal(random.below(modulus)))])
    case 2, 3: return .assign(variable, value)
    case 4: return .unchanged([variable])
    case 5:
      return .conditional(
        condition(assigned), single(variable, assigned, isInitial: false),
        single(variable, assigned, isInitial: false))
    case 6:
      return .and([.test(condition(assigned)), .assign(variable, value)])
    default:
      counter += 1
      let name = "k\(counter)e"
      bound.append(name)
      defer { bound.removeLast() }
      return .exists(name, .literal(random.below(3)), .assign(variable, number(assigned)))
    }
  }

  private mutating func assignment(_ order: [Int], isInitial: Bool) -> Formula {
    var parts: [Formula] = []
    var assigned: Set<Int> = []
    for variable in order {
      if !isInitial, random.oneIn(2) { parts.append(guardPart(assigned)) }
      parts.append(single(variable, assigned, isInitial: isInitial))
      assigned.insert(variable)
    }
    if !isInitial, random.oneIn(2) { parts.append(guardPart(assigned)) }
    if !isInitial, random.oneIn(4) { parts.append(.choose(order[0], .literal(0), .literal(1))) }
    if !isInitial, random.oneIn(3) {
      let middle = parts.count / 2
      return .and([named(.and(Array(parts[..<middle]))), .and(Array(parts[middle...]))])
    }
    return .and(parts)
  }

  /// Gives a formula its own definition. The bound names that the formula may mention are the parameters.
  private mutating func named(_ formula: Formula) -> Formula {
    guard !random.oneIn(3) else { return formula }
    counter += 1
    let name = "A\(counter)"
    let parameters = bound.map { "p\(counter)\($0)" }
    let renaming = Dictionary(uniqueKeysWithValues: zip(bound, parameters))
    definitions.append((name: name, parameters: parameters, body: Self.text(formula, renaming)))
    let call = bound.isEmpty ? name : "\(name)(\(bound.joined(separator: ", ")))"
    return .definition(call, formula)
  }

  // MARK: Text

  private static func name(_ variable: Int) -> String { ["x", "y", "z"][variable] }

  private static func text(_ number: Number, _ renaming: [String: String]) -> String {
    switch number {
    case .literal(let value): value < 0 ? "(\(value))" : "\(value)"
    case .variable(let index): name(index)
    case .primed(let index): name(index) + "'"
    case .bound(let name): renaming[name] ?? name
    case .sum(let left, let right, let modulus):
      "((\(text(left, renaming)) + \(text(right, renaming))) % \(modulus))"
    }
  }

  private static func text(_ condition: Condition, _ renaming: [String: String]) -> String {
    switch condition {
    case .less(let left, let right): "\(text(left, renaming)) < \(text(right, renaming))"
    case .equal(let left, let right): "\(text(left, renaming)) = \(text(right, renaming))"
    case .not(let inner): "~(\(text(inner, renaming)))"
    }
  }

  private static func text(_ formula: Formula, _ renaming: [String: String], prime: String = "'") -> String {
    func inner(_ formula: Formula) -> String { text(formula, renaming, prime: prime) }
    switch formula {
    case .test(let condition): return text(condition, renaming)
    case .assign(let variable, let value): return "\(name(variable))\(prime) = \(text(value, renaming))"
    case .choose(let variable, let low, let high):
      return "\(name(variable))\(prime) \\in \(text(low, renaming))..\(text(high, renaming))"
    case .unchanged(let variables): return "UNCHANGED <<\(variables.map(name).joined(separator: ", "))>>"
    case .and(let parts):
      return parts.isEmpty ? "TRUE" : "(" + parts.map { "(\(inner($0)))" }.joined(separator: " /\\ ") + ")"
    case .or(let parts): return "(" + parts.map { "(\(inner($0)))" }.joined(separator: " \\/ ") + ")"
    case .conditional(let condition, let yes, let no):
      return "(IF \(text(condition, renaming)) THEN \(inner(yes)) ELSE \(inner(no)))"
    case .implication(let condition, let conclusion):
      return "((\(text(condition, renaming))) => (\(inner(conclusion))))"
    case .exists(let name, let last, let body):
      return "(\\E \(name) \\in 0..\(text(last, renaming)) : \(inner(body)))"
    case .forAll(let name, let last, let body): return "(\\A \(name) \\in 0..\(last) : \(inner(body)))"
    case .definition(let call, _):
      return renaming.reduce(call) { text, pair in
        text.replacing("(\(pair.key)", with: "(\(pair.value)").replacing(
          " \(pair.key)", with: " \(pair.value)")
      }
    }
  }

  /// The module's body.
  var body: String {
    let heads = definitions.map { definition in
      let parameters =
        definition.parameters.isEmpty ? "" : "(\(definition.parameters.joined(separator: ", ")))"
      return "\(definition.name)\(parameters) == \(definition.body)"
    }
    return """
      EXTENDS Integers
      VARIABLES \((0..<width).map(Self.name).joined(separator: ", "))
      \(heads.joined(separator: "\n"))
      Init == \(Self.text(initial, [:], prime: ""))
      Next == \(Self.text(next, [:]))
      Invariant == \(Self.text(invariant, [:]))
      Constraint == \(constraint.map { Self.text($0, [:]) } ?? "TRUE")
      """
  }

  var configuration: String {
    "INIT Init\nNEXT Next\nINVARIANT Invariant\nCONSTRAINT Constraint\nCHECK_DEADLOCK \(checksDeadlock ? "TRUE" : "FALSE")"
  }

  // MARK: Meaning

  private struct Step {
    let state: State
    var next: [Int?]
    var bound: [String: Int] = [:]
    var isComplete: Bool { !next.contains { $0 == nil } }
  }

  private func value(_ number: Number, _ step: Step) -> Int {
    switch number {
    case .literal(let value): value
    case .variable(let index): step.state[index]
    case .primed(let index): step.next[index] ?? 0
    case .bound(let name): step.bound[name] ?? 0
    case .sum(let left, let right, let modulus): (value(left, step) + value(right, step)) % modulus
    }
  }

  private func holds(_ condition: Condition, _ step: Step) -> Bool {
    switch condition {
    case .less(let left, let right): value(left, step) < value(right, step)
    case .equal(let left, let right): value(left, step) == value(right, step)
    case .not(let inner): !holds(inner, step)
    }
  }

  /// Whether a formula holds for a step that has all its values.
  private func holds(_ formula: Formula, _ step: Step) -> Bool {
    switch formula {
    case .test(let condition): return holds(condition, step)
    case .assign(let variable, let number): return step.next[variable] == value(number, step)
    case .choose(let variable, let low, let high):
      guard let now = step.next[variable] else { return false }
      return value(low, step) <= now && now <= value(high, step)
    case .unchanged(let variables): return variables.allSatisfy { step.next[$0] == step.state[$0] }
    case .and(let parts): return parts.allSatisfy { holds($0, step) }
    case .or(let parts): return parts.contains { holds($0, step) }
    case .conditional(let condition, let yes, let no):
      return holds(condition, step) ? holds(yes, step) : holds(no, step)
    case .implication(let condition, let conclusion):
      return !holds(condition, step) || holds(conclusion, step)
    case .exists(let name, let last, let body):
      return steps(step, name, upTo: value(last, step)).contains { holds(body, $0) }
    case .forAll(let name, let last, let body):
      return steps(step, name, upTo: last).allSatisfy { holds(body, $0) }
    case .definition(_, let body): return holds(body, step)
    }
  }

  private func steps(_ step: Step, _ name: String, upTo last: Int) -> [Step] {
    guard last >= 0 else { return [] }
    return (0...last).map { value in
      var inner = step
      inner.bound[name] = value
      return inner
    }
  }

  /// The remaining formulas, each with the names bound at its place.
  private typealias Rest = [(formula: Formula, bound: [String: Int])]

  private func proceed(_ step: Step, _ rest: Rest) -> [State] {
    guard let first = rest.first else { return [step.next.compactMap { $0 }] }
    if step.isComplete {
      let isAllowed = rest.allSatisfy { part in
        var inner = step
        inner.bound = part.bound
        return holds(part.formula, inner)
      }
      return isAllowed ? [step.next.compactMap { $0 }] : []
    }
    var inner = step
    inner.bound = first.bound
    return run(first.formula, inner, Array(rest.dropFirst()))
  }

  private func run(_ formula: Formula, _ step: Step, _ rest: Rest) -> [State] {
    switch formula {
    case .and(let parts):
      guard let first = parts.first else { return proceed(step, rest) }
      return run(first, step, parts.dropFirst().map { (formula: $0, bound: step.bound) } + rest)
    case .or(let parts): return parts.flatMap { run($0, step, rest) }
    case .exists(let name, let last, let body):
      return steps(step, name, upTo: value(last, step)).flatMap { run(body, $0, rest) }
    case .forAll(let name, let last, let body):
      let all = steps(step, name, upTo: last)
      guard let first = all.first else { return proceed(step, rest) }
      return run(body, first, all.dropFirst().map { (formula: body, bound: $0.bound) } + rest)
    case .conditional(let condition, let yes, let no):
      return run(holds(condition, step) ? yes : no, step, rest)
    case .implication(let condition, let conclusion):
      return holds(condition, step) ? run(conclusion, step, rest) : proceed(step, rest)
    case .definition(_, let body): return run(body, step, rest)
    case .assign(let variable, let number):
      return give(variable, [value(number, step)], step, rest)
    case .choose(let variable, let low, let high):
      let (first, last) = (value(low, step), value(high, step))
      return give(variable, first <= last ? Array(first...last) : [], step, rest)
    case .unchanged(let variables):
      guard let variable = variables.first else { return proceed(step, rest) }
      return give(
        variable, [step.state[variable]], step,
        [(.unchanged(Array(variables.dropFirst())), step.bound)] + rest)
    case .test(let condition): return holds(condition, step) ? proceed(step, rest) : []
    }
  }

  /// Gives a variable each of the values in turn. If it has a value already, tests it.
  private func give(_ variable: Int, _ values: [Int], _ step: Step, _ rest: Rest) -> [State] {
    if let known = step.next[variable] { return values.contains(known) ? proceed(step, rest) : [] }
    return values.flatMap { value in
      var inner = step
      inner.next[variable] = value
      return proceed(inner, rest)
    }
  }

  /// The specification's transition system.
  var system: NaiveSystem<State> {
    let empty = Step(state: Array(repeating: 0, count: width), next: Array(repeating: nil, count: width))
    return NaiveSystem(
      initial: run(initial, empty, []),
      successors: { run(next, Step(state: $0, next: Array(repeating: nil, count: width)), []) },
      invariant: { holds(invariant, Step(state: $0, next: $0)) },
      constraint: { state in constraint.map { holds($0, Step(state: state, next: state)) } ?? true },
      checksDeadlock: checksDeadlock)
  }
}
