internal import CNcurses
internal import Glibc

/// Tells whether there is a terminal to draw on.
package enum TerminalCheck {
  /// Nil if the workbench can be shown. Otherwise one line that says why not, and names the command that works without a terminal.
  package static func complaint(commandLineForm: String) -> String? {
    reason().map { "\($0); `\(commandLineForm)` works without a terminal" }
  }

  private static func reason() -> String? {
    guard isatty(STDIN_FILENO) == 1 else {
      return "the workbench needs a terminal, and standard input is not one"
    }
    guard isatty(STDOUT_FILENO) == 1 else {
      return "the workbench needs a terminal, and standard output is not one"
    }
    guard let name = getenv("TERM").map({ String(cString: $0) }), !name.isEmpty else {
      return "the workbench needs a terminal, and TERM is not set"
    }
    var status: Int32 = 0
    guard setupterm(nil, STDOUT_FILENO, &status) == OK else {
      return "the workbench cannot draw on a terminal that is not known here (TERM=\(name))"
    }
    guard name != "dumb", ncurses_capability("cup") != nil else {
      return "the workbench cannot draw on a terminal without a movable cursor (TERM=\(name))"
    }
    return nil
  }
}
