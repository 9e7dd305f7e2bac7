package import StateSpace

/// A message in a few words: `sync_register 0`.
package struct MessageText: Sendable, Hashable {
  /// The kind of message: the string in the field that names the kind, otherwise in the first field with a string.
  package let kind: String?
  /// The other fields in their order.
  package let payload: [PlainValue.Field]
  /// The message, if it is not a record.
  private let whole: PlainValue?

  private static let kindHints = ["action", "type", "kind", "mtype", "tag", "op"]

  package init(_ message: PlainValue) {
    guard case .record(let fields) = message else {
      kind = nil
      payload = []
      whole = message
      return
    }
    let strings = fields.filter { if case .string = $0.value { true } else { false } }
    let named = MessageText.kindHints.lazy.compactMap { hint in strings.first { $0.name == hint } }.first
    let kindField = named ?? strings.first
    if case .string(let text) = kindField?.value { kind = PlainValue.escaped(text) } else { kind = nil }
    payload = fields.filter { $0 != kindField }
    whole = nil
  }

  /// The kind and the values, without values that are already known (such as the sender).
  package func words(leavingOut known: [PlainValue] = []) -> String {
    if let whole { return whole.description }
    let values = payload.map(\.value).filter { !known.contains($0) }.map(\.brief)
    return ((kind.map { [$0] } ?? []) + values).joined(separator: " ")
  }
}

extension PlainValue {
  /// The value in few words. A record of atoms is given by its values.
  var brief: String { briefWords ?? description }

  /// A record of atoms by its values, `c1 r1 1`; nil for other values. A record whose values are all of one kind may be a function on
  /// strings, so it keeps its arguments.
  package var briefWords: String? {
    guard case .record(let fields) = self, fields.allSatisfy(\.value.isAtom),
      Set(fields.map(\.value.atomKind)).count > 1
    else { return nil }
    return fields.map(\.value.description).joined(separator: " ")
  }

  private var atomKind: Int {
    switch self {
    case .integer: 0
    case .string: 1
    case .boolean: 2
    default: 3
    }
  }
}
