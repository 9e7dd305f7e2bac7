import Glibc

/// Reserved address space that becomes memory where it is touched, so that it grows without moving. It is released with its owner.
struct Reservation<Element: BitwiseCopyable>: ~Copyable {
  let base: UnsafeMutablePointer<Element>
  /// The number of elements that have an address.
  let capacity: Int

  /// Reserves room for `capacity` elements, all zero. Throws `ValueError` if the system gives no address space.
  init(capacity: Int) throws {
    guard let address = Self.map(capacity, hasLargePages: true) else { throw Self.refusal(capacity) }
    base = address
    self.capacity = capacity
  }

  /// Reserves room for up to `wanted` elements: fewer if the process may not use that much address space (`ulimit -v`). Large pages, of which
  /// the last is used only in part, do not pay for memory that is written from its beginning to its end.
  init(atMost wanted: Int, hasLargePages: Bool = true) throws {
    var capacity = wanted
    if let left = ProcessMemory.addressSpaceLeft {
      // Two engines make a few reservations each, and other memory needs room, too.
      capacity = min(capacity, left / 12 / MemoryLayout<Element>.stride)
    }
    var address = Self.map(capacity, hasLargePages: hasLargePages)
    while address == nil, capacity > Self.fewest {
      capacity /= 2
      address = Self.map(capacity, hasLargePages: hasLargePages)
    }
    guard let address else { throw Self.refusal(capacity) }
    base = address
    self.capacity = capacity
  }

  /// The smallest useful number of elements.
  private static var fewest: Int { 1 << 12 }

  private static var largePageBytes: Int { 1 << 21 }

  private static func map(_ capacity: Int, hasLargePages: Bool) -> UnsafeMutablePointer<Element>? {
    let bytes = capacity * MemoryLayout<Element>.stride
    let address = mmap(
      nil, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | Int32(MAP_NORESERVE), -1, 0)
    guard let address, address != MAP_FAILED else { return nil }
    // With small pages, look-ups in large tables miss the translation cache. Without large pages in the system, this does nothing. The first
    // pages are small: clearing a large one takes longer than all else for an engine that needs little of it.
    if hasLargePages, bytes > 2 * largePageBytes {
      madvise(address + largePageBytes, bytes - largePageBytes, MADV_HUGEPAGE)
    }
    return address.bindMemory(to: Element.self, capacity: capacity)
  }

  private static func refusal(_ capacity: Int) -> ValueError {
    ValueError(
      "the system gives no address space of \(capacity * MemoryLayout<Element>.stride) bytes", kind: .resource
    )
  }

  deinit { munmap(UnsafeMutableRawPointer(base), capacity * MemoryLayout<Element>.stride) }
}
