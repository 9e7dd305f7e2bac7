import BigInt
import TLASemantics
import TLASyntax

/// A specification compiled for one machine: its initial predicate, its actions, its invariants.
final class Program: TransitionSystem {
  struct Predicate {
    let name: String
    let condition: Node
  }

  /// A predicate that the configuration wants to see satisfied (`_POSSIBLE`).
  struct Possibility {
    let predicate: Predicate
    let isOfSteps: Bool
    /// The number of generated states or steps that satisfied it.
    var count = 0
  }

  /// A part of a property that is about initial states or about single steps.
  struct StepCondition {
    /// The property's position in the specification.
    let property: Int
    let isInitial: Bool
    let span: SourceSpan
    let condition: Node
  }

  let specification: Specification
  let machine: Machine
  let compiler: Compiler
  private(set) var actions: [NamedAction] = []
  private var actionCodes = ActionList([])
  /// The invariants that the configuration names, and after them those among the properties.
  private(set) var invariants: [Predicate] = []
  /// The properties in the configuration's order.
  private(set) var properties: [PropertyParts] = []
  /// Has compiled the properties' temporal parts.
  private(set) var temporalCompiler: TemporalCompiler
  private(set) var stepConditions: [StepCondition] = []
  private(set) var constraints: [Predicate] = []
  private(set) var actionConstraints: [Predicate] = []
  /// What some state, or some step, must satisfy, and how often one did.
  private(set) var possibilities: [Possibility] = []
  /// Predicates that are evaluated when a search has ended.
  private(set) var postconditions: [Predicate] = []
  /// The state whose successors were generated last; nil after the initial states were generated.
  private var source: UnsafePointer<UInt32>?
  private var initial: ActionNode?
  private let variableNames: [String]
  private var recorded: RecordedActions?
  private var identity: StateIdentity?
  private(set) var isIdentityOfRow = true
  /// Whether searches treat permuted states as the same.
  private(set) var usesSymmetry = false

  /// Compiles everything. Throws `Diagnostics` for what is not supported, and `EvaluationFailure` if a constant has no value.
  init(_ specification: Specification, stackBudget: UInt, host: (any HostAccess)?) throws {
    self.specification = specification
    let store = try ValueStore(
      atoms: specification.atomOrder, modelValues: specification.configuration.modelValues,
      tlcIntegers: specification.tlcIntegers)
    machine = try Machine(store: store, variableCount: specification.variables.count)
    machine.stackBudget = stackBudget
    machine.host = host.map(RememberingAccess.init)
    machine.enterRun()
    compiler = Compiler(specification, machine: machine)
    temporalCompiler = TemporalCompiler(compiler)
    variableNames = specification.variables.map(\.name.text)
    for term in specification.constantConjuncts {
      let value = try? compiler.temporarily {
        try compiler.compile(term, Environment()).node.evaluate(machine)
      }
      guard value == .no else { continue }
      throw Diagnostics([
        Diagnostic(
          .error, .configuration, .behavior,
          "this part of the specification's formula is false: it allows no behavior",
          at: term.span)
      ])
    }
    try refuseConstant(specification.initial, as: "initial predicate")
    try refuseConstant(specification.next, as: "next-state relation")
    if let term = specification.initial {
      var environment = Environment()
      environment.isInitial = true
      initial = try compiler.compileAction(
        term, environment,
        then: EmitNode(variables: variableNames, isInitial: true, environment.site(term.span)))
    }
    if let term = specification.next {
      actions = try ActionSplitter(compiler).split(term, then: emit)
      actionCodes = ActionList(actions.map(\.code))
    }
    invariants = try specification.invariants.map { try compile($0, as: "invariant") }
    for (index, property) in specification.properties.enumerated() {
      let parts = try PropertyParts(property, &temporalCompiler)
      properties.append(parts)
      invariants += parts.invariants.map { Predicate(name: property.name, condition: $0.node) }
      for (conditions, isInitial) in [(parts.initial, true), (parts.steps, false)] {
        stepConditions += conditions.map {
          StepCondition(property: index, isInitial: isInitial, span: $0.span, condition: $0.node)
        }
      }
    }
    constraints = try specification.constraints.map { try compile($0, as: "constraint") }
    actionConstraints = try specification.actionConstraints.map { try compile($0, as: "action constraint") }
    possibilities = try specification.possible.map { named in
      let code = try compiler.compile(named.term, Environment())
      return Possibility(
        predicate: Predicate(name: named.name, condition: code.node), isOfSteps: code.dependencies.next)
    }
    postconditions = try specification.postconditions.map(compile)
    machine.reset()
  }

