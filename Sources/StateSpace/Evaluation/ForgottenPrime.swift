import TLASemantics
import TLASyntax

/// A test that compares a variable with a value and may have been meant to give the variable its next value: `x = 1` for `x' = 1`.
struct ForgottenPrime {
  let variable: Int
  /// `x = 1`
  let test: Term
  /// The same as an assignment, for a message.
  let assignment: () -> String

  /// The failure, in which this test is named if the variable has no next value.
  func named(in failure: EvaluationFailure) -> EvaluationFailure {
    guard failure.missing.contains(variable), failure.narrowerCode == nil else { return failure }
    var failure = failure
    failure.narrowerCode = .unprimed
    failure.hint =
      "`\(test.span.oneLineText)` has no prime, so it only tests; if it was meant to change the value, write `\(assignment())`"
      + (failure.hint.map { "; otherwise \($0)" } ?? "")
    return failure
  }
}
