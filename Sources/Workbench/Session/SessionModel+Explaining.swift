import StateSpace
import TLASemantics
import TLASyntax
import Traces

// Explanations of actions, invariants and expressions. Each is computed once.
extension SessionModel {
  /// The reading of an expression in a state: its value, or what is wrong with it.
  struct Reading: Hashable, Sendable {
    let text: String
    let isWrong: Bool
    /// The evaluation takes long, and the answer follows.
    var isPending = false

    init(_ outcome: EvaluationOutcome) {
      text = outcome.text
      isWrong = outcome.isWrong
    }

    private init(pending text: String) {
      self.text = text
      isWrong = false
      isPending = true
    }

    static let pending = Reading(pending: "…")
  }

  /// Every name that an expression can mention.
  var knownNames: [String] { explorer.specification.knownNames }

  /// The error that an expression has in every state; nil if it can be evaluated.
  func problem(with expression: String) -> String? {
    do {
      return try explorer.specification.resolve(expression).level == .temporal
        ? "it speaks of whole behaviors, not of a state or a step" : nil
    } catch { return Wording.message(of: error) }
  }

  /// The definition of an action. For an action without a name of its own, the next-state relation.
  func definition(of label: ActionLabel) -> SourceSpan? {
    explorer.specification.definition(named: label.name)?.span ?? explorer.specification.next?.span
  }

  /// The comment above an action's definition, on one line, with the arguments in place of the parameters; nil if there is none.
  func caption(of label: ActionLabel) -> String? { explorer.specification.caption(of: label) }

  /// The marks of an action in a state; nil if the spec does not define an action with this name.
  func sourceMarks(_ subject: SourceSubject) -> SourceMarks? {
    explanations.marks.value(for: SourceKey(label: subject.label, state: subject.state.index)) {
      guard let span = definition(of: subject.label) else { return nil }
      return SourceMarks(explorer.conjuncts(of: subject.label, in: subject.state), definition: span)
    }
  }

  /// The causes of the violation of an invariant (by its position) at a node of the tree.
  func causes(
    ofInvariant index: Int, _ explanation: Explanation, at node: Int, in tree: TraceTree
  ) -> CausalSlice {
    explanations.causes.value(for: CauseKey(node: node, invariant: index)) {
      let path = tree.path(to: node)
      let history = CausalHistory(
        structure: structure, count: path.count, values: { self.values(of: tree[path[$0]].state) },
        label: { tree[path[$0]].label }, specification: explorer.specification,
        constants: explorer.constants)
      return CausalSlice(explanation, in: history)
    }
  }

  /// The first implication in an invariant (by its position) that the state does not test, and whether any state of the tree has tested it.
  func untested(invariant index: Int, in state: State, visited tree: TraceTree) -> (
    reason: Explanation, wasTested: Bool
  )? {
    for implication in implications(ofInvariant: index, in: state) {
      guard let reason = implication.untestedBecause else { continue }
      let known = explanations.tested[index] ?? Tested()
      var tested = known.nodes <= tree.nodes.count ? known : Tested()
      // One state that tests it is enough, so a long branch is not looked through to its end.
      while tested.nodes < tree.nodes.count, !tested.spans.contains(implication.span) {
        for other in implications(ofInvariant: index, in: tree[tested.nodes].state)
        where other.untestedBecause == nil { tested.spans.insert(other.span) }
        tested.nodes += 1
      }
      explanations.tested[index] = tested
      return (reason, tested.spans.contains(implication.span))
    }
    return nil
  }

  private func implications(ofInvariant index: Int, in state: State) -> [ImplicationStatus] {
    explanations.implications.value(for: CauseKey(node: state.index, invariant: index)) {
      explorer.implications(ofInvariant: index, in: state)
    }
  }

  struct SourceKey: Hashable {
    let label: ActionLabel
    let state: Int
  }

  struct CauseKey: Hashable {
    let node: Int
    let invariant: Int
  }

  /// Implications that the first `nodes` nodes of the tree test.
  struct Tested {
    var nodes = 0
    var spans: Set<SourceSpan> = []
  }

  /// The cached explanations.
  struct Explanations {
    var marks = Cache<SourceKey, SourceMarks?>(limit: 256)
    var causes = Cache<CauseKey, CausalSlice>(limit: 64)
    var implications = Cache<CauseKey, [ImplicationStatus]>(limit: 4096)
    var tested: [Int: Tested] = [:]

    /// The nodes from this number on were removed from the tree. Their numbers will be reused.
    mutating func forgetPaths(fromNode count: Int) {
      causes.removeAll { $0.node >= count }
      tested = tested.filter { $0.value.nodes <= count }
    }
  }
}
