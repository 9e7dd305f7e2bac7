/// Looking up rows in parts of the table, each of which one thread has for itself. A part has the entries of the hashes in an interval, which
/// lie one after the other.
extension StateTable {
  /// The part to which a hash belongs.
  @inline(__always) static func part(of hash: UInt64, among parts: Int) -> Int {
    Int(truncatingIfNeeded: ((hash &>> 32) &* UInt64(truncatingIfNeeded: parts)) &>> 32)
  }

  /// The group at which a part ends. The search for a row may lead beyond it.
  func end(ofPart part: Int, among parts: Int) -> Int {
    if part + 1 == parts { return groups }
    let firstHash = (UInt64(part + 1) << 32 + UInt64(parts) - 1) / UInt64(parts)
    return view.home(of: firstHash << 32)
  }
}
