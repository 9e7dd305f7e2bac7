import TLASemantics

/// Conditions.
extension FlatCompiler {
  /// Adds a jump that is taken when a condition has the given truth value.
  func branch(_ node: Node, to label: Int, when: Bool) throws {
    try attempt {
      try flatBranch(node, to: label, when: when)
    } otherwise: {
      let word = try truth(of: recalled(node, for: .boolean))
      jump(when ? .jumpIfNotZero : .jumpIfZero, word, to: label)
    }
  }

  private func flatBranch(_ node: Node, to label: Int, when: Bool) throws {
    switch node {
    case let node as ConstantNode:
      guard node.value.isBoolean else { throw Unsupported() }
      if (node.value == .yes) == when { jump(.jump, to: label) }
    case let node as ConjunctionNode: try junction(node.items.all, to: label, when: when, decisive: false)
    case let node as DisjunctionNode: try junction(node.items.all, to: label, when: when, decisive: true)
    case let node as NegationNode: try branch(node.operand, to: label, when: !when)
    case let node as ImplicationNode: try implication(node, to: label, when: when)
    case let node as UnrolledQuantifierNode:
      try junction(node.bodies.all, to: label, when: when, decisive: !node.isForAll)
    case let node as QuantifierNode: try quantifier(node, to: label, when: when)
    case let node as EqualityNode:
      let left = try value(node.left)
      let right = try value(node.right, for: naturalTypeOfTyped(left))
      try equal(left, right, to: label, when: when != node.isNegated)
    case let node as ComparisonNode: try comparison(node, to: label, when: when)
    case let node as MembershipNode:
      try member(value(node.element), of: value(node.set), to: label, when: when != node.isNegated)
    case let node as IntervalMembershipNode:
      let element = try value(node.element)
      try member(
        element, of: .interval(value(node.first), value(node.last)), to: label, when: when != node.isNegated)
    case let node as ElementTestNode:
      scope.known[node.slot] = try value(node.element)
      try scoped { try branch(node.condition, to: label, when: when != node.isNegated) }
    case let node as FilterTestNode:
      let (inside, outside) = (self.label(), self.label())
      try scoped {
        try branch(node.membership, to: outside, when: false)
        guard let element = scope.known[node.slot] else { throw Unsupported() }
        try bind(node.binding, element)
        try branch(node.predicate, to: outside, when: false)
      }
      jump(.jump, to: when ? label : inside)
      place(outside)
      if !when { jump(.jump, to: label) }
      place(inside)
    case let node as PartsTestNode: try parts(node, to: label, when: when)
    case let node as SubsetNode: try subset(node, to: label, when: when)
    case let node as ScopeNode:
      for slot in node.first..<(node.first + node.count) { scope.known[slot] = nil }
      try branch(node.body, to: label, when: when)
    case let node as ConditionalNode:
      let (otherwise, end) = (self.label(), self.label())
      try branch(node.condition, to: otherwise, when: false)
      try scoped { try orLeave { try branch(node.yes, to: label, when: when) } }
      jump(.jump, to: end)
      place(otherwise)
      try scoped { try orLeave { try branch(node.no, to: label, when: when) } }
      place(end)
    case let node as EquivalenceNode:
      let (left, right) = (try truth(of: node.left), try truth(of: node.right))
      jump(when ? .jumpIfEqual : .jumpIfNotEqual, left, right, to: label)
    case let node as EnabledNode: try enabled(node, to: label, when: when)
    case is BooleanNode: throw Unsupported()
    default:
      let word = try truth(of: value(node, for: .boolean))
      jump(when ? .jumpIfNotZero : .jumpIfZero, word, to: label)
    }
  }

  /// The type of a code, as a hint for a value that is compared with it.
  private func naturalTypeOfTyped(_ value: FlatValue) -> FlatType? {
    if case .typed(let type, _) = value { type } else { nil }
  }

  private func truth(of node: Node) throws -> Int { try truth(of: value(node, for: .boolean)) }

  /// A word that is 1 or 0.
  private func truth(of value: FlatValue) throws -> Int {
    switch value {
    case .constant(.yes): return try constantWord(1)
    case .constant(.no): return try constantWord(0)
    case .typed(let type, _):
      guard case .atom(let values) = type.shape, values.allSatisfy(\.isBoolean) else { throw Unsupported() }
      return try load(convert(value, to: .boolean))
    default: throw Unsupported()
    }
  }