  /// Compiles a predicate on states or steps. Like TLC, it refuses one that is FALSE in every state.
  private func compile(_ named: Specification.Named, as role: String) throws -> Predicate {
    let predicate = try compile(named)
    guard constantValue(of: named.term) == .no else { return predicate }
    throw Diagnostics([
      Diagnostic(
        .error, .configuration, .noVariable, "the \(role) \(named.name) is FALSE whatever the state",
        at: named.term.span,
        hint: "it mentions no variable")
    ])
  }

  /// The end of an action at that place.
  private func emit(_ site: Site) -> ActionNode { EmitNode(variables: variableNames, site) }

  /// Refuses a formula that mentions no variable, because it describes no behavior.
  private func refuseConstant(_ term: Term?, as role: String) throws {
    guard let term, constantValue(of: term) != nil else { return }
    throw Diagnostics([
      Diagnostic(
        .error, .configuration, .noVariable, "the \(role) mentions no variable: it describes no behavior",
        at: term.span)
    ])
  }

  /// The value of a constant expression; nil for other expressions, and if it has no value.
  private func constantValue(of term: Term) -> Value? {
    guard term.level == .constant else { return nil }
    return try? compiler.temporarily { try compiler.compile(term, Environment()).node.evaluate(machine) }
  }

  private func compile(_ named: Specification.Named) throws -> Predicate {
    Predicate(name: named.name, condition: try compiler.compile(named.term, Environment()).node)
  }

  var store: ValueStore { machine.store }

  /// The names of the properties that are more than invariants.
  var propertyNames: [String] {
    zip(specification.properties, properties).filter { !$1.isInvariant }.map(\.0.name)
  }

  /// The actions compiled so that the outcomes of their conjuncts are recorded. They are compiled at the first request.
  func recordedActions() throws -> RecordedActions {
    if let recorded { return recorded }
    let recorder = ConjunctRecorder()
    machine.enterRun()
    machine.reset()
    compiler.recorder = recorder
    defer { compiler.recorder = nil }
    var actions: [NamedAction] = []
    if let term = specification.next {
      actions = try placed { try ActionSplitter(compiler).split(term, then: emit) }
    }
    let made = RecordedActions(actions: actions, recorder: recorder)
    recorded = made
    return made
  }

  /// Makes a program; anything that cannot be evaluated is thrown as an `EvaluationFailure`.
  static func make(_ specification: Specification, stackBytes: Int, host: (any HostAccess)?) throws -> Program
  {
    do { return try Program(specification, stackBudget: UInt(stackBytes), host: host) } catch let error
      as ValueError
    {
      throw EvaluationFailure(error)
    }
  }

  /// The number of loop steps between two calls of `goesOn`: about a hundredth of a second.
  private static let stepsBetweenQuestions = 200_000

  /// Calls `goesOn` from time to time during every evaluation. If it returns false, the evaluation fails with the kind `stopped`.
  func stopsEvaluating(unless goesOn: @escaping () -> Bool) {
    store.stepsLeft = 0
    store.moreSteps = { goesOn() ? Self.stepsBetweenQuestions : nil }
  }

  /// Runs `body` to its end, whoever wants it to stop.
  func withoutStopping<Result>(_ body: () throws -> Result) rethrows -> Result {
    let asked = (store.stepsLeft, store.moreSteps)
    (store.stepsLeft, store.moreSteps) = (.max, { .max })
    defer { (store.stepsLeft, store.moreSteps) = asked }
    return try body()
  }

  /// Runs `body` and turns an error of the value store into an `EvaluationFailure`.
  func placed<Result>(_ body: () throws -> Result) throws -> Result {
    do { return try body() } catch let error as ValueError { throw EvaluationFailure(error) }
  }

