import TLASemantics

/// A program, and the rules by which a log's lines are compared with its steps.
final class LogMachine {
  /// What the rules and the program are made of.
  struct Source {
    let rules: [LogRule]
    let initial: LogRule
    let unlogged: [UnloggedAction]
    let matches: (PlainValue, PlainValue) -> Bool
    let makeProgram: () throws -> Program
  }

  private let source: Source
  let program: Program
  let rules: [CompiledLogRule]
  /// What must be true of an initial state.
  let initial: LoadedLogLine
  /// The actions that need no line, by their positions in the program, with their budgets.
  let unlogged: [(action: UnloggedAction, indices: [Int])]
  /// Compares the value of a state with the value of a line.
  let matches: (PlainValue, PlainValue) -> Bool
  /// The arguments of each action that are the same in every state; nil for the others.
  private let constantArguments: [[Value?]]

  init(_ program: Program, _ source: Source) throws {
    self.program = program
    self.source = source
    matches = source.matches
    program.machine.enterRun()
    rules = try program.placed { try source.rules.map { try CompiledLogRule($0, program) } }
    initial = LoadedLogLine(
      LogLine(rule: 0, values: [], rank: 0),
      try program.placed { try CompiledLogRule(source.initial, program) }, program.store)
    unlogged = source.unlogged.map { action in
      (action, program.actions.indices.filter { action.actions.contains(program.actions[$0].name) })
    }
    constantArguments = program.actions.map { action in
      action.arguments.map { $0.isBound ? nil : try? $0.node.evaluate(program.machine) }
    }
  }

  /// The same with an empty memory of values.
  func renewed() throws -> LogMachine {
    let fresh = try source.makeProgram()
    fresh.machine.output = program.machine.output
    fresh.store.stepsLeft = 0
    fresh.store.moreSteps = program.store.moreSteps
    return try LogMachine(fresh, source)
  }

  private init(_ other: LogMachine, unlogged: [(action: UnloggedAction, indices: [Int])]) {
    source = other.source
    program = other.program
    rules = other.rules
    initial = other.initial
    matches = other.matches
    constantArguments = other.constantArguments
    self.unlogged = unlogged
  }

  /// The same, with one more of an unlogged action allowed.
  func allowing(_ name: String) -> LogMachine {
    LogMachine(
      self,
      unlogged: unlogged.map { entry in
        var entry = entry
        if entry.action.name == name { entry.action.budget = entry.action.budget.map { $0 + 1 } }
        return entry
      })
  }

  var machine: Machine { program.machine }

  /// The value that an argument must have.
  struct Wanted {
    let value: Value
    /// The line's value, if the argument is one. It may have the form that JSON gives it.
    let logged: PlainValue?
  }

  /// Which of a line's conditions are asked for when a step is taken.
  struct Moment {
    /// Whether it is the first, or the last, of the steps for the line.
    let isFirst: Bool
    let isLast: Bool
    /// The state before the line's first step; nil if that is the state before this one.
    var beginning: UnsafePointer<UInt32>?

    /// That of a line for which there is one step, or none.
    static var only: Moment { Moment(isFirst: true, isLast: true) }
  }

  /// The actions of a pattern whose constant arguments fit the line. The machine has the line's names, and the state.
  func candidates(_ pattern: CompiledLogRule.Pattern, _ wanted: [Wanted?]) -> [Int] {
    pattern.actions.filter { action in
      let arguments = constantArguments[action]
      guard arguments.count >= wanted.count else { return false }
      return zip(arguments, wanted).allSatisfy { actual, wanted in
        guard let actual, let wanted else { return true }
        return fits(actual, wanted)
      }
    }
  }

  private func fits(_ actual: Value, _ wanted: Wanted) -> Bool {
    actual == wanted.value || wanted.logged.map { matches(program.store.plain(actual), $0) } ?? false
  }

  /// The values that the arguments must have; nil for any.
  func arguments(_ pattern: CompiledLogRule.Pattern, _ line: LoadedLogLine) -> [Wanted?] {
    pattern.arguments.map { text in
      guard let text, line.tells(text) else { return nil }
      // An argument without a value fits no action.
      let value = (try? text.node.evaluate(machine)) ?? .missing
      return Wanted(value: value, logged: text.onlyName.flatMap { line.line.values[$0] })
    }
  }

  /// Whether the arguments that an action has bound, in the step that it makes right now, are the wanted ones.
  func boundArgumentsFit(_ action: Int, _ wanted: [Wanted?]) throws -> Bool {
    let known = constantArguments[action]
    for (index, value) in wanted.enumerated() where index < known.count {
      guard let value, known[index] == nil else { continue }
      let actual = try program.actions[action].arguments[index].node.evaluate(machine)
      guard fits(actual, value) else { return false }
    }
    return true
  }

  /// Whether the step between the machine's states is what a pattern says of it, if the line tells enough to judge that.
  func formulaHolds(_ pattern: CompiledLogRule.Pattern, _ line: LoadedLogLine) throws -> Bool {
    guard let formula = pattern.formula, line.tells(formula) else { return true }
    do { return try formula.node.test(machine) } catch {
      if EvaluationFailure(error).kind == .stopped { throw error }
      return false
    }
  }

  /// The first condition that the machine's states do not satisfy, among those that are asked for and judged; nil if all are satisfied. A
  /// condition without a value is not satisfied.
  func firstFalse(_ line: LoadedLogLine, _ moment: Moment) throws -> Int? {
    let conditions = line.rule.conditions
    for index in line.judged.conditions {
      let condition = conditions[index]
      guard condition.text.readsNext ? moment.isLast : moment.isFirst else { continue }
      let state = machine.state
      if condition.text.readsBoth, let beginning = moment.beginning { machine.state = beginning }
      defer { machine.state = state }
      do {
        guard try line.satisfies(index, machine, matches) else { return index }
      } catch {
        if EvaluationFailure(error).kind == .stopped { throw error }
        return index
      }
    }
    guard moment.isLast else { return nil }
    return line.judged.parts.first { !isSo(line.line.parts[$0 - conditions.count]) }
  }

  private func isSo(_ part: LogPart) -> Bool { value(of: part).map(part.isSo) ?? false }

  /// The value that the machine's next state has for a part of a variable; nil for none.
  func value(of part: LogPart) -> PlainValue? {
    part.find(program.store.plain(Value(bits: machine.next[part.variable])))
  }
}
