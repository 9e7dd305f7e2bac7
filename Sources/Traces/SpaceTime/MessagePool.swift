import BigInt
import StateSpace

/// The contents of a shared variable that holds the messages in flight of all nodes: a set of messages, a sequence, or a bag (a function
/// from messages to their number).
enum MessagePool {
  /// How often each message is in a pool; nil if the value is not a pool.
  static func contents(_ value: PlainValue) -> [PlainValue: Int]? {
    switch value {
    case .set(let elements):
      return Dictionary(elements.map { ($0, 1) }, uniquingKeysWith: { first, _ in first })
    case .tuple(let elements):
      guard elements.allSatisfy({ if case .record = $0 { true } else { false } }) else { return nil }
      return Dictionary(elements.map { ($0, 1) }, uniquingKeysWith: +)
    case .function(let pairs):
      var result: [PlainValue: Int] = [:]
      for pair in pairs {
        guard pair.argument.isMessage, case .integer(let number) = pair.value,
          let count = Int(exactly: number)
        else { return nil }
        if count > 0 { result[pair.argument] = count }
      }
      return result
    default:
      return nil
    }
  }
}

extension PlainValue {
  fileprivate var isMessage: Bool {
    switch self {
    case .record: true
    case .tuple(let parts): if case .string? = parts.first { true } else { false }
    default: false
    }
  }
}