  /// Conditions of which the first one that has the value `decisive` decides.
  private func junction(_ items: [Node], to label: Int, when: Bool, decisive: Bool) throws {
    guard let last = items.last else {
      if when != decisive { jump(.jump, to: label) }
      return
    }
    if when == decisive {
      for item in items { try branch(item, to: label, when: when) }
      return
    }
    let end = self.label()
    let saved = scope
    for item in items.dropLast() { try branch(item, to: end, when: decisive) }
    try branch(last, to: label, when: when)
    place(end)
    scope = saved
  }

  private func implication(_ node: ImplicationNode, to label: Int, when: Bool) throws {
    if when {
      try branch(node.premise, to: label, when: false)
      try branch(node.conclusion, to: label, when: true)
    } else {
      let end = self.label()
      let saved = scope
      try branch(node.premise, to: end, when: false)
      try branch(node.conclusion, to: label, when: false)
      place(end)
      scope = saved
    }
  }

  private func quantifier(_ node: QuantifierNode, to label: Int, when: Bool) throws {
    // An element whose body has this value decides.
    let decisive = !node.isForAll
    let found = decisive == when ? label : self.label()
    let set = try value(node.set)
    try iterate(set) { element in
      try bind(node.binding, element)
      try branch(node.body, to: found, when: decisive)
    }
    if decisive != when {
      jump(.jump, to: label)
      place(found)
    }
  }

  private func comparison(_ node: ComparisonNode, to label: Int, when: Bool) throws {
    let (left, right) = (try number(value(node.left)).word, try number(value(node.right)).word)
    switch node.relation {
    case .less: jump(when ? .jumpIfLess : .jumpIfNotLess, left, right, to: label)
    case .lessOrEqual: jump(when ? .jumpIfNotLess : .jumpIfLess, right, left, to: label)
    case .greater: jump(when ? .jumpIfLess : .jumpIfNotLess, right, left, to: label)
    case .greaterOrEqual: jump(when ? .jumpIfNotLess : .jumpIfLess, left, right, to: label)
    }
  }

  private func subset(_ node: SubsetNode, to label: Int, when: Bool) throws {
    let (left, right) = (try value(node.left), try value(node.right))
    if case .constant(let set) = right, case .typed(let type, let place) = left,
      case .set(let universe) = type.shape
    {
      guard let outsiders = try members(of: place, universe, outside: set) else {
        if when { jump(.jump, to: label) }
        return
      }
      return jump(when ? .jumpIfZero : .jumpIfNotZero, outsiders, to: label)
    }
    guard let mine = naturalType(left), let theirs = naturalType(right),
      let joined = exact.join(mine, theirs),
      case .set = joined.shape
    else { throw Unsupported() }
    let rest = try anyBit(combine(.andNot, convert(left, to: joined), convert(right, to: joined)))
    jump(when ? .jumpIfZero : .jumpIfNotZero, rest, to: label)
  }

  private func parts(_ node: PartsTestNode, to label: Int, when: Bool) throws {
    guard let element = scope.known[node.slot], let type = naturalType(element) else { throw Unsupported() }
    let (inside, outside) = (self.label(), self.label())
    let place = try convert(element, to: type)
    try scoped {
      switch type.shape {
      case .function(let domain, let parts):
        if try hasShape(domain, parts.count, node) {
          for (index, part) in parts.enumerated() {
            scope.known[node.partSlot] = .typed(part, self.part(index, of: type, parts, at: place))
            let test = node.tests.all[node.tests.count == 1 ? 0 : index]
            try scoped { try branch(test, to: outside, when: false) }
          }
        } else {
          jump(.jump, to: outside)
        }
      case .sequence(let item, let capacity):
        guard case .sequence = node.shape else { throw Unsupported() }
        let sequence = Sequence(type: type, element: item, capacity: capacity, place: place)
        if capacity == 0 { break }
        try countUp(to: length(sequence)) { index in
          scope.known[node.partSlot] = .typed(item, try elementPlace(index, of: place, item, capacity))
          try branch(node.tests.all[0], to: outside, when: false)
        }
      default: throw Unsupported()
      }
    }
    jump(.jump, to: when ? label : inside)
    self.place(outside)
    if !when { jump(.jump, to: label) }
    self.place(inside)
  }

