/// Reads points in time as logs write them: `2026-11-26T13:55:28.12Z`, `2026/11/26 13:55:28,120 +01:00`, `26/Nov/2026:13:55:28 +0000`,
/// `Thu Nov 26 13:55:28 2026`, `Nov 26 13:55:28`, `13:55:28.5`.
struct TimeText {
  /// What begins anew after some time, because the text does not say more.
  enum Turn: Sendable, Hashable {
    case day
    case year

    var nanoseconds: Int { 86_400_000_000_000 * (self == .day ? 1 : 366) }
  }

  private var text: Substring.UTF8View

  /// The nanoseconds since 1970; without a year, those since the beginning of a leap year; without a date, those since midnight. Nil for
  /// any other text.
  static func read(_ text: String) -> (nanoseconds: Int, turn: Turn?)? {
    var reader = TimeText(text: text.utf8[...])
    guard let result = reader.read() else { return nil }
    return reader.text.isEmpty ? result : nil
  }

  private mutating func read() -> (Int, Turn?)? {
    skipBlanks()
    takeDayOfWeek()
    var date = takeDate()
    guard let time = takeTime() else { return nil }
    if date != nil, date?.year == nil {
      // `Nov 26 13:55:28 2026`
      let before = text
      skipBlanks()
      if let year = number(4), text.first.map({ !Self.isDigit($0) && $0 != UInt8(ascii: ":") }) ?? true {
        date?.year = year
      } else {
        text = before
      }
    }
    let zone = takeZone()
    skipBlanks()
    guard let date else { return (time - zone, .day) }
    // 2000 was a leap year.
    guard let days = Self.days(date.year ?? 2000, date.month, date.day) else { return nil }
    if date.year != nil { return (days * 86_400_000_000_000 + time - zone, nil) }
    return ((days - 10_957) * 86_400_000_000_000 + time - zone, .year)
  }

  // MARK: Parts

  private struct Date {
    var year: Int?
    let month: Int
    let day: Int
  }

  private static let months = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
  ]
  private static let daysOfWeek: Set<String> = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

  private mutating func takeDayOfWeek() {
    let before = text
    if let word = word(), Self.daysOfWeek.contains(word) {
      _ = take(",")
      skipBlanks()
    } else {
      text = before
    }
  }

  /// Takes a date and what separates it from the time.
  private mutating func takeDate() -> Date? {
    let before = text
    for read in [Self.yearFirst, Self.dayFirst, Self.monthFirst] {
      if let date = read(&self) { return date }
      text = before
    }
    return nil
  }

  /// `2026-11-26T`, `2026/11/26 `
  private static func yearFirst(_ reader: inout TimeText) -> Date? {
    guard let year = reader.number(4), let mark = reader.take("-", "/", "."),
      let month = reader.number(2), reader.take(Unicode.Scalar(mark)) != nil, let day = reader.number(2),
      reader.take("T", "t", "_") != nil || reader.skipBlanks()
    else { return nil }
    return Date(year: year, month: month, day: day)
  }

  /// `26/Nov/2026:`, `26 Nov 2026 `, `26-Nov-2026 `
  private static func dayFirst(_ reader: inout TimeText) -> Date? {
    guard let day = reader.number(2) ?? reader.number(1), let mark = reader.take("/", " ", "-"),
      let month = reader.month(), reader.take(Unicode.Scalar(mark)) != nil, let year = reader.number(4),
      reader.take(":") != nil || reader.skipBlanks()
    else { return nil }
    return Date(year: year, month: month, day: day)
  }

  /// `Nov 26 `, `Nov  6 `
  private static func monthFirst(_ reader: inout TimeText) -> Date? {
    guard let month = reader.month(), reader.skipBlanks(),
      let day = reader.number(2) ?? reader.number(1), reader.skipBlanks()
    else { return nil }
    return Date(year: nil, month: month, day: day)
  }

  private mutating func month() -> Int? {
    word().flatMap { Self.months.firstIndex(of: $0) }.map { $0 + 1 }
  }

  /// `13:55:28.12`
  private mutating func takeTime() -> Int? {
    guard let hour = number(2), take(":") != nil, let minute = number(2), take(":") != nil,
      let second = number(2), hour < 25, minute < 60, second < 61
    else { return nil }
    var fraction = 0
    if take(".", ",") != nil {
      let digits = text.prefix { Self.isDigit($0) }
      guard !digits.isEmpty else { return nil }
      text = text.dropFirst(digits.count)
      for place in 0..<9 {
        fraction = fraction * 10 + (digits.dropFirst(place).first.map { Int($0) - 0x30 } ?? 0)
      }
    }
    return (hour * 3600 + minute * 60 + second) * 1_000_000_000 + fraction
  }

  /// The nanoseconds by which the zone's clocks are ahead; 0 if the text names none.
  private mutating func takeZone() -> Int {
    let before = text
    skipBlanks()
    if take("Z", "z") != nil { return 0 }
    if let sign = take("+", "-"), let hours = number(2) {
      let hasColon = take(":") != nil
      let minutes = number(2)
      if minutes != nil || !hasColon {
        let offset = (hours * 60 + (minutes ?? 0)) * 60_000_000_000
        return sign == UInt8(ascii: "+") ? offset : -offset
      }
    } else if let word = word(), word == "utc" || word == "gmt" {
      return 0
    }
    text = before
    return 0
  }

  // MARK: Text

  /// Returns whether there were any.
  @discardableResult
  private mutating func skipBlanks() -> Bool {
    let rest = text.drop { $0 == 0x20 }
    defer { text = rest }
    return rest.count < text.count
  }

  /// Three letters, small.
  private mutating func word() -> String? {
    let letters = text.prefix(3)
    guard letters.count == 3, letters.allSatisfy({ (0x61...0x7A).contains($0 | 0x20) }) else { return nil }
    text = text.dropFirst(3)
    return String(decoding: letters.map { $0 | 0x20 }, as: UTF8.self)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  /// A number of so many digits.
  private mutating func number(_ count: Int) -> Int? {
    let digits = text.prefix(count)
    guard digits.count == count, digits.allSatisfy(Self.isDigit) else { return nil }
    text = text.dropFirst(count)
    return digits.reduce(0) { $0 * 10 + Int($1) - 0x30 }
  }

  private mutating func take(_ wanted: Unicode.Scalar...) -> UInt8? {
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
