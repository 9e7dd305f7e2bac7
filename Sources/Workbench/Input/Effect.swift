package import StateSpace

/// What the workbench wants done in the world. Each answer comes back as an event.
package enum Effect: Sendable {
  /// Leave the program.
  case quit
  /// Stop the process as Ctrl-Z does, and draw again when it goes on.
  case suspend
  /// Draw every cell again.
  case redraw
  /// Write a file whole (to a temporary file, then renamed); over one that is there only with `replaces`. Answered by `fileSaved`,
  /// `fileExists` or `fileFailed`.
  case save(path: String, contents: String, replaces: Bool)
  /// Read a file. Answered by `fileOpened` or `fileFailed`.
  case open(path: String)
  /// Append to a file, which and whose folder are made when they are not there. Answered by `fileFailed` only.
  case append(path: String, text: String)
  /// Remove a file that `append` made, or one like it.
  case remove(path: String)
  /// Let the user edit a file, with the cursor on a line counted from 1. Answered by `edited`.
  case edit(path: String, line: Int)
  /// Load the model anew with these values of constants (`MaxValues=6`), and take it over as `Session.adopt` does.
  case reload(constants: [String], startsOver: Bool)
  /// Tell by `filesChanged` when one of these files changes, and of no others any more.
  case watchFiles([String])
  /// Start the checker in a thread of its own, with these options. Answered by `check…` events that carry `run`.
  case startCheck(run: Int, options: CheckOptions)
  /// Ask the checker to stop. It answers with `checkEnded`.
  case stopCheck
  /// Let the checker wait, and go on.
  case pauseCheck, resumeCheck
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
