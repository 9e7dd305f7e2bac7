package import StateSpace
import TLASyntax
import Traces

/// Errors and numbers in words.
package enum Wording {
  /// An error on one line: the message, and the place if there is one.
  package static func message(of error: any Error) -> String {
    switch error {
    case let diagnostics as Diagnostics:
      let first = diagnostics.all.first { $0.severity == .error } ?? diagnostics.all.first
      return first.map(message) ?? "it cannot be read"
    case let diagnostic as Diagnostic: return message(of: diagnostic)
    case let failure as EvaluationFailure: return message(of: failure)
    case let error as CustomStringConvertible: return error.description
    default: return String(describing: error)
    }
  }

  private static func message(of diagnostic: Diagnostic) -> String {
    diagnostic.message + (diagnostic.hint.map { " (\($0))" } ?? "")
  }

  package static func message(of failure: EvaluationFailure) -> String {
    let place = failure.span.map { ", in \($0.oneLineText)" } ?? ""
    return failure.message + place + (failure.hint.map { " (\($0))" } ?? "")
  }

  /// `1,782,413`
  package static func grouped(_ number: Int) -> String {
    let digits = String(number.magnitude)
    var result = ""
    for (position, digit) in digits.enumerated() {
      if position > 0, (digits.count - position) % 3 == 0 { result += "," }
      result.append(digit)
    }
    return (number < 0 ? "-" : "") + result
  }

  /// `2.1 M`, `830 k`, `12`
  static func short(_ number: Double) -> String {
    switch number {
    case ..<1_000: String(Int(number))
    case ..<100_000: "\(tenths(number / 1_000)) k"
    case ..<1_000_000: "\(Int(number / 1_000)) k"
    default: "\(tenths(number / 1_000_000)) M"
    }
  }

  /// `31 MB`, `1.2 GB`
  static func bytes(_ count: Int) -> String {
    let megabytes = Double(count) / 1_048_576
    return megabytes < 1_000 ? "\(tenths(megabytes)) MB" : "\(tenths(megabytes / 1_024)) GB"
  }

  /// `0.4 s`, `3 min 05 s`
  static func seconds(_ seconds: Double) -> String {
    guard seconds >= 60 else { return "\(tenths(seconds)) s" }
    let whole = Int(seconds)
    return "\(whole / 60) min \(whole % 60 < 10 ? "0" : "")\(whole % 60) s"
  }

  private static func tenths(_ number: Double) -> String {
    let scaled = Int((number * 10).rounded())
    return scaled >= 1_000 ? String(scaled / 10) : "\(scaled / 10).\(scaled % 10)"
  }

  /// How the values of a variable on two models differ, at the first place: `x[n1] is 1, and 2 on syn/part6`; nil for equal values.
  static func sides(of variable: String, _ one: PlainValue, _ two: PlainValue, on other: String) -> String? {
    let differences = ValueDifference.between(one, two)
    guard let first = differences.first else { return nil }
    let place = first.path.reduce(variable) { text, step in
      switch step {
      case .argument(let value): "\(text)[\(value)]"
      case .field(let name): "\(text).\(name)"
      case .position(let index): "\(text)[\(index + 1)]"
      }
    }
    switch first.change {
    case .changed(let one, let two): return "\(place) is \(short(one)), and \(short(two)) on \(other)"
    case .added(let value): return "\(place) has \(short(value)) on \(other) only"
    case .removed(let value):
      // The value in its place, if there is one.
      for case .added(let replacement) in differences.filter({ $0.path == first.path }).map(\.change) {
        return "\(place) has \(short(value)), and \(short(replacement)) on \(other)"
      }
      return "\(place) has \(short(value)), and not on \(other)"
    }
  }

  private static let longestValue = 40

  /// A value on one line; a record is written like a message.
  private static func short(_ value: PlainValue) -> String {
    Glyph.truncated(MessageText(value).words(), columns: longestValue)
  }

  /// `1 state`, `3 states`
  package static func count(_ number: Int, _ noun: String, plural: String? = nil) -> String {
    "\(grouped(number)) \(number == 1 ? noun : plural ?? noun + "s")"
  }
}
