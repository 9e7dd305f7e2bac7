/// Remembers results of operations on values. It is direct-mapped: a look-up is one comparison, and a collision overwrites the older
/// result.
final class OperatorCache {
  /// The operation that an entry belongs to.
  enum Operation: UInt32 {
    case union = 1
    case intersection, difference, append, concatenate, tail, replace, merge, contains, subset
  }

  private static let bits = 16

  /// 16 bytes, so that an entry lies in one cache line. The upper byte of `third` holds the operation.
  private struct Entry {
    var first: UInt32 = 0
    var second: UInt32 = 0
    var third: UInt32 = 0
    var result: UInt32 = 0
  }

  /// Values from this word on are not remembered (`ValueStore.transientFloor`).
  var floor = UInt32.max
  private let memory: Reservation<Entry>
  private let entries: UnsafeMutablePointer<Entry>

  /// Throws `ValueError` if the system gives no address space.
  init() throws {
    memory = try Reservation(capacity: 1 << Self.bits)
    entries = memory.base
  }

  /// The remembered result; otherwise the result of `compute`, which is then remembered. `detail` is a number that belongs to the
  /// operation, such as a position. Results with a `detail` of 2^24 or more are not remembered.
  @inline(__always) func value(
    _ operation: Operation, _ first: Value, _ second: Value, detail: Int = 0, compute: () throws -> Value
  ) throws -> Value {
    guard detail < 1 << 24 else { return try compute() }
    let third = operation.rawValue << 24 | UInt32(truncatingIfNeeded: detail)
    var hash = (UInt64(first.bits) << 32 | UInt64(second.bits)) &* 0x9E37_79B9_7F4A_7C15
    hash = (hash ^ (hash >> 32) ^ UInt64(third)) &* 0xC4CE_B9FE_1A85_EC53
    let entry = entries + Int(hash >> UInt64(64 - Self.bits))
    if entry.pointee.first == first.bits, entry.pointee.second == second.bits, entry.pointee.third == third {
      return Value(bits: entry.pointee.result)
    }
    let result = try compute()
    guard first.bits < floor, second.bits < floor else { return result }
    entry.pointee = Entry(first: first.bits, second: second.bits, third: third, result: result.bits)
    return result
  }
}
