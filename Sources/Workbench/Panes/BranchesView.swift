import StateSpace
import Traces

// The list of branches, and two branches side by side.
extension Session {
  func branchesArea(_ count: Int) -> Rectangle {
    boxArea(Size(width: 100, height: min(count, max(3, screen.size.height - 10)) + 4))
  }

  /// The first visible entry.
  func branchesTop(_ list: BranchesDialog, count: Int) -> Int {
    let height = branchesArea(count).inner.height - 2
    return max(0, min(list.selected - height / 2, count - height))
  }

  func drawBranches(_ list: BranchesDialog, on grid: inout Grid) {
    let entries = branchList.entries
    let box = branchesArea(entries.count)
    grid.fill(box)
    grid.drawFrame(box, title: StyledLine("Branches", Style(.accent, bold: true)), style: Style(.accent))
    let inside = box.inner
    let height = inside.height - 2
    let top = branchesTop(list, count: entries.count)
    for (row, entry) in entries.dropFirst(top).prefix(height).enumerated() {
      let line = line(of: entry, isMarked: list.marked == entry.branch, width: inside.width)
      grid.write(line, row: row, of: inside, selected: top + row == list.selected)
    }
    grid.drawScrollMark(x: box.endX - 1, from: inside.y, height: height, first: top, count: entries.count)
    let keys = keyLine(
      in: .branches,
      [
        (.activate, "go"), (.box(.rename), "rename"), (.box(.delete), "delete"), (.undo, "undo"),
        (.box(.mark), "mark"),
        (.box(.compare), list.marked == nil ? "compare with the current" : "compare with the marked"),
      ])
    grid.write(keys, at: Point(x: inside.x + 1, y: inside.endY - 1), in: inside, maxWidth: inside.width - 1)
  }

  private func keyLine(in box: BoxKind, _ commands: [(id: Command.ID, words: String)]) -> StyledLine {
    commands.reduce(StyledLine()) { line, command in
      line + StyledLine(keyText(command.id, in: box), Style(.accent, bold: true))
        + StyledLine(" \(command.words)   ")
    }
  }

  /// The key of a command in a box, with that of its partner.
  private func keyText(_ id: Command.ID, in box: BoxKind) -> String {
    bindings.key(id, in: box) + (bindings.command(id)?.partner.map { bindings.key($0, in: box) } ?? "")
  }

  private func line(of entry: BranchList.Entry, isMarked: Bool, width: Int) -> StyledLine {
    let isHere = tree[cursor].branch == entry.branch
    var name = StyledLine(isHere ? "▸" : " ", Style(.accent, bold: true))
    name.append(isMarked ? "*" : " ", Style(.accent, bold: true))
    name.append(
      String(repeating: "  ", count: max(0, entry.level - 1)) + (entry.level > 0 ? "└ " : ""), Style(.dim))
    name.append(tree.branches[entry.branch].name, Style(isHere ? .accent : .plain, bold: isHere))
    var line = name.fitted(to: max(20, width * 2 / 5))
    let (from, to) = (tree[entry.first].depth, tree[entry.last].depth)
    line += StyledLine("  " + (from == to ? "step \(to)" : "steps \(from)–\(to)")).fitted(to: 16)
    line += StyledLine(origin(of: entry), Style(.dim)).fitted(to: 16)
    if tree[entry.last].isBehindWhatIf { line.append(" ≈", Style(.wrong, bold: true)) }
    let violated = model.violatedInvariants(in: tree[entry.last].state)
    if violated.isEmpty {
      let first = tree[entry.first].label?.description ?? tree[entry.first].whatIf ?? "initial state"
      line.append(" \(first)" + (from == to ? "" : ", …"), Style(.dim))
    } else {
      line.append(" ✗ \(violated.joined(separator: ", "))", Style(.wrong, bold: true))
    }
    return line
  }

  private func origin(of entry: BranchList.Entry) -> String {
    switch tree.branches[entry.branch].origin {
    case .explored: "by hand"
    case .counterexample: "counterexample"
    case .file: "from a file"
    case .search: "found"
    case .walk: "random walk"
    }
  }

  // MARK: Side by side

  private var comparisonArea: Rectangle {
    boxArea(Size(width: min(screen.size.width - 2, 140), height: screen.size.height - 2))
  }

  /// A place at which two states differ, with its two values.
  private struct DifferingPlace {
    let name: String
    let left: String
    let right: String
  }

  private var comparisonColumn: Int { (comparisonArea.inner.width - 9) / 2 }

  /// The variables that differ. For a value that does not fit in its column, the places at which it differs.
  private func differingPlaces(_ comparison: PathComparison) -> [DifferingPlace] {
    comparison.differences.flatMap { difference -> [DifferingPlace] in
      let (left, right) = (difference.left.description, difference.right.description)
      let whole = DifferingPlace(name: difference.variable, left: left, right: right)
      if max(Glyph.width(of: left), Glyph.width(of: right)) <= comparisonColumn { return [whole] }
      let parts = ValueDifference.between(difference.left, difference.right).map { part in
        let name = difference.variable + ValueDifference.text(of: part.path)
        return switch part.change {
        case .removed(let value): DifferingPlace(name: name, left: "has \(value)", right: "–")
        case .added(let value): DifferingPlace(name: name, left: "–", right: "has \(value)")
        case .changed(let old, let new):
          DifferingPlace(name: name, left: old.description, right: new.description)
        }
      }
      return parts.isEmpty ? [whole] : parts
    }
  }

