/// The value in the clock field of a line.
enum LogClock: Sendable, Hashable {
  case none
  case integer(Int)
  case number(Double)
  case text(String)
  /// For each node, a number of its lines.
  case vector([String: Int])

  init(_ json: JSONValue?, names: [String: String]) {
    switch json {
    case .integer(let number): self = .integer(number)
    case .number(let number): self = .number(number)
    case .string(let text):
      if let number = Int(text) {
        self = .integer(number)
      } else if let time = TimeOfDay.nanoseconds(text) {
        self = .integer(time)
      } else {
        self = .text(text)
      }
    case .object(let members):
      var vector: [String: Int] = [:]
      for member in members {
        if case .integer(let number) = member.value { vector[names[member.name] ?? member.name] = number }
      }
      self = .vector(vector)
    default: self = .none
    }
  }

  /// Whether one of the two can come before the other by their kinds.
  func isComparable(with other: LogClock) -> Bool {
    switch (self, other) {
    case (.integer, .integer), (.integer, .number), (.number, .integer), (.number, .number), (.text, .text),
      (.vector, .vector):
      true
    default: false
    }
  }

  /// Whether this clock is before the other. Clocks of different kinds, and vectors, are not compared.
  func precedes(_ other: LogClock) -> Bool {
    switch (self, other) {
    case (.integer(let one), .integer(let other)): one < other
    case (.number(let one), .number(let other)): one < other
    case (.integer(let one), .number(let other)): Double(one) < other
    case (.number(let one), .integer(let other)): one < Double(other)
    case (.text(let one), .text(let other)): one < other
    default: false
    }
  }

  /// A number that is greater for an event than for whatever caused it; nil if this is not a vector.
  var sum: Int? { if case .vector(let vector) = self { vector.values.reduce(0, &+) } else { nil } }
}

/// Reads points in time as logs write them: `2026-11-26T13:55:28.12Z`, `2026-11-26 13:55:28,120+01:00`, `13:55:28.5`.
enum TimeOfDay {
  /// The nanoseconds since 1970, or since midnight if there is no date; nil for any other text.
  static func nanoseconds(_ text: String) -> Int? {
    var text = text.utf8[...]
    var seconds = 0
    if let (year, month, day) = date(&text) {
      guard let days = days(year, month, day) else { return nil }
      seconds = days * 86_400
    }
    guard let hour = number(&text, 2), take(&text, ":") != nil, let minute = number(&text, 2),
      take(&text, ":") != nil, let second = number(&text, 2), hour < 25, minute < 60, second < 61
    else { return nil }
    seconds += hour * 3600 + minute * 60 + second
    var fraction = 0
    if take(&text, ".", ",") != nil {
      let digits = text.prefix { isDigit($0) }
      guard !digits.isEmpty else { return nil }
      text = text.dropFirst(digits.count)
      for place in 0..<9 {
        fraction = fraction * 10 + (digits.dropFirst(place).first.map { Int($0) - 0x30 } ?? 0)
      }
    }
    if take(&text, "Z") == nil, let sign = take(&text, "+", "-") {
      guard let hours = number(&text, 2) else { return nil }
      _ = take(&text, ":")
      guard let minutes = number(&text, 2) else { return nil }
      let offset = hours * 3600 + minutes * 60
      seconds += sign == UInt8(ascii: "+") ? -offset : offset
    }
    return text.isEmpty ? seconds * 1_000_000_000 + fraction : nil
  }

  private typealias Rest = Substring.UTF8View

  /// Takes a date and what separates it from the time off the front.
  private static func date(_ text: inout Rest) -> (year: Int, month: Int, day: Int)? {
    var rest = text
    guard let year = number(&rest, 4), take(&rest, "-") != nil, let month = number(&rest, 2),
      take(&rest, "-") != nil, let day = number(&rest, 2), take(&rest, "T", " ") != nil
    else { return nil }
    text = rest
    return (year, month, day)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  private static func number(_ text: inout Rest, _ count: Int) -> Int? {
    let digits = text.prefix(count)
    guard digits.count == count, digits.allSatisfy(isDigit) else { return nil }
    text = text.dropFirst(count)
    return digits.reduce(0) { $0 * 10 + Int($1) - 0x30 }
  }

  private static func take(_ text: inout Rest, _ wanted: Unicode.Scalar...) -> UInt8? {
    guard let byte = text.first, wanted.contains(Unicode.Scalar(byte)) else { return nil }
    text = text.dropFirst()
    return byte
  }

  /// The days since 1970 by the Gregorian calendar; nil if there is no such day.
  private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int? {
    guard (1600...2200).contains(year), (1...12).contains(month), (1...31).contains(day) else { return nil }
    // Years begin in March, so that the day that may be missing is the last one.
    let shifted = month > 2 ? year : year - 1
    let (era, yearOfEra) = (shifted / 400, shifted % 400)
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }
}
