/// The values of temporal predicates on the states and steps of a graph. Each is evaluated when it is first asked for, and remembered.
///
/// It takes two bits for each state and each predicate on states, and two for each edge and each predicate on steps.
final class PredicateTable: StepPredicates {
  private let graph: ReachabilityGraph
  private let machine: Machine
  private let predicates: [TemporalPredicate]
  /// The predicates in flat code; nil if the rows are the values' words.
  private let flat: FlatPredicates?
  /// What is known of each predicate, in one piece of memory that belongs to `owners`.
  private let known: UnsafeMutableBufferPointer<Known>
  private let owners: [KnownBits]
  /// What a predicate that asks about the run is told; nil if nothing is.
  private var facts: ExpansionFacts?
  /// The behavior to the state, or to the step, for which a predicate has no value; nil if all had one so far.
  private(set) var failedBehavior: Behavior?

  /// The known values of a predicate.
  private struct Known {
    let readsNext: Bool
    let isChange: Bool
    let ofStates: UnsafeMutablePointer<UInt8>
    let ofEdges: UnsafeMutablePointer<UInt8>
  }

  /// The graph must not grow any more.
  init(
    _ graph: ReachabilityGraph, _ machine: Machine, _ predicates: [TemporalPredicate], flat: FlatPredicates?
  ) throws {
    self.graph = graph
    self.flat = flat
    self.machine = machine
    self.predicates = predicates
    var owners: [KnownBits] = []
    func bits(_ count: Int) throws -> UnsafeMutablePointer<UInt8> {
      owners.append(try KnownBits(count: count))
      return owners[owners.count - 1].bytes
    }
    let known = try predicates.map {
      Known(
        readsNext: $0.readsNext, isChange: $0.isChange, ofStates: try bits(graph.count),
        ofEdges: try bits($0.readsNext ? graph.edgeCount : 0))
    }
    self.known = .allocate(capacity: max(1, known.count))
    _ = self.known.initialize(from: known)
    self.owners = owners
  }

  deinit { known.deallocate() }

  @inline(__always) func isTrue(_ predicate: Int, of state: Int, edge: Int?) throws -> Bool {
    let known = known[predicate]
    if let edge, known.readsNext {
      return try KnownBits.value(edge, in: known.ofEdges)
        ?? evaluate(predicate, state, graph.targetRow(edge), at: edge, of: known.ofEdges)
    }
    if known.isChange { return false }
    return try KnownBits.value(state, in: known.ofStates)
      ?? evaluate(predicate, state, known.readsNext ? graph.row(state) : nil, at: state, of: known.ofStates)
  }

  /// Why a literal is false of a step; nil if there is no more to say.
  func explanation(of literal: TemporalFormula.Literal, from state: Int, to next: Int) -> Explanation? {
    guard let (row, nextRow) = try? values(of: graph.row(state), graph.row(next)) else { return nil }
    return predicates[literal.predicate].explanation(
      isPositive: literal.isPositive, from: row, to: nextRow ?? row, machine)
  }

  /// Runs a body in which predicates that ask about the run hear of the moment at which their state was expanded.
  func withRunOfStates<Result>(_ body: () throws -> Result) rethrows -> Result {
    let outer = machine.facts
    let facts = ExpansionFacts(graph, outer)
    self.facts = facts
    machine.facts = facts
    defer {
      self.facts = nil
      machine.facts = outer
    }
    return try withExtendedLifetime(facts) { try body() }
  }

  /// Evaluates a predicate, and notes its value.
  private func evaluate(
    _ predicate: Int, _ state: Int, _ next: UnsafePointer<UInt32>?, at index: Int,
    of bytes: UnsafeMutablePointer<UInt8>
  ) throws -> Bool {
    let value = try evaluate(predicate, state, next)
    KnownBits.note(value, at: index, in: bytes)
    return value
  }

  private func evaluate(_ predicate: Int, _ state: Int, _ next: UnsafePointer<UInt32>?) throws -> Bool {
    if let value = flat?.isTrue(predicate, of: graph.row(state), to: next) { return value }
    let saved = (machine.state, machine.next)
    defer { (machine.state, machine.next) = saved }
    facts?.state = state
    do {
      let (row, nextRow) = try values(of: graph.row(state), next)
      machine.state = row
      if let nextRow { machine.next = UnsafeMutablePointer(mutating: nextRow) }
      return try predicates[predicate].node.test(machine)
    } catch {
      let behavior = graph.behavior(to: state)
      failedBehavior = next.map { behavior.followed(by: graph.words($0), action: nil) } ?? behavior
      throw error
    }
  }

  /// The words of the values of two states with these rows.
  private func values(
    of row: UnsafePointer<UInt32>, _ next: UnsafePointer<UInt32>?
  ) throws -> (UnsafePointer<UInt32>, UnsafePointer<UInt32>?) {
    guard let flat else { return (row, next) }
    return (try flat.values(of: row), try next.map(flat.nextValues))
  }
}

/// Truth values that are not all known, in memory that is used only where it is touched.
private final class KnownBits {
  private let reserved: Reservation<UInt8>

  init(count: Int) throws { reserved = try Reservation(capacity: count / 4 + 1) }

  /// Two bits for each value: 0 unknown, 1 false, 3 true.
  var bytes: UnsafeMutablePointer<UInt8> { reserved.base }

  @inline(__always) static func value(_ index: Int, in bytes: UnsafeMutablePointer<UInt8>) -> Bool? {
    let pair = bytes[index >> 2] &>> (UInt8(truncatingIfNeeded: index & 3) &* 2) & 3
    return pair == 0 ? nil : pair == 3
  }

  static func note(_ value: Bool, at index: Int, in bytes: UnsafeMutablePointer<UInt8>) {
    let shift = UInt8(index & 3) * 2
    bytes[index >> 2] = bytes[index >> 2] & ~(3 << shift) | (value ? 3 : 1) << shift
  }
}
