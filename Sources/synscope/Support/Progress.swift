import Foundation
import StateSpace

/// Tells on standard error how far a check is: a line that is redrawn on a terminal, a line a minute elsewhere.
final class ProgressPrinter {
  private let isQuiet: Bool
  private let isTerminal = isatty(STDERR_FILENO) == 1
  private var lastSeconds = 0.0
  private var hasLine = false

  init(isQuiet: Bool) { self.isQuiet = isQuiet }

  /// Takes the state of the search in and shows it when it is time.
  func show(_ progress: CheckProgress) {
    if isQuiet || progress.seconds - lastSeconds < (isTerminal ? 0.25 : 60) { return }
    lastSeconds = progress.seconds
    let rate = progress.seconds > 0 ? Int(Double(progress.generated) / progress.seconds) : 0
    let text =
      "\(Numbers.grouped(progress.generated)) generated, \(Numbers.grouped(progress.distinct)) distinct, "
      + "\(Numbers.grouped(progress.queue)) in the queue, depth \(progress.depth), \(Numbers.grouped(rate))/s, "
      + "\(progress.memoryBytes >> 20) MiB"
    if isTerminal {
      // A bar of what is done of what is known: distinct states that left the queue.
      let done = progress.distinct > 0 ? (progress.distinct - progress.queue) * 20 / progress.distinct : 0
      let bar = String(repeating: "#", count: done) + String(repeating: ".", count: 20 - done)
      FileHandle.standardError.write(Data("\r\u{1B}[K[\(bar)] \(text)".utf8))
      hasLine = true
    } else {
      Console.note(text)
    }
  }

  /// Removes the line.
  func end() {
    if hasLine { FileHandle.standardError.write(Data("\r\u{1B}[K".utf8)) }
    hasLine = false
  }
}

/// Numbers as people read them.
enum Numbers {
  /// With commas between groups of three digits.
  static func grouped(_ number: Int) -> String {
    var digits = String(number.magnitude)
    var groups: [String] = []
    while digits.count > 3 {
      groups.append(String(digits.suffix(3)))
      digits = String(digits.dropLast(3))
    }
    groups.append(digits)
    return (number < 0 ? "-" : "") + groups.reversed().joined(separator: ",")
  }
}
