/// The result of an evaluation.
package enum ExpressionOutcome: Hashable, Sendable {
  /// The value as TLC prints it.
  case value(String)
  /// A value whose elements cannot be listed, or cannot be put in order.
  case unspelled(String)
  case error(String)
  /// The module with the expression is refused.
  case refused(String)
  /// No result within some seconds.
  case late

  /// Whether both outcomes are the same. The wording of errors is not compared.
  func agrees(with other: ExpressionOutcome) -> Bool {
    switch (self, other) {
    case (.value(let one), .value(let another)): one == another
    // One tool may fail when it spells a value out, and the other when it makes the value.
    case (.unspelled, .unspelled), (.unspelled, .error), (.error, .unspelled): true
    case (.error, .error), (.refused, .refused), (.late, _), (_, .late): true
    default: false
    }
  }

  var kind: String {
    switch self {
    case .value: "value"
    case .unspelled: "unspelled"
    case .error: "error"
    case .refused: "refused"
    case .late: "late"
    }
  }

  var isRefused: Bool { if case .refused = self { true } else { false } }

  /// The outcome in one line.
  package var summary: String {
    switch self {
    case .value(let text): text
    case .unspelled(let text), .error(let text), .refused(let text): "\(kind): \(text)"
    case .late: kind
    }
  }
}
