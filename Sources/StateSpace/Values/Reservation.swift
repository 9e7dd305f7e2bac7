import Glibc

/// A stretch of address space that becomes memory where it is touched: it grows without moving. Given back when its owner goes.
struct Reservation<Element: BitwiseCopyable>: ~Copyable {
  let base: UnsafeMutablePointer<Element>
  /// How many elements have an address.
  let capacity: Int

  /// Reserves room for `capacity` elements, all zero. Throws `ValueError` when the system gives no address space.
  init(capacity: Int) throws {
    guard let address = Self.map(capacity) else { throw Self.refusal(capacity) }
    base = address
    self.capacity = capacity
  }

  /// The same for at most so many elements: fewer where the process may address less (`ulimit -v`).
  init(atMost wanted: Int) throws {
    var capacity = wanted
    if let left = ProcessMemory.addressSpaceLeft {
      // Two engines reserve some stretches each, and what grows beside them needs room, too.
      capacity = min(capacity, left / 12 / MemoryLayout<Element>.stride)
    }
    var address = Self.map(capacity)
    while address == nil, capacity > Self.fewest {
      capacity /= 2
      address = Self.map(capacity)
    }
    guard let address else { throw Self.refusal(capacity) }
    base = address
    self.capacity = capacity
  }

  /// With fewer elements nothing can be done.
  private static var fewest: Int { 1 << 12 }

  private static func map(_ capacity: Int) -> UnsafeMutablePointer<Element>? {
    let bytes = capacity * MemoryLayout<Element>.stride
    let address = mmap(
      nil, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | Int32(MAP_NORESERVE), -1, 0)
    guard let address, address != MAP_FAILED else { return nil }
    // Look-ups in large tables miss the translation cache with small pages; where the system has no large ones, nothing happens.
    madvise(address, bytes, MADV_HUGEPAGE)
    return address.bindMemory(to: Element.self, capacity: capacity)
  }

  private static func refusal(_ capacity: Int) -> ValueError {
    ValueError(
      "the system gives no address space of \(capacity * MemoryLayout<Element>.stride) bytes", kind: .resource
    )
  }

  deinit { munmap(UnsafeMutableRawPointer(base), capacity * MemoryLayout<Element>.stride) }
}
