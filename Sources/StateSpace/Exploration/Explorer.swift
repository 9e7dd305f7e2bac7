package import TLASemantics
import TLASyntax

/// Steps a specification by hand. It gives states, their successors, and facts about each.
///
/// Everything is computed on demand and deterministic. Not safe for concurrent use; the checker has its own engine.
package final class Explorer {
  package let specification: Specification
  /// The variables in the order of their declaration.
  package let variables: [String]
  /// The names of the invariants in the configuration's order.
  package let invariants: [String]
  /// The names of the properties that are more than invariants.
  package let properties: [String]
  /// The constants of the configuration with their values: `Nodes` is `{n1, n2}`. Operator constants are left out.
  package let constants: [(name: String, value: PlainValue)]

  let program: Program
  private let makeProgram: () throws -> Program
  private let reached: ReachedStates
  var states: StateTable { reached.table }

  /// Compiles the specification and evaluates its constants. `host` is what it may use of the machine that the program runs on; `stackBytes` is the part of the caller's stack that an evaluation may use.
  /// Throws `Diagnostics` for what the engine does not support, and `EvaluationFailure` for a constant that has no value.
  package init(
    _ specification: Specification, stackBytes: Int = 4 << 20, host: (any HostAccess)? = nil
  ) throws {
    self.specification = specification
    makeProgram = { try Program.make(specification, stackBytes: stackBytes, host: host) }
    let program = try makeProgram()
    self.program = program
    reached = try ReachedStates(program)
    program.machine.facts = reached
    variables = specification.variables.map(\.name.text)
    invariants = program.invariants.map(\.name)
    properties = program.propertyNames
    constants = try specification.constants.compactMap { constant in
      try program.value(of: constant).map { (name: constant.name.text, value: program.store.plain($0)) }
    }
  }

  /// The same program with a memory of its own.
  func freshProgram() throws -> Program {
    let program = try makeProgram()
    program.machine.facts = reached
    return program
  }

  /// Sets the receiver of what the specification prints during evaluation.
  package func onOutput(_ output: @escaping (String) -> Void) { program.machine.output = output }

  /// The initial states, each once, in the order in which they are generated. Throws `EvaluationFailure`.
  package func initialStates() throws -> [State] {
    program.machine.enterRun()
    let collector = StateCollector(program, reached, from: nil)
    try program.placed { try program.generateInitialStates(into: collector) }
    return collector.successors.map(\.state).uniqued()
  }

  /// The value of every variable.
  package func values(of state: State) -> [PlainValue] { program.plainValues(states.row(state.index)) }

  /// The value of one variable, by its position.
  package func value(of variable: Int, in state: State) -> PlainValue {
    program.store.plain(Value(bits: states.row(state.index)[variable]))
  }

  /// Adds a state. Throws `EvaluationFailure` if there are not as many values as variables, or if a value cannot be part of a state.
  package func state(of values: [PlainValue]) throws -> State { try state(of: values, sharing: nil) }

  /// The same for states whose values share parts: each part is taken in once.
  package func state(of values: [PlainValue], sharing known: SharedParts?) throws -> State {
    guard values.count == variables.count else {
      throw EvaluationFailure(
        kind: .evaluation, message: "a state has \(variables.count) variables, not \(values.count)",
        span: nil, callStack: [])
    }
    return try program.placed {
      let row = try values.map { try program.store.value($0, known).bits }
      return State(index: try reached.insert(row))
    }
  }

  /// Every action for every binding over constant sets, in the order of `Next`, enabled or not. For a binding over a set that depends on
  /// the state, only the enabled ones. Actions with the same label are merged.
  package func actions(in state: State) -> [ActionStatus] {
    program.machine.enterRun()
    var result: [ActionStatus] = []
    var positions: [ActionLabel: Int] = [:]
    for index in 0..<program.actions.count {
      for status in statuses(of: index, in: state) {
        if let known = positions[status.label] {
          result[known] = result[known].merged(with: status)
        } else {
          positions[status.label] = result.count
          result.append(status)
        }
      }
    }
    return result
  }

  /// The outcome of one action in a state: a status for each of its labels, or one that says why it is disabled.
  private func statuses(of index: Int, in state: State) -> [ActionStatus] {
    let action = program.actions[index]
    let machine = program.machine
    let collector = StateCollector(program, reached, from: state)
    let explainer = DisabledExplainer()
    machine.reset()
    machine.follower = explainer
    defer {
      machine.follower = nil
      machine.reset()
    }
    var failure: EvaluationFailure?
    do {
      try program.placed {
        try program.generateSuccessors(of: states.row(state.index), by: index, into: collector)
      }
    } catch { failure = EvaluationFailure(error) }
    var labels: [ActionLabel] = []
    var targets: [ActionLabel: [State]] = [:]
    for successor in collector.successors {
      if targets[successor.label] == nil { labels.append(successor.label) }
      targets[successor.label, default: []].append(successor.state)
    }
    var statuses = labels.map {
      ActionStatus(
        label: $0, span: action.span, successors: (targets[$0] ?? []).uniqued(), disabledBecause: nil,
        failure: nil)
    }
    if labels.count > 1, action.arguments.contains(where: \.isBound) {
      for index in statuses.indices {
        statuses[index].choice = ActionStatus.Choice(number: index + 1, count: labels.count)
      }
    }
    if labels.isEmpty || failure != nil {
      machine.state = UnsafePointer(states.row(state.index))
      let label = program.labelOfDisabled(index)
      statuses.removeAll { $0.label == label }
      statuses.append(
        ActionStatus(
          label: label, span: action.span, successors: (targets[label] ?? []).uniqued(),
          disabledBecause: failure == nil ? explainer.explanation : nil, failure: failure))
    }
    return statuses
  }

  /// The possible steps, without duplicates, in the order in which the search generates them. Throws `EvaluationFailure`.
  package func successors(of state: State) throws -> [Successor] {
    program.machine.enterRun()
    program.machine.reset()
    defer { program.machine.reset() }
    let collector = StateCollector(program, reached, from: state)
    try program.placed { try program.generateSuccessors(of: states.row(state.index), into: collector) }
    var seen: Set<Step> = []
    return collector.successors.filter { seen.insert(Step(label: $0.label, state: $0.state)).inserted }
  }

  private struct Step: Hashable {
    let label: ActionLabel
    let state: State
  }

  /// Whether the constraints of the configuration let the search continue from a state. Throws `EvaluationFailure`.
  package func isWithinConstraints(_ state: State) throws -> Bool {
    program.machine.enterRun()
    program.machine.reset()
    defer { program.machine.reset() }
    return try program.placed { try program.isWithinConstraints(states.row(state.index)) }
  }

  /// The status in a state of the invariant at that position in `invariants`.
  package func status(ofInvariant index: Int, in state: State) -> InvariantStatus {
    let machine = program.machine
    machine.enterRun()
    machine.reset()
    machine.state = UnsafePointer(states.row(state.index))
    defer { machine.reset() }
    let condition = program.invariants[index].condition
    do {
      if try program.placed({ try condition.test(machine) }) { return .holds }
    } catch { return .failed(EvaluationFailure(error)) }
    return .fails(ReasonFinder(machine).explanation(of: condition, is: false))
  }

  /// Runs evaluations that together may take this many loop steps. Beyond that they fail with the kind `stopped`.
  package func limitingSteps<Result>(to count: Int, _ work: () throws -> Result) rethrows -> Result {
    let store = program.store
    let former = (store.stepsLeft, store.moreSteps)
    store.stepsLeft = count
    store.moreSteps = { nil }
    defer { (store.stepsLeft, store.moreSteps) = former }
    return try work()
  }

  /// Calls `goesOn` from time to time during every evaluation. If it returns false, the evaluation fails with the kind `stopped`.
  package func stopsEvaluating(unless goesOn: @escaping () -> Bool) {
    program.stopsEvaluating(unless: goesOn)
  }

  /// Evaluates a user's expression. With a `next` state, primed variables are read from it. Throws `Diagnostics` if the expression cannot
  /// be read, and `EvaluationFailure` if it has no value.
  package func evaluate(_ text: String, in state: State?, next: State? = nil) throws -> PlainValue {
    try value(of: specification.resolve(text), in: state, next: next)
  }

  private func value(of term: Term, in state: State?, next: State?) throws -> PlainValue {
    let machine = program.machine
    machine.enterRun()
    machine.reset()
    if let state { machine.state = UnsafePointer(states.row(state.index)) }
    if let next { machine.next = states.row(next.index) }
    defer { machine.reset() }
    return try program.placed {
      let value = try program.compiler.temporarily {
        try program.compiler.compile(term, Environment()).node.evaluate(machine)
      }
      if value.tag == Value.Tag.set { try program.store.checkOrdered(value) }
      return program.store.plain(value)
    }
  }
}

