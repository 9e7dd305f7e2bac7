import BigInt

/// The value in the clock field of a line.
enum LogClock: Sendable, Hashable {
  case none
  case integer(Int)
  case largeInteger(BigInt)
  case number(Double)
  /// Nanoseconds, since 1970 or since the last turn of what the text does not say.
  case time(Int, TimeText.Turn?)
  case text(String)
  /// For each node, a number of its lines.
  case vector([String: Int])

  init(_ json: JSONValue?, names: [String: String]) {
    switch json {
    case .string(let text):
      if let number = Int(text) {
        self = .integer(number)
      } else if let time = TimeText.read(text) {
        self = .time(time.nanoseconds, time.turn)
      } else if let json = try? JSONReader.read(Array(text.utf8), file: ""), LogClock(number: json) != .none {
        self = LogClock(number: json)
      } else {
        self = .text(text)
      }
    case .object(let members):
      var vector: [String: Int] = [:]
      for member in members {
        if case .integer(let number) = member.value { vector[names[member.name] ?? member.name] = number }
      }
      self = .vector(vector)
    case let json?: self.init(number: json)
    case nil: self = .none
    }
  }

  /// `none` for what is no number.
  init(number json: JSONValue) {
    switch json {
    case .integer(let number): self = .integer(number)
    case .largeInteger(let number): self = .largeInteger(number)
    case .number(let number): self = .number(number)
    default: self = .none
    }
  }

  /// Whether one of the two can come before the other by their kinds.
  func isComparable(with other: LogClock) -> Bool {
    switch (self, other) {
    case (.time(_, let turn), .time(_, let other)): turn == other
    case (.text, .text), (.vector, .vector): true
    default: isNumber && other.isNumber
    }
  }

  private var isNumber: Bool {
    switch self {
    case .integer, .largeInteger, .number: true
    case .none, .time, .text, .vector: false
    }
  }

  /// Whether this clock is before the other. Clocks of different kinds, and vectors, are not compared.
  func precedes(_ other: LogClock) -> Bool {
    switch (self, other) {
    case (.integer(let one), .integer(let other)): one < other
    case (.time(let one, _), .time(let other, _)): one < other
    case (.number(let one), .number(let other)): one < other
    case (.integer(let one), .number(let other)): Double(one) < other
    case (.number(let one), .integer(let other)): one < Double(other)
    case (.largeInteger(let one), .largeInteger(let other)): one < other
    case (.largeInteger(let one), .integer(let other)): one < BigInt(other)
    case (.integer(let one), .largeInteger(let other)): BigInt(one) < other
    case (.largeInteger(let one), .number(let other)): (Double(String(one)) ?? .infinity) < other
    case (.number(let one), .largeInteger(let other)): one < (Double(String(other)) ?? .infinity)
    case (.text(let one), .text(let other)): one < other
    default: false
    }
  }

  /// The same some turns later.
  func turned(_ turns: Int) -> LogClock {
    guard case .time(let nanoseconds, let turn?) = self else { return self }
    return .time(nanoseconds + turns * turn.nanoseconds, turn)
  }

  /// A number that is greater for an event than for whatever caused it; nil if this is not a vector.
  var sum: Int? { if case .vector(let vector) = self { vector.values.reduce(0, &+) } else { nil } }
}

/// How often the clocks of a log's lines have begun anew: a time without a date begins anew at midnight, a date without a year in January.
///
/// A line comes at most half a turn before the line before it, and else belongs to the next turn.
struct LogTurns: Sendable {
  /// For each file: the lines from which on the number of turns is another one.
  private var changes: [Int32: [(line: Int32, turns: Int)]] = [:]
  /// The first clock, and the last one with the file that has it.
  private var first: Int?
  private var last: (file: Int32, time: Int)?
  /// The first line of the log that belongs to another turn than the line before it.
  private(set) var firstTurn: LogLines.Line?

  /// Notes the clock of the next line. Returns it with its turns.
  mutating func add(_ clock: LogClock, of line: LogLines.Line) -> LogClock {
    guard case .time(let time, let turn?) = clock else { return clock }
    let (whole, file) = (turn.nanoseconds, line.file)
    var turns = changes[file]?.last?.turns ?? 0
    if let last, last.file == file {
      let here = time + turns * whole
      if here < last.time - whole / 2 {
        turns += 1
      } else if turns > 0, here > last.time + whole / 2, last.time - (here - whole) < whole / 24 {
        // A line that is a little late, after another one has begun the turn.
        turns -= 1
      }
    } else if let first {
      // The files of a log begin at about the same time.
      turns = Int(((Double(first) - Double(time)) / Double(whole)).rounded())
    }
    if turns != changes[file]?.last?.turns ?? 0 {
      changes[file, default: []].append((line.number, turns))
      firstTurn = firstTurn ?? line
    }
    let turned = clock.turned(turns)
    first = first ?? time
    last = (file, time + turns * whole)
    return turned
  }

  /// The clock of a line that was noted, with its turns.
  func turned(_ clock: LogClock, of line: LogLines.Line) -> LogClock {
    guard case .time(_, .some) = clock, let changes = changes[line.file] else { return clock }
    var (low, high) = (0, changes.count)
    while low < high {
      let middle = (low + high) / 2
      if changes[middle].line <= line.number { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? clock : clock.turned(changes[low - 1].turns)
  }

  /// How often the number of turns changes.
  var count: Int { changes.values.reduce(0) { $0 + $1.count } }
}
