// Branches.
extension Session {
  var branchList: BranchList { BranchList(tree) }

  /// Names a branch. Without a name it asks for one.
  mutating func rename(branch: Int, to name: String?) {
    guard let name = name?.trimmingBlanks, !name.isEmpty else {
      screen.dialog = .prompt(.branchName(branch), TextField(tree.branches[branch].name))
      return
    }
    edit { [cursor] tree in
      tree.rename(branch: branch, to: name)
      return cursor
    }
    screen.message = Message("the branch is called \(name) now")
  }

  /// Deletes a branch from its own first step on, together with the branches that begin on it. If the current state is deleted, the state
  /// where the branch began becomes current.
  mutating func delete(branch: Int) {
    guard let entry = branchList.entries.first(where: { $0.branch == branch }) else { return }
    let name = tree.branches[branch].name
    let isHere = tree.path(to: cursor).contains(entry.first)
    let elsewhere = tree[entry.first].parent ?? tree.roots.first { $0 != entry.first }
    guard let elsewhere else {
      guard tree[entry.first].children.count == 1, let step = tree[entry.first].children.first else {
        screen.message = Message("\(name) is the first branch: delete the branches that begin on it", .wrong)
        return
      }
      // The only initial state cannot be deleted, so only its branch's steps are.
      remove(from: step, to: isHere && cursor != entry.first ? entry.first : cursor)
      screen.message = Message("\(name) begins anew: \(bindings.key(.undo)) brings its steps back")
      return
    }
    remove(from: entry.first, to: isHere ? elsewhere : cursor)
    screen.message = Message("\(name) is deleted: \(bindings.key(.undo)) brings it back")
  }

  private mutating func remove(from node: Int, to place: Int) {
    edit { tree in
      _ = tree.delete(from: node)
      return place
    }
  }

  // MARK: The list

  mutating func runInBranches(_ command: Command.ID?, _ list: BranchesDialog) {
    let entries = branchList.entries
    guard entries.indices.contains(list.selected) else {
      screen.dialog = nil
      return
    }
    let entry = entries[list.selected]
    switch command {
    case .up: moveInBranches(list, by: -1)
    case .down: moveInBranches(list, by: 1)
    case .pageUp, .toStart: moveInBranches(list, by: command == .toStart ? -entries.count : -10)
    case .pageDown, .toEnd: moveInBranches(list, by: command == .toEnd ? entries.count : 10)
    case .activate: goToEnd(of: entry)
    case .box(.rename): rename(branch: entry.branch, to: nil)
    case .box(.delete):
      delete(branch: entry.branch)
      moveInBranches(list, by: 0)
    case .undo:
      undo()
      moveInBranches(list, by: 0)
    case .box(.mark):
      var list = list
      list.marked = list.marked == entry.branch ? nil : entry.branch
      screen.dialog = .branches(list)
    case .box(.compare): compare(entry, with: list.marked)
    case .branches, .box(.close): screen.dialog = nil
    default: break
    }
  }

  mutating func moveInBranches(_ list: BranchesDialog, by offset: Int) {
    var list = list
    let entries = branchList.entries
    list.selected = max(0, min(entries.count - 1, list.selected + offset))
    if let marked = list.marked, !entries.contains(where: { $0.branch == marked }) { list.marked = nil }
    screen.dialog = .branches(list)
  }

  mutating func click(_ mouse: Mouse, in list: BranchesDialog) {
    let entries = branchList.entries
    let inside = branchesArea(entries.count).inner
    let row = branchesTop(list, count: entries.count) + mouse.point.y - inside.y
    guard inside.contains(mouse.point), mouse.point.y < inside.endY - 2, entries.indices.contains(row) else {
      return
    }
    if mouse.kind == .doubleClick {
      goToEnd(of: entries[row])
    } else {
      moveInBranches(list, by: row - list.selected)
    }
  }

  /// Goes to the end of the branch of a name.
  mutating func go(toBranch name: String) -> [Effect] {
    guard let entry = branchList.entries.first(where: { tree.branches[$0.branch].name == name }) else {
      let names = branchList.entries.prefix(5).map { tree.branches[$0.branch].name }
      screen.message = Message(
        "there is no branch \(name); there are \(names.joined(separator: ", "))", .wrong)
      return []
    }
    goToEnd(of: entry)
    return []
  }

  /// Goes to the end of a branch. From the end, goes to the branch's first step.
  private mutating func goToEnd(of entry: BranchList.Entry) {
    screen.dialog = nil
    go(to: entry.last)
    screen.message = Message(
      "the end of \(tree.branches[entry.branch].name), step \(step): \(bindings.key(.back)) goes back, \(bindings.key(.toStart)) to the start"
    )
  }

  // MARK: Comparing

  /// Compares a branch with the first of these that is another branch: the marked one, the current one, the one that it left.
  private mutating func compare(_ entry: BranchList.Entry, with marked: Int?) {
    let entries = branchList.entries
    let candidates = [marked, tree[cursor].branch, tree[entry.first].parent.map { tree[$0].branch }]
    let other = candidates.lazy.compactMap { $0 }.first { $0 != entry.branch }
    guard let other, let second = entries.first(where: { $0.branch == other }) else {
      screen.message = Message("there is nothing to compare it with")
      return
    }
    var pair = ComparisonDialog(left: second.last, right: entry.last)
    let step = comparison(pair).step ?? 0
    pair.top = max(0, step - 4)
    screen.dialog = .comparison(pair)
  }

  func comparison(_ pair: ComparisonDialog) -> PathComparison {
    PathComparison(tree.path(to: pair.left), tree.path(to: pair.right), in: tree, of: model)
  }

  mutating func runInComparison(_ command: Command.ID?, _ pair: ComparisonDialog) {
    switch command {
    case .up: scroll(pair, by: -1)
    case .down: scroll(pair, by: 1)
    case .pageUp: scroll(pair, by: -10)
    case .pageDown: scroll(pair, by: 10)
    case .toStart: scroll(pair, by: -pair.top)
    case .toEnd: scroll(pair, by: tree.nodes.count)
    case .back, .forward:
      let comparison = comparison(pair)
      let path = command == .back ? comparison.left : comparison.right
      screen.dialog = nil
      go(to: path[min(comparison.step ?? 0, path.count - 1)])
      screen.message = Message("where \(branchName) first differs")
    case .branches:
      screen.dialog = .branches(BranchesDialog(selected: branchList.position(of: tree[cursor].branch)))
    case .activate, .box(.close): screen.dialog = nil
    default: break
    }
  }

  mutating func scroll(_ pair: ComparisonDialog, by offset: Int) {
    var pair = pair
    let count = max(tree[pair.left].depth, tree[pair.right].depth) + 1
    pair.top = max(0, min(pair.top + offset, count - comparisonStepRows(pair)))
    screen.dialog = .comparison(pair)
  }
}

extension String {
  /// The text without blanks at its start and end.
  var trimmingBlanks: String {
    var text = self[...]
    while text.first == " " { text = text.dropFirst() }
    while text.last == " " { text = text.dropLast() }
    return String(text)
  }
}
