import TLASemantics
import TLASyntax

/// What the node tree does beside flat code.
extension FlatCodeFigures {
  /// The conditions of a program that the node tree had to judge. `stepConditions` are the positions of those on steps.
  static func treeConditions(
    of program: Program, _ stepConditions: [Int], _ workers: [FlatWorker], _ predicates: FlatPredicates?
  ) -> [Condition] {
    func conditions(
      _ kind: Condition.Kind, _ list: FlatProgram.Conditions, _ names: [String]
    ) -> [Condition] {
      names.enumerated().map { number, name in
        let count = workers.reduce(0) { $0 + $1.leaves(of: number, among: list) }
        return Condition(kind: kind, name: name, count: count)
      }
    }
    let properties = stepConditions.map {
      program.specification.properties[program.stepConditions[$0].property].name
    }
    let all =
      conditions(.constraint, .constraints, program.constraints.map(\.name))
      + conditions(.actionConstraint, .actionConstraints, program.actionConstraints.map(\.name))
      + conditions(.invariant, .invariants, program.invariants.map(\.name))
      + conditions(.property, .stepConditions, properties)
      + (predicates?.treeUses ?? []).map { Condition(kind: .predicate, name: $0.text, count: $0.count) }
    return all.filter { $0.count > 0 }
  }

  /// The expressions of memos, each place once.
  static func remembered(in memos: [FlatMemo]) -> [Expression] {
    var counts: [SourceSpan: Int] = [:]
    for memo in memos {
      if let span = memo.span, memo.evaluations > 0 { counts[span, default: 0] += memo.evaluations }
    }
    return counts.map { Expression(span: $0, evaluations: $1) }.sorted {
      ($1.evaluations, $0.span.start, $0.span.end) < ($0.evaluations, $1.span.start, $1.span.end)
    }
  }
}