  /// The number of lines below the steps that the differing places take, including their heading.
  private func differenceRows(_ comparison: PathComparison) -> Int {
    comparison.differences.isEmpty
      ? 0 : min(differingPlaces(comparison).count * 2 + 2, comparisonArea.inner.height / 2)
  }

  /// The number of steps that the comparison shows.
  func comparisonStepRows(_ pair: ComparisonDialog) -> Int {
    max(1, comparisonArea.inner.height - 3 - differenceRows(comparison(pair)))
  }

  func drawComparison(_ pair: ComparisonDialog, on grid: inout Grid) {
    let comparison = comparison(pair)
    let box = comparisonArea
    let inside = box.inner
    let column = comparisonColumn
    grid.fill(box)
    let title =
      comparison.step.map { "Two branches ─ step \($0) is the first that differs" }
      ?? "Two branches ─ the same steps"
    grid.drawFrame(box, title: StyledLine(title, Style(.accent, bold: true)), style: Style(.accent))
    let names = [pair.left, pair.right].map { StyledLine(tree.branchName(of: $0), Style(bold: true)) }
    grid.write(
      StyledLine("       ") + names[0].fitted(to: column) + StyledLine("  ") + names[1].truncated(to: column),
      row: 0, of: inside)
    let rows = comparisonStepRows(pair)
    let count = max(comparison.left.count, comparison.right.count)
    for (row, step) in (pair.top..<max(pair.top, min(count, pair.top + rows))).enumerated() {
      grid.write(stepLine(step, comparison, column: column), row: row + 1, of: inside)
    }
    grid.drawScrollMark(x: box.endX - 1, from: inside.y + 1, height: rows, first: pair.top, count: count)
    drawDifferences(comparison, from: rows + 1, column: column, in: inside, on: &grid)
    let keys = keyLine(
      in: .comparison,
      [(.back, "go to the difference, left or right"), (.up, "scroll"), (.escape, "close")])
    grid.write(keys, at: Point(x: inside.x + 1, y: inside.endY - 1), in: inside, maxWidth: inside.width - 1)
  }

  private func stepLine(_ step: Int, _ comparison: PathComparison, column: Int) -> StyledLine {
    let isFirst = step == comparison.step
    let number = String(step)
    var line = StyledLine(isFirst ? " ▸" : "  ", Style(.accent, bold: true))
    line.append(String(repeating: " ", count: max(0, 3 - number.count)) + number + "  ", Style(.dim))
    line += half(comparison.left, step, comparison).fitted(to: column)
    line.append(isFirst ? "≠ " : "  ", Style(.wrong, bold: true))
    return line + half(comparison.right, step, comparison).truncated(to: column)
  }

  private func half(_ path: [Int], _ step: Int, _ comparison: PathComparison) -> StyledLine {
    guard path.indices.contains(step) else {
      return StyledLine(path.count == step ? "(ends here)" : "", Style(.dim))
    }
    let node = tree[path[step]]
    let isShared = comparison.step.map { step < $0 } ?? true
    let style = Style(isShared ? .dim : .plain, bold: step == comparison.step)
    guard let parent = node.parent else { return StyledLine("initial state", style) }
    var line = StyledLine(node.label?.description ?? "≈ what-if", style)
    let changes = model.summary(from: tree[parent].state, to: node.state, label: node.label).text()
    line.append("  " + changes, Style(.dim))
    if !model.violatedInvariants(in: node.state).isEmpty { line.append(" ✗", Style(.wrong, bold: true)) }
    return line
  }

  /// The differing places, with each value in the column of its branch.
  private func drawDifferences(
    _ comparison: PathComparison, from row: Int, column: Int, in inside: Rectangle, on grid: inout Grid
  ) {
    guard let step = comparison.step, !comparison.differences.isEmpty else { return }
    grid.write(StyledLine(" After step \(step):", Style(bold: true)), row: row, of: inside)
    let room = differenceRows(comparison) - 2
    let places = differingPlaces(comparison)
    let shown = places.prefix(max(1, room / 2))
    for (index, difference) in shown.enumerated() {
      let more = places.count - shown.count
      let suffix =
        index + 1 == shown.count && more > 0 ? "   (\(more) more \(more == 1 ? "differs" : "differ"))" : ""
      grid.write(
        StyledLine("  " + difference.name, Style(.accent)) + StyledLine(suffix, Style(.dim)),
        row: row + 1 + index * 2, of: inside)
      let values = StyledLine("       ") + StyledLine(difference.left).fitted(to: column)
      grid.write(
        values + StyledLine("  ") + StyledLine(difference.right).truncated(to: column),
        row: row + 2 + index * 2, of: inside)
    }
  }
}
