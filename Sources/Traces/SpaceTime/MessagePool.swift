import BigInt
import StateSpace

/// Shared variables that hold the messages under way of all nodes: a set of messages, or a bag (a function from message
/// to its number).
enum MessagePool {
  private static let hints = [
    "message", "msg", "sent", "network", "channel", "packet", "inbox", "mailbox", "wire", "flight",
  ]
  private static let receiverFields = ["to", "dest", "dst", "destination", "receiver", "mdest", "target"]
  private static let senderFields = ["from", "src", "source", "sender", "msource"]

  /// The shared variables that are pools, by their names, or by the messages that they hold at the start.
  static func variables(of structure: ProtocolStructure, initial: [PlainValue]) -> [Int] {
    guard !structure.nodes.isEmpty, initial.count == structure.variables.count else { return [] }
    return structure.variables(as: .shared).filter { variable in
      guard let contents = contents(initial[variable]) else { return false }
      let name = structure.variables[variable].lowercased()
      if name == "net" || hints.contains(where: name.contains) { return true }
      return !contents.isEmpty
        && contents.keys.allSatisfy { message in
          MessageText(message).kind != nil
            && (node(of: message, in: senderFields, structure) != nil
              || node(of: message, in: receiverFields, structure) != nil)
        }
    }
  }

  /// How often each message is in a pool; nil for a value that is none.
  static func contents(_ value: PlainValue) -> [PlainValue: Int]? {
    switch value {
    case .set(let elements):
      return Dictionary(elements.map { ($0, 1) }, uniquingKeysWith: { first, _ in first })
    case .tuple(let elements) where elements.isEmpty:
      return [:]
    case .function(let pairs):
      var result: [PlainValue: Int] = [:]
      for pair in pairs {
        guard case .record = pair.argument, case .integer(let number) = pair.value,
          let count = Int(exactly: number)
        else { return nil }
        if count > 0 { result[pair.argument] = count }
      }
      return result
    default:
      return nil
    }
  }

  /// The node that a message names as its sender.
  static func sender(of message: PlainValue, _ structure: ProtocolStructure) -> PlainValue? {
    node(of: message, in: senderFields, structure)
  }

  /// The node that a message names as its receiver.
  static func receiver(of message: PlainValue, _ structure: ProtocolStructure) -> PlainValue? {
    node(of: message, in: receiverFields, structure)
  }

  private static func node(
    of message: PlainValue, in names: [String], _ structure: ProtocolStructure
  ) -> PlainValue? {
    guard case .record(let fields) = message else { return nil }
    return fields.first { names.contains($0.name.lowercased()) && structure.nodes.contains($0.value) }?.value
  }
}
