package import StateSpace

/// The user's slow expressions, to evaluate in the background.
package struct EvaluationTask: Hashable, Sendable {
  /// The place of an evaluation: the values of all variables, and the values before the step that led there.
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

/// The result of an expression in one place.
package enum EvaluationOutcome: Hashable, Sendable {
  case value(PlainValue)
  /// The expression has no value. The text says why.
  case failure(String)

  /// `TRUE`, `{1, 2}`; or why there is no value.
  var text: String {
    switch self {
    case .value(let value): value.description
    case .failure(let message): message
    }
  }

  var isWrong: Bool { if case .failure = self { true } else { false } }
}

/// How a background evaluation ended.
package enum EvaluationEnd: Hashable, Sendable {
  /// One outcome for each place of the task.
  case outcomes([EvaluationOutcome])
  case stopped
  /// The evaluation could not run. The message says why.
  case failed(String)
}
