import StateSpace
import TLASemantics

extension Session {
  /// Each invariant with what it says of the current state, then the watched expressions and the temporal properties.
  var propertiesList: PaneList { PaneList(propertyLines(width: paneWidth(.properties))) }

  private func propertyLines(width: Int) -> [StyledLine] {
    var lines: [StyledLine] = []
    for (name, status) in zip(model.invariants, model.invariantStatuses(in: state)) {
      switch status {
      case .holds:
        lines.append(StyledLine(" ✓ ", Style(.good, bold: true)) + StyledLine(name))
      case .fails(let explanation):
        lines += failing(name, explanation, width: width)
      case .failed(let failure):
        lines.append(StyledLine(" ! ", Style(.wrong, bold: true)) + StyledLine(name, Style(.wrong)))
        lines += indented(StyledLine(Wording.message(of: failure)), width)
      }
    }
    if model.invariants.isEmpty {
      lines.append(StyledLine(" the configuration names no invariant", Style(.dim)))
    }
    if report.enabled.isEmpty, model.checksDeadlock {
      lines.append(
        StyledLine(" ✗ ", Style(.wrong, bold: true))
          + StyledLine("deadlock: no action can be taken here", Style(.wrong)))
    }
    for watch in watches {
      let value = model.watch(watch, in: state, before: previousState)
      let before = tree[cursor].parent.map { node in
        model.watch(watch, in: tree[node].state, before: tree[node].parent.map { tree[$0].state })
      }
      let isChanged = before.map { $0 != value } ?? false
      var line = StyledLine(" ⌕ ", Style(.accent, bold: true)) + StyledLine("\(watch)  ")
      line.append(value, isChanged ? Style(.change, bold: true) : Style(bold: true))
      if isChanged, let before { line.append("  ◆ was \(before)", Style(.dim)) }
      lines.append(line)
    }
    for property in model.properties {
      lines.append(StyledLine(" – \(property)", Style(.dim)) + StyledLine("  not checked", Style(.dim)))
    }
    return lines
  }

  private func failing(_ name: String, _ explanation: Explanation, width: Int) -> [StyledLine] {
    var head = StyledLine(" ✗ ", Style(.wrong, bold: true)) + StyledLine(name, Style(.wrong, bold: true))
    if let witnesses = explanation.witnessText { head.append("  for \(witnesses)") }
    var lines = [head]
    lines += indented(
      StyledLine(explanation.expression, Style(.wrong)) + StyledLine("  is false", Style(.dim)), width)
    if let values = explanation.values {
      lines += indented(StyledLine(values, Style(.wrong, bold: true)), width)
    }
    return lines
  }

  private func indented(_ line: StyledLine, _ width: Int) -> [StyledLine] {
    line.wrapped(to: max(8, width - 4)).map { StyledLine("   ") + $0 }
  }
}

extension SessionModel {
  /// Whether a state without successors is an error.
  var checksDeadlock: Bool { explorer.specification.configuration.checkDeadlock ?? true }
}
