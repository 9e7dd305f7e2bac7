package import Workbench

/// Turns the bytes that a terminal sends into events. It is pure: bytes and times go in, events come out.
///
/// It first looks for the sequences that the terminal's own description names. Then it reads the sequences of common terminals: xterm and
/// VT220, the Linux console, rxvt, SGR mouse reports, bracketed paste. It ignores a modifier that has no meaning with a key. It skips an
/// unknown sequence whole, so none of its letters is mistaken for a command.
package struct KeyDecoder {
  /// The sequences in the terminal's description. Each begins with Esc.
  private let described: [[UInt8]: Key]
  private let longestDescribed: Int
  private var buffer: [UInt8] = []
  /// Whether the terminal was asked for its background and has not answered. Its answer may come in pieces.
  package var expectsBackground = false
  private var lastClick: (point: Point, time: ContinuousClock.Instant)?

  private static let pasteStart: [UInt8] = Array("\u{1B}[200~".utf8)
  private static let pasteEnd: [UInt8] = Array("\u{1B}[201~".utf8)
  private static let escape: UInt8 = 0x1B

  /// Two clicks in one cell within this time are a double click.
  package static let doubleClickTime = Duration.milliseconds(400)

  package init(described: [[UInt8]: Key] = [:]) {
    self.described = described.filter { $0.key.count > 1 && $0.key[0] == KeyDecoder.escape }
    longestDescribed = self.described.keys.map(\.count).max() ?? 0
  }

  /// Whether the input so far ends in the middle of a sequence, or with an Esc that may be the key or the beginning of a sequence. After a
  /// short wait, call `finish`. An unfinished paste does not count, because it has its own end mark.
  package var isWaiting: Bool { !buffer.isEmpty && !buffer.starts(with: KeyDecoder.pasteStart) }

  /// Decodes bytes and returns the complete events.
  package mutating func decode(_ bytes: some Sequence<UInt8>, at time: ContinuousClock.Instant) -> [Event] {
    buffer += bytes
    return drain(at: time, final: false)
  }

  /// Takes the remaining input as complete: an Esc with nothing after it is the key.
  package mutating func finish(at time: ContinuousClock.Instant) -> [Event] { drain(at: time, final: true) }

  private mutating func drain(at time: ContinuousClock.Instant, final: Bool) -> [Event] {
    var events: [Event] = []
    var position = 0
    loop: while position < buffer.count {
      switch read(buffer[position...], at: time, final: final) {
      case .event(let event, let length):
        events.append(event)
        position += length
      case .nothing(let length): position += length
      case .incomplete: break loop
      }
    }
    buffer.removeFirst(position)
    return events
  }

  private enum Reading {
    case event(Event, length: Int)
    /// Bytes without a meaning.
    case nothing(length: Int)
    case incomplete

    static func key(_ key: Key, _ length: Int) -> Reading { .event(.key(key), length: length) }
  }

  private mutating func read(_ bytes: ArraySlice<UInt8>, at time: ContinuousClock.Instant, final: Bool)
    -> Reading
  {
    guard let first = bytes.first else { return .incomplete }
    if first == KeyDecoder.escape { return readEscape(bytes, at: time, final: final) }
    switch first {
    case 0x09: return .key(.tab, 1)
    case 0x0A, 0x0D: return .key(.enter, 1)
    case 0x08, 0x7F: return .key(.backspace, 1)
    case 0x00: return .key(.control(" "), 1)
    case 0x01...0x1A: return .key(.control(Character(UnicodeScalar(first + 0x60))), 1)
    case 0x1C...0x1F: return .key(.control(Character(UnicodeScalar(first + 0x40))), 1)
    case 0x20...0x7E: return .key(.character(Character(UnicodeScalar(first))), 1)
    default: return readCharacter(bytes, final: final)
    }
  }

  /// A character of more than one UTF-8 byte.
  private func readCharacter(_ bytes: ArraySlice<UInt8>, final: Bool) -> Reading {
    let length = bytes[bytes.startIndex].leadingBits
    guard (2...4).contains(length) else { return .nothing(length: 1) }
    let present = bytes.prefix(length)
    guard present.dropFirst().allSatisfy({ $0 & 0xC0 == 0x80 }) else { return .nothing(length: 1) }
    guard present.count == length else { return final ? .nothing(length: present.count) : .incomplete }
    guard let text = String(validating: present, as: UTF8.self), let character = text.first else {
      return .nothing(length: length)
    }
    // A C1 control character is not a key.
    return character.unicodeScalars.first.map { $0.value < 0xA0 } == true
      ? .nothing(length: length) : .key(.character(character), length)
  }

  private mutating func readEscape(_ bytes: ArraySlice<UInt8>, at time: ContinuousClock.Instant, final: Bool)
    -> Reading
  {
    if let (key, length) = describedKey(bytes) { return .key(key, length) }
    guard let second = bytes.dropFirst().first else { return final ? .key(.escape, 1) : .incomplete }
    let reading =
      switch second {
      case UInt8(ascii: "["): readControlSequence(bytes, at: time)
      case UInt8(ascii: "O"): readShifted(bytes)
      case UInt8(ascii: "]"): readAnswer(bytes)
      // This is the Esc key and another key close after it. Alt with a key looks the same and has no meaning here.
      default: Reading.key(.escape, 1)
      }
    if case .incomplete = reading, final, !bytes.starts(with: KeyDecoder.pasteStart),
      !(expectsBackground && second == UInt8(ascii: "]"))
    {
      return .key(.escape, 1)
    }
    return reading
  }

  private func describedKey(_ bytes: ArraySlice<UInt8>) -> (Key, Int)? {
    guard longestDescribed > 1 else { return nil }
    for length in stride(from: min(longestDescribed, bytes.count), to: 1, by: -1) {
      if let key = described[Array(bytes.prefix(length))] { return (key, length) }
    }
    return nil
  }

  /// `ESC O` and a letter: function keys, and the keypad in application mode.
  private func readShifted(_ bytes: ArraySlice<UInt8>) -> Reading {
    guard let letter = bytes.dropFirst(2).first else { return .incomplete }
    if let key = KeyDecoder.letterKeys[letter] { return .key(key, 3) }
    switch letter {
    case UInt8(ascii: "M"): return .key(.enter, 3)
    case UInt8(ascii: "j")...UInt8(ascii: "y"):
      return .key(.character(Character(UnicodeScalar(letter - UInt8(ascii: "j") + UInt8(ascii: "*")))), 3)
    case 0x40...0x7E: return .nothing(length: 3)
    default: return .key(.escape, 1)
    }
  }

  /// `ESC [`, parameters, a final letter.
  private mutating func readControlSequence(_ bytes: ArraySlice<UInt8>, at time: ContinuousClock.Instant)
    -> Reading
  {
    let body = bytes.dropFirst(2)
    if body.first == UInt8(ascii: "[") {
      // The Linux console's F1 to F5.
      guard let letter = body.dropFirst().first else { return .incomplete }
      guard (UInt8(ascii: "A")...UInt8(ascii: "E")).contains(letter) else { return .nothing(length: 4) }
      return .key(.function(Int(letter) - Int(UInt8(ascii: "A")) + 1), 4)
    }
    guard let end = body.firstIndex(where: { $0 < 0x20 || $0 >= 0x40 }) else { return .incomplete }
    let length = end - bytes.startIndex + 1
    let parameters = body[..<end]
    switch bytes[end] {
    case UInt8(ascii: "~"):
      if bytes.starts(with: KeyDecoder.pasteStart) { return readPaste(bytes) }
      guard let number = KeyDecoder.numbers(parameters).first, let key = KeyDecoder.numberedKeys[number]
      else {
        return .nothing(length: length)
      }
      return .key(key, length)
    case UInt8(ascii: "M"), UInt8(ascii: "m"):
      guard parameters.first == UInt8(ascii: "<") else { return .nothing(length: length) }
      let isPress = bytes[end] == UInt8(ascii: "M")
      guard let mouse = mouse(KeyDecoder.numbers(parameters.dropFirst()), isPress: isPress, at: time) else {
        return .nothing(length: length)
      }
      return .event(.mouse(mouse), length: length)
    case UInt8(ascii: "Z"): return .key(.backTab, length)
    // This is rxvt's End or Home with Shift, or a sequence cut short by a control character.
    case ..<0x20, 0x7F...: return .nothing(length: length - 1)
    default:
      guard let key = KeyDecoder.letterKeys[bytes[end]] else { return .nothing(length: length) }
      return .key(key, length)
    }
  }

  /// The longest answer that is waited for.
  private static let longestAnswer = 256

  /// `ESC ] 11 ; rgb:RRRR/GGGG/BBBB` and an end, which is BEL or `ESC \`: the answer to the question for the background. Other answers
  /// are skipped.
  private mutating func readAnswer(_ bytes: ArraySlice<UInt8>) -> Reading {
    guard bytes.dropFirst(2).first.map({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) ?? true
    else {
      return .key(.escape, 1)
    }
    let body = bytes.dropFirst(2)
    guard let end = body.firstIndex(where: { $0 == 0x07 || $0 == KeyDecoder.escape }) else {
      return bytes.count > KeyDecoder.longestAnswer ? .nothing(length: bytes.count) : .incomplete
    }
    var length = end - bytes.startIndex + 1
    if bytes[end] == KeyDecoder.escape {
      guard end + 1 < bytes.endIndex else { return .incomplete }
      // Another sequence has begun, so the answer was broken off.
      if bytes[end + 1] == UInt8(ascii: "\\") { length += 1 } else { length -= 1 }
    }
    expectsBackground = false
    guard let isLight = KeyDecoder.isLight(String(decoding: body[..<end], as: UTF8.self)) else {
      return .nothing(length: length)
    }
    return .event(.background(isLight: isLight), length: length)
  }

  /// Whether a colour, `11;rgb:ffff/ffff/dddd`, is a light one. The components have one to four hexadecimal digits.
  private static func isLight(_ answer: String) -> Bool? {
    guard answer.hasPrefix("11;rgb:") || answer.hasPrefix("11;rgba:") else { return nil }
    let parts = answer.drop { $0 != ":" }.dropFirst().split(separator: "/").prefix(3).map {
      digits -> Double? in
      guard (1...4).contains(digits.count), let value = Int(digits, radix: 16) else { return nil }
      return Double(value) / Double((1 << (4 * digits.count)) - 1)
    }
    let values = parts.compactMap { $0 }
    guard values.count == 3 else { return nil }
    // The weights of ITU-R BT.709.
    return 0.2126 * values[0] + 0.7152 * values[1] + 0.0722 * values[2] > 0.5
  }

  private func readPaste(_ bytes: ArraySlice<UInt8>) -> Reading {
    let body = bytes.dropFirst(KeyDecoder.pasteStart.count)
    var index = body.startIndex
    while let start = body[index...].firstIndex(of: KeyDecoder.escape) {
      if body[start...].starts(with: KeyDecoder.pasteEnd) {
        let text = String(decoding: body[..<start], as: UTF8.self).replacing("\r\n", with: "\n").replacing(
          "\r", with: "\n")
        return .event(.paste(text), length: start - bytes.startIndex + KeyDecoder.pasteEnd.count)
      }
      index = start + 1
    }
    return .incomplete
  }

  private mutating func mouse(_ numbers: [Int], isPress: Bool, at time: ContinuousClock.Instant) -> Mouse? {
    guard numbers.count == 3, numbers[1] > 0, numbers[2] > 0 else { return nil }
    let point = Point(x: numbers[1] - 1, y: numbers[2] - 1)
    // The bits for Shift, Alt and Ctrl do not matter here. Other buttons than the left one have no meaning.
    switch numbers[0] & ~0b1_1100 {
    case 0 where !isPress: return Mouse(kind: .release, point: point)
    case 32: return Mouse(kind: .drag, point: point)
    case 0:
      if let last = lastClick, last.point == point, time - last.time <= KeyDecoder.doubleClickTime {
        lastClick = nil
        return Mouse(kind: .doubleClick, point: point)
      }
      lastClick = (point, time)
      return Mouse(kind: .click, point: point)
    case 64: return Mouse(kind: .wheelUp, point: point)
    case 65: return Mouse(kind: .wheelDown, point: point)
    default: return nil
    }
  }

  private static func numbers(_ parameters: ArraySlice<UInt8>) -> [Int] {
    parameters.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false).map {
      Int(String(decoding: $0, as: UTF8.self)) ?? 0
    }
  }

  private static let letterKeys: [UInt8: Key] = [
    UInt8(ascii: "A"): .up, UInt8(ascii: "B"): .down, UInt8(ascii: "C"): .right, UInt8(ascii: "D"): .left,
    UInt8(ascii: "H"): .home, UInt8(ascii: "F"): .end, UInt8(ascii: "P"): .function(1),
    UInt8(ascii: "Q"): .function(2),
    UInt8(ascii: "R"): .function(3), UInt8(ascii: "S"): .function(4),
  ]

  private static let numberedKeys: [Int: Key] = [
    1: .home, 3: .delete, 4: .end, 5: .pageUp, 6: .pageDown, 7: .home, 8: .end, 11: .function(1),
    12: .function(2),
    13: .function(3), 14: .function(4), 15: .function(5), 17: .function(6), 18: .function(7),
    19: .function(8),
    20: .function(9), 21: .function(10), 23: .function(11), 24: .function(12),
  ]
}

extension UInt8 {
  /// The number of one-bits before the first zero bit. For the first byte of a UTF-8 sequence it is the sequence's length.
  fileprivate var leadingBits: Int { (~self).leadingZeroBitCount }
}
