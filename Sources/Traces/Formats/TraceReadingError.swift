internal import TLASyntax

/// Why a file cannot be read as a trace: what is wrong, where, and what to do.
package struct TraceReadingError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The user's name for the file.
  package let file: String
  /// Counted from 1; nil if it is not known.
  package let line: Int?
  package let column: Int?
  /// The path to the value in a well-formed file: `states[3].inbox["#map"][0]`.
  package let path: String?
  /// What is wrong, as a sentence without a full stop.
  package let message: String
  /// What the user can do about it, if that is known.
  package let hint: String?
  /// Whether the file may not be a trace at all. Then the hint says what can be read.
  let isForeign: Bool

  init(
    file: String, line: Int? = nil, column: Int? = nil, path: String? = nil, message: String, hint: String?
  ) {
    self.init(
      file: file, line: line, column: column, path: path, message: message, hint: hint, isForeign: false)
  }

  /// The error for a file that may not be a trace at all.
  init(foreign message: String, file: String, line: Int? = nil, path: String? = nil) {
    self.init(file: file, line: line, path: path, message: message, isForeign: true)
  }

  private init(
    file: String, line: Int?, column: Int? = nil, path: String?, message: String, hint: String? = nil,
    isForeign: Bool
  ) {
    self.file = file
    self.line = line
    self.column = column
    self.path = path
    self.message = message
    self.hint = hint
    self.isForeign = isForeign
  }

  /// The same error; if the file may not be a trace at all and there is no hint, with a hint about the formats.
  func hintingAt(_ formats: String) -> TraceReadingError {
    isForeign && hint == nil
      ? TraceReadingError(file: file, line: line, path: path, message: message, hint: formats) : self
  }

  /// `trace.itf.json:3:14: a comma or a closing bracket is expected here`, on one line.
  package var description: String {
    var text = file
    if let line { text += ":\(line)" }
    if line != nil, let column { text += ":\(column)" }
    text += ": "
    if let path { text += "\(path): " }
    text += message
    if let hint { text += " (\(hint))" }
    return Printable.line(text)
  }
}
