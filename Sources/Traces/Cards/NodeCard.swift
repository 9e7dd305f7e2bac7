package import StateSpace

/// What a card says about a node in a state, and what the step to the state changed. The Nodes pane draws it in cells, the page in HTML.
package struct NodeCard: Sendable {
  package let node: PlainValue
  /// The nodes that it sees; nil if the model has no links.
  package let peers: Peers?
  package let tokens: [Token]
  /// The shared variables that sometimes name a node, where they name this one or did before the step.
  package let holdings: [Holding]
  package let queues: [QueuePlaces]
  /// The shared sets that contain the node or did before the step.
  package let memberships: [Holding]
  /// Its own values, and after them what other nodes' values hold for it.
  package let values: [CardValue]
  package let inboxes: [CardInbox]

  /// Whether the step changed anything that the card says.
  package var isChanged: Bool {
    peers?.change != nil || tokens.contains(where: \.isChanged) || holdings.contains(where: \.isChanged)
      || queues.contains(where: \.isChanged) || memberships.contains(where: \.isChanged)
      || values.contains(where: \.isChanged) || inboxes.contains(where: \.isChanged)
  }

  package struct Peers: Sendable {
    package let names: [String]
    /// Nil if the step did not change them.
    package let change: Change?

    package enum Change: Sendable {
      case cut, healed
    }
  }

  /// A token that the node has, or has just given away.
  package struct Token: Sendable {
    package let name: String
    /// Where the token went; nil if the node has it.
    package let movedTo: String?
    /// The values that the token carries.
    package let fields: [PlainValue.Field]
    package let isChanged: Bool
  }

  package struct Holding: Sendable {
    package let name: String
    package let has: Bool
    package let isChanged: Bool
  }

  package struct QueuePlaces: Sendable {
    package let name: String
    /// The places, each as `#2`, with what else the element says.
    package let places: [String]
    package let isChanged: Bool
  }
}

/// A named value and what it was before the step.
package struct CardValue: Sendable {
  package let name: String
  package let value: PlainValue
  /// Nil if nothing is compared. It holds nil if the value did not exist before.
  package let old: PlainValue??

  package init(_ name: String, _ value: PlainValue, old: PlainValue??) {
    self.name = name
    self.value = value
    self.old = old
  }

  package var isChanged: Bool { old.map { $0 != value } ?? false }

  /// The value before the step if the step changed it.
  package var former: PlainValue? { isChanged ? old ?? nil : nil }

  /// Whether the value is a boolean, a string or a model value. Such a value often says in which mode a node is.
  package var isMode: Bool {
    switch value {
    case .boolean, .string, .modelValue: true
    default: false
    }
  }

  /// The field itself for a record with one field: `memory.asked` for `memory`.
  var unwrapped: CardValue {
    guard case .record(let fields) = value, fields.count == 1 else { return self }
    let field = fields[0].name
    let before = old.map { $0?.value(at: .string(field)) }
    return CardValue("\(name).\(field)", fields[0].value, old: before).unwrapped
  }

  /// The most parts that are shown on their own.
  private static let mostParts = 10

  /// The fields of a record and the values of a function, each named by the text that reaches it in a spec. Nil for other values, and for
  /// one part or too many.
  package var parts: [CardValue]? {
    let parts: [(name: String, value: PlainValue)]
    switch value {
    case .record(let fields): parts = fields.map { (".\($0.name)", $0.value) }
    case .function(let pairs): parts = pairs.map { ("[\($0.argument)]", $0.value) }
    default: return nil
    }
    guard parts.count > 1, parts.count <= CardValue.mostParts else { return nil }
    let before: [String: PlainValue]? = old.map { old in
      switch old {
      case .record(let fields)?:
        Dictionary(fields.map { (".\($0.name)", $0.value) }, uniquingKeysWith: { first, _ in first })
      case .function(let pairs)?:
        Dictionary(pairs.map { ("[\($0.argument)]", $0.value) }, uniquingKeysWith: { first, _ in first })
      default: [:]
      }
    }
    return parts.map { part in CardValue(part.name, part.value, old: before.map { $0[part.name] }) }
  }
}
