import StateSpace
import Traces

extension Session {
  var traceRows: TraceRows { model.traceRows(tree, through: cursor) }

  var traceList: PaneList {
    let rows = traceRows.rows
    let hint = rows.count == 1 && tree.nodes.count == 1
    let numberWidth = max(2, String(rows.count).count)
    let nameWidth = min(28, max(16, paneWidth(.trace) / 3))
    let lasso = lasso
    return PaneList(
      count: rows.count + (hint ? 2 : 0),
      isSelectable: { $0 < rows.count },
      line: { row in
        guard row < rows.count else {
          return StyledLine(
            row == rows.count ? "" : "   \(bindings.key(.activate)) takes the action marked ▸ in Actions",
            Style(.dim))
        }
        switch rows[row] {
        case .step(let node):
          let line = stepLine(node, numberWidth: numberWidth, nameWidth: nameWidth)
          return bracketed(line, depth: tree[node].depth, lasso)
        case .branch(let node, let isLast):
          let line = branchLine(node, isLast: isLast, numberWidth: numberWidth, nameWidth: nameWidth)
          return bracketed(line, depth: nil, lasso.flatMap { $0.contains(tree[node].depth - 1) ? $0 : nil })
        }
      })
  }

  /// The steps of the branch that repeat for ever; nil if it is not a lasso.
  private var lasso: ClosedRange<Int>? {
    let end = tree.end(from: cursor)
    return tree[end].loopsTo.map { tree[$0].depth...tree[end].depth }
  }

  /// A line with its part of the lasso's bracket in the first column. `depth` is nil if the line is not a step of the branch.
  private func bracketed(_ line: StyledLine, depth: Int?, _ lasso: ClosedRange<Int>?) -> StyledLine {
    guard let lasso, depth.map(lasso.contains) ?? true, lasso.count > 1 else { return line }
    let part =
      switch depth {
      case lasso.lowerBound: "╭"
      case lasso.upperBound: "╰"
      default: "│"
      }
    // Every line begins with a blank, which the bracket replaces.
    var rest = line
    rest.runs[0].text.removeFirst()
    return StyledLine(part, Style(.accent)) + rest
  }

  private func stepLine(_ node: Int, numberWidth: Int, nameWidth: Int) -> StyledLine {
    let entry = tree[node]
    let isCurrent = node == cursor
    let isBehind = entry.depth > step || !(screen.slicedNodes?.contains(node) ?? true)
    let style = isCurrent ? Style(.accent, bold: true) : Style(isBehind ? .dim : .plain)
    let number = String(entry.depth)
    var line = StyledLine(isCurrent ? " ▸ " : "   ", Style(.accent, bold: true))
    line.append(String(repeating: " ", count: max(0, numberWidth - number.count)) + number, style)
    let mark = partsHere(node) != nil ? " ≠" : screen.slicedNodes?.contains(node) ?? false ? " •" : "  "
    line.append(mark, Style(.wrong, bold: true))
    line += logColumn(node)
    if let change = entry.whatIf {
      line += StyledLine("≈ what-if", Style(.wrong, bold: true)).fitted(to: nameWidth)
      line.append("  " + change, Style(isBehind ? .dim : .plain))
      line.append("  not a step", Style(.dim))
      appendMarks(to: &line, node)
      return line
    }
    guard let parent = entry.parent, let label = entry.label else {
      line.append("initial state", style)
      appendMarks(to: &line, node)
      return line
    }
    line += StyledLine(label.description, style).fitted(to: nameWidth)
    let changes = model.summary(from: tree[parent].state, to: entry.state, label: label).text()
    let quiet = entry.state == tree[parent].state
    line.append("  " + (quiet ? "changes nothing" : changes), Style(isBehind || quiet ? .dim : .plain))
    appendMarks(to: &line, node)
    return line
  }

  /// The line of the log that stands for the step; nothing without a log.
  private func logColumn(_ node: Int) -> StyledLine {
    guard let log, !log.judged.rows.isEmpty else { return "" }
    let number = log.step(ofNode: node, in: tree).flatMap { log.judged.lineNumber(ofStep: $0) }
    return StyledLine(number.map { ":\($0)" } ?? "", Style(.dim)).padded(to: 5)
  }

  private func appendMarks(to line: inout StyledLine, _ node: Int) {
    let violated = model.violatedInvariants(in: tree[node].state)
    if !violated.isEmpty { line.append("  ✗ \(violated.joined(separator: ", "))", Style(.wrong, bold: true)) }
    if let beside, partsHere(node) != nil {
      line.append("  parts from \(beside.name)", Style(.wrong, bold: true))
    }
    if let start = tree[node].loopsTo {
      let words = start == node ? "↺ stays so for ever" : "↺ back to step \(tree[start].depth)"
      line.append("  \(words)", Style(.accent, bold: true))
    }
    if log?.frontier(ofNode: node, in: tree) != nil {
      line.append("  ✗ the log departs", Style(.wrong, bold: true))
    }
    if madeViolationInevitable(node) {
      line.append("  ✗ inevitable from here", Style(.wrong, bold: true))
    }
  }

  private func branchLine(_ node: Int, isLast: Bool, numberWidth: Int, nameWidth: Int) -> StyledLine {
    let entry = tree[node]
    let end = tree.end(from: node)
    let more = tree[end].depth - entry.depth
    let number = String(entry.depth)
    var line = StyledLine("  " + (isLast ? "└" : "├"), Style(.dim))
    line.append(
      String(repeating: " ", count: max(0, numberWidth - number.count)) + number + "  ", Style(.dim))
    let title = entry.label?.description ?? (entry.whatIf == nil ? "initial state" : "≈ what-if")
    line += StyledLine(title, Style(.dim)).fitted(to: nameWidth)
    let length = more == 0 ? "" : ", \(more) more \(more == 1 ? "step" : "steps")"
    line.append("  \(tree.branchName(of: node))\(length)", Style(.dim))
    if !model.violatedInvariants(in: tree[end].state).isEmpty {
      line.append("  ✗", Style(.wrong, bold: true))
    }
    return line
  }
}

extension PaneRecord {
  static let trace = PaneRecord(
    title: "Trace", place: .lower,
    heading: { $0.tree.branches.count > 1 ? StyledLine("Trace ─ \($0.branchName)") : nil },
    list: { $0.traceList },
    activate: { session in
      if let node = session.traceRows.node(atRow: session.position(.trace).selected) { session.go(to: node) }
      return []
    },
    hints: { _ in [.activate, .up] }, words: [.activate: "go there"])
}
