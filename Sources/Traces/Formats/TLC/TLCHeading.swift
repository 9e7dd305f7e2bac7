/// A line with which TLC begins a state of a trace or ends the trace.
enum TLCHeading: Equatable {
  /// `State 2: <Next line 78, col 5 to line 85, col 19 of module M>`; the angle brackets may be empty.
  case state(number: Int, title: String)
  /// `State 3: Stuttering`
  case stuttering(number: Int)
  /// `Back to state 1: <…>`; `number` is nil if the line has none. The title is that of the step that leads back.
  case back(number: Int?, title: String)
  /// `...`: TLC leaves out states here.
  case omission

  /// Reads a line. `isTool` allows the form of TLC's option `-tool`, which lacks the word `State`.
  init?(_ line: Substring, isTool: Bool) {
    var rest = TLCHeading.trimmed(line)
    guard let first = rest.first else { return nil }
    if first == "." || first == "…" {
      guard rest.hasPrefix("...") || first == "…" else { return nil }
      self = .omission
      return
    }
    if TLCHeading.take("back to state", from: &rest) {
      let number = TLCHeading.number(from: &rest)
      self = .back(number: number, title: TLCHeading.title(in: rest))
      return
    }
    let hasWord = TLCHeading.take("state ", from: &rest)
    guard hasWord || isTool else { return nil }
    rest = TLCHeading.trimmed(rest)
    guard let number = TLCHeading.number(from: &rest), rest.first == ":" else { return nil }
    rest = TLCHeading.trimmed(rest.dropFirst())
    var words = rest
    if TLCHeading.take("stuttering", from: &words) {
      self = .stuttering(number: number)
    } else if TLCHeading.take("back to state", from: &words) {
      self = .back(number: number, title: TLCHeading.title(in: words))
    } else if rest.isEmpty || rest.first == "<" {
      self = .state(number: number, title: TLCHeading.title(in: rest))
    } else {
      return nil
    }
  }

  /// The text between angle brackets. The line may be cut off before the second one.
  private static func title(in text: Substring) -> String {
    guard let start = text.firstIndex(of: "<") else { return "" }
    let end = text.lastIndex(of: ">").flatMap { $0 > start ? $0 : nil } ?? text.endIndex
    return String(text[text.index(after: start)..<end])
  }

  /// The parts of a title: the action's name with its arguments, and the module of its place.
  /// `Gossip(n2,n1) line 4, col 3 to line 9, col 9 of module Gossip` gives `Gossip(n2,n1)` and `Gossip`.
  static func parts(ofTitle title: String) -> (action: String, module: String?) {
    var action = title[...]
    var module: String?
    // The place names two lines, where the action begins and where it ends.
    if let place = title.ranges(of: " line ").dropLast().last,
      let name = title.ranges(of: " of module ").last, place.upperBound <= name.lowerBound
    {
      module = String(trimmed(title[name.upperBound...]))
      action = title[..<place.lowerBound]
    }
    return (String(trimmed(action)), module)
  }

  static func trimmed(_ text: Substring) -> Substring {
    var text = text
    while text.first?.isWhitespace ?? false { text = text.dropFirst() }
    while text.last?.isWhitespace ?? false { text = text.dropLast() }
    return text
  }

  /// Drops words from the front, ignoring case. Returns false if other words stand there.
  private static func take(_ words: String, from text: inout Substring) -> Bool {
    guard text.prefix(words.count).lowercased() == words else { return false }
    text = text.dropFirst(words.count)
    return true
  }

  /// Drops a number from the front.
  private static func number(from text: inout Substring) -> Int? {
    text = trimmed(text)
    let digits = text.prefix { "0"..."9" ~= $0 }
    guard let number = Int(digits), number <= Trace.mostStates else { return nil }
    text = text.dropFirst(digits.count)
    return number
  }
}
