import Glibc

/// Memory with machine code. It is never writable and executable at the same time.
final class ExecutableMemory {
  let base: UnsafeMutableRawPointer
  private let size: Int

  /// Nil if the system refuses executable memory.
  init?(_ bytes: [UInt8]) {
    let page = sysconf(Int32(_SC_PAGESIZE))
    size = (max(1, bytes.count) + page - 1) / page * page
    guard
      let memory = mmap(nil, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
      memory != MAP_FAILED
    else { return nil }
    base = memory
    bytes.withUnsafeBytes {
      if let start = $0.baseAddress { memory.copyMemory(from: start, byteCount: $0.count) }
    }
    guard mprotect(memory, size, PROT_READ | PROT_EXEC) == 0 else {
      munmap(memory, size)
      return nil
    }
  }

  deinit { munmap(base, size) }
}
