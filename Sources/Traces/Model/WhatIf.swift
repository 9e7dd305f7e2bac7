/// Changes by hand among the steps of a trace, which are not steps of the specification. They are kept in `stepNotes`, so that every format
/// with remarks keeps them.
extension Trace {
  private static let whatIfStart = "what-if, no step of the specification: "

  /// The remark about a change by hand in a trace's `stepNotes`.
  package static func whatIfNote(_ change: String) -> String { whatIfStart + change }

  /// The changes by hand among the steps, by index: the change, such as `x = 3`.
  package var whatIfChanges: [Int: String] {
    stepNotes.filter { $0.value.hasPrefix(Trace.whatIfStart) && $0.key > 0 && steps.indices.contains($0.key) }
      .mapValues { String($0.dropFirst(Trace.whatIfStart.count)) }
  }
}
