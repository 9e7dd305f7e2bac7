import Foundation
import StateSpace

/// How much memory a search may take.
enum Memory {
  /// Three quarters of what the machine or a control group of the process has, in bytes.
  static var defaultLimit: Int {
    let machine = Int(clamping: ProcessInfo.processInfo.physicalMemory)
    return min(machine, ProcessMemory.limitOfGroups() ?? machine) / 4 * 3
  }

  /// Reads `512M`, `3G`, `3GB`, `3GiB`, `1.5G`, `1000000`; nil when it is no size. A unit is a power of 1024, however it is written.
  static func bytes(_ text: String) -> Int? {
    var text = text.uppercased()
    if text.hasSuffix("IB") { text.removeLast(2) } else if text.hasSuffix("B") { text.removeLast() }
    var unit = 1.0
    if let last = text.last, let power = ["K", "M", "G", "T"].firstIndex(of: last) {
      unit = pow(1024, Double(power + 1))
      text.removeLast()
    }
    guard text.allSatisfy({ $0.isASCII && ($0.isNumber || $0 == ".") }), let number = Double(text) else {
      return nil
    }
    let bytes = (number * unit).rounded()
    return bytes >= 1 ? Int(exactly: bytes) : nil
  }
}
