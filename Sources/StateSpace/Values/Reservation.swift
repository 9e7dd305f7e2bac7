import Glibc

/// A stretch of address space that becomes memory where it is touched: it grows without moving.
struct Reservation<Element: BitwiseCopyable> {
  let base: UnsafeMutablePointer<Element>
  /// How many elements have an address.
  let capacity: Int

  /// Reserves room for `capacity` elements, all zero. Throws `ValueError` when the system gives no address space.
  init(capacity: Int) throws {
    let bytes = capacity * MemoryLayout<Element>.stride
    let address = mmap(
      nil, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | Int32(MAP_NORESERVE), -1, 0)
    guard let address, address != MAP_FAILED else {
      throw ValueError("the system gives no address space of \(bytes) bytes", kind: .resource)
    }
    // Look-ups in large tables miss the translation cache with small pages; where the system has no large ones, nothing happens.
    madvise(address, bytes, MADV_HUGEPAGE)
    base = address.bindMemory(to: Element.self, capacity: capacity)
    self.capacity = capacity
  }

  /// Gives everything back. The base must not be used afterwards.
  func release() { munmap(UnsafeMutableRawPointer(base), capacity * MemoryLayout<Element>.stride) }
}
