import TLASemantics

/// A program, and the rules by which a log's lines are compared with its steps.
final class LogMachine {
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

  init(
    _ program: Program, rules: [LogRule], initial: LogRule, unlogged: [UnloggedAction],
    matches: @escaping (PlainValue, PlainValue) -> Bool
  ) throws {
    self.program = program
    self.matches = matches
    program.machine.enterRun()
    self.rules = try program.placed { try rules.map { try CompiledLogRule($0, program) } }
    self.initial = LoadedLogLine(
      LogLine(rule: 0, values: [], rank: 0), try program.placed { try CompiledLogRule(initial, program) },
      program.store)
    self.unlogged = unlogged.map { action in
      (action, program.actions.indices.filter { program.actions[$0].name == action.name })
    }
    constantArguments = program.actions.map { action in
      action.arguments.map { $0.isBound ? nil : try? $0.node.evaluate(program.machine) }
    }
  }

  private init(_ other: LogMachine, unlogged: [(action: UnloggedAction, indices: [Int])]) {
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

  /// The actions of a pattern whose constant arguments fit the line. The machine has the line's names, and the state.
  func candidates(_ pattern: CompiledLogRule.Pattern, _ line: LoadedLogLine) -> [Int] {
    let wanted = arguments(pattern, line)
    return pattern.actions.filter { action in
      let arguments = constantArguments[action]
      guard arguments.count >= wanted.count else { return false }
      return zip(arguments, wanted).allSatisfy { actual, wanted in
        guard let actual, let wanted else { return true }
        return actual == wanted
      }
    }
  }

  /// The values that the arguments must have; nil for any.
  func arguments(_ pattern: CompiledLogRule.Pattern, _ line: LoadedLogLine) -> [Value?] {
    pattern.arguments.map { text in
      guard let text, line.tells(text) else { return nil }
      // An argument without a value fits no action.
      return (try? text.node.evaluate(machine)) ?? .missing
    }
  }

  /// Whether the arguments that an action has bound, in the step that it makes right now, are the wanted ones.
  func boundArgumentsFit(_ action: Int, _ wanted: [Value?]) throws -> Bool {
    let known = constantArguments[action]
    for (index, value) in wanted.enumerated() where index < known.count {
      guard let value, known[index] == nil else { continue }
      guard try program.actions[action].arguments[index].node.evaluate(machine) == value else { return false }
    }
    return true
  }

  /// The first condition that the machine's states do not satisfy, among those that are judged; nil if all are satisfied. A condition
  /// without a value is not satisfied.
  func firstFalse(_ line: LoadedLogLine, when isAsked: (CompiledLogRule.Condition) -> Bool) throws -> Int? {
    try line.rule.conditions.indices.first { index in
      guard isAsked(line.rule.conditions[index]), line.judges(index) else { return false }
      do {
        return try !line.satisfies(index, machine, matches)
      } catch {
        if EvaluationFailure(error).kind == .stopped { throw error }
        return true
      }
    }
  }
}
