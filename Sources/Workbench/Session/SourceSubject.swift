import StateSpace
import TLASemantics
import TLASyntax

/// The subject of the Source pane: an action, and the state in which it is taken or could be taken.
struct SourceSubject: Hashable, Sendable {
  let label: ActionLabel
  let state: State
  /// The number of the step that took the action; nil if the action is selected in Actions.
  let step: Int?
}
