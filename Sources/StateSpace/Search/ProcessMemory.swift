import Glibc

/// The memory that the process uses and may use.
package enum ProcessMemory {
  /// The bytes of memory that the process uses; nil if the system does not say.
  package static var resident: Int? { statistic(1) }

  /// The most bytes of memory that the process itself has used; nil if the system does not say. Not taken from `getrusage`, which gives the
  /// parent's figure if that is greater.
  package static var peak: Int? {
    guard let status = Self.text(of: "/proc/self/status") else { return nil }
    for line in status.split(separator: "\n") where line.hasPrefix("VmHWM:") {
      return line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) }.map {
        $0 * 1024
      }
    }
    return nil
  }

  /// The address space that the process may still take; nil if there is no limit (`ulimit -v`).
  static var addressSpaceLeft: Int? {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0, limit.rlim_cur < UInt(Int.max)
    else { return nil }
    return max(0, Int(limit.rlim_cur) - (statistic(0) ?? 0))
  }

  /// The lowest memory limit of the control groups around the process, in bytes; nil if there is none. `read` returns the text of a file.
  package static func limitOfGroups(read: (String) -> String? = text(of:)) -> Int? {
    var least: Int?
    for line in (read("/proc/self/cgroup") ?? "").split(separator: "\n") {
      // `0::/path` is version 2; `4:memory:/path` version 1.
      let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
      guard parts.count == 3 else { continue }
      let places: [(root: String, files: [String])]
      if parts[1].isEmpty {
        places = ["/sys/fs/cgroup", "/sys/fs/cgroup/unified"].map { ($0, ["memory.max", "memory.high"]) }
      } else if parts[1].split(separator: ",").contains("memory") {
        places = [("/sys/fs/cgroup/memory", ["memory.limit_in_bytes"])]
      } else {
        continue
      }
      for (root, files) in places {
        for folder in ancestors(of: parts[2]) {
          for file in files {
            guard let text = read(root + folder + "/" + file),
              let bytes = Int(text.filter { !$0.isWhitespace }), bytes > 0
            else { continue }
            least = min(least ?? bytes, bytes)
          }
        }
      }
    }
    return least
  }

  /// The path and its ancestors: `/a/b`, `/a`, and the root, which is empty.
  private static func ancestors(of path: String) -> [String] {
    var parts = path.split(separator: "/").filter { $0 != ".." }
    var result: [String] = []
    while !parts.isEmpty {
      result.append("/" + parts.joined(separator: "/"))
      parts.removeLast()
    }
    return result + [""]
  }

  /// The figure at a position in `/proc/self/statm`, in bytes.
  private static func statistic(_ position: Int) -> Int? {
    guard let text = text(of: "/proc/self/statm") else { return nil }
    let figures = text.split(separator: " ")
    guard position < figures.count, let pages = Int(figures[position]) else { return nil }
    return pages * Int(sysconf(Int32(_SC_PAGESIZE)))
  }

  /// The text of a small file; nil if it cannot be read.
  package static func text(of path: String) -> String? {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 4096)
    while bytes.count < 1 << 20 {
      let count = Glibc.read(file, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { break }
      bytes += chunk[..<count]
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
