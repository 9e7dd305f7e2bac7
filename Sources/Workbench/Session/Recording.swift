import StateSpace
import TLASemantics
package import Traces

/// A recording for asciinema (version 2 of its format) of the workbench, which plays a branch from its start.
package struct Recording {
  /// The ending of such a file's name.
  package static let ending = ".cast"
  /// How long the first and the last state are shown, in steps.
  private static let pause = 2

  /// The file.
  package let text: String

  /// Plays the session's branch with its screen as it is. `milliseconds` is the time between two steps.
  init(_ session: Session, milliseconds: Int) {
    var session = session
    let path = session.tree.branchPath(through: session.cursor)
    session.screen.dialog = nil
    session.screen.message = nil
    let size = session.screen.size
    let header = JSONValue.object([
      JSONValue.Member("version", .integer(2)), JSONValue.Member("width", .integer(size.width)),
      JSONValue.Member("height", .integer(size.height)),
      JSONValue.Member("title", .string("\(session.model.name), \(session.branchName)")),
      JSONValue.Member("env", .object([JSONValue.Member("TERM", .string("xterm-256color"))])),
    ])
    var lines = [header.text()]
    func show(_ output: String, at time: Int) {
      let digits = String(time % 1000)
      let seconds = "\(time / 1000).\(String(repeating: "0", count: 3 - digits.count))\(digits)"
      lines.append("[\(seconds), \"o\", \(JSONValue.string(output).text())]")
    }
    var time = 0
    var shown: Grid?
    for (index, node) in path.enumerated() {
      session.cursor = node
      session.settle()
      let grid = session.view()
      show(grid.sequences(after: shown), at: time)
      shown = grid
      time += milliseconds * (index == 0 ? Recording.pause : 1)
    }
    show("", at: time + milliseconds * Recording.pause)
    text = lines.joined(separator: "\n") + "\n"
  }

  /// Plays a trace on its model, on a screen of that size. Throws `TraceRefusal` if the model does not allow the trace.
  package init(_ trace: Trace, of model: SessionModel, size: Size, milliseconds: Int) throws {
    var session = Session(model)
    _ = session.update(.resize(size))
    try session.play(trace, named: trace.metadata.source ?? "trace")
    self.init(session, milliseconds: milliseconds)
  }
}

extension Session {
  /// Saves a recording of the branch.
  mutating func saveRecording(_ path: String, replaces: Bool) -> [Effect] {
    let nodes = tree.branchPath(through: cursor)
    guard nodes.count <= Session.longestSavedAtOnce else {
      screen.message = Message(
        "a recording has at most \(Wording.grouped(Session.longestSavedAtOnce)) states", .wrong)
      return []
    }
    disk.savingNodes = []
    let recording = Recording(self, milliseconds: options.settings.pace)
    return [.save(path: path, piece: FilePiece(recording.text), replaces: replaces)]
  }
}
