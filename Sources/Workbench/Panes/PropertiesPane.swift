import StateSpace
import TLASemantics
import TLASyntax
import Traces

extension Session {
  /// Each invariant with its status in the current state, then the watched expressions and the temporal properties.
  var propertiesList: PaneList { PaneList(propertyRows.map(\.line)) }

  /// The rows. They are made once for each change of what they show.
  var propertyRows: [PropertyRow] {
    let key = PropertyRows.Key(
      node: cursor, tree: tree.revision, width: paneWidth(.properties), watches: screen.watches,
      readings: model.slowReadings, check: runs.checkNews)
    return model.propertyRows(key) { madePropertyRows(width: key.width) }
  }

  private func madePropertyRows(width: Int) -> [PropertyRow] {
    var lines: [StyledLine] = []
    let invariants = Array(zip(model.invariants, model.invariantStatuses(in: state)).enumerated())
    // Invariants that do not hold come first, so they are visible.
    let violated = invariants.filter { if case .holds = $0.element.1 { false } else { true } }
    let holds = invariants.filter { if case .holds = $0.element.1 { true } else { false } }
    for (index, (name, status)) in violated + holds {
      switch status {
      case .holds:
        lines += holding(name, index, width: width)
      case .fails(let explanation):
        lines += failing(name, index, explanation, width: width)
      case .failed(let failure):
        lines.append(StyledLine(" ! ", Style(.wrong, bold: true)) + StyledLine(name, Style(.wrong)))
        lines += indented(StyledLine(Wording.message(of: failure)), width)
      }
    }
    if model.invariants.isEmpty {
      lines.append(StyledLine(" the configuration names no invariant", Style(.dim)))
    }
    if report.enabled.isEmpty, violated.isEmpty, model.explorer.specification.checksDeadlock {
      lines.append(
        StyledLine(" ✗ ", Style(.wrong, bold: true))
          + StyledLine("deadlock: no action can be taken here", Style(.wrong)))
    }
    var rows = lines.map { PropertyRow($0) }
    rows += screen.watches.indices.map { PropertyRow(line(ofWatch: $0), watch: $0) }
    let isViolated = { (property: String) in
      if case .violated = runs.check.verdict(on: property) { true } else { false }
    }
    let toldFirst = model.properties.filter(isViolated).flatMap { propertyRows(of: $0, width: width) }
    rows = violated.isEmpty ? toldFirst + rows : rows + toldFirst
    return rows
      + model.properties.filter { !isViolated($0) }.flatMap { propertyRows(of: $0, width: width) }
  }

  private func propertyRows(of property: String, width: Int) -> [PropertyRow] {
    [PropertyRow(line(ofProperty: property))]
      + sentences(on: property).flatMap { sentence in
        indented(StyledLine("↳ ", Style(.accent, bold: true)) + StyledLine(sentence), width).map {
          PropertyRow($0)
        }
      }
  }

  /// Why a property is violated, or the remarks on one that holds.
  private func sentences(on property: String) -> [String] {
    switch runs.check.verdict(on: property) {
    case .violated(let violation):
      LassoCauses.sentences(violation, explorer: model.explorer, structure: model.structure)
    case .holds: runs.check.notes.filter { $0.property == property }.map(\.sentence)
    case .leftOut, .open: []
    }
  }

  /// A property that one state cannot decide, with the checker's knowledge of it.
  private func line(ofProperty name: String) -> StyledLine {
    switch runs.check.verdict(on: name) {
    case .holds:
      StyledLine(" ✓ ", Style(.good, bold: true)) + StyledLine(name)
        + StyledLine("  of every behavior", Style(.dim))
    case .violated(let violation):
      StyledLine(" ✗ ", Style(.wrong, bold: true)) + StyledLine(name, Style(.wrong, bold: true))
        + StyledLine("  \(violation.loopWords ?? "by a step")", Style(.dim))
    case .leftOut: StyledLine(" – \(name)  not checked", Style(.dim))
    case .open: StyledLine(" – \(name)  checked when the graph is complete", Style(.dim))
    }
  }

  // MARK: Watches

  /// The position of the watched expression that is selected in Properties.
  var selectedWatch: Int? {
    let rows = propertyRows
    let selected = position(.properties).selected
    return screen.focus == .properties && rows.indices.contains(selected) ? rows[selected].watch : nil
  }

  private func line(ofWatch index: Int) -> StyledLine {
    let watch = screen.watches[index]
    let reading = model.watch(watch, in: state, before: previousState)
    let before = tree[cursor].parent.map { node in
      model.watch(watch, in: tree[node].state, before: tree[node].parent.map { tree[$0].state })
    }
    var line = StyledLine(" ⌕ ", Style(.accent, bold: true)) + StyledLine("\(watch)  ")
    guard !reading.isWrong else {
      line.append(reading.text, Style(.wrong))
      return line
    }
    let old = before.flatMap { $0.isWrong || $0 == reading ? nil : $0.text }
    line.append(reading.text, old == nil ? Style(bold: true) : Style(.change, bold: true))
    if let old { line.append("  ◆ was \(old)", Style(.dim)) }
    return line
  }

