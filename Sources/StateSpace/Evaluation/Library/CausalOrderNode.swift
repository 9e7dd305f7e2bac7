import TLASemantics

/// `CausalOrder(log, clock, node, domain)`: the log in an order in which no event comes before one that it knows of by its vector clock.
/// The nodes take turns, in the order in which they come in the log: each gives its next event if that may come.
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
    var nodes: [Value] = []
    var eventsOfNode: [Value: [Int]] = [:]
    var times: [Int] = []
    for (place, entry) in entries.enumerated() {
      let vector = try apply(clock, to: entry, machine)
      let host = try apply(host, to: entry, machine)
      func event(_ node: Value) throws -> Event {
        Event(host: node, time: try here { try store.apply(vector, node) })
      }
      let own = try event(host)
      places[own] = place
      if eventsOfNode[host] == nil { nodes.append(host) }
      eventsOfNode[host, default: []].append(place)
      times.append(own.time.isInteger ? own.time.integer : 0)
      let others = try apply(domain, to: vector, machine)
      known.append(try here { try store.elements(store.enumerated(others)).map(event) }.filter { $0 != own })
    }
    let events = nodes.map { (eventsOfNode[$0] ?? []).sorted { (times[$0], $0) < (times[$1], $1) } }
    let order = Self.order(events, known.map { $0.compactMap { places[$0] } })
    guard order.count == entries.count else {
      throw site.failure("the log has no causal order: some vector clocks know of each other", .library)
    }
    return try here { try store.tuple(of: order.map { entries[$0] }) }
  }

  private func apply(_ operand: FoldNode.Operand, to value: Value, _ machine: Machine) throws -> Value {
    machine.slots[operand.slots[0]] = value.bits
    return try operand.body.evaluate(machine)
  }

  /// The places so that each comes after those that it needs and those of its node before it; fewer where they need each other.
  private static func order(_ events: [[Int]], _ needed: [[Int]]) -> [Int] {
    var next = events.map { _ in 0 }
    var isTaken = needed.map { _ in false }
    var order: [Int] = []
    var count = -1
    while order.count > count {
      count = order.count
      for node in events.indices where next[node] < events[node].count {
        let place = events[node][next[node]]
        guard needed[place].allSatisfy({ isTaken[$0] }) else { continue }
        isTaken[place] = true
        order.append(place)
        next[node] += 1
      }
    }
    return order
  }
}
