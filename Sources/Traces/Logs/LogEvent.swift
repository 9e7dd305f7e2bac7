/// One or more lines of a log that belong together.
struct LogEvent: Sendable {
  let first: LogLines.Line
  /// The lines between the first and the last one.
  var between: [LogLines.Line] = []
  /// Nil for an event of one line.
  var last: LogLines.Line?
  /// The positions of its name and its node in the index; the name is nil if the line names no event.
  let name: Int?
  let node: Int
  let clock: LogClock
  /// Its place in the order in which the lines are read.
  let rank: Int
  /// The position of its rule; -1 before one is chosen.
  var rule = -1
  /// How many events of other strands come before it.
  var after: [(strand: Int, count: Int)] = []
}
