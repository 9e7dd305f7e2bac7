package import TLASyntax

/// An evaluation that has no value: what, where, and how it was reached.
package struct EvaluationFailure: Error, Sendable {
  package enum Kind: Sendable, Hashable {
    /// A value of the wrong kind, out of a domain, a `CHOOSE` without a witness, and the like.
    case evaluation
    /// The same of an operator of a standard module that TLC has in Java, such as a division by zero: its exit code is another one.
    case library
    /// `Assert` with FALSE.
    case assertion
    /// A next-state relation that leaves a variable without a value, or reads one before it has one.
    case incompleteState
    /// An initial predicate that leaves a variable without a value.
    case incompleteInitialState
    /// Too deep or too large.
    case resource
    /// Somebody ended the evaluation: nothing is known of the value.
    case stopped
  }
  package let kind: Kind
  /// What is wrong, with the values, as a sentence without its full stop.
  package let message: String
  /// What to do about it, where that is plain.
  package var hint: String? = nil
  /// The expression that has no value.
  package let span: SourceSpan?
  /// The operators being evaluated, the innermost first.
  package let callStack: [Frame]

  package struct Frame: Sendable {
    package let name: String
    /// Where it was called.
    package let span: SourceSpan
  }
}

extension EvaluationFailure {
  /// Whether what failed is in Java in TLC: an operator by itself, or all of the module Bags but SubBag.
  package var isInLibrary: Bool {
    if kind == .library { return true }
    return kind == .evaluation && span?.file.name == "Bags.tla" && !callStack.contains { $0.name == "SubBag" }
  }

  /// Any error of an evaluation as a failure; one that is none already has no place.
  init(_ error: any Error) {
    if let failure = error as? EvaluationFailure {
      self = failure
    } else if let failure = error as? ValueError {
      self.init(kind: failure.kind, message: failure.message, hint: failure.hint, span: nil, callStack: [])
    } else {
      self.init(kind: .evaluation, message: "\(error)", span: nil, callStack: [])
    }
  }
}