extension ActionStatus {
  /// Merges the status of two disjuncts with the same label: enabled if either is.
  fileprivate func merged(with other: ActionStatus) -> ActionStatus {
    ActionStatus(
      label: label, span: span, successors: (successors + other.successors).uniqued(),
      disabledBecause: successors.isEmpty && other.successors.isEmpty
        ? disabledBecause ?? other.disabledBecause : nil,
      failure: failure ?? other.failure)
  }
}

extension Array where Element: Hashable {
  /// The elements without duplicates, each at its first place.
  package func uniqued() -> [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}

/// Collects every state, with the label of the step.
private final class StateCollector: StateSink {
  private let program: Program
  private let reached: ReachedStates
  /// The state whose successors are collected; nil for initial states.
  private let source: State?
  private(set) var successors: [Successor] = []

  init(_ program: Program, _ reached: ReachedStates, from source: State?) {
    self.program = program
    self.reached = reached
    self.source = source
  }

  func accept(_ row: UnsafePointer<UInt32>, action: Int) throws {
    let label = action < program.actions.count ? program.currentLabel(action) : ActionLabel(name: "Init")
    let index = try source.map { try reached.insert(row, from: $0.index) } ?? reached.insertInitial(row)
    successors.append(Successor(label: label, state: State(index: index)))
  }
}
