import Foundation
import Testing

/// A page of the repository's documents, read by the tests that hold it to what it says.
enum Document {
  static let guide = "GUIDE.md"
  static let models = "Models/README.md"
  static let exploration = "Models/syn/README.md"

  /// Its text; empty when it is not there, which no test takes for right.
  static func text(_ path: String) -> String {
    (try? String(contentsOfFile: SynscopeBinary.packageFolder + "/" + path, encoding: .utf8)) ?? ""
  }

  /// The text with one blank for each break and margin.
  static func words(_ path: String) -> String {
    text(path).split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// The rows of the tables with that heading, cell by cell; empty when there is none.
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

/// A check of a bundled model, perhaps with other constants, and what the documents say comes out.
struct DocumentedCheck: Sendable, CustomTestStringConvertible {
  /// `syn/part14`
  let model: String
  /// What is changed in the model; nil when it is taken as it is.
  var variant: String?
  /// Settings of constants, `NAME=VALUE`.
  var constants: [String] = []
  /// Further arguments, for a run that does not go to the end.
  var limits: [String] = []
  /// `success`, `invariant` or `limit`, as `check --json` has it.
  let outcome: String
  var violated: String?
  var traceStates: Int?
  var generated: Int?
  var distinct: Int?
  var depth: Int?
  /// Whether every test run does it; else only `make explorations`.
  var isAlways = true

  var testDescription: String {
    ([model] + (variant.map { [$0] } ?? []) + constants).joined(separator: " ")
  }

  /// The states that a document may speak of: those of the trace, or the distinct ones.
  var states: Int? { traceStates ?? distinct }
}