  /// Evaluates constant definitions for their effects, such as printing. A definition without a value fails where it is used. What they
  /// store by `TLCSet` is lost; TLC has no registers at this point either.
  func evaluateStartingDefinitions() {
    let registers = machine.registers
    defer { machine.registers = registers }
    var evaluated: Set<OperatorDefinition> = []
    for definition in specification.startingDefinitions {
      let environment = Environment()
      let site = environment.site(definition.span)
      let isFirst = evaluated.insert(definition).inserted
      let code =
        try? isFirst
        ? compiler.compileApplication(of: definition, to: [], site, environment)
        : compiler.evaluatedAnew(definition, site, environment)
      _ = try? code?.node.evaluate(machine)
    }
  }

  /// Evaluates a constant of the configuration.
  func value(of constant: ConstantDeclaration) throws -> Value? {
    guard constant.arity == 0 else { return nil }
    machine.enterRun()
    let term = Term.mention(of: constant)
    return try compiler.compile(term, Environment()).node.evaluate(machine)
  }

  /// Lets searches treat states as the same where `SYMMETRY` and `VIEW` say so. Throws `ValueError` for a symmetry that is not a set of permutations.
  func identifyStates(bySymmetry: Bool, byView: Bool) throws {
    machine.enterRun()
    var group: SymmetryGroup?
    if bySymmetry, let symmetry = specification.symmetry {
      let code = try compiler.compile(symmetry.term, Environment())
      let functions = try code.node.evaluate(machine)
      let made = try code.node.here { try SymmetryGroup(functions, store, width: rowWidth) }
      if try store.cardinality(functions) <= BigInt(symmetry.term.argumentCountOfBody) {
        code.node.site.warn(
          machine, about: symmetry.name,
          "SYMMETRY \(symmetry.name) is not used: TLC does not use it in this form", code: .symmetry,
          hint: "give the set of permutations a name of its own, and let \(symmetry.name) be that name")
      } else if !made.isTrivial {
        group = made
      }
    }
    let view = try byView ? specification.view.map { try compiler.compile($0.term, Environment()) } : nil
    usesSymmetry = group != nil
    identity = StateIdentity(symmetry: group, view: view?.node, machine)
    isIdentityOfRow = view.map { !$0.dependencies.isVolatile && !$0.dependencies.isRandom } ?? true
  }

  // MARK: Transition system

  var identityWidth: Int? { identity?.width }

  func writeIdentity(of row: UnsafePointer<UInt32>, to identity: UnsafeMutablePointer<UInt32>) throws {
    try self.identity?.write(of: row, to: identity)
  }

  var rowWidth: Int { machine.variableCount }
  var hasOrderedEffects: Bool { compiler.hasOrderedEffects }
  var memoryBytes: Int { store.memoryBytes }
  var memoryToGrow: Int { store.memoryToGrow }

  func generateInitialStates(into sink: any StateSink) throws {
    guard let initial else { return }
    source = nil
    machine.reset()
    machine.sink = sink
    defer { machine.reset() }
    try initial.run(machine)
  }

  func generateSuccessors(of row: UnsafePointer<UInt32>, into sink: any StateSink) throws {
    source = row
    machine.state = row
    machine.sink = sink
    let codes = actionCodes
    for index in 0..<codes.count {
      machine.currentAction = index
      try codes.run(index, machine)
    }
  }

  /// Runs `body`, which may generate the successors of states that a search has not reached, between two generations. Nothing is changed by
  /// it; what takes long fails. Returns whether something did.
  @discardableResult func tentatively(_ body: () -> Void) -> Bool {
    machine.alone {
      machine.tentatively {
        defer {
          machine.reset()
          source = nil
        }
        body()
      }
    }
  }

  /// Gives the sink the successors of one action only.
  func generateSuccessors(of row: UnsafePointer<UInt32>, by action: Int, into sink: any StateSink) throws {
    machine.state = row
    machine.sink = sink
    machine.currentAction = action
    try actions[action].code.run(machine)
  }

  var hasConstraints: Bool { !constraints.isEmpty || constrainsSteps }
  var constrainsSteps: Bool { !actionConstraints.isEmpty || !possibilities.isEmpty }

  func isWithinConstraints(_ row: UnsafePointer<UInt32>) throws -> Bool {
    if constraints.isEmpty, possibilities.isEmpty { return true }
    let saved = machine.state
    machine.state = row
    defer { machine.state = saved }
    for constraint in constraints where try !constraint.condition.test(machine) { return false }
    try countPossibilities(ofSteps: false)
    return true
  }

