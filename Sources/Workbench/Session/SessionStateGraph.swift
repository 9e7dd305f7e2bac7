import StateSpace
import TLASemantics
import Traces

// The state graph around the current state.
extension Session {
  /// The number of steps that the graph reaches from the current state, and its greatest number of states.
  private static let graphDistance = 2
  private static let graphLimit = 150

  /// Whether the file's name asks for the state graph instead of the trace: `.dot` or `.gv`.
  func isStateGraphPath(_ path: String) -> Bool {
    [".dot", ".gv"].contains { path.lowercased().hasSuffix($0) }
  }

  /// The state before the current one, the current one, and all states that can be reached from it in two steps. Throws
  /// `EvaluationFailure`.
  func stateGraph() throws -> StateGraph {
    var graph = StateGraph(title: "\(model.explorer.specification.name), around step \(step)")
    var numbers: [State: Int] = [:]
    func number(of state: State, title: @autoclosure () -> String) -> Int? {
      if let known = numbers[state] { return known }
      guard numbers.count < Session.graphLimit else {
        graph.isCut = true
        return nil
      }
      let violated = model.violatedInvariants(in: state)
      let title = title() + (violated.isEmpty ? "" : "\n✗ " + violated.joined(separator: ", "))
      let values = zip(model.variables, model.values(of: state)).map { "\($0) = \($1)" }
      let added = graph.add(StateGraph.Node(title: title, values: values, isViolating: !violated.isEmpty))
      numbers[state] = added
      return added
    }
    guard let current = number(of: state, title: "step \(step)") else { return graph }
    graph.current = current
    if let before = previousState, let previous = number(of: before, title: "step \(step - 1)") {
      let label = tree[cursor].whatIf.map { "≈ \($0)" } ?? tree[cursor].label?.description ?? ""
      graph.add(StateGraph.Edge(from: previous, to: current, label: label))
    }
    var frontier = [state]
    for _ in 0..<Session.graphDistance {
      var next: [State] = []
      for state in frontier {
        guard let from = numbers[state] else { continue }
        graph.expand(from)
        for successor in try model.explorer.successors(of: state) {
          let isNew = numbers[successor.state] == nil
          let change = model.summary(from: state, to: successor.state, label: successor.label).text()
          guard let to = number(of: successor.state, title: change) else { continue }
          graph.add(StateGraph.Edge(from: from, to: to, label: successor.label.description))
          if isNew { next.append(successor.state) }
        }
      }
      frontier = next
    }
    return graph
  }

  /// Writes the graph to a file.
  mutating func saveStateGraph(_ path: String, replaces: Bool) -> [Effect] {
    do {
      disk.savingNodes = []
      return [
        .save(path: path, piece: FilePiece(StateGraphDOTWriter.text(try stateGraph())), replaces: replaces)
      ]
    } catch {
      screen.message = Message("the states around here: \(Wording.message(of: error))", .wrong)
      return []
    }
  }
}
