package import Traces

extension TraceBeside {
  /// A trace of a model on another model, by its actions. Throws `TraceRefusal` if the model does not allow the trace.
  package init(_ trace: Trace, of model: SessionModel, on other: SessionModel) throws {
    var session = Session(model)
    try session.play(trace, named: "trace")
    session.putBeside(other)
    guard let beside = session.besideForPage else {
      throw TraceRefusal(description: "\(other.name) does not allow the initial state")
    }
    self = beside
  }
}

extension Session {
  /// What a page shows of the model that stands beside this one.
  var besideForPage: TraceBeside? {
    guard let beside else { return nil }
    let other = beside.other
    let path = other.tree.branchPath(through: other.cursor)
    let count = tree.branchPath(through: cursor).count
    guard !path.isEmpty else { return nil }
    return TraceBeside(
      name: beside.name, trace: other.trace(of: path), structure: other.model.structure,
      places: (0..<count).map { min($0, path.count - 1) },
      notes: (0..<count).map { beside.words(at: $0).text },
      parting: beside.parting?.step)
  }
}
