internal import Glibc

/// The user's editor: `$VISUAL`, else `$EDITOR`, else vi. The variable may hold a command with arguments.
struct Editor {
  let command: String

  init(environment: [String: String]) {
    let named = [environment["VISUAL"], environment["EDITOR"]].compactMap { $0 }
    command = named.first { $0.contains { $0 != " " } } ?? "vi"
  }

  /// The editor's arguments for a file and a line. Most editors read `+12 file`; some have a form of their own.
  func arguments(_ path: String, line: Int) -> [String] {
    let program = command.split(separator: " ").first?.split(separator: "/").last.map(String.init) ?? command
    // An editor must not mistake a path that begins with a dash for an option.
    let path = path.hasPrefix("-") || path.hasPrefix("+") ? "./" + path : path
    switch program {
    case "code", "codium", "code-insiders", "cursor": return ["--wait", "--goto", "\(path):\(line)"]
    case "subl", "zed": return ["--wait", "\(path):\(line)"]
    case "hx", "helix": return ["\(path):\(line)"]
    default: return ["+\(line)", path]
    }
  }

  /// Runs the editor on the terminal and waits for its end. Returns what went wrong, for the user.
  func edit(_ path: String, line: Int, standardError: Int32) -> String? {
    let words = ["/bin/sh", "-c", "exec \(command) \"$@\"", "sh"] + arguments(path, line: line)
    var child: pid_t = 0
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigemptyset(&signals)
    for signal in [SIGINT, SIGQUIT, SIGTSTP, SIGXFSZ] { sigaddset(&signals, signal) }
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    if standardError != STDERR_FILENO {
      posix_spawn_file_actions_adddup2(&actions, standardError, STDERR_FILENO)
    }
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    guard posix_spawn(&child, "/bin/sh", &actions, &attributes, &arguments, environ) == 0 else {
      return "the editor \(command) could not be started"
    }
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0 {
      if errno != EINTR { return "the editor \(command) was lost" }
    }
    if status & 0x7F != 0 { return "the editor \(command) was ended by signal \(status & 0x7F)" }
    let code = (status >> 8) & 0xFF
    if code == 127 { return "there is no editor \(command): set EDITOR" }
    return code == 0 ? nil : "the editor \(command) ended with \(code)"
  }
}