  func allowsStep(to row: UnsafePointer<UInt32>) throws -> Bool {
    guard constrainsSteps, let source else { return true }
    return try allowsStep(from: source, to: row)
  }

  func allowsStep(from source: UnsafePointer<UInt32>, to row: UnsafePointer<UInt32>) throws -> Bool {
    let saved = (machine.state, machine.next)
    // The constraints only test; nothing is assigned.
    (machine.state, machine.next) = (source, UnsafeMutablePointer(mutating: row))
    defer { (machine.state, machine.next) = saved }
    for constraint in actionConstraints where try !constraint.condition.test(machine) { return false }
    try countPossibilities(ofSteps: true)
    return true
  }

  /// As in TLC, steps and states that the constraints cut off do not count.
  private func countPossibilities(ofSteps: Bool) throws {
    for index in possibilities.indices where possibilities[index].isOfSteps == ofSteps {
      if try possibilities[index].predicate.condition.test(machine) { possibilities[index].count += 1 }
    }
  }

  /// Puts the counts of possibilities where postconditions find them: in the register `s:_possible`, a function from names.
  func registerPossibilities() throws {
    if possibilities.isEmpty { return }
    let counts = possibilities.map {
      (store.string($0.predicate.name), Value(small: min($0.count, Value.smallIntegers.upperBound)))
    }
    let register = try store.function(counts)
    store.keep(register)
    machine.registers[store.string("s:_possible")] = register
  }

  func violatedInvariant(of row: UnsafePointer<UInt32>, from start: Int) throws(ConditionFailure) -> Int? {
    if start >= invariants.count { return nil }
    let saved = machine.state
    machine.state = row
    defer { machine.state = saved }
    for index in start..<invariants.count {
      do {
        if try !invariants[index].condition.test(machine) { return index }
      } catch { throw ConditionFailure(position: index, cause: error) }
    }
    return nil
  }

  var hasStepConditions: Bool { !stepConditions.isEmpty }

  func violatedStepCondition(to row: UnsafePointer<UInt32>, from start: Int) throws(ConditionFailure) -> Int?
  {
    try violatedStepCondition(from: source, to: row, at: start)
  }

  /// The first condition at or after a position that an initial state (`source` is nil) or a step does not satisfy; nil if all are
  /// satisfied. Throws if one has no value.
  func violatedStepCondition(
    from source: UnsafePointer<UInt32>?, to row: UnsafePointer<UInt32>, at start: Int
  ) throws(ConditionFailure) -> Int? {
    let saved = (machine.state, machine.next)
    if let source {
      (machine.state, machine.next) = (source, UnsafeMutablePointer(mutating: row))
    } else {
      machine.state = row
    }
    defer { (machine.state, machine.next) = saved }
    for index in start..<max(start, stepConditions.count)
    where stepConditions[index].isInitial == (source == nil) {
      do {
        if try !stepConditions[index].condition.test(machine) { return index }
      } catch { throw ConditionFailure(position: index, cause: error) }
    }
    return nil
  }

  // MARK: Labels

  /// The action that just made a successor, with its arguments. Call it only inside a sink's `accept`.
  func currentLabel(_ action: Int) -> ActionLabel {
    label(of: action, actions[action].arguments)
  }

  /// The label of an action that made nothing in the machine's state. It leaves out what the action would have bound.
  func labelOfDisabled(_ action: Int) -> ActionLabel {
    label(of: action, actions[action].arguments.filter { !$0.isBound })
  }

  private func label(of action: Int, _ arguments: [NamedAction.Argument]) -> ActionLabel {
    let arguments = arguments.map { argument -> PlainValue in
      guard let value = try? argument.node.evaluate(machine) else { return .string("?") }
      return store.plain(value)
    }
    return ActionLabel(name: actions[action].name, arguments: arguments)
  }

  func plainValues(_ row: UnsafePointer<UInt32>) -> [PlainValue] {
    (0..<machine.variableCount).map { store.plain(Value(bits: row[$0])) }
  }

