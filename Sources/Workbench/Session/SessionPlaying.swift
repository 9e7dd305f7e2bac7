import Traces

/// Why a trace cannot be played on a model.
package struct TraceRefusal: Error, CustomStringConvertible {
  package let description: String
}

extension Session {
  /// Replays a whole trace of the session's own model.
  mutating func play(_ trace: Trace, named name: String) throws(TraceRefusal) {
    replay(trace, name: name, matching: .values)
    guard tree.branchPath(through: cursor).count == trace.steps.count else {
      throw TraceRefusal(description: screen.message?.text ?? "the model does not allow the trace")
    }
  }
}
