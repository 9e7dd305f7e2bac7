package import StateSpace

/// What happens to the workbench.
package enum Event: Sendable {
  case key(Key)
  case mouse(Mouse)
  case resize(Size)
  /// Text pasted or typed as one piece.
  case paste(String)
  /// A wake-up that an effect asked for.
  case tick
  case fileSaved(path: String)
  /// A piece of a file is written, and it is not the last.
  case filePieceSaved(path: String)
  /// What `append` could not write is written now.
  case fileGoesOn(path: String)
  /// A file was not written, since there is one of that name.
  case fileExists(path: String)
  case fileOpened(path: String, contents: String)
  /// A file could not be read or written: why, as the system says it.
  case fileFailed(path: String, reason: String)
  /// The names in the path's folder that begin as it ends, in order; folders end in `/`.
  case filesListed(path: String, names: [String])
  /// The editor has ended; what went wrong when it did not do its work.
  case edited(problem: String?)
  /// These watched files were written by somebody.
  case filesChanged([String])
  /// The checker's news; `run` is the number that `startCheck` gave it, so that news of an older run can be told.
  case checkProgress(run: Int, CheckProgress)
  case checkFound(run: Int, Violation)
  case checkEnded(run: Int, CheckResult)
  /// The checker could not run: the message to show.
  case checkFailed(run: Int, message: String)
  /// News of a search; `run` is the number that `startSearch` gave it.
  case searchProgress(run: Int, CheckProgress)
  case searchEnded(run: Int, SearchOutcome)
  /// The search could not run: the message to show.
  case searchFailed(run: Int, message: String)
  /// In so many of its places the evaluation is done; `run` is the number that `startEvaluation` gave it.
  case evaluationProgress(run: Int, done: Int)
  case evaluated(run: Int, EvaluationEnd)
  /// A wake-up that `wakeMotion` asked for, with its number.
  case motionTick(number: Int)
}

/// A key as the user names it.
package enum Key: Hashable, Sendable {
  case character(Character)
  /// Ctrl with a letter, in lower case.
  case control(Character)
  case up, down, left, right, home, end, pageUp, pageDown
  case enter, escape, tab, backTab, backspace, delete
  case function(Int)

  /// Whether it puts a character where a line is typed.
  var isTyped: Bool { if case .character = self { true } else { false } }
}

package struct Mouse: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    case click, doubleClick, wheelUp, wheelDown
  }
  package var kind: Kind
  package var point: Point

  package init(kind: Kind, point: Point) {
    self.kind = kind
    self.point = point
  }
}
