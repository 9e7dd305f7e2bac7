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
    guard !reason.holds, let sides = reason.sides else { return nil }
    if let first = firstMessage(sides, arguments + reason.witnesses.map(\.value)) { return first }
    guard let name = name(of: sides.left, sides.leftSpan, reason) ?? spelled(sides.leftSpan, reason) else {
      return nil
    }
    if sides.symbol == "#" || sides.symbol == "/=", sides.left == sides.right, isEmpty(sides.left) {
      return "\(name) is empty"
    }
    guard !isLong(sides.left) else { return nil }
    switch sides.symbol {
    case "#", "/=": return "\(name) is \(sides.left)"
    case "=": return isLong(sides.right) ? nil : "\(name) is \(sides.left), not \(sides.right)"
    default: return isLong(sides.right) ? nil : "\(name) is \(sides.left), not \(sides.symbol) \(sides.right)"
    }
  }

  /// The name of the part of the state that an expression reads; nil if it reads something else.
  private func name(of value: PlainValue, _ span: SourceSpan, _ reason: Explanation) -> String? {
    let text = span.oneLineText
    guard !text.contains("("), text.first?.isLetter ?? false,
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
