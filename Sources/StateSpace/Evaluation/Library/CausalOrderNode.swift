import TLASemantics

/// `CausalOrder(log, clock, node, domain)`: the log in an order in which no event comes before one that it knows of by its vector clock.
/// Among the events that may come next, it takes the one that is first in the log.
final class CausalOrderNode: Node {
  private let clock: FoldNode.Operand
  private let host: FoldNode.Operand
  private let domain: FoldNode.Operand
  private let log: Node

  init(_ operands: [FoldNode.Operand], _ log: Node, _ site: Site) {
    (clock, host, domain) = (operands[0], operands[1], operands[2])
    self.log = log
    super.init(site)
  }

  /// An event by the node on which it happened and that node's own time.
  private struct Event: Hashable {
    let host: Value
    let time: Value
  }

  override func evaluate(_ machine: Machine) throws -> Value {
    let store = machine.store
    let log = try log.evaluate(machine)
    try here { try store.requireSequence(log, "the log of CausalOrder") }
    let entries = try (0..<store.length(log)).map { try store.part(store.functionValue(log, $0)) }
    var places: [Event: Int] = [:]
    var known: [[Event]] = []
    for (place, entry) in entries.enumerated() {
      let vector = try apply(clock, to: entry, machine)
      let host = try apply(host, to: entry, machine)
      func event(_ node: Value) throws -> Event {
        Event(host: node, time: try here { try store.apply(vector, node) })
      }
      let own = try event(host)
      places[own] = place
      let nodes = try apply(domain, to: vector, machine)
      known.append(try here { try store.elements(store.enumerated(nodes)).map(event) }.filter { $0 != own })
      if own.time.isInteger, own.time.integer > 1 {
        known[place].append(Event(host: host, time: Value(small: own.time.integer - 1)))
      }
    }
    let order = Self.order(known.map { $0.compactMap { places[$0] } })
    guard order.count == entries.count else {
      throw site.failure("the log has no causal order: some vector clocks know of each other", .library)
    }
    return try here { try store.tuple(of: order.map { entries[$0] }) }
  }

  private func apply(_ operand: FoldNode.Operand, to value: Value, _ machine: Machine) throws -> Value {
    machine.slots[operand.slots[0]] = value.bits
    return try operand.body.evaluate(machine)
  }

  /// The places so that each comes after those that it needs, the lowest first; fewer where they need each other (Kahn's algorithm).
  private static func order(_ needed: [[Int]]) -> [Int] {
    var waiting = needed.map { Set($0).count }
    var dependents: [[Int]] = Array(repeating: [], count: needed.count)
    for (place, needs) in needed.enumerated() { for need in Set(needs) { dependents[need].append(place) } }
    var ready = waiting.indices.filter { waiting[$0] == 0 }.sorted(by: >)
    var order: [Int] = []
    while let place = ready.popLast() {
      order.append(place)
      for dependent in dependents[place] {
        waiting[dependent] -= 1
        guard waiting[dependent] == 0 else { continue }
        // Kept in falling order; few are ready at the same time.
        ready.insert(dependent, at: ready.firstIndex { $0 < dependent } ?? ready.count)
      }
    }
    return order
  }
}