  /// Whether the functions with a domain have the form that a test wants.
  private func hasShape(_ domain: Value, _ count: Int, _ node: PartsTestNode) throws -> Bool {
    let isTuple = encoding.isInterval(domain, to: count)
    switch node.shape {
    case .function(let expected):
      guard let expected = expected.constant, let set = try? store.enumerated(expected),
        let isSame = try? store.equal(domain, set)
      else { throw Unsupported() }
      return isSame
    case .record(let names): return domain == names
    case .sequence: return isTuple
    case .tuple: return isTuple && count == node.tests.count
    }
  }

  // MARK: Equality

  /// Adds a jump that is taken when `left = right` has the given truth value.
  func equal(_ left: FlatValue, _ right: FlatValue, to label: Int, when: Bool) throws {
    switch (left, right) {
    case (.constant(let first), .constant(let second)):
      guard let isEqual = try? store.equal(first, second), (try? store.checkOrdered(first)) != nil else {
        throw Unsupported()
      }
      if isEqual == when { jump(.jump, to: label) }
      return
    case (.constant, _): return try equal(right, left, to: label, when: when)
    case (_, .constant(let constant)):
      if range(of: left) != nil, constant.isInteger {
        let (number, _) = try number(left)
        return jump(when ? .jumpIfIs : .jumpIfIsNot, number, to: label, immediate: Int64(constant.integer))
      }
      if case .typed(let type, let place) = left {
        return try equal(place, type, constant, to: label, when: when)
      }
    default:
      if range(of: left) != nil, range(of: right) != nil {
        let (first, second) = (try number(left).word, try number(right).word)
        return jump(when ? .jumpIfEqual : .jumpIfNotEqual, first, second, to: label)
      }
    }
    guard let type = try equalityType(left, right), !type.hasWord else { throw Unsupported() }
    let (first, second) = (try convert(left, to: type), try convert(right, to: type))
    try equal(first, second, type, to: label, when: when)
  }

  private func equalityType(_ left: FlatValue, _ right: FlatValue) throws -> FlatType? {
    if let mine = naturalType(left), let theirs = naturalType(right) { return exact.join(mine, theirs) }
    // A set that is put together from elements without a small type: the other set's type serves.
    return naturalType(left) ?? naturalType(right)
  }

  private func equal(
    _ first: FlatPlace, _ second: FlatPlace, _ type: FlatType, to label: Int, when: Bool
  ) throws {
    if type.width == 0 {
      if when { jump(.jump, to: label) }
      return
    }
    let (yes, no) = (self.label(), self.label())
    if type.width <= 64 {
      jump(.jumpIfEqual, try load(first), try load(second), to: yes)
    } else {
      let isEqual = add(.equalBits, try word(), immediate: addBits(type.width, from: first, to: second))
      jump(.jumpIfNotZero, isEqual, to: yes)
    }
    decide(type, yes: yes, no: no, to: label, when: when)
  }

  private func equal(
    _ place: FlatPlace, _ type: FlatType, _ constant: Value, to label: Int, when: Bool
  ) throws {
    if case .sequence(_, let capacity) = type.shape, constant == store.emptyTuple {
      let width = FlatType.bits(for: capacity)
      let length = try load(place.part(at: type.width - width, width: width))
      return jump(when ? .jumpIfZero : .jumpIfNotZero, length, to: label)
    }
    let (yes, no) = (self.label(), self.label())
    if type.hasWord { throw Unsupported() }
    if let words = encoding.code(of: constant, as: type) {
      if type.width <= 64 {
        jump(.jumpIfIs, try load(place), to: yes, immediate: Int64(bitPattern: words[0]))
      } else {
        let other = try convert(.constant(constant), to: type)
        let isEqual = add(.equalBits, try word(), immediate: addBits(type.width, from: place, to: other))
        jump(.jumpIfNotZero, isEqual, to: yes)
      }
      return decide(type, yes: yes, no: no, to: label, when: when)
    }
    if constant == store.emptyTuple, case .function = type.shape {
      if !when { jump(.jump, to: label) }
      return
    }
    // No value of the type is the constant. The question is whether they can be compared.
    guard let natural = exact.type(of: [constant]), let joined = exact.join(type, natural),
      isComparable(joined)
    else {
      throw Unsupported()
    }
    if !when { jump(.jump, to: label) }
  }

  /// Ends a comparison whose code goes on where the values differ.
  private func decide(_ type: FlatType, yes: Int, no: Int, to label: Int, when: Bool) {
    if !isComparable(type) {
      add(.leave)
    } else {
      jump(.jump, to: when ? no : label)
    }
    place(yes)
    if when { jump(.jump, to: label) }
    place(no)
  }
}
