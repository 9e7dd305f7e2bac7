import StateSpace
import TLASemantics
import TLASyntax
import Traces

/// The actions of one state, as the Actions pane lists them.
struct ActionReport {
  /// One line: a step that can be taken, or an action that is not enabled.
  struct Item {
    let label: ActionLabel
    /// The position of the acting node in the structure's nodes; nil for an action of no node.
    let node: Int?
    /// The state after the step; nil if there is no step.
    let target: State?
    /// The changes of the step in a few words.
    let effect: String
    let disabledBecause: Explanation?
    /// Why the action is not enabled, in words of several lengths, the best first; empty for an enabled one.
    let reasons: [String]
    let failure: EvaluationFailure?
    /// The number of this choice, from 1 on, among the ways in which the action can be taken in this state, and their count. Nil for an
    /// action whose bindings are the same in every state.
    let choice: ActionStatus.Choice?
    /// The number of the step, counted from 1 in the order shown; nil if it cannot be taken.
    fileprivate(set) var number: Int?

    var isEnabled: Bool { target != nil }
  }

  /// Grouped by node in the order of the nodes, then the actions of no node. In each group the enabled ones come first, in Next's order.
  let items: [Item]
  /// The positions in `items` of the steps that can be taken.
  let enabled: [Int]

  /// Lines with the same name and effect become one line.
  init(_ statuses: [ActionStatus], in state: State, of model: SessionModel) {
    var items: [Item] = []
    var seen = Set<Line>()
    func add(_ status: ActionStatus, target: State?) {
      guard seen.insert(Line(label: status.label, target: target)).inserted else { return }
      let acting = model.structure.actingNode(of: status.label)
      var effect = ""
      if let target {
        effect = model.summary(from: state, to: target, label: status.label).text()
        if target == state { effect = "changes nothing" }
      }
      var reasons: [String] = []
      if target == nil {
        let words = ConditionWords(
          structure: model.structure, acting: acting,
          parameters: model.parameters(of: status),
          arguments: status.label.arguments,
          values: model.values(of: state))
        reasons =
          status.failure.map { [Wording.message(of: $0)] } ?? status.disabledBecause.map(words.wordings) ?? [
            "not enabled"
          ]
      }
      items.append(
        Item(
          label: status.label, node: acting.flatMap { model.nodes.firstIndex(of: $0) }, target: target,
          effect: effect, disabledBecause: status.disabledBecause, reasons: reasons, failure: status.failure,
          choice: status.choice))
    }
    for status in statuses {
      for target in status.successors { add(status, target: target) }
    }
    // If an action can be taken in one way, its other ways are not listed as impossible.
    let possible = Set(items.map(\.label))
    for status in statuses where status.successors.isEmpty {
      if status.failure != nil || !possible.contains(status.label) { add(status, target: nil) }
    }
    let groupCount = model.nodes.count
    var ordered: [Item] = []
    for group in 0...groupCount {
      let members = items.filter { ($0.node ?? groupCount) == group }
      ordered += members.filter(\.isEnabled) + members.filter { !$0.isEnabled }
    }
    var number = 0
    for index in ordered.indices where ordered[index].isEnabled {
      number += 1
      ordered[index].number = number
    }
    self.items = ordered
    enabled = ordered.indices.filter { ordered[$0].isEnabled }
  }

  private struct Line: Hashable {
    let label: ActionLabel
    let target: State?
  }
}

extension SessionModel {
  /// The names of an action's parameters if the condition that forbids it stands in the action's own definition. In another definition the
  /// same names may mean something else.
  fileprivate func parameters(of status: ActionStatus) -> [String] {
    guard let definition = explorer.specification.definition(named: status.label.name),
      let span = status.disabledBecause?.span, definition.span.encloses(span)
    else { return [] }
    return definition.parameters.map(\.name.text)
  }
}

extension SourceSpan {
  func encloses(_ other: SourceSpan) -> Bool {
    other.file === file && other.start >= start && other.end <= end
  }
}

extension Explanation {
  /// The same in words of several lengths, the longest first.
  var wordings: [String] {
    let verdict = holds ? "is true" : "is false"
    guard let values, values != expression else { return ["\(expression)  \(verdict)", expression] }
    // If the values are described in words, the words name the expression themselves.
    if sides == nil, values.hasPrefix(expression) {
      return [values, values.hasSuffix(" is empty") ? "there is nothing to choose from" : expression]
    }
    let suffix = holds ? "  is true" : ""
    let compact = unwrittenValue.map { ["\(expression)  (\($0))\(suffix)"] } ?? []
    let full = ["\(expression)  (\(values))\(suffix)"] + compact
    let named = sides.map { ["\($0.leftSpan.oneLineText) is \($0.left)"] } ?? []
    return full + named + (sides == nil ? [values] : []) + [expression]
  }

  /// `n = n1, m = n2`; nil if nothing was bound.
  var witnessText: String? {
    witnesses.isEmpty
      ? nil : witnesses.map { "\($0.name) = \($0.value)" }.joined(separator: ", ")
  }
}
