/// A generalized Büchi automaton that accepts the behaviors that satisfy a formula. Its transitions read steps, and acceptance lies on
/// transitions.
///
/// It is made by the tableau of Couvreur ("On-the-fly verification of linear temporal logic", FM 1999): a state is the set of formulas that
/// must hold from here on, and each `<>f` has a set of transitions that do not put f off; a run is accepted if it takes infinitely many
/// transitions of each set.
struct FormulaAutomaton {
  struct Transition: Hashable {
    /// The predicates that must be true of the step, or false.
    let reads: [TemporalFormula.Literal]
    let target: Int
    /// The acceptance sets that it belongs to, one bit each.
    let acceptance: UInt64
  }

  /// The formula is too large: the message says how.
  struct TooLarge: Error {
    let message: String
  }

  private static let mostStates = 4096

  /// The transitions from each state; state 0 is initial.
  private(set) var transitions: [[Transition]] = []
  /// The number of acceptance sets.
  let acceptanceCount: Int
  /// All acceptance sets, one bit each.
  var allAcceptance: UInt64 { acceptanceCount == 64 ? .max : (1 << acceptanceCount) - 1 }

  /// Throws `TooLarge`. The number of states can grow exponentially with the number of temporal operators.
  init(_ formula: TemporalFormula) throws {
    var builder = TableauBuilder()
    builder.collectPromises(formula)
    acceptanceCount = builder.promises.count
    guard acceptanceCount <= 64 else {
      throw TooLarge(message: "the property has more than 64 different parts that begin with <>")
    }
    var numbers: [Set<TemporalFormula>: Int] = [:]
    var pending: [Set<TemporalFormula>] = []
    func number(_ obligations: Set<TemporalFormula>) -> Int {
      if let known = numbers[obligations] { return known }
      numbers[obligations] = numbers.count
      pending.append(obligations)
      return numbers.count - 1
    }
    _ = number(Set(formula.conjuncts.filter { $0 != .constant(true) }))
    while transitions.count < pending.count {
      guard pending.count <= Self.mostStates else {
        throw TooLarge(
          message: "the property needs an automaton of more than \(Self.mostStates) states")
      }
      let ways = builder.ways(of: pending[transitions.count])
      transitions.append(
        ways.map { way in
          Transition(
            reads: way.reads.sorted {
              ($0.predicate, $0.isPositive ? 1 : 0) < ($1.predicate, $1.isPositive ? 1 : 0)
            },
            target: number(way.next), acceptance: allAcceptance & ~way.postponed)
        }.uniqued())
    }
  }
}

/// Expands sets of obligations into the ways to satisfy them with the current step and the rest.
private struct TableauBuilder {
  /// The formulas f of all `<>f`. The position is the number of the acceptance set.
  private(set) var promises: [TemporalFormula] = []

  /// One way to satisfy obligations.
  struct Way {
    var reads: [TemporalFormula.Literal] = []
    /// What must hold from the next position on.
    var next: Set<TemporalFormula> = []
    /// The promises that are put off.
    var postponed: UInt64 = 0

    /// Whether whatever takes the other way could take this one, too.
    func covers(_ other: Way) -> Bool {
      postponed & ~other.postponed == 0 && next.isSubset(of: other.next)
        && reads.allSatisfy(other.reads.contains)
    }
  }

  mutating func collectPromises(_ formula: TemporalFormula) {
    switch formula {
    case .constant, .predicate: break
    case .and(let parts), .or(let parts): for part in parts { collectPromises(part) }
    case .always(let inner): collectPromises(inner)
    case .eventually(let inner):
      if !promises.contains(inner) { promises.append(inner) }
      collectPromises(inner)
    }
  }

  func ways(of obligations: Set<TemporalFormula>) -> [Way] {
    // A fixed order makes the automaton the same in every run.
    let ordered = obligations.sorted { "\($0)" < "\($1)" }
    return ordered.reduce([Way()]) { known, formula in join(known, ways(of: formula)) }
  }

  private func ways(of formula: TemporalFormula) -> [Way] {
    switch formula {
    case .constant(let value): return value ? [Way()] : []
    case .predicate(let literal): return [Way(reads: [literal])]
    case .and(let parts): return parts.reduce([Way()]) { join($0, ways(of: $1)) }
    case .or(let parts): return reduced(parts.flatMap(ways(of:)))
    case .always(let inner): return join(ways(of: inner), [Way(next: [formula])])
    case .eventually(let inner):
      let bit = promises.firstIndex(of: inner).map { UInt64(1) << $0 } ?? 0
      return reduced(ways(of: inner) + [Way(next: [formula], postponed: bit)])
    }
  }

  private func join(_ left: [Way], _ right: [Way]) -> [Way] {
    reduced(
      left.flatMap { first in
        right.compactMap { second in
          StepCondition.joined(first.reads, second.reads).map {
            Way(
              reads: $0, next: first.next.union(second.next),
              postponed: first.postponed | second.postponed)
          }
        }
      })
  }

  /// Leaves out ways that another one covers.
  private func reduced(_ ways: [Way]) -> [Way] {
    var kept: [Way] = []
    for way in ways where !kept.contains(where: { $0.covers(way) }) {
      kept.removeAll { way.covers($0) }
      kept.append(way)
    }
    return kept
  }
}
