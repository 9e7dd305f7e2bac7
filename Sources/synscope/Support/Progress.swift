import Foundation
import StateSpace
import Workbench

/// Shows the progress of a check on standard error: a line that is redrawn on a terminal, else a line a minute.
final class ProgressPrinter {
  private let isQuiet: Bool
  private let isTerminal = isatty(STDERR_FILENO) == 1
  private var lastSeconds = 0.0
  private var hasLine = false

  init(isQuiet: Bool) { self.isQuiet = isQuiet }

  /// Takes the state of the search and shows it if it is time.
  func show(_ progress: CheckProgress) {
    if isQuiet || progress.seconds - lastSeconds < (isTerminal ? 0.25 : 60) { return }
    lastSeconds = progress.seconds
    let rate = progress.seconds > 0 ? Int(Double(progress.generated) / progress.seconds) : 0
    let text =
      "\(Wording.grouped(progress.generated)) generated, \(Wording.grouped(progress.distinct)) distinct, "
      + "\(Wording.grouped(progress.queue)) in the queue, depth \(progress.depth), \(Wording.grouped(rate))/s, "
      + "\(progress.memoryBytes >> 20) MiB"
    if isTerminal {
      // The bar shows the explored part of the known states: the distinct states that have left the queue.
      let done = progress.distinct > 0 ? (progress.distinct - progress.queue) * 20 / progress.distinct : 0
      let bar = String(repeating: "#", count: done) + String(repeating: ".", count: 20 - done)
      Console.show("\r\u{1B}[K[\(bar)] \(text)")
      hasLine = true
    } else {
      Console.note(text)
    }
  }

  /// Removes the line.
  func end() {
    if hasLine { Console.show("\r\u{1B}[K") }
    hasLine = false
  }
}
