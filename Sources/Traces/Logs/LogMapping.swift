import StateSpace

/// The order of a log's lines.
package enum LogOrder: String, Sendable, Hashable, CaseIterable {
  /// All lines have one order.
  case total
  /// The lines of one node are ordered. Those of different nodes are not.
  case perNode = "per-node"
  /// The same, and a line comes after those that its clock says. The clock is an object: for each node, a number of its lines.
  case causal
}

/// How the lines of a log speak of a model.
package struct LogMapping: Sendable {
  /// A pattern for the names of events: `*` stands for any text.
  package struct Pattern: Sendable, Hashable {
    package let text: String
    private let parts: [Substring]

    package init(_ text: String) {
      self.text = text
      parts = text.split(separator: "*", omittingEmptySubsequences: false)
    }

    package var isExact: Bool { parts.count == 1 }

    package func matches(_ name: String) -> Bool {
      guard let first = parts.first, let last = parts.last, !isExact else { return name == text }
      guard name.hasPrefix(first) else { return false }
      var rest = name.dropFirst(first.count)
      for part in parts.dropFirst().dropLast() where !part.isEmpty {
        guard let place = rest.firstRange(of: part) else { return false }
        rest = rest[place.upperBound...]
      }
      return rest.hasSuffix(last)
    }
  }

  /// What must be in a field for a rule to count.
  package struct Match: Sendable, Hashable {
    package enum Wanted: Sendable, Hashable {
      /// One of these texts. A number or a truth value is compared as it is written.
      case oneOf([String])
      case sameAs(LogField)
      /// Whether the line has the field.
      case present(Bool)
    }
    package let field: LogField
    package let wanted: Wanted
    /// Whether it must not be so.
    package let isNegated: Bool

    package init(field: LogField, wanted: Wanted, isNegated: Bool = false) {
      self.field = field
      self.wanted = wanted
      self.isNegated = isNegated
    }
  }

  /// A step, as `Register($.node)`.
  package struct Step: Sendable, Hashable {
    package let action: String
    package let arguments: [LogText?]

    package init(action: String, arguments: [LogText?]) {
      self.action = action
      self.arguments = arguments
    }
  }

  /// What must be true: a predicate, or two expressions that must be equal.
  package enum Condition: Sendable, Hashable {
    case predicate(LogText)
    case equal(LogText, LogText)
  }

  package struct Rule: Sendable {
    package enum Meaning: Sendable, Hashable {
      case state
      case steps([[Step]])
    }
    package var event: Pattern
    package var matches: [Match] = []
    package var meaning: Meaning
    package var conditions: [Condition] = []
    /// The field whose members are the new values of variables, or of parts of them; nil for none.
    package var updates: LogField?

    package init(event: Pattern, meaning: Meaning) {
      self.event = event
      self.meaning = meaning
    }
  }

  /// A number that a log gives.
  package enum Count: Sendable, Hashable {
    case number(Int)
    /// One for so many lines of such events, rounded up.
    case lines(Pattern, per: Int)
    case unlimited
  }

  /// A constant that a log gives.
  package enum Constant: Sendable, Hashable {
    /// The set of all values of these fields.
    case values([LogField], areStrings: Bool)
    case count(Count)
    /// The first value of a field.
    case value(LogField)
    /// An expression as in a configuration.
    case text(String)
  }

  /// What must be true of the initial state.
  package var initial: [LogText] = []
  /// The fields that name an event, together. Without any, all lines are of the same event.
  package var event: [LogField] = []
  /// Whether the mapping says which fields name an event.
  package var namesEvents = false
  package var node: LogField?
  package var clock: LogField?
  package var order: LogOrder?
  package var ignored: [Pattern] = []
  /// The events that begin something that ends with another line of the same node.
  package var spans: [(begin: Pattern, end: Pattern)] = []
  /// The model's names for names of the log.
  package var names: [String: String] = [:]
  package var constants: [(name: String, constant: Constant)] = []
  package var unlogged: [(action: String, count: Count)] = []
  /// The members, anywhere in a line, whose values count only by their rank among all of the log.
  package var ranks: Set<String> = []
  /// Definitions that expressions may use.
  package var definitions = ""
  package var rules: [Rule] = []

  package init() {}
}

extension LogMapping.Constant {
  /// The fields whose values make the constant.
  var fields: [LogField] {
    switch self {
    case .values(let fields, _): fields
    case .value(let field): [field]
    case .count, .text: []
    }
  }
}
