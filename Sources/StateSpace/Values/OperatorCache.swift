/// Remembers results of binary operations on values: direct-mapped, so that a look-up is one comparison and a collision forgets.
final class OperatorCache {
  /// Which operation an entry is of.
  enum Operation: UInt32 {
    case union = 1
    case intersection, difference, append, concatenate, tail, exceptIndex, merge
  }

  private static let bits = 16
  private struct Entry {
    var operation: UInt32 = 0
    var first: UInt32 = 0
    var second: UInt32 = 0
    var third: UInt32 = 0
    var result: UInt32 = 0
  }

  private let entries: UnsafeMutablePointer<Entry>

  init() {
    entries = .allocate(capacity: 1 << Self.bits)
    entries.initialize(repeating: Entry(), count: 1 << Self.bits)
  }

  deinit { entries.deallocate() }

  @inline(__always) private func place(_ operation: UInt32, _ first: UInt32, _ second: UInt32, _ third: UInt32) -> Int {
    var hash = UInt64(first) &* 0x9E37_79B9_7F4A_7C15
    hash = (hash ^ UInt64(second)) &* 0xFF51_AFD7_ED55_8CCD
    hash = (hash ^ UInt64(third) ^ (UInt64(operation) << 40)) &* 0xC4CE_B9FE_1A85_EC53
    return Int(hash >> UInt64(64 - Self.bits))
  }

  /// The remembered result, or what `compute` gives, which is remembered.
  @inline(__always) func value(
    _ operation: Operation, _ first: Value, _ second: Value, _ third: Value = Value(bits: 0),
    compute: () throws -> Value
  ) throws -> Value {
    let index = place(operation.rawValue, first.bits, second.bits, third.bits)
    let entry = entries + index
    if entry.pointee.first == first.bits, entry.pointee.second == second.bits,
      entry.pointee.operation == operation.rawValue, entry.pointee.third == third.bits
    {
      return Value(bits: entry.pointee.result)
    }
    let result = try compute()
    entry.pointee = Entry(
      operation: operation.rawValue, first: first.bits, second: second.bits, third: third.bits, result: result.bits)
    return result
  }
}
