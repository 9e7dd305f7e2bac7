import StateSpace
import TLASemantics
import TLASyntax
import Traces

/// The part of a session that is on disk, so that only new records need to be written.
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

  /// Whether the file exists.
  var hasBegun = false
  /// Whether some text could not be written yet.
  var isBehind = false
  /// The revision of the tree that was written last.
  var revision = 0
  var marks: [Mark] = []
  var deleted: [Int] = []
  var loops: [Int: Int] = [:]
  var branchNames: [String] = []
  var cursor = 0
  var watches: [String] = []
  var captions: [Int: String] = [:]
  var log: String?
  /// The digest of the model that the file belongs to.
  var digest = ""
}
