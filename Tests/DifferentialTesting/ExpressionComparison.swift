import Foundation
import TLASemantics

/// An expression of which the two say different things.
private struct ExpressionDifference {
  let phrase: Phrase
  let tlc: ExpressionOutcome
  let synscope: ExpressionOutcome

  /// What each of the two says, roughly: kept while the expression is made smaller.
  var group: String { "TLC \(tlc.kind), Synscope \(synscope.kind)" }

  /// The expression without its literals and names.
  var shape: String {
    let text = "\(phrase)".replacing(/"[^"]*"/, with: "s").replacing(/\b[0-9]+\b/, with: "n")
      .replacing(/\b[UVPQR]\b/, with: "m").replacing(/\b[vdxij][0-9]*\b/, with: "v")
    return "\(group): \(text)"
  }
}

/// Compares the values of random expressions.
struct ExpressionComparison {
  let driver: TLCDriver
  let scratch: URL
  /// What a part of an expression is replaced by to make it smaller.
  private static let simplest: [Phrase] = ["1", "{}", "TRUE", "<<>>", "\"a\"", "{1}", "U"]
  /// Enough to tell the kinds of a batch.
  private static let minimizedPerBatch = 40
  /// How many smaller expressions are tried for each difference in a round.
  private static let triedPerRound = 60

  /// How many of a batch differ, and one for each kind among the smallest of them.
  func run(_ batch: ExpressionBatch, seed: UInt64) throws -> (differing: Int, found: [Difference]) {
    let differing = try differences(in: batch)
    let smallest = differing.sorted { "\($0.phrase)".count < "\($1.phrase)".count }.uniqued(by: \.shape)
    let minimized = try minimized(Array(smallest.prefix(Self.minimizedPerBatch)), in: batch)
    let found = minimized.map {
      Difference(
        seed: seed, input: "\($0.phrase)", tlc: $0.tlc.summary, synscope: $0.synscope.summary, shape: $0.shape
      )
    }
    return (differing.count, found)
  }

  private func differences(in batch: ExpressionBatch) throws -> [ExpressionDifference] {
    let ours = batch.outcomesInSynscope()
    let theirs = try batch.outcomes(in: driver, scratch: scratch)
    return zip(batch.expressions, zip(theirs, ours)).compactMap { phrase, outcomes in
      outcomes.0.agrees(with: outcomes.1)
        ? nil : ExpressionDifference(phrase: phrase, tlc: outcomes.0, synscope: outcomes.1)
    }
  }

  /// For each, the smallest expression in reach that differs in the same way. All that are tried in a round are one module.
  private func minimized(_ differences: [ExpressionDifference], in batch: ExpressionBatch) throws
    -> [ExpressionDifference]
  {
    guard let specification = batch.specification() else { return differences }
    var finished: [ExpressionDifference] = []
    var current = differences
    while !current.isEmpty {
      let candidates = current.map { difference in
        let readable = difference.phrase.smaller(simplest: Self.simplest).lazy
          .filter { (try? specification.resolve("\($0)")) != nil }
        return Array(readable.prefix(Self.triedPerRound))
      }
      let found = try self.differences(in: batch.with(candidates.flatMap { $0 }))
      let byText = Dictionary(found.map { ("\($0.phrase)", $0) }) { first, _ in first }
      var next: [ExpressionDifference] = []
      for (difference, phrases) in zip(current, candidates) {
        let smaller = phrases.lazy.compactMap { byText["\($0)"] }.first { $0.group == difference.group }
        if let smaller { next.append(smaller) } else { finished.append(difference) }
      }
      // What has become alike goes on as one.
      current = next.uniqued(by: \.shape)
    }
    return finished.uniqued(by: \.shape)
  }
}

extension Array {
  /// The elements without those that are alike in `part` to an earlier one.
  fileprivate func uniqued<Part: Hashable>(by part: (Element) -> Part) -> [Element] {
    var seen: Set<Part> = []
    return filter { seen.insert(part($0)).inserted }
  }
}
