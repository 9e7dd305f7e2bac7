import StateSpace
import TLASemantics
import TLASyntax
import Traces

/// What of a session is on disk, so that only what is new needs to be written.
struct SessionJournal {
  /// A node as it was written.
  struct Mark: Hashable {
    let parent: Int?
    let state: State
    let label: ActionLabel?
    let whatIf: String?

    init(_ node: TraceTree.Node) {
      parent = node.parent
      state = node.state
      label = node.label
      whatIf = node.whatIf
    }
  }

  /// Whether there is a file.
  var hasBegun = false
  /// Whether something could not be written yet.
  var isBehind = false
  /// The tree's revision that was written last.
  var revision = 0
  var marks: [Mark] = []
  var deleted: [Int] = []
  var loops: [Int: Int] = [:]
  var branchNames: [String] = []
  var cursor = 0
  var watches: [String] = []
  /// The model that the file is of.
  var digest = ""
}
