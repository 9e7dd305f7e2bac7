import TLASyntax

/// Where a log departs from a model, and why.
package struct LogDeparture {
  /// Why a step does not explain a line.
  package enum Reason: Sendable {
    /// The model has no such action, or none with these arguments.
    case noAction
    /// The action is disabled: the first false conjunct, if it is known.
    case disabled(Explanation?)
    /// The action has no value here.
    case failed(EvaluationFailure)
    /// The action can be taken, but the line says something else: the condition as the user wrote it, why it is false, and the value that
    /// the model has for what the line gives. Without a position it is not the rule's condition but what the mapping takes for the action.
    case condition(position: Int?, shown: String, Explanation?, modelled: PlainValue?)
  }

  /// A step that could have explained a line.
  package struct Candidate: Sendable {
    /// The action; nil if the line is not a step.
    package let label: ActionLabel?
    package let reason: Reason
  }

  /// A line that cannot be explained in a state.
  package struct Refusal: Sendable {
    package let place: LogPlace
    /// Empty if the rule knows no action for the line.
    package let candidates: [Candidate]
  }

  /// A reading of the log in which more of it fits.
  package struct Remedy: Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
      /// The line is left out: as if it came twice, or does not belong here.
      case without
      /// The line before it counts twice: as if one was lost.
      case twice
      /// The line and the one after it are swapped.
      case swapped
      /// The unlogged action is taken once more than its budget allows.
      case unlogged(String)
      /// That condition of the line is not judged; the model has this value there.
      case unjudged(shown: String, modelled: PlainValue?)
    }

    package let kind: Kind
    /// How many more lines are explained.
    package let gained: Int
    /// Whether the whole rest is explained.
    package let explainsAll: Bool
  }

  /// How many lines are explained at most.
  package let explained: Int
  /// The states in which the model can be there, without duplicates, as far as they were kept.
  package let states: [[PlainValue]]
  /// The lines that come next, beginning with the one that is tried first, and why the first of the states refuses them.
  package let refusals: [[Refusal]]
  /// Behaviors to the states whose refusals are given.
  package let behaviors: [LogExplanation]
  package let remedies: [Remedy]

  /// A behavior to the first of the states.
  /// Nil if there is no state.
  package var behavior: LogExplanation? { behaviors.first }
}
