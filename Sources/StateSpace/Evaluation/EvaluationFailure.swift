package import TLASyntax

/// A failed evaluation: what is wrong, where, and how the evaluation got there.
package struct EvaluationFailure: Error, Sendable {
  package enum Kind: Sendable, Hashable {
    /// A value of the wrong kind or outside a domain, a `CHOOSE` without a witness, and the like.
    case evaluation
    /// The same in a standard module's operator that TLC implements in Java, such as a division by zero. It has its own exit code.
    case library
    /// `Assert` with FALSE.
    case assertion
    /// A next-state relation that leaves a variable without a value, or reads one before it has one.
    case incompleteState
    /// An initial predicate that leaves a variable without a value.
    case incompleteInitialState
    /// A property that is true of every behavior, so that nothing is claimed by it.
    case tautology
    /// The recursion is too deep, or a value is too large.
    case resource
    /// The evaluation was stopped from outside; nothing is known of the value.
    case stopped
  }
  package let kind: Kind
  /// What is wrong, with the values: a sentence without a full stop.
  package let message: String
  /// What the user can do about it, if that is clear.
  package var hint: String? = nil
  /// The kind of message, where it is narrower than `kind` tells.
  var narrowerCode: MessageCode? = nil
  /// The numbers of the variables to which a step gives no value.
  var missing: [Int] = []
  /// The expression that has no value.
  package let span: SourceSpan?
  /// The operators that were being evaluated, the innermost first.
  package let callStack: [Frame]

  package struct Frame: Sendable {
    package let name: String
    /// The place of the call.
    package let span: SourceSpan
  }
}

extension EvaluationFailure {
  /// The kind of message.
  package var code: MessageCode {
    if let narrowerCode { return narrowerCode }
    switch kind {
    case .evaluation, .library, .stopped: return .value
    case .assertion: return .assert
    case .incompleteState: return .incomplete
    case .incompleteInitialState: return .initial
    case .tautology: return .noVariable
    case .resource: return .tooLarge
    }
  }

  /// Whether TLC implements the failing part in Java: some operators, and all of the module Bags except SubBag.
  package var isInLibrary: Bool {
    if kind == .library { return true }
    return kind == .evaluation && span?.file.name == "Bags.tla" && !callStack.contains { $0.name == "SubBag" }
  }

  /// Makes a failure of any error. An error that is not a failure already has no place.
  init(_ error: any Error) {
    if let failure = error as? EvaluationFailure {
      self = failure
    } else if let failure = error as? ValueError {
      self.init(
        kind: failure.kind, message: failure.message, hint: failure.hint, narrowerCode: failure.code,
        span: nil, callStack: [])
    } else {
      self.init(kind: .evaluation, message: "\(error)", span: nil, callStack: [])
    }
  }
}
