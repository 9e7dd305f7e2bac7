package import StateSpace

/// Expressions of the user's to evaluate beside the loop, since they take long.
package struct EvaluationTask: Hashable, Sendable {
  /// Where an expression is evaluated: the values of every variable, and those before the step that led there.
  package struct Place: Hashable, Sendable {
    package let values: [PlainValue]
    package let before: [PlainValue]?

    package init(values: [PlainValue], before: [PlainValue]?) {
      self.values = values
      self.before = before
    }
  }

  package let expression: String
  package let places: [Place]

  package init(expression: String, places: [Place]) {
    self.expression = expression
    self.places = places
  }
}

/// What an expression gave in one place.
package enum EvaluationOutcome: Hashable, Sendable {
  case value(PlainValue)
  /// It has no value: why, for the user.
  case failure(String)

  /// `TRUE`, `{1, 2}`; or why there is none.
  var text: String {
    switch self {
    case .value(let value): value.description
    case .failure(let message): message
    }
  }

  var isWrong: Bool { if case .failure = self { true } else { false } }
}

/// How an evaluation beside the loop ended.
package enum EvaluationEnd: Hashable, Sendable {
  /// One for each place of the task.
  case outcomes([EvaluationOutcome])
  case stopped
  /// It could not run: the message to show.
  case failed(String)
}
