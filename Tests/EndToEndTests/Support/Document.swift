import Foundation
import Testing

/// A document of the repository that the tests read and check.
enum Document {
  static let guide = "GUIDE.md"
  static let models = "Models/README.md"
  static let exploration = "Models/syn/README.md"

  /// The document's text; empty if it is missing, which makes every test fail.
  static func text(_ path: String) -> String {
    (try? String(contentsOfFile: SynscopeBinary.packageFolder + "/" + path, encoding: .utf8)) ?? ""
  }

  /// The text with every line break and indentation replaced by one blank.
  static func words(_ path: String) -> String {
    text(path).split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// The rows of the tables with this heading, as cells; empty if there is none.
  static func table(_ heading: String, in path: String) -> [[String]] {
    let lines = text(path).components(separatedBy: "\n")
    return lines.indices.filter { lines[$0] == heading }.flatMap { start in
      lines.dropFirst(start + 2).prefix { $0.hasPrefix("|") }.map(cells)
    }
  }

  private static func cells(_ line: String) -> [String] {
    line.split(separator: "|", omittingEmptySubsequences: false).dropFirst().dropLast().map {
      $0.trimmingCharacters(in: .whitespaces)
    }
  }

  /// `1,782,413` as a number.
  static func number(_ text: some StringProtocol) -> Int? { Int(String(text.filter { $0 != "," })) }
}

/// A check of a bundled model, possibly with other constants, and its result in the documents.
struct DocumentedCheck: Sendable, CustomTestStringConvertible {
  /// `syn/part14`
  let model: String
  /// The change to the model; nil for the model itself.
  var variant: String?
  /// Values of constants, `NAME=VALUE`.
  var constants: [String] = []
  /// Further arguments, for a run that is stopped before its end.
  var limits: [String] = []
  /// `success`, `invariant` or `limit`, as in `check --json`.
  let outcome: String
  var violated: String?
  var traceStates: Int?
  var generated: Int?
  var distinct: Int?
  var depth: Int?
  /// Whether every test run repeats it. Otherwise only `make explorations` does.
  var isAlways = true

  var testDescription: String {
    ([model] + (variant.map { [$0] } ?? []) + constants).joined(separator: " ")
  }

  /// The number of states that a document may give: that of the trace, or the distinct ones.
  var states: Int? { traceStates ?? distinct }
}
