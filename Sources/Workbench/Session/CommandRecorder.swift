/// Writes down what the user does, as commands that a script carries out again.
struct CommandRecorder {
  /// A command that was run, with its argument.
  struct Deed: Hashable {
    let id: Command.ID
    let argument: String?
  }

  /// A session as it was before an event.
  struct Moment {
    let cursor: Int
    let focus: Pane
  }

  /// The file.
  let path: String
  /// Whether a file of that name may be replaced.
  var replaces: Bool
  private(set) var lines: [String]
  /// The commands that were run by the current event.
  var deeds: [Deed] = []

  /// `lines` lead to where the recording begins.
  init(_ path: String, replaces: Bool, lines: [String]) {
    self.path = path
    self.replaces = replaces
    self.lines = lines
  }

  mutating func add(_ lines: [String]) { self.lines += lines }

  var save: Effect {
    .save(path: path, piece: FilePiece(lines.map { $0 + "\n" }.joined()), replaces: replaces)
  }
}
