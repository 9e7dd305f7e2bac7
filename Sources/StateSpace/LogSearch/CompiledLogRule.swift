import TLASemantics
import TLASyntax

/// A rule compiled for a program's machine.
final class CompiledLogRule {
  /// An expression, with the rule's names that it mentions.
  struct Text {
    let node: Node
    let names: [Int]
    let readsNext: Bool
    /// Whether it compares two states.
    let readsBoth: Bool
    /// The name, if the text is nothing else.
    let onlyName: Int?
  }

  final class Condition {
    let text: Text
    let field: Int?
    let shown: String

    init(text: Text, field: Int?, shown: String) {
      self.text = text
      self.field = field
      self.shown = shown
    }
  }

  /// A step, with the program's actions that have its name.
  final class Pattern {
    let step: LogRule.Step
    let actions: [Int]
    let arguments: [Text?]
    let formula: Text?

    init(step: LogRule.Step, actions: [Int], arguments: [Text?], formula: Text?) {
      self.step = step
      self.actions = actions
      self.arguments = arguments
      self.formula = formula
    }
  }

  let rule: LogRule
  /// The slot of each name.
  let slots: [Int]
  /// Nil if the lines are not steps.
  let alternatives: [[Pattern]]?
  let conditions: [Condition]

  /// Throws `Diagnostics` for a text that cannot be read, and `EvaluationFailure` for one that is too large.
  init(_ rule: LogRule, _ program: Program) throws {
    self.rule = rule
    let compiler = program.compiler
    let span = SourceSpan(file: SourceFile(name: "<log>", text: ""), start: 0, end: 0)
    let slots = try rule.names.map { _ in try compiler.newSlot(span) }
    self.slots = slots
    func compile(_ text: String, _ highest: Level) throws -> Text {
      let whole = rule.definitions.isEmpty ? text : "LET \(rule.definitions)\nIN\n\(text)"
      let (term, binders) = try Self.inMapping {
        try program.specification.resolve(whole, binding: rule.names)
      }
      guard term.level <= highest else {
        let wanted = highest == .action ? "states" : "one state, without primes"
        throw Diagnostics([
          Diagnostic(.error, .specification, .level, "expected an expression over \(wanted)", at: term.span)
        ])
      }
      var environment = Environment()
      for (binder, slot) in zip(binders, slots) { environment.bindings[binder] = .slot(slot) }
      let code = try compiler.compile(term, environment)
      let names = slots.indices.filter { code.dependencies.slots.contains(slots[$0]) }
      let reads = code.dependencies
      return Text(
        node: code.node, names: names, readsNext: reads.next, readsBoth: reads.next && reads.state,
        onlyName: rule.names.firstIndex(of: text))
    }
    func pattern(_ step: LogRule.Step) throws -> Pattern {
      let actions = program.actions.indices.filter {
        step.action == "*" || program.actions[$0].name == step.action
      }
      return Pattern(
        step: step, actions: actions,
        arguments: try step.arguments.map { try $0.map { try compile($0, .state) } },
        formula: try step.formula.map { try compile($0.text, .action) })
    }
    switch rule.meaning {
    case .state: alternatives = nil
    case .steps(let sequences): alternatives = try sequences.map { try $0.map(pattern) }
    }
    conditions = try rule.conditions.map { condition in
      let text = try compile(condition.text, .action)
      return Condition(text: text, field: condition.field, shown: condition.shown)
    }
    compiler.keepSlots()
  }
}

extension CompiledLogRule {
  /// Says of the errors in an expression that it is one of the mapping.
  private static func inMapping<Result>(_ resolve: () throws -> Result) throws -> Result {
    do { return try resolve() } catch var errors as Diagnostics {
      for index in errors.all.indices {
        errors.all[index].notes.append(
          Diagnostic.Note(message: "this expression is one of the log's mapping, with its definitions"))
      }
      throw errors
    }
  }
}

/// A line of a log in the engine's memory.
final class LoadedLogLine {
  let line: LogLine
  let rule: CompiledLogRule
  /// The words of the line's values; `Value.missing` for what it does not say.
  let words: [Value]
  /// The positions of the conditions that are judged for this line: the rule's, and those of its parts after them.
  private(set) var judged: (conditions: [Int], parts: [Int]) = ([], [])

  init(_ line: LogLine, _ rule: CompiledLogRule, _ store: ValueStore) {
    self.line = line
    self.rule = rule
    // A value that the engine cannot make equals none of a state: it stays missing, and only the loose comparison can match it.
    words = line.values.map { value in value.flatMap { try? store.value($0) } ?? .missing }
    for word in words { store.keep(word) }
    let count = rule.conditions.count
    judged.conditions = (0..<count).filter(judges)
    judged.parts = (count..<count + line.parts.count).filter(judges)
  }

  /// Binds the rule's names to the line's values.
  func bind(_ machine: Machine) {
    for (slot, word) in zip(rule.slots, words) { machine.slots[slot] = word.bits }
  }

  /// Whether the line says everything that the text needs.
  func tells(_ text: CompiledLogRule.Text) -> Bool { text.names.allSatisfy { !words[$0].isMissing } }

  /// Whether the condition at that position is judged for this line.
  private func judges(_ index: Int) -> Bool {
    if line.unjudged.contains(index) { return false }
    guard index < rule.conditions.count else { return true }
    let condition = rule.conditions[index]
    if !tells(condition.text) { return false }
    return condition.field.map { line.values[$0] != nil } ?? true
  }

  /// The condition at that position: one of the rule's, or a part of a variable of which the line tells.
  func shown(_ index: Int) -> String {
    let conditions = rule.conditions
    return index < conditions.count ? conditions[index].shown : line.parts[index - conditions.count].shown
  }

  /// Whether the machine's states satisfy the condition at that position. `matches` compares the value of a state with one of the line.
  func satisfies(
    _ index: Int, _ machine: Machine, _ matches: (PlainValue, PlainValue) -> Bool
  ) throws -> Bool {
    let condition = rule.conditions[index]
    guard let field = condition.field else { return try condition.text.node.test(machine) }
    let value = try condition.text.node.evaluate(machine)
    if value == words[field] { return true }
    guard let wanted = line.values[field] else { return true }
    return matches(machine.store.plain(value), wanted)
  }
}
