import StateSpace
import TLASemantics
import TLASyntax

/// What the Source pane is about: an action, in the state in which it is taken or could be.
struct SourceSubject: Hashable, Sendable {
  let label: ActionLabel
  let state: State
  /// The number of the step that took it; nil for an action that is selected.
  let step: Int?
}
