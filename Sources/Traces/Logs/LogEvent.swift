/// One or more lines of a log that belong together, by their positions in the index.
struct LogEvent: Sendable {
  let first: Int
  /// The lines between the first and the last one.
  var between: [Int] = []
  /// Nil for an event of one line, and for one that the log does not end.
  var last: Int?
  let node: Int
  let clock: LogIndex.Clock
  /// The position of its rule.
  var rule = -1
  /// Its place in the order of all events.
  var rank = 0
}
