/// What an evaluation gives.
package enum ExpressionOutcome: Hashable, Sendable {
  /// The value as TLC prints it.
  case value(String)
  /// A value whose elements cannot be listed, or not be put in order.
  case unspelled(String)
  case error(String)
  /// The module with the expression is refused.
  case refused(String)
  /// Nothing within some seconds.
  case late

  /// Whether both say the same: errors are not compared by their wording.
  func agrees(with other: ExpressionOutcome) -> Bool {
    switch (self, other) {
    case (.value(let one), .value(let another)): one == another
    // Where a value fails when it is spelled, the other may have failed when it was made.
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

  /// A line about it.
  package var summary: String {
    switch self {
    case .value(let text): text
    case .unspelled(let text), .error(let text), .refused(let text): "\(kind): \(text)"
    case .late: kind
    }
  }
}