  // MARK: Invariants

  /// An invariant that holds, and a part of it that this state does not test.
  private func holding(_ name: String, _ index: Int, width: Int) -> [StyledLine] {
    let line = StyledLine(" ✓ ", Style(.good, bold: true)) + StyledLine(name)
    let vacuous = runs.check.vacuous?.filter { $0.invariant == name } ?? []
    if let first = vacuous.first {
      let states = Wording.count(runs.check.progress.distinct, "state")
      let more = vacuous.count > 1 ? "; \(vacuous.count - 1) more like it" : ""
      let words = "vacuous: none of \(states) tests it: \(first.span.oneLineText)\(more)"
      return [line] + indented(StyledLine(words, Style(.wrong)), width)
    }
    guard let untested = model.untested(invariant: index, in: state, visited: tree) else { return [line] }
    let when = untested.wasTested ? "not tested here: " : "not tested yet: "
    let words = StyledLine(when + premiseWords(untested.reason), Style(.dim))
    if line.width + 2 + words.width <= width { return [line + StyledLine("  ") + words] }
    return [line] + indented(words, width)
  }

  /// Why a premise is false. For links and inboxes it uses the protocol's terms, otherwise values.
  private func premiseWords(_ reason: Explanation) -> String {
    if let sides = reason.sides {
      let place = ValuePlace.best(
        for: sides.left, expression: sides.leftSpan.oneLineText,
        arguments: reason.witnesses.map(\.value), variables: model.variables, in: values, isWhole: true)
      if let place, place.path.count == 1, model.nodes.contains(place.path[0]) {
        let node = place.path[0]
        switch model.structure.roles[place.variable] {
        case .links:
          let peers = model.structure.peers(of: node, in: values) ?? []
          return "\(node) sees \(peers.isEmpty ? "–" : peers.map(\.description).joined(separator: ", "))"
        case .inbox:
          if case .tuple(let messages) = sides.left, case .tuple([]) = sides.right, sides.symbol == "=" {
            return "\(Wording.count(messages.count, "message")) for \(node)"
          }
        case .channel, .perNode, .perPair, .ofPart, .shared: break
        }
      }
    }
    let witnesses = reason.briefWitnesses.map { ", \($0)" } ?? ""
    return (reason.wordings.first { $0.count <= Self.longestValues } ?? reason.expression) + witnesses
  }

  private func failing(_ name: String, _ index: Int, _ explanation: Explanation, width: Int) -> [StyledLine] {
    var head = StyledLine(" ✗ ", Style(.wrong, bold: true)) + StyledLine(name, Style(.wrong, bold: true))
    if let witnesses = explanation.briefWitnesses { head.append("  for \(witnesses)") }
    var lines = [head]
    lines += indented(
      StyledLine(explanation.expression, Style(.wrong))
        + StyledLine(explanation.holds ? "  is true" : "  is false", Style(.dim)), width)
    let conditions = ConditionWords(
      structure: model.structure, acting: nil, arguments: [], values: values)
    let difference = explanation.holds ? nil : explanation.sides.flatMap { SideDifference($0).text }
    if var values = conditions.words(for: explanation) ?? explanation.values {
      // The difference alone says more than two long values.
      if difference?.isEmpty == false, values.count > Self.longestValues { values = "" }
      var line = StyledLine(values, Style(.wrong, bold: true))
      if let difference {
        line.append(values.isEmpty ? difference : "   \(difference)", Style(bold: true))
      }
      lines += indented(line, width)
    }
    for sentence in causes(ofInvariant: index, explanation)?.sentences ?? [] {
      lines += indented(StyledLine("↳ ", Style(.accent, bold: true)) + StyledLine(sentence), width)
    }
    for part in explanation.parts {
      var line = StyledLine("· ", Style(.wrong))
      if let witnesses = part.witnessText { line.append("\(witnesses):  ") }
      line.append(part.wordings.first ?? part.expression)
      lines += indented(line, width)
    }
    return lines
  }

  private static let longestValues = 60

  private func indented(_ line: StyledLine, _ width: Int) -> [StyledLine] {
    line.wrapped(to: max(8, width - 4)).map { StyledLine("   ") + $0 }
  }
}

extension Explanation {
  /// `n = n1, row = orders 1 c1 1`; nil without witnesses.
  fileprivate var briefWitnesses: String? {
    witnesses.isEmpty
      ? nil
      : witnesses.map { "\($0.name) = \($0.value.briefWords ?? $0.value.description)" }.joined(
        separator: ", ")
  }
}

extension PaneRecord {
  static let properties = PaneRecord(
    title: "Properties", shortTitle: "Props", place: .side, list: { $0.propertiesList },
    activate: { session in
      if session.selectedWatch != nil { return session.showHistory(nil) }
      session.takeSelectedAction()
      return []
    },
    hints: { [.activate, $0.model.violatedInvariants(in: $0.state).isEmpty ? .watch : .slice] })
}
