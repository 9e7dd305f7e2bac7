import StateSpace
import Traces

// The values in the Nodes pane.
extension Session {
  /// A name and its value, on one line if they fit; else the value comes below. `old` is nil if nothing is compared. It holds nil if the
  /// value did not exist before.
  func lines(_ name: String, _ value: PlainValue, old: PlainValue??, width: Int) -> [StyledLine] {
    let isChanged = old.map { $0 != value } ?? false
    let isBrief = !model.nodes.isEmpty
    var shown = ValueLine.line(value, old: isChanged ? old ?? nil : nil, limit: width * 3, isBrief: isBrief)
    if isChanged { shown.append("  ◆", Style(.change, bold: true)) }
    let was =
      isChanged ? old.flatMap { $0 }.map { "was " + ValueLine.text($0, limit: width, isBrief: isBrief) } : nil
    let indent = String(repeating: " ", count: name.prefix { $0 == " " }.count + 3)
    var head = StyledLine(" \(name)", isChanged ? Style(.change) : .plain)
    guard head.width + 2 + shown.width > width else {
      head.append("  ")
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
  func partLines(_ name: String, _ value: PlainValue, old: PlainValue??, width: Int) -> [StyledLine] {
    let mostParts = 10
    guard let parts = value.namedParts, parts.count > 1, parts.count <= mostParts,
      Glyph.width(of: name) + Glyph.width(of: ValueLine.text(value, limit: width, isBrief: true)) + 4 > width
    else { return lines(name, value, old: old, width: width) }
    let isChanged = old.map { $0 != value } ?? false
    var head = StyledLine(" \(name)", isChanged ? Style(.change) : .plain)
    if isChanged { head.append("  ◆", Style(.change, bold: true)) }
    return [head]
      + parts.flatMap { part -> [StyledLine] in
        let former = old.map { $0?.namedParts?.first { $0.name == part.name }?.value }
        return fieldLines("  " + part.name, part.value, old: former, width: width)
          ?? lines("  " + part.name, part.value, old: former, width: width)
      }
  }

  /// The fields of a record in a row, with the changed ones marked; nil for other values.
  private func fieldLines(_ name: String, _ value: PlainValue, old: PlainValue??, width: Int) -> [StyledLine]?
  {
    guard case .record(let fields) = value else { return nil }
    var result = [StyledLine(" \(name)")]
    for field in fields {
      let former = old.map { $0?.value(at: .string(field.name)) }
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
  func tokenLines(_ token: ProtocolStructure.Token, _ node: PlainValue, width: Int) -> [StyledLine] {
    let (values, previous) = (values, previousValues)
    let name = model.variables[token.variable]
    let place = token.place(in: values)
    let former = previous.flatMap { token.place(in: $0) }
    if place == node {
      var line = StyledLine(" ◉ ", Style(.accent, bold: true))
      let isChanged = previous.map { $0[token.variable] != values[token.variable] } ?? false
      line.append(name, isChanged ? Style(.change, bold: true) : .plain)
      if case .record(let fields) = values[token.variable] {
        for field in fields where field.name != token.field { line.append("  \(field.name) \(field.value)") }
      }
      if isChanged { line.append("  ◆", Style(.change, bold: true)) }
      return [line.truncated(to: width)]
    }
    guard let former, former == node else { return [] }
    var line = StyledLine(" ○ \(name)", Style(.dim))
    line.append("  ◆ → \(place?.description ?? "–")", Style(.change, bold: true))
    return [line.truncated(to: width)]
  }

  /// The node's places in the shared variables: those that sometimes name a node, and queues.
  func sharedPlaceLines(_ node: PlainValue, width: Int) -> [StyledLine] {
    let (values, previous) = (values, previousValues)
    var result: [StyledLine] = []
    for variable in model.structure.holders {
      let has = values[variable] == node
      let had = previous.map { $0[variable] == node } ?? has
      guard has || had else { continue }
      let text = " \(has ? "◉" : "○") \(model.variables[variable])"
      result.append(StyledLine(text + (has == had ? "" : "  ◆"), has == had ? .plain : Style(.change)))
    }
    for variable in model.structure.queues {
      let places = model.structure.places(of: node, inQueue: variable, of: values)
      guard !places.isEmpty else { continue }
      let former = previous.map { model.structure.places(of: node, inQueue: variable, of: $0).map(\.element) }
      let isNew = former.map { $0 != places.map(\.element) } ?? false
      let words = places.map { position, element in
        element == node ? "#\(position + 1)" : "#\(position + 1) \(element.words(leavingOut: node))"
      }
      let line = StyledLine(" \(model.variables[variable])  \(words.joined(separator: "  "))")
      result.append(
        (isNew ? line + StyledLine("  ◆", Style(.change, bold: true)) : line).truncated(to: width))
    }
    return result
  }

  /// The shared sets that contain the node, and those that contained it before the step.
  func membershipLine(_ node: PlainValue, width: Int) -> StyledLine? {
    func isIn(_ variable: Int, _ state: [PlainValue]) -> Bool {
      if case .set(let elements) = state[variable] { return elements.contains(node) }
      return false
    }
    let (values, previous) = (values, previousValues)
    var line = StyledLine()
    for variable in model.structure.memberships {
      let has = isIn(variable, values)
      let had = previous.map { isIn(variable, $0) } ?? has
      guard has || had else { continue }
      let name = model.variables[variable]
      line.append(has ? " in " : " out of ")
      line.append(has == had ? name : "\(name) ◆", has == had ? .plain : Style(.change, bold: true))
    }
    return line.isEmpty ? nil : line.truncated(to: width)
  }

  // MARK: Shared variables

  /// The variables that belong to no node, on as few lines as possible, and the links between nodes that are not neighbours.
  func sharedLines(width: Int) -> [StyledLine] {
    let values = values
    let previous = previousValues
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
    for variable in model.structure.variables(as: .shared) {
      let isChanged = previous.map { $0[variable] != values[variable] } ?? false
      var part = StyledLine(" \(model.variables[variable]) ", isChanged ? Style(.change) : .plain)
      part += ValueLine.line(values[variable], old: isChanged ? previous?[variable] : nil, limit: width)
      if isChanged, let old = previous?[variable] {
        part.append(" ◆", Style(.change, bold: true))
        part.append(" was \(ValueLine.text(old, limit: width / 2))", Style(.dim))
      }
      place(part.truncated(to: width))
    }
    for part in distantLinks(cardArrangement(width: width), values) { place(part) }
    if !current.isEmpty { lines.append(current) }
    return lines
  }

  // MARK: Without nodes

  /// All variables, each with its name and value.
  func variableLines(width: Int) -> [StyledLine] {
    let previous = previousValues
    return values.enumerated().flatMap { variable, value in
      lines(model.variables[variable], value, old: previous.map { $0[variable] }, width: width)
    }
  }
}

extension PlainValue {
  /// The parts of a record or tuple without the given node.
  fileprivate func words(leavingOut node: PlainValue) -> String {
    guard case .tuple(let parts) = self else { return MessageText(self).words(leavingOut: [node]) }
    return parts.filter { $0 != node }.map {
      if case .string(let text) = $0 { PlainValue.escaped(text) } else { $0.description }
    }.joined(separator: " ")
  }

  /// The fields of a record and the values of a function, each with the text that reaches it in a spec; nil for other values.
  fileprivate var namedParts: [(name: String, value: PlainValue)]? {
    switch self {
    case .record(let fields): fields.map { (".\($0.name)", $0.value) }
    case .function(let pairs): pairs.map { ("[\($0.argument)]", $0.value) }
    default: nil
    }
  }
}
