import StateSpace
import Traces

// The steps that made an invariant false.
extension Session {
  /// The causes that made an invariant (by its position) false in the current state. Nil if it holds or no cause can be followed.
  func causes(ofInvariant index: Int, _ explanation: Explanation) -> CausalSlice? {
    let slice = model.causes(ofInvariant: index, explanation, at: cursor, in: tree)
    return slice.isEmpty ? nil : slice
  }

  /// Dims the steps that did not contribute to the violation, or shows all steps alike again.
  mutating func toggleSlice() {
    if screen.slicedNodes != nil {
      screen.slicedNodes = nil
      screen.message = Message("all steps are shown alike")
      return
    }
    let path = tree.path(to: cursor)
    var steps: Set<Int> = []
    for (index, status) in model.invariantStatuses(in: state).enumerated() {
      guard case .fails(let explanation) = status else { continue }
      steps.formUnion(causes(ofInvariant: index, explanation)?.steps ?? [])
    }
    guard !steps.isEmpty else {
      screen.message = Message(
        model.violatedInvariants(in: state).isEmpty
          ? "every invariant holds here: there is nothing to follow back"
          : "the cause of this violation cannot be traced back through the steps")
      return
    }
    screen.slicedNodes = Set(steps.filter(path.indices.contains).map { path[$0] })
    screen.message = Message(
      "\(steps.count) of \(path.count - 1) steps contributed to it (•): \(bindings.key(.slice)) shows all steps alike again"
    )
  }
}
