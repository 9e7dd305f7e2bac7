package import StateSpace

/// What was explored of a model, apart from any engine's memory: what a session's file holds, and what is replayed on
/// another version of the model.
package struct RecordedTree: Sendable, Hashable {
  /// A visited state and the step that led to it.
  package struct Node: Sendable, Hashable {
    /// The position of the state before it, which is smaller than its own; nil for an initial state.
    package var parent: Int?
    /// The action of the step; nil for an initial state.
    package var label: ActionLabel?
    /// What the user changed by hand to get here, which is no step of the specification; nil for a step.
    package var whatIf: String?
    /// The position of the state that a lasso leads back to from this one; nil for all others.
    package var loopsTo: Int?
    /// Deleted nodes keep their positions.
    package var isDeleted = false
    /// As many as there are variables.
    package var values: [PlainValue]
    /// The name of its branch.
    package var branch: String
    /// Where the branch comes from, as the workbench calls it: `explored`.
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

  /// What the user calls the model: `syn/part5`.
  package var model: String
  /// Tells versions of the model apart, constants included.
  package var digest: String
  package var variables: [String]
  /// The constants that the user gave another value than the configuration: `MaxValues=6`.
  package var constants: [String] = []
  /// In the order in which they were visited; a step that was undone is not among them.
  package var nodes: [Node] = []
  /// The position of the current state.
  package var cursor = 0
  /// The watched expressions.
  package var watches: [String] = []

  package init(model: String, digest: String, variables: [String], constants: [String] = []) {
    self.model = model
    self.digest = digest
    self.variables = variables
    self.constants = constants
  }

  /// The number of steps: nodes that are no initial states.
  package var stepCount: Int { nodes.count { $0.parent != nil } }

  /// The positions from the initial state to a node, both included.
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
