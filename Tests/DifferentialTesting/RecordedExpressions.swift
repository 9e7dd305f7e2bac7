/// A file of random expressions with TLC's results. Each line has an expression and its value, or `error`.
package enum RecordedExpressions {
  static let longest = 160

  static func text(of outcomes: some Sequence<(Phrase, ExpressionOutcome)>) -> String {
    let lines = outcomes.map { "\($0)\t\(answer($1))\n" }
    return """
      # Random expressions, in one module, and their values in TLC 2.19, or that they have none. `make differential KIND=records`
      # writes this file anew.

      """ + lines.joined()
  }

  /// The expressions of a file as one module, and TLC's answer for each. Throws for a line of another form.
  package static func read(_ text: String) throws -> (batch: ExpressionBatch, answers: [String]) {
    var phrases: [Phrase] = []
    var answers: [String] = []
    for line in text.split(separator: "\n") where !line.hasPrefix("#") {
      let cells = line.split(separator: "\t").map(String.init)
      guard cells.count == 2 else { throw DifferentialError("no expression with its value: \(line)") }
      phrases.append(Phrase(parts: [.text(cells[0])]))
      answers.append(cells[1])
    }
    return (ExpressionBatch(phrases), answers)
  }

  /// The file's text for an outcome.
  package static func answer(_ outcome: ExpressionOutcome) -> String {
    if case .value(let text) = outcome { text } else { "error" }
  }
}
