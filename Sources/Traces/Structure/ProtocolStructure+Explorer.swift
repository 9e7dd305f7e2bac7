package import StateSpace
import TLASyntax

extension ProtocolStructure {
  /// Infers the structure of a model from states near its initial ones, where the view does not give it.
  package init(of explorer: Explorer, from initial: [State], view: ProtocolView = ProtocolView()) {
    var nodes: [PlainValue] = []
    var problems: [(ProtocolView.Mention, String)] = []
    for expression in view.nodes {
      switch Result(catching: { try explorer.evaluate(expression, in: nil) }) {
      case .success(.set(let elements)): nodes += elements.filter { !nodes.contains($0) }
      case .success(let value):
        problems.append((.nodes(expression), "nodes: \(expression) is no set but \(value)"))
      case .failure(let error):
        problems.append((.nodes(expression), "nodes: \(expression): \(ProtocolStructure.message(of: error))"))
      }
    }
    let sample = ProtocolSample(of: explorer, from: initial)
    self = ProtocolStructure(
      variables: explorer.variables, sample: sample, view: view,
      viewedNodes: nodes.isEmpty ? nil : nodes)
    guard view != ProtocolView() else { return }
    let actions = Set(sample.steps.map(\.label.name))
    self.problems =
      view.problems + ViewProblems(view, in: self, of: explorer, actions: actions).problems(and: problems)
  }

  private static func message(of error: any Error) -> String {
    switch error {
    case let failure as EvaluationFailure: failure.message
    case let diagnostics as Diagnostics: diagnostics.all.first?.message ?? "cannot be read"
    default: "\(error)"
    }
  }
}
