package import StateSpace

/// What the workbench wants done in the world. Each answer comes back as an event.
package enum Effect: Sendable {
  /// Leave the program.
  case quit
  /// Stop the process as Ctrl-Z does, and draw again when it goes on.
  case suspend
  /// Draw every cell again.
  case redraw
  /// Write the next piece of a file, which takes its place when it is whole; over one that is there only with `replaces`. Answered by
  /// `filePieceSaved`, after the last piece by `fileSaved`, or else by `fileExists` or `fileFailed`.
  case save(path: String, piece: FilePiece, replaces: Bool)
  /// Take back the pieces of a file that is not whole.
  case abandonSave(path: String)
  /// Read a file. Answered by `fileOpened` or `fileFailed`.
  case open(path: String)
  /// List the files of a folder whose names begin as the path ends. Answered by `filesListed`.
  case listFiles(path: String)
  /// Append to a file, which and whose folder are made when they are not there. What cannot be written is told by `fileFailed` and tried
  /// again; `fileGoesOn` tells when it is written. The file `replacing` is removed when the disk has all of it.
  case append(path: String, text: String, replacing: String? = nil)
  /// Append no more to a file: it is left for a later start.
  case close(path: String)
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
  /// Evaluate expressions in a thread of its own. Answered by `evaluationProgress` and `evaluated`, which carry `run`.
  case startEvaluation(run: Int, task: EvaluationTask)
  /// Ask the evaluation to stop. It answers with `evaluated`.
  case stopEvaluation
  /// Send a `motionTick` with that number after so many milliseconds.
  case wakeMotion(number: Int, afterMilliseconds: Int)
  /// Send a `tick` after so many milliseconds.
  case wake(afterMilliseconds: Int)
}

/// A part of a file that is written piece by piece.
package struct FilePiece: Hashable, Sendable {
  package let text: String
  package let isFirst: Bool
  package let isLast: Bool

  package init(_ text: String, isFirst: Bool = true, isLast: Bool = true) {
    self.text = text
    self.isFirst = isFirst
    self.isLast = isLast
  }
}
