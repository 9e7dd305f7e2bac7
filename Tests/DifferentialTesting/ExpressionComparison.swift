import Foundation
import TLASemantics

/// An expression for which Synscope and TLC report different results.
private struct ExpressionDifference {
  let phrase: Phrase
  let tlc: ExpressionOutcome
  let synscope: ExpressionOutcome

  /// The rough results of both. They stay the same while the expression is shrunk.
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
  /// The simplest replacements for a part of an expression.
  private static let simplest: [Phrase] = ["1", "{}", "TRUE", "<<>>", "\"a\"", "{1}", "U"]
  /// Enough to distinguish the kinds in a batch.
  private static let minimizedPerBatch = 40
  /// The number of smaller expressions that are tried for each difference in a round.
  private static let triedPerRound = 60

  /// The differences of a batch. Those on purpose are returned unchanged. Of the others, one of the smallest of each kind is shrunk and
  /// returned.
  func run(_ batch: ExpressionBatch, seed: UInt64) throws -> [Difference] {
    func difference(_ found: ExpressionDifference) -> Difference {
      Difference(
        seed: seed, input: "\(found.phrase)", tlc: found.tlc.summary, synscope: found.synscope.summary,
        shape: found.shape)
    }
    let all = try differences(in: batch)
    let onPurpose = all.filter { difference($0).reason != nil }.map(difference)
    let others = all.filter { difference($0).reason == nil }
      .sorted { "\($0.phrase)".count < "\($1.phrase)".count }.uniqued(by: \.shape)
    let smallest = Array(others.prefix(Self.minimizedPerBatch))
    return onPurpose + (try minimized(smallest, in: batch)).map(difference)
  }

  private func differences(in batch: ExpressionBatch) throws -> [ExpressionDifference] {
    try zip(batch.expressions, outcomes(of: batch)).compactMap { phrase, outcomes in
      outcomes.tlc.agrees(with: outcomes.synscope)
        ? nil : ExpressionDifference(phrase: phrase, tlc: outcomes.tlc, synscope: outcomes.synscope)
    }
  }

  /// The results of both for each expression of one module. An expression that either refuses is left out for both, because the order of
  /// strings depends on the module's text.
  private func outcomes(of batch: ExpressionBatch) throws -> [(
    tlc: ExpressionOutcome, synscope: ExpressionOutcome
  )] {
    let theirs = try batch.outcomes(in: driver, scratch: scratch)
    var result = Array(zip(theirs, batch.outcomesInSynscope()))
    let kept = result.indices.filter { !result[$0].0.isRefused && !result[$0].1.isRefused }
    guard kept.count < result.count else { return result }
    let rest = batch.with(kept.map { batch.expressions[$0] })
    let again = zip(try rest.outcomes(in: driver, scratch: scratch), rest.outcomesInSynscope())
    for (index, outcomes) in zip(kept, again) { result[index] = outcomes }
    return result
  }

  /// For each difference, the smallest expression within reach that differs in the same way. All candidates of a round are in one module.
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
      // A difference on purpose is not the same difference.
      let found = try self.differences(in: batch.with(candidates.flatMap { $0 })).filter {
        IntendedDifference.reason("\($0.phrase)", tlc: $0.tlc.summary, synscope: $0.synscope.summary) == nil
      }
      let byText = Dictionary(found.map { ("\($0.phrase)", $0) }) { first, _ in first }
      var next: [ExpressionDifference] = []
      for (difference, phrases) in zip(current, candidates) {
        let smaller = phrases.lazy.compactMap { byText["\($0)"] }.first { $0.group == difference.group }
        if let smaller { next.append(smaller) } else { finished.append(difference) }
      }
      // Differences that have become alike continue as one.
      current = next.uniqued(by: \.shape)
    }
    return finished.uniqued(by: \.shape)
  }
}

extension Array {
  /// The elements without those that equal an earlier one in `part`.
  fileprivate func uniqued<Part: Hashable>(by part: (Element) -> Part) -> [Element] {
    var seen: Set<Part> = []
    return filter { seen.insert(part($0)).inserted }
  }
}
