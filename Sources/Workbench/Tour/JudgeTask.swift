package import StateSpace
package import TLASemantics

/// What the tour asks the engine about a learner's answer. It is answered on a thread of its own.
package struct JudgeTask: Sendable {
  package enum Question: Sendable {
    /// Which of the options are right? The steps that some count lead to a state with the goal; nil where none are counted.
    case options([ChooseTask.Claim], goal: String?)
    /// Has the answer the same value as the target: in the state where the learner is, or in every reachable one?
    case expression(target: String, answer: String, isInState: Bool)
    /// Does the specification, a mended copy of `original`, do what the task demands?
    case mended(original: Specification, hidden: String, possible: [String], actions: [String])
  }

  package let question: Question
  package let specification: Specification
  /// The state where the learner is: the values of all variables.
  package let place: [PlainValue]
  package let options: CheckOptions

  package init(
    _ question: Question, _ specification: Specification, at place: [PlainValue], options: CheckOptions
  ) {
    self.question = question
    self.specification = specification
    self.place = place
    self.options = options
  }
}

/// A trace that shows the learner something.
package struct TourEvidence: Hashable, Sendable {
  package let trace: [TraceStep]
  /// Whether it begins in the state where the learner was, and not in an initial state.
  package let beginsHere: Bool
  /// The position to which the behavior returns for ever from its end; nil for a finite one.
  package let loop: Int?

  package init(_ trace: [TraceStep], beginsHere: Bool, loop: Int? = nil) {
    self.trace = trace
    self.beginsHere = beginsHere
    self.loop = loop
  }
}

/// The answer to a `JudgeTask`.
package enum Verdict: Sendable {
  /// The positions of the right options, and traces that show why an option is right or wrong, by its position. `states` were looked at.
  case options(right: [Int], evidence: [Int: TourEvidence], states: Int)
  /// The answer has the value of the target wherever they were compared.
  case same(states: Int)
  /// A state in which the values differ.
  case differs(TourEvidence, target: String, answer: String)
  case mended(states: Int)
  /// The mended specification does not do what is demanded. The text is a sentence without a full stop.
  case notMended(String, TourEvidence?)
  /// There is no answer. The text says why.
  case failed(String)
  case stopped
}
