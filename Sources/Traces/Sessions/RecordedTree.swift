package import StateSpace

/// The explored tree of a model, independent of any engine's memory. A session's file holds it, and it can be replayed on another version
/// of the model.
package struct RecordedTree: Sendable, Hashable {
  /// A visited state, and the step that led to it.
  package struct Node: Sendable, Hashable {
    /// The position of the previous state, which is smaller than its own; nil for an initial state.
    package var parent: Int?
    /// The action of the step; nil for an initial state.
    package var label: ActionLabel?
    /// The user's change by hand that led here, which is not a step of the specification; nil for a step.
    package var whatIf: String?
    /// The position of the state to which a lasso leads back from this one; nil for all other states.
    package var loopsTo: Int?
    /// Deleted nodes keep their positions.
    package var isDeleted = false
    /// One value for each variable.
    package var values: [PlainValue]
    /// The name of its branch.
    package var branch: String
    /// The origin of the branch, in the workbench's words: `explored`.
    package var origin: String

    package init(
      parent: Int?, label: ActionLabel?, values: [PlainValue], branch: String, origin: String = "explored",
      whatIf: String? = nil
    ) {
      self.parent = parent
      self.label = label
      self.values = values
      self.branch = branch
      self.origin = origin
      self.whatIf = whatIf
    }
  }

  /// The user's name for the model: `syn/part5`.
  package var model: String
  /// Distinguishes versions of the model, including its constants.
  package var digest: String
  package var variables: [String]
  /// The constants to which the user gave other values than the configuration: `MaxValues=6`.
  package var constants: [String] = []
  /// The nodes in the order in which they were visited, without steps that were undone.
  package var nodes: [Node] = []
  /// The position of the current state.
  package var cursor = 0
  /// The watched expressions.
  package var watches: [String] = []
  /// The user's captions of states, by their positions.
  package var captions: [Int: String] = [:]
  /// The path of the system's log that is open; nil for none.
  package var log: String?
  /// The files of the model; empty for a model that comes with the program.
  package var files: [File] = []

  /// A file of the model, by its name without folders.
  package struct File: Sendable, Hashable {
    package let name: String
    package let text: String

    package init(name: String, text: String) {
      self.name = name
      self.text = text
    }
  }

  package init(model: String, digest: String, variables: [String], constants: [String] = []) {
    self.model = model
    self.digest = digest
    self.variables = variables
    self.constants = constants
  }

  /// The number of steps: nodes that are not initial states.
  package var stepCount: Int { nodes.count { $0.parent != nil } }

  /// The positions from the initial state to a node, including both.
  package func path(to node: Int) -> [Int] {
    var path: [Int] = []
    var current: Int? = nodes.indices.contains(node) ? node : nil
    while let position = current {
      path.append(position)
      current = nodes[position].parent
    }
    return path.reversed()
  }
}
