import Foundation
import StateSpace
import TLASyntax

/// Standard output and standard error.
enum Console {
  /// Writes a result. A reader that has gone away ends the program quietly.
  static func write(_ text: String) {
    FileHandle.standardOutput.write(Data(printable(text.hasSuffix("\n") ? text : text + "\n").utf8))
  }

  /// Writes something about the work: progress, warnings, errors.
  static func note(_ text: String) {
    FileHandle.standardError.write(Data((printable(text) + "\n").utf8))
  }

  /// The text with everything escaped that a terminal would obey: specifications and traces are data.
  private static func printable(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 < 0x20 && $0 != 0x0A || $0 >= 0x7F }) else { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      if isObeyed(scalar) {
        result += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  private static func isObeyed(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control: scalar != "\n" && scalar != "\t"
    case .lineSeparator, .paragraphSeparator: true
    // Marks of text direction, but not the joiner inside of emoji.
    case .format: scalar.value != 0x200D
    default: false
    }
  }

  /// Shows diagnostics with their places; of very many the first ones and how many more there are.
  static func report(_ diagnostics: [Diagnostic]) {
    for text in DiagnosticRenderer.render(diagnostics) { note(text) }
  }

  /// The program's exit code for a failure of the specification or its configuration.
  static func exitCode(for diagnostics: [Diagnostic]) -> ExitStatus {
    let categories = Set(diagnostics.filter { $0.severity == .error }.map(\.category))
    if categories.contains(.specification) { return .specification }
    return categories.contains(.configuration) ? .configuration : .unsupported
  }

  /// A failed evaluation as people read it: what, where, the line with the place marked, and the operators on the way.
  static func describe(_ failure: EvaluationFailure) -> String {
    let notes = failure.callStack.map {
      Diagnostic.Note(message: "in \($0.name), which is used here", span: $0.span)
    }
    let shown = notes.count <= 12 ? notes : Array(notes.prefix(6)) + Array(notes.suffix(6))
    return DiagnosticRenderer.render(
      Diagnostic(.error, .specification, failure.message, at: failure.span, notes: shown, hint: failure.hint))
  }
}

/// The exit codes, which are TLC's.
enum ExitStatus: Int32 {
  case success = 0
  /// `replay` met a step that the specification does not allow.
  case illegalStep = 1
  case assumption = 10
  case deadlock = 11
  case invariant = 12
  case assertion = 14
  case usage = 64
  case unreadable = 65
  case unsupported = 69
  case evaluation = 75
  case invariantEvaluation = 76
  case specification = 150
  case configuration = 151
  case limit = 152
  case other = 255
}
