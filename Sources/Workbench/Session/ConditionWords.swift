import StateSpace
import TLASyntax
import Traces

/// Says in the protocol's terms why a condition is false: `inbox is empty` for `inbox[n] # <<>>`.
struct ConditionWords {
  let structure: ProtocolStructure
  /// The acting node. Its own parts are named without it.
  let acting: PlainValue?
  /// The names of the action's parameters, if the condition stands in their scope.
  var parameters: [String] = []
  let arguments: [PlainValue]
  /// The values of the state.
  let values: [PlainValue]

  /// The condition in words of several lengths, the best first. Never empty.
  func wordings(of reason: Explanation) -> [String] {
    guard let words = words(for: reason) else { return reason.wordings }
    return [words] + reason.wordings
  }

  /// The condition in the protocol's terms; nil if there are none for it.
  func words(for reason: Explanation) -> String? {
    guard let sides = reason.sides else { return alternatives(reason) ?? emptiness(reason) ?? truth(reason) }
    guard !reason.holds else { return nil }
    if let first = firstMessage(sides, arguments + reason.witnesses.map(\.value)) { return first }
    guard
      let name = name(of: sides.left, sides.leftSpan, reason) ?? spelled(sides.leftSpan, reason)
        ?? bareName(reason.expression, before: sides.symbol)
    else { return nil }
    if sides.symbol == "#" || sides.symbol == "/=", sides.left == sides.right, isEmpty(sides.left) {
      return "\(name) is empty"
    }
    guard !isLong(sides.left) else { return nil }
    let value = sides.left.description
    // An argument is its own name.
    let subject = name == value ? value : "\(name) is \(value)"
    switch sides.symbol {
    case "#", "/=": return name == value ? nil : subject
    case "=": return isLong(sides.right) ? nil : "\(subject), not \(sides.right)"
    case "\\in": return relation(subject, name == value ? "is not in" : ", not in", sides.right)
    case "\\notin":
      // An argument that is in a place of the state: the place says more than its value.
      if name == value, let place = self.name(of: sides.right, sides.rightSpan, reason) {
        return "\(name) is in \(place)"
      }
      return relation(subject, name == value ? "is in" : ", which is in", sides.right)
    default: return isLong(sides.right) ? nil : "\(subject), not \(sides.symbol) \(sides.right)"
    }
  }

  private func relation(_ subject: String, _ words: String, _ right: PlainValue) -> String? {
    isLong(right) ? nil : "\(subject)\(words.hasPrefix(",") ? "" : " ")\(words) \(right)"
  }

  /// What all alternatives of a disjunction say, if it is the same.
  private func alternatives(_ reason: Explanation) -> String? {
    guard let first = reason.parts.first.flatMap({ words(for: $0) }),
      reason.parts.dropFirst().allSatisfy({ words(for: $0) == first })
    else { return nil }
    return first
  }

  /// `names is empty` for a set from which an action cannot choose anything.
  private func emptiness(_ reason: Explanation) -> String? {
    guard reason.values == "\(reason.expression) is empty" else { return nil }
    let variable = reason.expression.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
    let place =
      structure.variables.contains(String(variable)) ? name(of: .set([]), reason.span, reason) : nil
    return (place ?? spelled(reason.span, reason)).map { "\($0) is empty" }
  }

  /// `waiting is TRUE` for a condition that is a place of the state.
  private func truth(_ reason: Explanation) -> String? {
    guard reason.parts.isEmpty else { return nil }
    let value = PlainValue.boolean(reason.holds)
    return name(of: value, reason.span, reason).map { "\($0) is \(value)" }
  }

  /// The name of the part of the state that an expression reads; nil if it reads something else.
  private func name(of value: PlainValue, _ span: SourceSpan, _ reason: Explanation) -> String? {
    let text = span.oneLineText
    // A text that names no variable reads no place, whatever places have its value.
    guard !text.contains("("), text.first?.isLetter ?? false, namesVariable(text),
      let place = ValuePlace.best(
        for: value, expression: text, arguments: arguments + reason.witnesses.map(\.value),
        variables: structure.variables, in: values, isWhole: true)
    else { return nil }
    let isOwn = place.path.first != nil && place.path.first == acting
    return ValuePlace(
      variable: place.variable, path: isOwn ? Array(place.path.dropFirst()) : place.path, isWhole: true
    )
    .text(structure.variables)
  }

  private func namesVariable(_ text: String) -> Bool {
    let words = text.split { !($0.isLetter || $0.isNumber || $0 == "_") }
    return words.contains { structure.variables.contains(String($0)) }
  }

  /// The name of a definition on the left of a condition: `Healthy` in `Healthy # {}`.
  private func bareName(_ expression: String, before symbol: String) -> String? {
    let words = expression.split(separator: " ", maxSplits: 2)
    guard words.count == 3, words[1] == symbol, words[0].first?.isLetter ?? false,
      words[0].allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" })
    else { return nil }
    return String(words[0])
  }

  /// An expression that is more than a place of the state, with the values of its names: `Others(n1) \ visible_nodes[n1]`. Nil for a long
  /// one.
  private func spelled(_ span: SourceSpan, _ reason: Explanation) -> String? {
    let text = span.oneLineText
    // The side of a comparison may stand in another definition, where names mean something else.
    guard text.first?.isLetter ?? false, text.count <= Self.longest, reason.span.encloses(span) else {
      return nil
    }
    var values: [String: String] = [:]
    for (name, value) in zip(parameters, arguments) { values[name] = value.description }
    for witness in reason.witnesses { values[witness.name] = witness.value.description }
    var spelled = ""
    var word = ""
    for character in text + " " {
      if character.isLetter || character.isNumber || character == "_" {
        word.append(character)
      } else {
        // A field has the name of a parameter by chance.
        spelled += (spelled.last == "." ? nil : values[word]) ?? word
        spelled.append(character)
        word = ""
      }
    }
    return spelled.trimmingBlanks.count <= Self.longest ? spelled.trimmingBlanks : nil
  }

  /// `first is discover`, if the condition wants another kind of message.
  private func firstMessage(_ sides: Explanation.Sides, _ arguments: [PlainValue]) -> String? {
    let text = sides.leftSpan.oneLineText
    guard sides.symbol == "=", case .string(let kind) = sides.left, case .string = sides.right,
      text.contains("Head(") || text.contains("[1]"), !structure.mailboxes.isEmpty
    else { return nil }
    return "first is \(PlainValue.escaped(kind))"
  }

  private func isEmpty(_ value: PlainValue) -> Bool {
    switch value {
    case .set(let elements): elements.isEmpty
    case .tuple(let elements): elements.isEmpty
    default: false
    }
  }

  private static let longest = 40
  private func isLong(_ value: PlainValue) -> Bool { value.description.count > Self.longest }
}
