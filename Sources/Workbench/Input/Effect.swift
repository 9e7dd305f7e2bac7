package import StateSpace

/// A request of the workbench to the world outside. Each answer comes back as an event.
package enum Effect: Sendable {
  /// Leave the program.
  case quit
  /// Stop the process as Ctrl-Z does, and draw again when it continues.
  case suspend
  /// Draw every cell again.
  case redraw
  /// Put a text on the clipboard.
  case copy(String)
  /// Write the next piece of a file. The file takes its place when it is whole, and replaces an existing one only with `replaces`. Answered
  /// by `filePieceSaved`, after the last piece by `fileSaved`; on failure by `fileExists` or `fileFailed`.
  case save(path: String, piece: FilePiece, replaces: Bool)
  /// Discard the pieces of an unfinished file.
  case abandonSave(path: String)
  /// Read a file. Answered by `fileOpened` or `fileFailed`.
  case open(path: String)
  /// List the files of the path's folder whose names begin with the path's last part. Answered by `filesListed`.
  case listFiles(path: String)
  /// Append to a file. The file and its folder are made if they do not exist. If the text cannot be written, `fileFailed` says so, the
  /// write is retried, and `fileGoesOn` says when it has succeeded. The file `replacing` is removed when all of the text is on the disk.
  case append(path: String, text: String, replacing: String? = nil)
  /// Stop appending to a file and leave it for a later start.
  case close(path: String)
  /// Remove a file that `append` made, or one like it.
  case remove(path: String)
  /// Let the user edit a file, with the cursor on a line counted from 1. Answered by `edited`.
  case edit(path: String, line: Int)
  /// Load the model again with these values of constants (`MaxValues=6`), and adopt it with `Session.adopt`.
  case reload(constants: [String], startsOver: Bool)
  /// Open another model in place of this one, with `Session.takeOver`.
  case openModel(String)
  /// Load another model with these constants, and put it beside this one with `Session.putBeside`. This model's own constants count, too,
  /// if the other one has them.
  case openBeside(String, constants: [String])
  /// Leave this session and restore one of another model.
  case openLeft(LeftSession)
  /// Watch these files and no others. `filesChanged` reports their changes.
  case watchFiles([String])
  /// Start the checker on its own thread with these options. Answered by `check…` events that carry `run`.
  case startCheck(run: Int, options: CheckOptions)
  /// Ask the checker to stop. It answers with `checkEnded`.
  case stopCheck
  /// Pause the checker, and let it continue.
  case pauseCheck, resumeCheck
  /// Start a search on its own thread, beside the checker. A running search is asked to stop. Answered by `search…` events that carry
  /// `run`.
  case startSearch(run: Int, task: SearchTask, options: CheckOptions)
  /// Ask the search to stop. It answers with `searchEnded`.
  case stopSearch
  /// Evaluate expressions on a thread of their own. Answered by `evaluationProgress` and `evaluated`, which carry `run`.
  case startEvaluation(run: Int, task: EvaluationTask)
  /// Ask the evaluation to stop. It answers with `evaluated`.
  case stopEvaluation
  /// Judge an answer on a thread of its own. Answered by `judged`, which carries `run`.
  case startJudging(run: Int, task: JudgeTask)
  /// Ask the judge to stop. It answers with `judged`.
  case stopJudging
  /// Read and judge a log on a thread of its own. Answered by `log…` events that carry `run`.
  case judgeLog(run: Int, LogTask)
  /// Stop reading and judging the log. Nothing is answered.
  case stopLog
  /// Load the model of a tour's scene and the text of its trace, begin a session, and continue with `Tour.opened` or `Tour.refuseScene`.
  case openScene(SceneModel)
  /// Leave the tour's chapter for the list of chapters.
  case leaveChapter
  /// Send a `motionTick` with this number after this many milliseconds.
  case wakeMotion(number: Int, afterMilliseconds: Int)
  /// Send a `tick` after this many milliseconds.
  case wake(afterMilliseconds: Int)
}

extension Effect {
  /// Whether the application loads a model before anything else happens.
  var loadsModel: Bool {
    switch self {
    case .reload, .openModel, .openBeside: true
    default: false
    }
  }
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
