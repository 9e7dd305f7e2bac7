/// The results of an operator for each pair of kinds, one letter each, in a table that is kept in a file.
package struct PairTable: Sendable {
  package let symbol: String
  package let left: [ValueKind]
  package let right: [ValueKind]
  /// The answers, in a row for each kind on the left.
  package let rows: [String]

  /// An operator and the kinds of its operands.
  package struct Question: Sendable, CustomStringConvertible {
    package let symbol: String
    let left: [ValueKind]
    let right: [ValueKind]

    package var description: String { symbol }

    package static let all =
      ["=", "\\in"].map {
        Question(symbol: $0, left: ValueKind.all, right: $0 == "=" ? ValueKind.all : ValueKind.sets)
      }
      + ["\\subseteq", "\\cup", "\\cap", "\\"].map {
        Question(symbol: $0, left: ValueKind.sets, right: ValueKind.sets)
      }

    /// The pairs, row by row.
    package var batch: ExpressionBatch {
      ExpressionBatch(
        left.flatMap { left in
          right.map { Phrase(parts: [.text("(\(left.expression) \(symbol) \($0.expression))")]) }
        })
    }

    /// The file's table for this question; nil if there is none, or if its kinds differ.
    package func table(in file: [String: [String: String]]) -> PairTable? {
      guard let found = file[symbol], found.count == left.count else { return nil }
      let rows = left.compactMap { found[$0.name] }.filter { $0.count == right.count }
      return rows.count == left.count ? PairTable(symbol: symbol, left: left, right: right, rows: rows) : nil
    }

    package func table(of outcomes: [ExpressionOutcome]) -> PairTable {
      let letters = outcomes.map(\.letter)
      let rows = left.indices.map { String(letters[($0 * right.count)..<(($0 + 1) * right.count)]) }
      return PairTable(symbol: symbol, left: left, right: right, rows: rows)
    }
  }

  /// The table as text: the operator, and for each kind on the left its answers in the order of the kinds on the right.
  var text: String {
    let lines = zip(left, rows).map { "\($0.name)\t\($1)" }
    return "operator\t\(symbol)\n" + lines.joined(separator: "\n") + "\n"
  }

  /// The differences from TLC's table: the operator, the two kinds, TLC's letter, and this table's letter.
  package func differences(from tlc: PairTable) -> [[String]] {
    zip(left, zip(tlc.rows, rows)).flatMap { kind, rows in
      zip(right, zip(rows.0, rows.1)).filter { !Self.agree($0.1.0, $0.1.1) }
        .map { [symbol, kind.name, $0.0.name, String($0.1.0), String($0.1.1)] }
    }
  }

  /// The same as `ExpressionOutcome.agrees`, for letters.
  private static func agree(_ one: Character, _ other: Character) -> Bool {
    one == other || "uE".contains(one) && "uE".contains(other) || one == "?" || other == "?"
  }

  /// The rows of a file of such tables, by operator and kind. Throws for a line that is not a row.
  package static func read(_ text: String) throws -> [String: [String: String]] {
    var result: [String: [String: String]] = [:]
    var symbol = ""
    for line in text.split(separator: "\n") where !line.hasPrefix("#") {
      let cells = line.split(separator: "\t").map(String.init)
      guard cells.count == 2 else { throw DifferentialError("no row of a table: \(line)") }
      if cells[0] == "operator" {
        symbol = cells[1]
      } else {
        result[symbol, default: [:]][cells[0]] = cells[1]
      }
    }
    return result
  }

  static let header = """
    # What TLC 2.19 answers for pairs of the kinds in ValueKind.swift, in their order: T and F for a Boolean, v for another value,
    # u for a value that cannot be spelled, E for an error. `make differential KIND=pairs` writes this file anew.

    """
}

extension ExpressionOutcome {
  /// The outcome as one letter.
  package var letter: Character {
    switch self {
    case .value("TRUE"): "T"
    case .value("FALSE"): "F"
    case .value: "v"
    case .unspelled: "u"
    case .error: "E"
    case .refused: "R"
    case .late: "?"
    }
  }
}
