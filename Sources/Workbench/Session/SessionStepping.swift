import StateSpace
import Traces

// Stepping.
extension Session {
  /// The position of the selected action in the report.
  var selectedActionItem: Int? {
    let rows = actionsLayout(height: paneHeight(.actions)).rows
    let selected = position(.actions).selected
    guard rows.indices.contains(selected), case .item(let item) = rows[selected] else { return nil }
    return item
  }

  mutating func takeSelectedAction() {
    let rows = actionsLayout(height: paneHeight(.actions)).rows
    let selected = position(.actions).selected
    guard rows.indices.contains(selected) else { return }
    switch rows[selected] {
    case .item(let item): take(item: item)
    case .initial(let index): goToInitialState(String(index + 1))
    case .folded: screen.foldsActions = false
    case .heading, .note, .remark, .continued: break
    }
  }

  /// Folds or lists the actions that are not enabled.
  mutating func foldActions() {
    let isFolded = actionsLayout(height: paneHeight(.actions)).rows.contains {
      if case .folded = $0 { true } else { false }
    }
    screen.foldsActions = !isFolded
    settle()
  }

  mutating func take(number: String?) {
    let report = report
    guard let number = number.flatMap({ Int($0) }), number >= 1, number <= report.enabled.count else {
      screen.message = Message(
        report.enabled.isEmpty
          ? "no action can be taken here"
          : "there \(report.enabled.count == 1 ? "is 1 action" : "are \(report.enabled.count) actions") to take here"
      )
      return
    }
    take(item: report.enabled[number - 1])
  }

  /// Takes the action with a label, such as `Register(n1)`, or with a name that only one enabled action has.
  mutating func take(named text: String) {
    func plain(_ text: String) -> String { text.filter { $0 != " " } }
    let report = report
    let wanted = plain(text)
    if let index = report.items.firstIndex(where: { plain($0.label.description) == wanted }) {
      return take(item: index)
    }
    let named = report.items.indices.filter { plain(report.items[$0].label.name) == wanted }
    let enabled = named.filter { report.items[$0].isEnabled }
    if let only = enabled.count == 1 ? enabled.first : named.count == 1 ? named.first : nil {
      return take(item: only)
    }
    let shown = (named.isEmpty ? Array(report.items.indices) : named).prefix(5).map {
      report.items[$0].label.description
    }
    screen.message = Message(
      named.isEmpty
        ? "there is no action \(text) here; there are \(shown.joined(separator: ", "))\(report.items.count > 5 ? ", …" : "")"
        : "which one? \(shown.joined(separator: ", "))\(named.count > 5 ? ", …" : "")", .wrong)
  }

  /// Takes a step, or says why the step is not possible.
  mutating func take(item index: Int) {
    let item = report.items[index]
    guard let target = item.target else {
      screen.message = Message(
        "\(item.label): \(item.reasons[0])", item.failure == nil ? .information : .wrong)
      return
    }
    screen.selectedLabel = item.label
    let from = cursor
    edit { tree in tree.child(of: from, label: item.label, state: target) }
    announceViolations()
  }

  /// Which invariants do not hold here, and why the first of them does not: `✗ AllRegistered: locally_registered[n1] is {0}, not {}; extra: 0`.
  func violationWords(_ names: [String]) -> String {
    guard let first = names.first, let index = model.invariants.firstIndex(of: first),
      case .fails(let explanation) = model.invariantStatuses(in: state)[index]
    else { return "✗ \(names.joined(separator: ", ")) does not hold here" }
    let words = ConditionWords(structure: model.structure, acting: nil, arguments: [], values: values)
    let difference = explanation.holds ? nil : explanation.sides.flatMap { SideDifference($0).text }
    // A formula says less than the cause.
    let cause = words.words(for: explanation) == nil ? causes(ofInvariant: index, explanation)?.headline : nil
    let why = cause ?? words.wordings(of: explanation)[0] + (difference.map { "; \($0)" } ?? "")
    let more = names.count > 1 ? " (and \(names.dropFirst().joined(separator: ", ")))" : ""
    return "✗ \(first)\(more): \(why)"
  }

  /// Names the invariants that the new state violates and the state before it did not.
  private mutating func announceViolations() {
    let before = previousState.map { Set(model.violatedInvariants(in: $0)) } ?? []
    let new = model.violatedInvariants(in: state).filter { !before.contains($0) }
    if !new.isEmpty {
      screen.message = Message(violationWords(new), .violation)
    }
  }

  mutating func back() {
    guard let parent = tree[cursor].parent else {
      screen.message = Message("this is the initial state")
      return
    }
    go(to: parent)
  }

  mutating func forward() {
    if let next = tree[cursor].preferred {
      go(to: next)
    } else if let start = tree[cursor].loopsTo {
      go(to: start)
      screen.message = Message("↺ from the end of the lasso back to step \(step): this repeats for ever")
    } else {
      screen.message = Message("this is the end of the branch")
    }
  }

  mutating func goto(_ argument: String?) {
    guard let argument else {
      screen.dialog = .prompt(.goto, TextField())
      return
    }
    let path = tree.branchPath(through: cursor)
    guard let step = Int(argument.filter { $0 != " " }), path.indices.contains(step) else {
      screen.message = Message("this branch has the steps 0 to \(path.count - 1), not \(argument)", .wrong)
      return
    }
    go(to: path[step])
  }

  mutating func goToInitialState(_ argument: String?) {
    let states = model.initialStates
    guard let number = argument.flatMap({ Int($0) }), number >= 1, number <= states.count else {
      screen.message = Message(
        "there \(states.count == 1 ? "is 1 initial state" : "are \(states.count) initial states")", .wrong)
      return
    }
    edit { tree in tree.root(for: states[number - 1]) }
  }

}
