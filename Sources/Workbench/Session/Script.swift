/// Commands as they are typed after `:`, carried out one after another.
struct Script {
  /// Why a line was not carried out.
  struct Refusal: Hashable {
    /// The position of the line among those that were given.
    let line: Int
    let reason: String
  }

  var lines: [String] = []
  /// The position of the next line.
  var next = 0
  /// The command that was carried out last, and may still be at work.
  var current: Command?
  /// The current state before that command.
  var cursorBefore = 0
  /// The model is being loaded again.
  var awaitsModel = false
  var refusal: Refusal?

  var isRunning: Bool { current != nil || next < lines.count }
}
