import StateSpace
import Traces

// Watched expressions and their histories.
extension Session {
  mutating func addWatch(_ expression: String) {
    if let problem = model.problem(with: expression) {
      screen.message = Message("\(expression): \(problem)", .wrong)
      return
    }
    if !screen.watches.contains(expression) { screen.watches.append(expression) }
    let reading = model.watch(expression, in: state, before: previousState)
    screen.message = Message(
      reading.isPending ? "\(expression) takes long: Properties shows it" : "\(expression) = \(reading.text)")
    settleSelections()
  }

  /// Removes the watched expression that is given by its text or its number. Without an argument, removes all of them.
  mutating func removeWatch(_ argument: String?) {
    guard let argument else {
      screen.watches = []
      settleSelections()
      return
    }
    let number = Int(argument).flatMap { screen.watches.indices.contains($0 - 1) ? $0 - 1 : nil }
    guard let index = screen.watches.firstIndex(of: argument) ?? number else {
      screen.message = Message("\(argument) is not watched", .wrong)
      return
    }
    screen.message = Message("\(screen.watches.remove(at: index)) is no longer watched")
    settleSelections()
  }

  mutating func removeSelectedWatch() {
    guard let index = selectedWatch else {
      screen.message = Message("select a watched expression (⌕) to remove it")
      return
    }
    removeWatch(screen.watches[index])
  }

  /// Lists the values of an expression along the branch. Successive steps with the same value share a line.
  mutating func showHistory(_ argument: String?) -> [Effect] {
    guard let expression = argument ?? selectedWatch.map({ screen.watches[$0] }) else {
      screen.dialog = .commandLine(TextField("history "), selected: 0)
      screen.message = Message("type the expression whose values are wanted")
      return []
    }
    if let problem = model.problem(with: expression) {
      screen.message = Message("\(expression): \(problem)", .wrong)
      return []
    }
    runs.job = .history(
      LongHistory(expression: expression, nodes: tree.branchPath(through: cursor), revision: tree.revision))
    return goOnWithJob()
  }

  func historyListing(of expression: String, _ runs: [HistoryRun]) -> Listing {
    let width = max(1, String(tree[runs.last?.last ?? cursor].depth).count)
    var current = 0
    let lines = runs.enumerated().map { index, run in
      let (first, last) = (tree[run.first].depth, tree[run.last].depth)
      let isCurrent = first <= step && step <= last
      if isCurrent { current = index }
      let steps = first == last ? "\(first)" : "\(first)–\(last)"
      var line = StyledLine(isCurrent ? "▸ " : "  ", Style(.accent, bold: true))
      line += StyledLine(steps).fitted(to: width * 2 + 1)
      line.append("  ")
      line.append(run.reading.text, Style(run.reading.isWrong ? .wrong : isCurrent ? .accent : .plain))
      if let label = tree[run.first].label { line.append("   \(label)", Style(.dim)) }
      return line
    }
    return Listing(
      title: "\(expression) ─ \(bindings.key(.activate, in: .listing)) goes to the step", lines: lines,
      targets: runs.map(\.first),
      selected: current)
  }

  /// Successive steps over which an expression has one value.
  struct HistoryRun: Hashable {
    /// Nodes of the tree.
    let first: Int
    var last: Int
    let reading: SessionModel.Reading
  }

  static func runs(
    of nodes: [Int], _ readings: [SessionModel.Reading], in tree: TraceTree
  ) -> [HistoryRun] {
    var runs: [HistoryRun] = []
    for (node, reading) in zip(nodes, readings) {
      if let last = runs.indices.last, runs[last].reading == reading {
        runs[last].last = node
      } else {
        runs.append(HistoryRun(first: node, last: node, reading: reading))
      }
    }
    return runs
  }
}
