import StateSpace
import Traces

// The values in the Nodes pane.
extension Session {
  /// A name and its value, on one line if they fit; else the value comes below. `indent` goes before the name.
  /// `isTight` saves blanks where that saves a line.
  func lines(
    _ entry: CardValue, indent margin: String = "", width: Int, isTight: Bool = false
  ) -> [StyledLine] {
    let usual = lines(entry, indent: margin, width: width, gap: "  ")
    guard isTight, usual.count > 1 else { return usual }
    let tight = lines(entry, indent: margin, width: width, gap: " ")
    return tight.count < usual.count ? tight : usual
  }

  private func lines(
    _ entry: CardValue, indent margin: String, width: Int, gap: String
  ) -> [StyledLine] {
    let (name, isChanged) = (margin + entry.name, entry.isChanged)
    let isBrief = !model.nodes.isEmpty
    var shown = ValueLine.line(entry.value, old: entry.former, limit: width * 3, isBrief: isBrief)
    if isChanged { shown.append("\(gap)◆", Style(.change, bold: true)) }
    let was = entry.former.map { "was " + ValueLine.text($0, limit: width, isBrief: isBrief) }
    let indent = margin + "   "
    var head = StyledLine(" \(name)", isChanged ? Style(.change) : .plain)
    guard head.width + gap.count + shown.width > width else {
      head.append(gap)
      head += shown
      guard let was else { return [head] }
      if head.width + 1 + Glyph.width(of: was) <= width {
        head.append(" " + was, Style(.dim))
        return [head]
      }
      return [head, StyledLine(indent + was, Style(.dim)).truncated(to: width)]
    }
    var below = shown.wrapped(to: max(4, width - indent.count)).prefix(3).map { StyledLine(indent) + $0 }
    if let was {
      if let last = below.last, last.width + 1 + Glyph.width(of: was) <= width {
        below[below.count - 1].append(" " + was, Style(.dim))
      } else {
        below.append(StyledLine(indent + was, Style(.dim)).truncated(to: width))
      }
    }
    return [head] + below
  }

  /// The same for a value with parts: a record or function that does not fit on one line has a line for each part.
  func partLines(_ entry: CardValue, width: Int, isTight: Bool = false) -> [StyledLine] {
    guard let parts = entry.parts,
      Glyph.width(of: entry.name)
        + Glyph.width(of: ValueLine.text(entry.value, limit: width, isBrief: true)) + 4 > width
    else { return lines(entry, width: width, isTight: isTight) }
    var head = StyledLine(" \(entry.name)", entry.isChanged ? Style(.change) : .plain)
    if isTight, let rows = partsInRows(parts, after: head, width: width) { return rows }
    if entry.isChanged { head.append("  ◆", Style(.change, bold: true)) }
    return [head]
      + parts.flatMap { part in
        fieldLines(part, indent: "  ", width: width) ?? lines(part, indent: "  ", width: width)
      }
  }

  /// Short parts one after the other, on as few lines as possible; nil if a part needs more than a line.
  private func partsInRows(_ parts: [CardValue], after name: StyledLine, width: Int) -> [StyledLine]? {
    var rows = [name]
    for part in parts {
      let lines = lines(part, indent: "", width: width - 3, gap: " ")
      guard lines.count == 1 else { return nil }
      if rows[rows.count - 1].width + 1 + lines[0].width <= width {
        rows[rows.count - 1] = rows[rows.count - 1] + StyledLine(" ") + lines[0]
      } else {
        rows.append(StyledLine("   ") + lines[0])
      }
    }
    return rows
  }

  /// The fields of a record in a row, with the changed ones marked; nil for other values.
  private func fieldLines(_ entry: CardValue, indent: String, width: Int) -> [StyledLine]? {
    guard case .record(let fields) = entry.value else { return nil }
    var result = [StyledLine(" \(indent)\(entry.name)")]
    for field in fields {
      let former = entry.old.map { $0?.value(at: .string(field.name)) }
      let isChanged = former.map { $0 != field.value } ?? false
      let text =
        "  \(field.name) \(ValueLine.text(field.value, limit: width - 6, isBrief: true))"
        + (isChanged ? " ◆" : "")
      let part = StyledLine(text, isChanged ? Style(.change, bold: true) : .plain)
      if let last = result.last, last.width + part.width <= width {
        result[result.count - 1] = last + part
      } else {
        result.append(StyledLine("   ") + part.truncated(to: width - 3))
      }
    }
    return result
  }

  /// The token, on the card of the node that has it and of the node that has just had it.
  func tokenLine(_ token: NodeCard.Token, width: Int) -> StyledLine {
    var line: StyledLine
    if let place = token.movedTo {
      line = StyledLine(" ○ \(token.name)", Style(.dim))
      line.append("  ◆ → \(place)", Style(.change, bold: true))
    } else {
      line = StyledLine(" ◉ ", Style(.accent, bold: true))
      line.append(token.name, token.isChanged ? Style(.change, bold: true) : .plain)
      for field in token.fields { line.append("  \(field.name) \(field.value)") }
      if token.isChanged { line.append("  ◆", Style(.change, bold: true)) }
    }
    return line.truncated(to: width)
  }

  /// The node's places in the shared variables: those that sometimes name a node, and queues.
  func sharedPlaceLines(_ card: NodeCard, width: Int) -> [StyledLine] {
    card.holdings.map { holding in
      let text = " \(holding.has ? "◉" : "○") \(holding.name)"
      return StyledLine(
        text + (holding.isChanged ? "  ◆" : ""), holding.isChanged ? Style(.change) : .plain)
    }
      + card.queues.map { queue in
        let line = StyledLine(" \(queue.name)  \(queue.places.joined(separator: "  "))")
        let marked = queue.isChanged ? line + StyledLine("  ◆", Style(.change, bold: true)) : line
        return marked.truncated(to: width)
      }
  }

  /// The shared sets that contain the node, and those that contained it before the step.
  func membershipLine(_ card: NodeCard, width: Int) -> StyledLine? {
    var line = StyledLine()
    for set in card.memberships {
      line.append(set.has ? " in " : " out of ")
      line.append(
        set.isChanged ? "\(set.name) ◆" : set.name,
        set.isChanged ? Style(.change, bold: true) : .plain)
    }
    return line.isEmpty ? nil : line.truncated(to: width)
  }

  // MARK: Shared variables

  /// The variables that belong to no node, on as few lines as possible, and the links between nodes that are not neighbours.
  func sharedLines(width: Int) -> [StyledLine] {
    let state = stateCards
    var lines: [StyledLine] = []
    var current = StyledLine()
    func place(_ part: StyledLine) {
      if !current.isEmpty, current.width + part.width + 2 > width {
        lines.append(current)
        current = StyledLine()
      }
      if !current.isEmpty { current.append(" ") }
      current += part
    }
    for entry in state.shared {
      var part = StyledLine(" \(entry.name) ", entry.isChanged ? Style(.change) : .plain)
      part += ValueLine.line(entry.value, old: entry.former, limit: width)
      if let old = entry.former {
        part.append(" ◆", Style(.change, bold: true))
        part.append(" was \(ValueLine.text(old, limit: width / 2))", Style(.dim))
      }
      place(part.truncated(to: width))
    }
    for part in distantLinks(cardArrangement(width: width), of: state) { place(part) }
    if !current.isEmpty { lines.append(current) }
    return lines
  }

  // MARK: Without nodes

  /// All variables, each with its name and value.
  func variableLines(width: Int) -> [StyledLine] {
    stateCards.variables.flatMap { lines($0, width: width) }
  }
}
