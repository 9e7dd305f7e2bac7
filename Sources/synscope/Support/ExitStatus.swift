import StateSpace
import TLASyntax

/// The exit codes. They are TLC's if TLC has one.
enum ExitStatus: Int32 {
  case success = 0
  /// `replay` met a step that the specification does not allow.
  case illegalStep = 1
  case assumption = 10
  case deadlock = 11
  case invariant = 12
  case property = 13
  case assertion = 14
  case usage = 64
  case unreadable = 65
  case unsupported = 69
  case evaluation = 75
  case invariantEvaluation = 76
  case propertyEvaluation = 77
  case specification = 150
  case configuration = 151
  case limit = 152
  case other = 255

  /// The exit code for a specification or a configuration that cannot be used.
  init(of diagnostics: [Diagnostic]) {
    let categories = Set(diagnostics.filter { $0.severity == .error }.map(\.category))
    if categories.contains(.specification) {
      self = .specification
    } else {
      self = categories.contains(.configuration) ? .configuration : .unsupported
    }
  }

  /// The exit code for a violation.
  init(of violation: Violation) {
    switch (violation.kind, violation.failure, violation.subject) {
    case (.invariant, _, _): self = .invariant
    case (.deadlock, _, _): self = .deadlock
    case (.property, _, _): self = .property
    case (_, let failure?, let subject?): self.init(of: failure, in: subject)
    case (.assumption, _, _): self = .assumption
    case (.assertion, _, _): self = .assertion
    case (.evaluation, _, _): self = .evaluation
    }
  }

  /// The exit code for a failed evaluation. TLC distinguishes kinds of failures only when it evaluates a step.
  private init(of failure: EvaluationFailure, in subject: Violation.Subject) {
    if failure.kind == .resource {
      self = .limit
      return
    }
    switch subject {
    case .assumption, .postcondition: self = .assumption
    case .constant: self = .configuration
    case .initialState: self = failure.kind == .incompleteInitialState ? .other : .evaluation
    case .invariant: self = .invariantEvaluation
    case .property: self = failure.kind == .tautology ? .propertyEvaluation : .other
    case .step:
      self = failure.isInLibrary ? .other : failure.kind == .assertion ? .assertion : .evaluation
    }
  }
}
