import Foundation
import StateSpace

/// The memory that a search may take.
enum Memory {
  /// A smaller limit is a number whose unit was forgotten.
  static let smallestLimit = 1_000_000

  /// Three quarters of the memory of the machine, or of the control group of the process if that has less, in bytes.
  static var defaultLimit: Int {
    let machine = Int(clamping: ProcessInfo.processInfo.physicalMemory)
    return min(machine, ProcessMemory.limitOfGroups() ?? machine) / 4 * 3
  }

  /// Reads `512M`, `3G`, `3GB`, `3GiB`, `1.5G`, `1000000`; nil if the text is not a size. A unit is always a power of 1024.
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
