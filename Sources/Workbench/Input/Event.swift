package import StateSpace
package import Traces

/// An event for the workbench.
package enum Event: Sendable {
  case key(Key)
  case mouse(Mouse)
  case resize(Size)
  /// The terminal has told whether its background is light. The screen itself takes this.
  case background(isLight: Bool)
  /// Text pasted or typed as one piece.
  case paste(String)
  /// A wake-up that an effect asked for.
  case tick
  /// A file has been written whole. `size` is in bytes.
  case fileSaved(path: String, size: Int = 0)
  /// A piece of a file has been written, and it was not the last one.
  case filePieceSaved(path: String)
  /// The text that `append` could not write has been written.
  case fileGoesOn(path: String)
  /// A file was not written, because one with its name exists.
  case fileExists(path: String)
  case fileOpened(path: String, contents: String)
  /// A file could not be read or written. The reason is in the system's words.
  case fileFailed(path: String, reason: String)
  /// The names in the path's folder that begin with the path's last part, in order. Folders end in `/`.
  case filesListed(path: String, names: [String])
  /// The editor has ended; what went wrong if it failed.
  case edited(problem: String?)
  /// These watched files were written by another program.
  case filesChanged([String])
  /// A report of the checker. `run` is the number from `startCheck`, so reports of older runs can be told apart.
  case checkProgress(run: Int, CheckProgress)
  case checkFound(run: Int, Violation)
  case checkEnded(run: Int, CheckResult)
  /// The checker could not run. The message says why.
  case checkFailed(run: Int, message: String)
  /// A report of a search. `run` is the number from `startSearch`.
  case searchProgress(run: Int, CheckProgress)
  case searchEnded(run: Int, SearchOutcome)
  /// The search could not run. The message says why.
  case searchFailed(run: Int, message: String)
  /// The number of places that the evaluation has done. `run` is the number from `startEvaluation`.
  case evaluationProgress(run: Int, done: Int)
  case evaluated(run: Int, EvaluationEnd)
  /// A report on the log that is judged. `run` is the number from `judgeLog`.
  case logProgress(run: Int, CheckProgress)
  case logJudged(run: Int, JudgedLog)
  /// The log could not be judged. The reason may have several lines.
  case logFailed(run: Int, String)
  /// The verdict on an answer. `run` is the number from `startJudging`.
  case judged(run: Int, Verdict)
  /// The wake-up that `wakeMotion` requested, with its number.
  case motionTick(number: Int)
}

/// A key on the keyboard.
package enum Key: Hashable, Sendable {
  case character(Character)
  /// Ctrl with a letter, in lower case.
  case control(Character)
  case up, down, left, right, home, end, pageUp, pageDown
  case enter, escape, tab, backTab, backspace, delete
  case function(Int)

  /// Whether the key inserts a character into a text field.
  var isTyped: Bool { if case .character = self { true } else { false } }
  /// The number of a digit from 1 on.
  var digit: Int? {
    guard case .character(let character) = self, let number = character.wholeNumberValue, number > 0 else {
      return nil
    }
    return number
  }
}

package struct Mouse: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    case click, doubleClick, wheelUp, wheelDown
    /// The mouse is moved while its button is down.
    case drag
    case release
  }
  package var kind: Kind
  package var point: Point

  package init(kind: Kind, point: Point) {
    self.kind = kind
    self.point = point
  }
}
