/// What the lines of one kind say of a behavior.
///
/// The texts are TLA+ in the scope of the specification's root module. They may mention the rule's names, whose values each line gives.
package struct LogRule: Sendable {
  /// A step of an action, or of any if the action is `*`. An argument is an expression for the value that it must have; nil for any.
  package struct Step: Sendable, Hashable {
    package let action: String
    package let arguments: [String?]
    /// What must also be true of the step: an expression over its two states; nil for nothing.
    package let formula: Condition?

    package init(action: String, arguments: [String?] = [], formula: Condition? = nil) {
      self.action = action
      self.arguments = arguments
      self.formula = formula
    }
  }

  package enum Meaning: Sendable, Hashable {
    /// The line is not a step: it says what the state is.
    case state
    /// The line stands for one of these sequences of steps, the empty one if it may be no step. Without any, no action explains it.
    case steps([[Step]])
  }

  /// What must be true of the state before the line's first step and, where it is primed, of the state after its last one. For a line that
  /// is not a step both are the same state.
  package struct Condition: Sendable, Hashable {
    package let text: String
    /// If the expression must have the value of one of the names, that name's position. The value may have the form that JSON gives it: an
    /// array also stands for a set.
    package let field: Int?
    /// The condition as the user wrote it.
    package let shown: String

    package init(text: String, field: Int? = nil, shown: String) {
      self.text = text
      self.field = field
      self.shown = shown
    }
  }

  package var names: [String]
  package var meaning: Meaning
  package var conditions: [Condition]
  /// Definitions that the texts may use, as they stand in a `LET`.
  package var definitions: String

  package init(
    names: [String] = [], meaning: Meaning, conditions: [Condition] = [], definitions: String = ""
  ) {
    self.names = names
    self.meaning = meaning
    self.conditions = conditions
    self.definitions = definitions
  }
}

/// A line of a log: its rule, and what it says.
package struct LogLine: Sendable {
  /// The position of the line's rule.
  package let rule: Int
  /// The values of the rule's names; nil for what the line does not say. A condition that needs such a value is not judged.
  package let values: [PlainValue?]
  /// The place in the order that is tried first.
  package let rank: Int
  /// How many lines of other strands must come before this one.
  package var after: [(strand: Int, count: Int)] = []
  /// What it says of parts of variables after its last step; they are judged after the rule's conditions.
  package var parts: [LogPart] = []
  /// The positions of conditions that are not judged. The parts come after the rule's conditions.
  package var unjudged: Set<Int> = []

  package init(rule: Int, values: [PlainValue?], rank: Int) {
    self.rule = rule
    self.values = values
    self.rank = rank
  }
}

/// What a line says of a part of a variable.
package struct LogPart: Sendable {
  /// The variable's position.
  package let variable: Int
  /// As a user would write it: `role[n1] = "leader"`.
  package let shown: String
  /// The part of the variable's value; nil if it has no such part.
  package let find: @Sendable (PlainValue) -> PlainValue?
  /// Whether the part has the value that the line gives.
  package let isSo: @Sendable (PlainValue) -> Bool

  package init(
    variable: Int, shown: String, find: @escaping @Sendable (PlainValue) -> PlainValue?,
    isSo: @escaping @Sendable (PlainValue) -> Bool
  ) {
    self.variable = variable
    self.shown = shown
    self.find = find
    self.isSo = isSo
  }
}

/// The lines of a log, in strands. The lines of one strand are ordered; those of different strands are not, unless a line says so.
package protocol LogSource: AnyObject {
  var strandCount: Int { get }
  /// The line of a strand at a position; nil after the strand's last line so far.
  func line(_ index: Int, of strand: Int) throws -> LogLine?
  /// Says that no line before these positions, one for each strand, is likely to be asked for again.
  func release(before positions: [Int])
  /// Whether there may be further lines later.
  var isGrowing: Bool { get }
  /// Waits a moment for further lines.
  func more() throws -> LogGrowth
  /// Says that no further lines are wanted.
  func close()
}

/// Whether a log has grown.
package enum LogGrowth: Sendable {
  case grown
  /// There may be more lines later.
  case notYet
  case ended
}

extension LogSource {
  package func release(before positions: [Int]) {}
  package var isGrowing: Bool { false }
  package func more() throws -> LogGrowth { .ended }
  package func close() {}
}

/// An action that may be taken without a line.
package struct UnloggedAction: Sendable, Hashable {
  package let name: String
  /// The names of the model's actions that are meant.
  package let actions: [String]
  /// How often at most; nil for any number.
  package var budget: Int?

  /// Without `actions`, the action with that name is meant.
  package init(name: String, actions: [String]? = nil, budget: Int?) {
    self.name = name
    self.actions = actions ?? [name]
    self.budget = budget
  }
}