  /// The trace of a behavior. Do not call it during a generation: each step is taken once more by its action, which binds the arguments in
  /// its label, without side effects.
  func trace(_ behavior: Behavior) -> [TraceStep] {
    machine.silently {
      machine.enterRun()
      return behavior.steps.enumerated().map { index, step in
        TraceStep(
          label: index == 0 ? nil : label(from: behavior.steps[index - 1].row, to: step.row, step.action),
          values: step.row.withUnsafeBufferPointer { plainValues($0.baseAddress.unsafelyUnwrapped) })
      }
    }
  }

  /// The loop of a behavior with the label of the step that closes it, made as in `trace`; nil for a finite behavior.
  func loop(of behavior: Behavior) -> Violation.Loop? {
    guard let loop = behavior.loop else { return nil }
    let last = behavior.steps.count - 1
    guard loop.start != last else { return Violation.Loop(start: loop.start, closing: nil) }
    return machine.silently {
      machine.enterRun()
      return Violation.Loop(
        start: loop.start,
        closing: label(from: behavior.steps[last].row, to: behavior.steps[loop.start].row, loop.action))
    }
  }

  /// The action that makes a step, as TLC's records describe it; nil if none does. Generated as in `trace`.
  func actionRecord(from: [UInt32], to: [UInt32]) -> PlainValue? {
    machine.silently {
      machine.enterRun()
      return find(from: from, to: to, nil).flatMap { actions[$0.action].record($0.label.arguments) }
    }
  }

  /// The first failure at the steps from the last state but one, the last step left out: a step that cannot be made, or one to a state of
  /// which what is checked has no value. None after the first that violates something counts. Generated as in `trace`.
  func failure(beside behavior: Behavior) -> (any Error)? {
    guard behavior.steps.count > 1 else { return nil }
    let rows = behavior.rows.suffix(2)
    let finder = FailureFinder(self, leavingOut: rows.last ?? [])
    return machine.silently {
      machine.enterRun()
      machine.reset()
      defer {
        machine.reset()
        source = nil
      }
      return (rows.first ?? []).withUnsafeBufferPointer { row in
        do { try generateSuccessors(of: row.baseAddress.unsafelyUnwrapped, into: finder) } catch {
          if let failure = error as? ConditionFailure { return failure.cause }
          return error is FailureFinder.Violated ? nil : error
        }
        return nil
      }
    }
  }

  private func label(from: [UInt32], to: [UInt32], _ action: Int?) -> ActionLabel? {
    find(from: from, to: to, action)?.label
  }

  /// The action that makes the step, by its position, and its label: the given one, or else the first that does; nil if none does.
  private func find(from: [UInt32], to: [UInt32], _ action: Int?) -> (action: Int, label: ActionLabel)? {
    let finder = StepFinder(self, target: to)
    machine.reset()
    defer {
      machine.reset()
      source = nil
    }
    from.withUnsafeBufferPointer { row in
      // The finder stops the generation when it finds the step.
      let row = row.baseAddress.unsafelyUnwrapped
      if let action, actions.indices.contains(action) {
        try? generateSuccessors(of: row, by: action, into: finder)
      } else {
        try? generateSuccessors(of: row, into: finder)
      }
    }
    return finder.found
  }
}

/// Finds the first action that makes a given state.
private final class StepFinder: StateSink {
  private unowned let program: Program
  private let target: [UInt32]
  private(set) var found: (action: Int, label: ActionLabel)?

  private struct Found: Error {}

  init(_ program: Program, target: [UInt32]) {
    self.program = program
    self.target = target
  }

  func accept(_ row: UnsafePointer<UInt32>, action: Int) throws {
    for index in 0..<target.count where row[index] != target[index] { return }
    found = (action, program.currentLabel(action))
    throw Found()
  }
}

/// Checks every state but one. It fails where the check does, and with `Violated` at a violation.
private final class FailureFinder: StateSink {
  private unowned let program: Program
  private let leftOut: [UInt32]

  struct Violated: Error {}

  init(_ program: Program, leavingOut leftOut: [UInt32]) {
    self.program = program
    self.leftOut = leftOut
  }

  func accept(_ row: UnsafePointer<UInt32>, action: Int) throws {
    if leftOut.indices.allSatisfy({ row[$0] == leftOut[$0] }) { return }
    if try program.violatedInvariant(of: row, from: 0) != nil { throw Violated() }
    if try program.violatedStepCondition(to: row, from: 0) != nil { throw Violated() }
  }
}
