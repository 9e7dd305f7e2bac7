/// The truth of formulas at the positions of one infinite behavior. It takes time linear in the formula and the behavior.
struct LassoEvaluation {
  /// The number of positions that are written down. The last one is followed by `loopStart`.
  let count: Int
  let loopStart: Int
  /// Whether a predicate is true of the step from a position to the next, whose position is given, too.
  let isTrue: (_ predicate: Int, _ position: Int, _ next: Int) throws -> Bool
  /// Why a literal is false of the step from a position to the next; nil if there is no more to say.
  var explain: (_ literal: TemporalFormula.Literal, _ position: Int, _ next: Int) -> Explanation? = {
    _, _, _ in nil
  }

  /// The positions that come again for ever.
  var loop: Range<Int> { loopStart..<count }

  /// The position after another one.
  func next(_ position: Int) -> Int { position + 1 < count ? position + 1 : loopStart }

  func isTrue(_ formula: TemporalFormula) throws -> Bool { try values(of: formula)[0] }

  /// The truth of a formula at each position.
  func values(of formula: TemporalFormula) throws -> [Bool] {
    switch formula {
    case .constant(let value): return Array(repeating: value, count: count)
    case .predicate(let literal):
      return try (0..<count).map {
        try isTrue(literal.predicate, $0, next($0)) == literal.isPositive
      }
    case .and(let parts):
      let values = try parts.map(values(of:))
      return (0..<count).map { place in values.allSatisfy { $0[place] } }
    case .or(let parts):
      let values = try parts.map(values(of:))
      return (0..<count).map { place in values.contains { $0[place] } }
    case .always(let inner): return fromHereOn(try values(of: inner), finds: false)
    case .eventually(let inner): return fromHereOn(try values(of: inner), finds: true)
    }
  }

  /// Why a formula about one position is false there: a reason for each alternative.
  func reasons(against formula: TemporalFormula, at position: Int) throws -> [Explanation] {
    switch formula {
    case .predicate(let literal):
      return explain(literal, position, next(position)).map { [$0] } ?? []
    case .and(let parts):
      let part = try parts.first { try !values(of: $0)[position] }
      return try part.map { try reasons(against: $0, at: position) } ?? []
    case .or(let parts): return try parts.flatMap { try reasons(against: $0, at: position) }
    case .constant, .always, .eventually: return []
    }
  }

  /// Whether some later value is true (or all are), for each position.
  private func fromHereOn(_ values: [Bool], finds: Bool) -> [Bool] {
    var later = loop.contains { values[$0] == finds }
    var result = values
    for place in (0..<count).reversed() {
      later = later || values[place] == finds
      result[place] = later == finds
    }
    return result
  }
}
