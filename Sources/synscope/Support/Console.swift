import ArgumentParser
import Foundation
import StateSpace
import TLASyntax
import TerminalUI
import Traces

/// Standard output and standard error.
enum Console {
  /// Sees to it that the numbers of standard input, output and error are taken. One that is closed would be the number of the next
  /// file that is opened; so it becomes one that cannot be read or written.
  static func holdStandardFiles() {
    for (file, mode) in [(STDIN_FILENO, O_WRONLY), (STDOUT_FILENO, O_RDONLY), (STDERR_FILENO, O_RDONLY)]
    where fcntl(file, F_GETFD) < 0 {
      _ = open("/dev/null", mode)
    }
  }

  /// Writes a result. Where that is not possible it says so, and throws the exit code.
  static func write(_ text: String) throws {
    try put(printable(text, escape: braced), to: STDOUT_FILENO)
  }

  /// Writes a text that is JSON, which it stays: what a terminal would obey stands in its strings only.
  static func write(json text: String) throws {
    try put(printable(text, escape: asJSON), to: STDOUT_FILENO)
  }

  static func write(_ value: JSONValue) throws { try write(json: value.text(expanded: 1)) }

  /// Writes something about the work: progress, warnings, errors. Nobody can be told when that is not possible.
  static func note(_ text: String) { show(printable(text, escape: braced) + "\n") }

  /// Writes to standard error as it is.
  static func show(_ text: String) { _ = system(text, STDERR_FILENO) }

  private static func put(_ text: String, to file: Int32) throws {
    let code = system(text.hasSuffix("\n") ? text : text + "\n", file)
    guard code != 0 else { return }
    // The reader has gone away, which is no news to anybody.
    if code == EPIPE, !Interruption.ignoresClosedPipes { throw ExitCode(128 + SIGPIPE) }
    note("error: standard output cannot be written: \(FileStore.systemReason(code))")
    throw ExitCode(ExitStatus.other.rawValue)
  }

  /// Writes everything; the system's error, or 0.
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

  /// The text with everything escaped that a terminal would obey: specifications and traces are data.
  private static func printable(_ text: String, escape: (Unicode.Scalar) -> String) -> String {
    guard text.utf8.contains(where: { $0 < 0x20 && $0 != 0x0A || $0 >= 0x7F }) else { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      if isObeyed(scalar) { result += escape(scalar) } else { result.unicodeScalars.append(scalar) }
    }
    return result
  }

  private static func braced(_ scalar: Unicode.Scalar) -> String {
    "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
  }

  private static func asJSON(_ scalar: Unicode.Scalar) -> String {
    String(scalar).utf16.map { unit in
      let digits = String(unit, radix: 16, uppercase: true)
      return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }.joined()
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
