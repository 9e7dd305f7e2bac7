/// Memory for rows, one after the other.
final class RowBuffer {
  private(set) var base: UnsafeMutableRawPointer
  private(set) var byteCount: Int

  init(byteCount: Int = 1 << 12) {
    self.byteCount = byteCount
    base = .allocate(byteCount: byteCount, alignment: 8)
  }

  deinit { base.deallocate() }

  /// Makes room for more: at least twice as much, and for `bytes` more than are kept. The first `kept` bytes stay.
  func grow(toHold bytes: Int, keeping kept: Int) {
    let size = max(2 * byteCount, kept + bytes)
    let bigger = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 8)
    bigger.copyMemory(from: base, byteCount: kept)
    base.deallocate()
    (base, byteCount) = (bigger, size)
  }
}
