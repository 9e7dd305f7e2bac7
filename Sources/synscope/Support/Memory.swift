import Foundation

/// What the machine gives.
enum Memory {
  /// Three quarters of what the machine or its control group has, in bytes.
  static var defaultLimit: Int {
    var available = Int(clamping: ProcessInfo.processInfo.physicalMemory)
    for path in ["/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"] {
      if let text = try? String(contentsOfFile: path, encoding: .utf8),
        let limit = Int(text.filter { !$0.isWhitespace }), limit > 0
      {
        available = min(available, limit)
      }
    }
    return available / 4 * 3
  }

  /// The most memory that the process had, in bytes.
  static var peak: Int {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return usage.ru_maxrss * 1024
  }

  /// Reads `512M`, `2G`, `1000000`; nil when it is no size.
  static func bytes(_ text: String) -> Int? {
    let units: [Character: Int] = ["K": 1 << 10, "M": 1 << 20, "G": 1 << 30, "T": 1 << 40]
    guard let last = text.last else { return nil }
    let unit = units[Character(last.uppercased())]
    guard let number = Int(unit == nil ? text[...] : text.dropLast()), number > 0 else { return nil }
    let (bytes, overflow) = number.multipliedReportingOverflow(by: unit ?? 1)
    return overflow ? nil : bytes
  }
}
