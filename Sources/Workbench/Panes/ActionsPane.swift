import StateSpace
import TLASemantics
import Traces

/// A row of the Actions pane.
enum ActionRow: Hashable, Sendable {
  case heading(String)
  /// The action at that position of the report.
  case item(Int)
  /// The rest of an action's line, which has no room in its first row.
  case continued(item: Int, line: Int)
  /// A line for this many actions that are not enabled and not listed.
  case folded(Int)
  /// An initial state from which the user can start instead.
  case initial(Int)
  case note(String)
  /// A line that says why the log departs here.
  case remark(String)
}

/// The rows of the Actions pane.
struct ActionsLayout {
  let rows: [ActionRow]
  /// The width of the widest action name, up to a limit.
  let nameWidth: Int
  /// Whether a reason takes a second row rather than shorter words.
  var wrapsReasons = false
}

extension Session {
  /// The rows. If there is room for headings, they are grouped by node. In a short pane the enabled actions come first.
  func actionsLayout(height: Int) -> ActionsLayout {
    let report = report
    var rows: [ActionRow] = []
    rows += departureRows(height: height)
    if report.enabled.isEmpty {
      let isWrong = model.explorer.specification.checksDeadlock && model.violatedInvariants(in: state).isEmpty
      let words = isWrong ? "deadlock: no action can be taken" : "no action can be taken"
      rows.append(.note(report.items.isEmpty ? "there are no actions" : words))
    }
    let hidden = report.items.filter { !$0.isEnabled && $0.failure == nil }
    if height >= 12, !model.nodes.isEmpty {
      let groups = Set(report.items.map(\.node)).count
      rows += grouped(report, folding: screen.foldsActions ?? (report.items.count + groups > height))
    } else {
      let isFolding = screen.foldsActions ?? false
      rows += report.enabled.map { .item($0) }
      rows += report.items.indices.filter {
        !report.items[$0].isEnabled && !(isFolding && report.items[$0].failure == nil)
      }
      .map { .item($0) }
      if isFolding, !hidden.isEmpty { rows.append(.folded(hidden.count)) }
    }
    if tree[cursor].parent == nil, model.initialStates.count > 1 {
      rows.append(.heading("other initial states"))
      for (index, initial) in model.initialStates.prefix(1000).enumerated() where initial != state {
        rows.append(.initial(index))
      }
    }
    let width = report.items.map { Glyph.width(of: $0.label.description) }.max() ?? 0
    let nameWidth = min(width, max(12, paneWidth(.actions) / 2))
    for wrapsReasons in [true, false] {
      let layout = ActionsLayout(
        rows: continuing(rows, report, nameWidth: nameWidth, wrapsReasons: wrapsReasons),
        nameWidth: nameWidth,
        wrapsReasons: wrapsReasons)
      if layout.rows.count <= height { return layout }
    }
    return ActionsLayout(rows: rows, nameWidth: nameWidth)
  }

  /// Why the log departs here, if it does. The action that the user can take stays in sight.
  private func departureRows(height: Int) -> [ActionRow] {
    guard let judged = log?.judged, !refusalsHere.isEmpty else { return [] }
    let width = max(12, paneWidth(.actions) - 2)
    let words = refusalWords(refusalsHere, judged).flatMap { text in
      StyledLine(text).wrapped(to: width).enumerated().map { ($0 == 0 ? "" : "    ") + $1.text }
    }
    let most = max(2, height - 3)
    let shown = words.count > most ? words.prefix(most - 1) + ["…"] : words[...]
    return shown.enumerated().map { $0 == 0 ? .note("✗ " + $1) : .remark($1) } + [.heading("by hand")]
  }

  /// The rows, with a second one for each action that needs two.
  private func continuing(
    _ rows: [ActionRow], _ report: ActionReport, nameWidth: Int, wrapsReasons: Bool
  ) -> [ActionRow] {
    let width = paneWidth(.actions)
    return rows.flatMap { row -> [ActionRow] in
      guard case .item(let item) = row else { return [row] }
      let count = lines(
        of: report.items[item], isMarked: false, nameWidth: nameWidth, width: width,
        wrapsReasons: wrapsReasons
      ).count
      return count == 2 ? [row, .continued(item: item, line: 1)] : [row]
    }
  }

  /// The actions under the names of their nodes, in the report's order.
  private func grouped(_ report: ActionReport, folding: Bool) -> [ActionRow] {
    var rows: [ActionRow] = []
    var group: Int? = -1
    var folded = 0
    func close() -> [ActionRow] { folded == 0 ? [] : [.folded(folded)] }
    for (index, item) in report.items.enumerated() {
      if item.node != group {
        rows += close()
        folded = 0
        group = item.node
        rows.append(.heading(item.node.map { model.nodes[$0].description } ?? "any node"))
      }
      if folding, !item.isEnabled, item.failure == nil { folded += 1 } else { rows.append(.item(index)) }
    }
    return rows + close()
  }

