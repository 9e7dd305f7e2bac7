import TLASyntax

/// Finds why expressions are true or false in a machine's state, from the outside in. The nodes themselves only evaluate.
struct ReasonFinder {
  private let machine: Machine
  /// The names bound on the way down, with the values that decide.
  private var witnesses: [(name: String, value: PlainValue)] = []

  init(_ machine: Machine) { self.machine = machine }

  private var store: ValueStore { machine.store }

  /// Why a node has that truth value in the machine's state: the smallest part that decides, with the values in it.
  func explanation(of node: Node, is value: Bool) -> Explanation {
    switch node {
    case let node as ConjunctionNode where !value:
      if let part = first(of: node.items, is: false) { return explanation(of: part, is: false) }
    case let node as DisjunctionNode where value:
      if let part = first(of: node.items, is: true) { return explanation(of: part, is: true) }
    case let node as DisjunctionNode: return noAlternative(of: node)
    case let node as NegationNode: return explanation(of: node.operand, is: !value)
    case let node as ImplicationNode where !value: return explanation(of: node.conclusion, is: false)
    case let node as EquivalenceNode: return relation(node, node.left, "<=>", node.right, is: value)
    case let node as EqualityNode:
      return relation(node, node.left, node.isNegated ? "#" : "=", node.right, is: value)
    case let node as ComparisonNode:
      return relation(node, node.left, node.relation.rawValue, node.right, is: value)
    case let node as MembershipNode:
      return relation(node, node.element, Self.membership(node.isNegated), node.set, is: value)
    case let node as IntervalMembershipNode where !value:
      if let parts = try? [node.element, node.first, node.last].map({ try $0.evaluate(machine) }) {
        let words = parts.map(store.describe)
        let values = "\(words[0]) \(Self.membership(node.isNegated)) \(words[1])..\(words[2])"
        return blame(node, is: false, values: values)
      }
    case let node as SubsetNode where !value:
      return relation(node, node.left, "\\subseteq", node.right, is: false)
    case let node as ConditionalNode:
      return explanation(of: (try? node.condition.test(machine)) == true ? node.yes : node.no, is: value)
    case let node as QuantifierNode where node.isForAll != value:
      if bindFirst(node, is: value) {
        return binding(node.binding).explanation(of: node.body, is: value)
      }
    case let node as QuantifierNode where !value: return noElement(of: node)
    case let node as UnrolledQuantifierNode where node.isForAll != value:
      for (element, body) in zip(node.values, node.bodies.all) where (try? body.test(machine)) == value {
        return binding(node.name, to: element).explanation(of: body, is: value)
      }
    case let node as UnrolledQuantifierNode where !value:
      guard let set = try? store.set(of: node.values) else { break }
      return noElement(of: set, called: nil, [node.name], node) { element in
        node.values.firstIndex(of: element).map {
          ReasonFinder(machine).binding(node.name, to: element).explanation(
            of: node.bodies.all[$0], is: false)
        }
      }
    case let node as ElementTestNode where !value && !node.isNegated:
      guard let element = try? node.element.evaluate(machine) else { break }
      machine.slots[node.slot] = element.bits
      return explanation(of: node.condition, is: false)
    case let node as FilterTestNode where !value:
      guard (try? node.membership.test(machine)) == true else {
        return explanation(of: node.membership, is: false)
      }
      if (try? node.binding.bind(machine.slots[node.slot], machine, node.site)) != nil {
        return explanation(of: node.predicate, is: false)
      }
    case let node as PartsTestNode where !value:
      if let test = falsePart(of: node) { return explanation(of: test, is: false) }
    case let node as EnabledNode where !value:
      let explainer = DisabledExplainer()
      _ = try? node.test(machine, follower: explainer)
      return blame(node, is: false, parts: explainer.explanation.map { [$0] } ?? [])
    case let node as ScopeNode:
      node.enter(machine)
      return explanation(of: node.body, is: value)
    case let node as OnceNode: return explanation(of: node.definition, is: value)
    case let node as HintedNode: return explanation(of: node.condition, is: value)
    default: break
    }
    return blame(node, is: value)
  }

  /// Says that a set is empty.
  func emptiness(of set: Node) -> Explanation {
    blame(set, is: false, values: "\(set.site.span.oneLineText) is empty")
  }

  // MARK: Bound names

  /// The same with a name bound.
  func binding(_ name: String, to value: Value) -> ReasonFinder {
    var inner = self
    inner.witnesses.append((name: name, value: store.plain(value)))
    return inner
  }

  /// The same with the names bound to the values in their slots.
  private func binding(_ binding: ElementBinding) -> ReasonFinder {
    zip(binding.names, binding.slots).reduce(self) { $0.binding($1.0, to: Value(bits: machine.slots[$1.1])) }
  }

