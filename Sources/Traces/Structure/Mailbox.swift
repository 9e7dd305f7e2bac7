import BigInt
package import StateSpace

/// A place where messages wait for a node: its inbox, the channel from another node to it, or the place of a token.
package struct Mailbox: Sendable, Hashable {
  package let variable: Int
  /// The position in the structure of the node that they wait for.
  package let node: Int
  /// For a channel, the position of the node that they come from.
  package let sender: Int?

  /// The most messages that are spelled out for a number of messages.
  private static let mostCounted = 64

  /// The messages in a value: those of a sequence, the head first; those of a set or a bag, in TLC's order; or for a number, as many
  /// messages with the variable's name. Empty for other values.
  static func contents(_ value: PlainValue?, name: String) -> [PlainValue] {
    switch value {
    case .tuple(let messages)?, .set(let messages)?: return messages
    case .integer(let count)?:
      guard let count = Int(exactly: count), count > 0 else { return [] }
      return Array(repeating: .modelValue(name), count: min(count, mostCounted))
    case .function(let pairs)?:
      return pairs.flatMap { pair in
        guard case .integer(let count) = pair.value, let count = Int(exactly: count), count > 0 else {
          return [PlainValue]()
        }
        return Array(repeating: pair.argument, count: min(count, mostCounted))
      }
    default: return []
    }
  }
}

extension ProtocolStructure {
  /// The messages in a mailbox in a state.
  package func messages(in mailbox: Mailbox, of state: [PlainValue]) -> [PlainValue] {
    guard state.indices.contains(mailbox.variable), nodes.indices.contains(mailbox.node) else { return [] }
    let (value, name) = (state[mailbox.variable], variables[mailbox.variable])
    if let token = tokens.first(where: { $0.variable == mailbox.variable }) {
      return token.place(in: state) == nodes[mailbox.node] ? [token.message(value, name: name)] : []
    }
    return Mailbox.contents(held(in: mailbox, of: state), name: name)
  }

  /// Whether a mailbox keeps its messages in order, so that one of them is the head.
  package func isOrdered(_ mailbox: Mailbox, in state: [PlainValue]) -> Bool {
    guard !tokens.contains(where: { $0.variable == mailbox.variable }) else { return false }
    if case .tuple = held(in: mailbox, of: state) { return true }
    return false
  }

  /// The changes of a step in a mailbox, with the positions in `messages(in:of:)`.
  package func difference(
    in mailbox: Mailbox, from before: [PlainValue], to after: [PlainValue]
  ) -> [ValueDifference] {
    let (was, has) = (messages(in: mailbox, of: before), messages(in: mailbox, of: after))
    if was == has { return [] }
    guard !isOrdered(mailbox, in: before) || !isOrdered(mailbox, in: after) else {
      return ValueDifference.between(.tuple(was), .tuple(has))
    }
    return was.positions(notIn: has).map { ValueDifference(path: [.position($0)], change: .removed(was[$0])) }
      + has.positions(notIn: was).map { ValueDifference(path: [.position($0)], change: .added(has[$0])) }
  }

  private func held(in mailbox: Mailbox, of state: [PlainValue]) -> PlainValue? {
    let (value, receiver) = (state[mailbox.variable], nodes[mailbox.node])
    guard let sender = mailbox.sender.map({ nodes[$0] }) else { return value.value(at: receiver) }
    return reversedChannels.contains(mailbox.variable)
      ? value.value(atPair: receiver, sender) : value.value(atPair: sender, receiver)
  }

  /// A shared value that is at one node at a time.
  package struct Token: Sendable, Hashable {
    package let variable: Int
    /// The field that names the node, if the variable is a record.
    package let field: String?

    /// The node that has it.
    package func place(in state: [PlainValue]) -> PlainValue? {
      guard state.indices.contains(variable) else { return nil }
      return field.map { state[variable].value(at: .string($0)) } ?? state[variable]
    }

    /// The token as a message when it is passed on: its name, with the values that it carries.
    func message(_ value: PlainValue, name: String) -> PlainValue {
      guard let field, case .record(let fields) = value else { return .modelValue(name) }
      return .record(
        [PlainValue.Field(name: "kind", value: .string(name))] + fields.filter { $0.name != field })
    }
  }
}

extension [PlainValue] {
  /// The positions of elements that occur less often in another list.
  fileprivate func positions(notIn other: [PlainValue]) -> [Int] {
    var left = Dictionary(other.map { ($0, 1) }, uniquingKeysWith: +)
    return indices.filter { index in
      let count = left[self[index]] ?? 0
      left[self[index]] = count - 1
      return count <= 0
    }
  }
}
