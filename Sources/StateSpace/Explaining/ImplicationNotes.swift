import TLASyntax

/// Collects which implications of a predicate a machine's states test: those whose premise is true, and each `\A` over a set that has
/// elements.
struct ImplicationNotes {
  private let machine: Machine
  private(set) var implications: [ImplicationStatus] = []
  /// The names that are bound on the way down.
  private var bound: [(name: String, value: Value)] = []

  init(_ machine: Machine) { self.machine = machine }

  /// Adds the places of all implications that `add` may note in any state.
  static func collect(_ node: Node, into places: inout Set<SourceSpan>) {
    switch node {
    case let node as ConjunctionNode: for item in node.items.all { collect(item, into: &places) }
    case let node as ImplicationNode:
      places.insert(node.site.span)
      collect(node.conclusion, into: &places)
    case let node as ConditionalNode: for branch in [node.yes, node.no] { collect(branch, into: &places) }
    case let node as QuantifierNode where node.isForAll:
      places.insert(node.site.span)
      collect(node.body, into: &places)
    case let node as UnrolledQuantifierNode where node.isForAll:
      for body in node.bodies.all { collect(body, into: &places) }
    case let node as ScopeNode: collect(node.body, into: &places)
    case let node as OnceNode: collect(node.definition, into: &places)
    default: break
    }
  }

  /// Notes the implications in a node that decide about its value in the machine's state, and whether their premises are true.
  mutating func add(_ node: Node) {
    switch node {
    case let node as ConjunctionNode: for item in node.items.all { add(item) }
    case let node as ImplicationNode:
      guard let isTested = try? node.premise.test(machine) else { return }
      note(node, untestedBecause: isTested ? nil : { $0.explanation(of: node.premise, is: false) })
      if isTested { add(node.conclusion) }
    case let node as ConditionalNode:
      guard let chosen = try? node.condition.test(machine) else { return }
      add(chosen ? node.yes : node.no)
    case let node as QuantifierNode where node.isForAll: add(elementsOf: node)
    case let node as UnrolledQuantifierNode where node.isForAll:
      for (value, body) in zip(node.values, node.bodies.all) { add(body, with: [(node.name, value)]) }
    case let node as ScopeNode:
      node.enter(machine)
      add(node.body)
    case let node as OnceNode: add(node.definition)
    default: break
    }
  }

  private mutating func add(elementsOf node: QuantifierNode) {
    guard let set = try? node.set.evaluate(machine) else { return }
    var isEmpty = true
    let isThrough: Void? = try? machine.store.forEachElement(of: set) { element in
      if isEmpty { note(node) }
      isEmpty = false
      guard (try? node.binding.bind(element.bits, machine, node.site)) != nil else { return true }
      let slots = zip(node.binding.names, node.binding.slots)
      add(node.body, with: slots.map { ($0, Value(bits: machine.slots[$1])) })
      return true
    }
    guard isThrough != nil, isEmpty else { return }
    note(node) { $0.emptiness(of: node.set) }
  }

  private mutating func add(_ node: Node, with names: [(name: String, value: Value)]) {
    bound += names
    add(node)
    bound.removeLast(names.count)
  }

  /// Notes one implication for one binding; `reason` is nil if the binding tests it. It counts as tested if any binding tests it. Otherwise
  /// the first reason is kept.
  private mutating func note(_ node: Node, untestedBecause reason: ((ReasonFinder) -> Explanation)? = nil) {
    let span = node.site.span
    let known = implications.firstIndex { $0.span == span }
    if let known, reason != nil || implications[known].untestedBecause == nil { return }
    let explanation = reason.map {
      $0(bound.reduce(ReasonFinder(machine)) { $0.binding($1.name, to: $1.value) })
    }
    let status = ImplicationStatus(span: span, untestedBecause: explanation)
    if let known { implications[known] = status } else { implications.append(status) }
  }
}