  var actionsList: PaneList {
    let layout = actionsLayout(height: paneHeight(.actions))
    let report = report
    let width = paneWidth(.actions)
    let selected = position(.actions).selected
    return PaneList(
      count: layout.rows.count,
      isSelectable: { row in
        switch layout.rows[row] {
        case .item, .initial, .folded: true
        case .heading, .note, .remark, .continued: false
        }
      },
      line: { row in
        switch layout.rows[row] {
        case .heading(let text): return StyledLine(" " + text, Style(.accent, bold: true))
        case .note(let text): return StyledLine(" " + text, Style(.wrong))
        case .remark(let text): return StyledLine(" " + text)
        case .folded(let count):
          let mark = StyledLine(row == selected ? " ▸" : "  ", Style(.accent, bold: true))
          return mark
            + StyledLine(" … \(count) can't be taken  \(bindings.key(.foldActions)) shows them", Style(.dim))
        case .initial(let index): return line(ofInitialState: index, isMarked: row == selected)
        case .item(let item):
          let (item, isMarked) = (report.items[item], row == selected)
          let next = layout.rows.indices.contains(row + 1) ? layout.rows[row + 1] : nil
          if case .continued? = next {
            return lines(
              of: item, isMarked: isMarked, nameWidth: layout.nameWidth, width: width,
              wrapsReasons: layout.wrapsReasons)[0]
          }
          let head = head(of: item, isMarked: isMarked, nameWidth: layout.nameWidth)
          return head + effect(of: item, room: width - head.width)
        case .continued(let item, let number):
          return lines(
            of: report.items[item], isMarked: false, nameWidth: layout.nameWidth, width: width,
            wrapsReasons: layout.wrapsReasons)[number]
        }
      })
  }

  /// The title. If a fold is below the pane's last row, it tells what is folded.
  var actionsTitle: StyledLine? {
    let height = paneHeight(.actions)
    let rows = actionsLayout(height: height).rows
    let top = position(.actions).visibleTop(height: height, count: rows.count)
    guard let row = rows.lastIndex(where: { if case .folded = $0 { true } else { false } }),
      row >= top + height, rows.count(where: { if case .folded = $0 { true } else { false } }) == 1,
      case .folded(let count) = rows[row]
    else { return nil }
    return StyledLine("Actions ─ \(count) more can't be taken  \(bindings.key(.foldActions)) shows them")
  }

  /// The beginning of an action's line: its number or mark, and its name.
  private func head(of item: ActionReport.Item, isMarked: Bool, nameWidth: Int) -> StyledLine {
    var line = StyledLine(isMarked ? " ▸" : "  ", Style(.accent, bold: true))
    let name = StyledLine(item.label.description).fitted(to: nameWidth)
    guard item.isEnabled else {
      let isFailure = item.failure != nil
      let style = Style(isFailure ? .wrong : .dim)
      line.append(isFailure ? " ! " : " · ", style)
      line += name.restyled { $0 = style }
      line.append("  ", style)
      return line
    }
    let number = item.number.map { $0 <= 9 ? String($0) : " " } ?? " "
    line.append(" \(number) ".suffix(2) + "", Style(.accent, bold: true))
    line.append(" ")
    line += name.restyled { $0.bold = isMarked }
    if let target = item.target, let danger = danger(of: target) {
      line += StyledLine("  ") + dangerText(danger).fitted(to: 3)
    }
    if let choice = item.choice { line.append("  \(choice.number) of \(choice.count)", Style(.dim)) }
    return line + StyledLine("  ")
  }

  /// What an action does, unless that is hidden, or in the wording that fits best, why it cannot be taken.
  private func effect(of item: ActionReport.Item, room: Int) -> StyledLine {
    guard item.isEnabled else {
      let wording = item.reasons.first { Glyph.width(of: $0) <= room } ?? item.reasons[0]
      return StyledLine(wording, Style(item.failure == nil ? .dim : .wrong))
    }
    if screen.hidesEffects { return "" }
    return StyledLine(item.effect, item.effect == "changes nothing" ? Style(.dim) : .plain)
  }

  /// An action's line, cut into as many rows as the pane's width demands.
  private func lines(
    of item: ActionReport.Item, isMarked: Bool, nameWidth: Int, width: Int, wrapsReasons: Bool
  ) -> [StyledLine] {
    let head = head(of: item, isMarked: isMarked, nameWidth: nameWidth)
    let room = width - head.width
    var rows = effect(of: item, room: room).wrapped(to: max(12, room))
    if wrapsReasons, !item.isEnabled {
      let wrapped = effect(of: item, room: .max).wrapped(to: max(12, room))
      if wrapped.count <= 2 { rows = wrapped }
    }
    return rows.enumerated().map { number, row in
      (number == 0 ? head : StyledLine(String(repeating: " ", count: head.width))) + row
    }
  }

  private func line(ofInitialState index: Int, isMarked: Bool) -> StyledLine {
    let initial = model.initialStates[index]
    let changes = model.summary(from: state, to: initial, label: nil).text()
    return StyledLine(isMarked ? " ▸" : "  ", Style(.accent, bold: true))
      + StyledLine(" \(index + 1)  \(changes)")
  }
}

extension PaneRecord {
  static let actions = PaneRecord(
    title: "Actions", place: .side, heading: { $0.actionsTitle }, list: { $0.actionsList },
    hints: { _ in [.activate, .back] })
}
