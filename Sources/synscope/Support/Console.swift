import ArgumentParser
import Foundation
import StateSpace
import TLASyntax
import TerminalUI
import Traces

/// Standard output and standard error.
enum Console {
  /// Makes sure that the descriptors of standard input, output and error are in use. Otherwise the next opened file would get the number of
  /// a closed one. A closed descriptor is replaced by one that cannot be read or written.
  static func holdStandardFiles() {
    for (file, mode) in [(STDIN_FILENO, O_WRONLY), (STDOUT_FILENO, O_RDONLY), (STDERR_FILENO, O_RDONLY)]
    where fcntl(file, F_GETFD) < 0 {
      _ = open("/dev/null", mode)
    }
  }

  /// Writes a result, with every character escaped that a terminal would obey. If that fails, prints a message and throws the exit code.
  static func write(_ text: String) throws {
    try put(Printable.lines(text), to: STDOUT_FILENO)
  }

  /// Writes JSON and keeps it valid. Characters that a terminal would obey can only be in its strings, where they are escaped.
  static func write(json text: String) throws {
    try put(printable(json: text), to: STDOUT_FILENO)
  }

  static func write(_ value: JSONValue) throws { try write(json: value.text(expanded: 1)) }

  /// Writes a note on the work: progress, a warning or an error. If that fails, nothing more is done.
  static func note(_ text: String) { show(Printable.lines(text) + "\n") }

  /// Writes text to standard error unchanged.
  static func show(_ text: String) { _ = system(text, STDERR_FILENO) }

  private static func put(_ text: String, to file: Int32) throws {
    let code = system(text.hasSuffix("\n") ? text : text + "\n", file)
    guard code != 0 else { return }
    // The reader has closed the pipe. That needs no message.
    if code == EPIPE, !Interruption.ignoresClosedPipes { throw ExitCode(128 + SIGPIPE) }
    note("error: standard output cannot be written: \(FileStore.systemReason(code))")
    throw ExitCode(ExitStatus.other.rawValue)
  }

  /// Writes the whole text. Returns the system's error, or 0.
  private static func system(_ text: String, _ file: Int32) -> Int32 {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Foundation.write(file, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      if count < 0, errno == EAGAIN {
        var request = pollfd(fd: file, events: Int16(POLLOUT), revents: 0)
        poll(&request, 1, -1)
        continue
      }
      if count < 0 { return errno }
      rest = rest.dropFirst(count)
    }
    return 0
  }

  /// JSON with every character escaped that a terminal would obey.
  private static func printable(json text: String) -> String {
    guard text.utf8.contains(where: { $0 < 0x20 && $0 != 0x0A || $0 >= 0x7F }) else { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      if scalar != "\n", scalar != "\t", Printable.needsEscape(scalar) {
        result += escapedInJSON(scalar)
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  private static func escapedInJSON(_ scalar: Unicode.Scalar) -> String {
    String(scalar).utf16.map { unit in
      let digits = String(unit, radix: 16, uppercase: true)
      return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }.joined()
  }

  /// Shows diagnostics with their places. If there are very many, it shows the first ones and the number of the others.
  static func report(_ diagnostics: [Diagnostic]) {
    for text in DiagnosticRenderer.render(diagnostics) { note(text) }
    if let error = diagnostics.first(where: { $0.severity == .error }) { note(more(about: error.code)) }
  }

  /// Where to read more about a kind of message.
  static func more(about code: MessageCode) -> String { "more: synscope explain \(code.rawValue)" }

  /// A failed evaluation in words: what, where, the line with the place marked, and the enclosing operators.
  static func describe(_ failure: EvaluationFailure) -> String {
    let notes = failure.callStack.map {
      Diagnostic.Note(message: "in \($0.name), which is used here", span: $0.span)
    }
    let shown = notes.count <= 12 ? notes : Array(notes.prefix(6)) + Array(notes.suffix(6))
    return DiagnosticRenderer.render(
      Diagnostic(
        .error, .specification, failure.code, failure.message, at: failure.span, notes: shown,
        hint: failure.hint))
  }
}