  /// Binds the names to the first element for which the body has that value. Returns whether there is one.
  private func bindFirst(_ node: QuantifierNode, is value: Bool) -> Bool {
    guard let set = try? node.set.evaluate(machine) else { return false }
    let found = try? node.firstElement(of: set, node.binding, machine) {
      (try? node.body.test(machine)) == value
    }
    return found != nil
  }

  // MARK: Parts

  private func first(of items: NodeList, is value: Bool) -> Node? {
    items.all.first { (try? $0.test(machine)) == value }
  }

  /// The test of the first part that fails it. The part is in the slot of the tests.
  private func falsePart(of node: PartsTestNode) -> Node? {
    let value = Value(bits: machine.slots[node.slot])
    guard (try? node.hasShape(value, machine)) == true else { return nil }
    for index in 0..<store.functionCount(value) {
      machine.slots[node.partSlot] = store.functionValue(value, index).bits
      let test = node.tests.all[node.tests.count == 1 ? 0 : index]
      if (try? test.test(machine)) == false { return test }
    }
    return nil
  }

  /// Why every alternative of a disjunction is false.
  private func noAlternative(of node: DisjunctionNode) -> Explanation {
    let parts = node.items.all.map { ReasonFinder(machine).explanation(of: $0, is: false) }
    let words = parts.map { $0.values ?? $0.expression }
    let values =
      words.count == 2
      ? "neither \(words[0]) nor \(words[1])" : "none of " + words.joined(separator: ", ")
    return blame(node, is: false, values: values, parts: parts)
  }

  /// Why no element satisfies an `\E`.
  private func noElement(of node: QuantifierNode) -> Explanation {
    let (names, text) = (node.binding.names, node.set.site.span.oneLineText)
    guard let elements = fewElements(of: node.set) else {
      return blame(node, is: false, values: "no \(names.joined(separator: ", ")) in \(text)")
    }
    return noElement(of: elements, called: text, names, node) { element in
      guard (try? node.binding.bind(element.bits, machine, node.site)) != nil else { return nil }
      return ReasonFinder(machine).binding(node.binding).explanation(of: node.body, is: false)
    }
  }

  /// Why no element of a set satisfies an `\E`. `reason` says it of one element.
  private func noElement(
    of set: Value, called text: String?, _ names: [String], _ node: Node, _ reason: (Value) -> Explanation?
  ) -> Explanation {
    let elements = store.elements(set)
    let name = names.count == 1 ? names[0] : "<<\(names.joined(separator: ", "))>>"
    let isShort = elements.count <= 8 || text == nil
    return blame(
      node, is: false, values: "no \(name) in \(isShort ? store.describe(set) : text ?? "")",
      parts: elements.count > 4 ? [] : elements.compactMap(reason))
  }

  /// The elements of a set with few elements; nil if there are too many for an explanation.
  private func fewElements(of set: Node) -> Value? {
    guard let value = try? set.evaluate(machine), let count = try? store.cardinality(value), count <= 1 << 12
    else { return nil }
    return try? store.inTLCOrder(value)
  }

  // MARK: Blame

  private static func membership(_ isNegated: Bool) -> String { isNegated ? "\\notin" : "\\in" }

  /// Blames a relation between two sides.
  private func relation(
    _ node: Node, _ left: Node, _ symbol: String, _ right: Node, is value: Bool
  ) -> Explanation {
    guard let first = try? left.evaluate(machine), let second = try? right.evaluate(machine) else {
      return blame(node, is: value)
    }
    let (firstText, secondText) = (store.describe(first), store.describe(second))
    let text = "\(firstText) \(symbol) \(secondText)"
    // A side that is written as its own value needs no mention.
    let unwritten: String? =
      if secondText == right.site.span.oneLineText {
        firstText
      } else if firstText == left.site.span.oneLineText {
        secondText
      } else { nil }
    return blame(
      node, is: value, values: text == node.site.span.oneLineText ? nil : text, unwritten: unwritten,
      sides: Explanation.Sides(
        left: store.plain(first), leftSpan: left.site.span, symbol: symbol, right: store.plain(second),
        rightSpan: right.site.span))
  }

  private func blame(
    _ node: Node, is value: Bool, values: String? = nil, unwritten: String? = nil,
    sides: Explanation.Sides? = nil, parts: [Explanation] = []
  ) -> Explanation {
    Explanation(
      expression: node.site.span.oneLineText, values: values, unwrittenValue: unwritten,
      witnesses: witnesses, span: node.site.span, holds: value, sides: sides, parts: parts)
  }
}
