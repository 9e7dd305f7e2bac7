package import StateSpace

/// What the workbench wants done in the world. Each answer comes back as an event.
package enum Effect: Sendable {
  /// Leave the program.
  case quit
  /// Stop the process as Ctrl-Z does, and draw again when it goes on.
  case suspend
  /// Draw every cell again.
  case redraw
  /// Write a file whole (to a temporary file, then renamed). Answered by `fileSaved` or `fileFailed`.
  case save(path: String, contents: String)
  /// Read a file. Answered by `fileOpened` or `fileFailed`.
  case open(path: String)
  /// Start the checker in a thread of its own, with these options. Answered by `check…` events that carry `run`.
  case startCheck(run: Int, options: CheckOptions)
  /// Ask the checker to stop. It answers with `checkEnded`.
  case stopCheck
  /// Start a search beside the checker, in a thread of its own; one that runs is asked to stop. Answered by `search…` events that carry
  /// `run`.
  case startSearch(run: Int, task: SearchTask, options: CheckOptions)
  /// Ask the search to stop. It answers with `searchEnded`.
  case stopSearch
  /// Send a `motionTick` with that number after so many milliseconds.
  case wakeMotion(number: Int, afterMilliseconds: Int)
  /// Send a `tick` after so many milliseconds.
  case wake(afterMilliseconds: Int)
}
