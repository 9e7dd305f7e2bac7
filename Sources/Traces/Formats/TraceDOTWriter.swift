internal import StateSpace

/// Writes a trace as a graph of its states in the DOT language of Graphviz. A lasso has an edge back.
enum TraceDOTWriter {
  static func text(_ trace: Trace) -> String {
    var graph = StateGraph(title: trace.metadata.model.map { "a trace of \($0)" } ?? "a trace")
    for (index, step) in trace.steps.enumerated() {
      let values = zip(trace.variables, step.values).map { "\($0) = \($1)" }
      let violation = trace.violation.flatMap { $0.step == index ? $0.name : nil }
      let title = (["state \(index)"] + changes(trace, index) + (violation.map { ["✗ \($0)"] } ?? []))
        .joined(separator: "\n")
      _ = graph.add(
        StateGraph.Node(title: title, values: values, isViolating: violation != nil, isExpanded: true))
    }
    for index in trace.steps.indices.dropFirst() {
      let omission = trace.omissions[index].map { "… (\($0.words)) " } ?? ""
      let action = trace.steps[index].label?.description ?? ""
      graph.add(StateGraph.Edge(from: index - 1, to: index, label: omission + action))
    }
    if let loop = trace.loop, let last = trace.steps.indices.last {
      let label = loop == last ? "stuttering" : trace.closing?.description ?? ""
      graph.add(StateGraph.Edge(from: last, to: loop, label: label))
    }
    graph.current = trace.violation?.step ?? max(0, trace.steps.count - 1)
    return StateGraphDOTWriter.text(graph)
  }

  /// The changes of a state in short lines; for the first state, all variables.
  private static func changes(_ trace: Trace, _ index: Int) -> [String] {
    let before = index > 0 ? trace.steps[index - 1].values : []
    return zip(trace.variables, trace.steps[index].values).enumerated().compactMap { position, pair in
      if index > 0, before.indices.contains(position), before[position] == pair.1 { return nil }
      let text = "\(pair.0) = \(pair.1)"
      return text.count > 60 ? "\(text.prefix(59))…" : text
    }
  }
}
