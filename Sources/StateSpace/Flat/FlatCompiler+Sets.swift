import TLASemantics

/// Loops, quantifiers and sets.
extension FlatCompiler {
  /// The most elements of a constant set for which code is repeated instead of looping.
  private static let mostRepeated = 16
  /// The most elements that a set may have so that code goes through its subsets.
  private static let mostMembersOfSubsets = 12
  /// The largest universe for which code passes over those of its subsets that are no subsets of the set.
  private static let mostMembersPassedOver = 5

  /// One after the other, the subsets of no place, of the first one, of the first two, and so on.
  private static let manySubsets = (0...mostMembersOfSubsets).flatMap(subsets)

  // MARK: Loops

  /// Adds code that runs for each element of a set in TLC's order.
  func iterate(_ set: FlatValue, _ body: (FlatValue) throws -> Void) throws {
    switch set {
    case .constant(let constant):
      guard store.isSet(constant), store.finiteness(of: constant) == true,
        let count = try? store.cardinality(constant), count <= 1 << 12, (try? store.ordered(constant)) != nil,
        let elements = try? store.inTLCOrder(constant)
      else { throw Unsupported() }
      try iterate(constants: store.elements(elements), body)
    case .typed(let type, let place):
      switch type.shape {
      case .set(let universe): try eachPlace(in: place) { try body(member(at: $0, of: universe)) }
      default: throw Unsupported()
      }
    case .elements:
      guard let type = naturalType(set) else { throw Unsupported() }
      try iterate(.typed(type, convert(set, to: type)), body)
    case .interval(let first, let last):
      let (start, low) = try number(first)
      let (end, high) = try number(last)
      let (index, next, done) = (try word(), label(), label())
      add(.move, index, start)
      place(next)
      jump(.jumpIfLess, end, index, to: done)
      let range = low.lowerBound...max(low.lowerBound, high.upperBound)
      try scoped { try body(.number(index, range)) }
      add(.addConstant, index, index, immediate: 1)
      jump(.jump, to: next)
      place(done)
    case .subsets(let type, let place): try iterate(subsetsOf: place, type, body)
    case .product(let factors):
      let domain = try store.enumerated(store.interval(1, factors.count))
      try iterate(factors[...], []) { try body(.parts(domain: domain, $0)) }
    case .number, .parts: throw Unsupported()
    }
  }

  private func iterate(
    _ factors: ArraySlice<FlatValue>, _ chosen: [FlatValue], _ body: ([FlatValue]) throws -> Void
  ) throws {
    guard let first = factors.first else { return try body(chosen) }
    try iterate(first) { try iterate(factors.dropFirst(), chosen + [$0], body) }
  }

  /// The sets of the first places in TLC's order, as bits: by their sizes, then by their members.
  private static func subsets(ofFirst count: Int) -> [Int] {
    (0..<(1 << count)).sorted { left, right in
      let (mine, theirs) = (left.nonzeroBitCount, right.nonzeroBitCount)
      if mine != theirs { return mine < theirs }
      // The first place at which they differ decides: the set that has it comes first.
      let different = left ^ right
      return left & different & -different != 0
    }
  }

  private func iterate(subsetsOf set: FlatPlace, _ type: FlatType, _ body: (FlatValue) throws -> Void) throws
  {
    if type.width <= Self.mostMembersPassedOver { return try iterate(smallSubsetsOf: set, type, body) }
    let most = min(type.width, Self.mostMembersOfSubsets)
    let count = try count(set)
    if most < type.width { try check(count, lies: 0...most) }
    let table = addTable(Array(Self.manySubsets[..<((2 << most) - 1)]))
    let size = add(.bit, try word(), count)
    let (index, next, done) = (try word(), label(), label())
    add(.constant, index, immediate: 0)
    place(next)
    jump(.jumpIfNotLess, index, size, to: done)
    try scoped {
      let place = add(.addConstant, try word(), add(.add, try word(), index, size), immediate: -1)
      let chosen = add(.table, try word(), place, immediate: table)
      let subset = try zeros(type.width)
      try eachPlace(in: set) { member in
        let isOut = label()
        jump(.jumpIfZero, add(.andConstant, try word(), chosen, immediate: 1), to: isOut)
        try insert(member, into: subset)
        self.place(isOut)
        add(.shiftRightConstant, chosen, chosen, immediate: 1)
      }
      try body(.typed(type, subset))
    }
    add(.addConstant, index, index, immediate: 1)
    jump(.jump, to: next)
    place(done)
  }

  /// Passes over the subsets of the universe that are no subsets of the set.
  private func iterate(
    smallSubsetsOf set: FlatPlace, _ type: FlatType, _ body: (FlatValue) throws -> Void
  ) throws {
    let count = type.width
    let subsets = Self.subsets(ofFirst: count)
    let table = addTable(subsets)
    // The number of subsets up to the size of the set.
    let ends = (0...count).map { size in subsets.lastIndex { $0.nonzeroBitCount == size }.map { $0 + 1 } ?? 0
    }
    let bits = try load(set)
    let end = add(.table, try word(), add(.countBits, try word(), bits), immediate: addTable(ends))
    let (index, next, step, done) = (try word(), label(), label(), label())
    add(.constant, index, immediate: 0)
    place(next)
    jump(.jumpIfNotLess, index, end, to: done)
    try scoped {
      let subset = add(.table, try word(), index, immediate: table)
      jump(.jumpIfNotZero, add(.andNot, try word(), subset, bits), to: step)
      try body(.typed(type, whole(subset, count)))
    }
    place(step)
    add(.addConstant, index, index, immediate: 1)
    jump(.jump, to: next)
    place(done)
  }

  private func iterate(constants: [Value], _ body: (FlatValue) throws -> Void) throws {
    if constants.count <= Self.mostRepeated {
      for value in constants { try inTurn { try orLeave { try body(.constant(value)) } } }
      return
    }
    guard let type = exact.type(of: constants), type.width < 63 else { throw Unsupported() }
    let codes = constants.compactMap { encoding.code(of: $0, as: type)?[0] }
    guard codes.count == constants.count else { throw Unsupported() }
    let table = addTable(codes.map(Int.init))
    let (index, next, done) = (try word(), label(), label())
    add(.constant, index, immediate: 0)
    place(next)
    jump(.jumpIfNotBelow, index, to: done, immediate: Int64(constants.count))
    try scoped {
      let code = add(.table, try word(), index, immediate: table)
      try body(.typed(type, whole(code, type.width)))
    }
    add(.addConstant, index, index, immediate: 1)
    jump(.jump, to: next)
    place(done)
  }

  /// The member at the place that a word says.
  private func member(at index: Int, of universe: FlatType.Universe) throws -> FlatValue {
    let width = universe.element.width
    if universe.isDirect { return .typed(universe.element, whole(index, width)) }
    guard width < 63 else { throw Unsupported() }
    let code = add(.table, try word(), index, immediate: addTable(universe.codes.map(Int.init)))
    return .typed(universe.element, whole(code, width))
  }

  /// Binds the names of a quantifier to an element.
  func bind(_ binding: ElementBinding, _ element: FlatValue) throws {
    guard binding.isTuple else {
      scope.known[binding.slots[0]] = element
      return
    }
    let parts = try parts(of: element)
    guard parts.count == binding.slots.count else { throw Unsupported() }
    for (slot, part) in zip(binding.slots, parts) { scope.known[slot] = part }
  }

  /// The parts of a tuple.
  func parts(of tuple: FlatValue) throws -> [FlatValue] {
    switch tuple {
    case .parts(_, let values): return values
    case .constant(let value) where value.tag == Value.Tag.tuple:
      return (0..<store.length(value)).map { .constant(store.functionValue(value, $0)) }
    case .typed(let type, let place):
      guard case .function(let domain, let types) = type.shape, encoding.isInterval(domain, to: types.count)
      else { throw Unsupported() }
      return types.indices.map { .typed(types[$0], part($0, of: type, types, at: place)) }
    default: throw Unsupported()
    }
  }

  // MARK: Sets that are made

  func choose(_ node: ChooseNode) throws -> FlatValue {
    let set = try value(node.set)
    let target = try elementType(of: set)
    let (result, found) = (try block(target.width), label())
    try iterate(set) { element in
      try bind(node.binding, element)
      let next = label()
      try branch(node.predicate, to: next, when: false)
      try copy(convert(element, to: target), to: result)
      jump(.jump, to: found)
      place(next)
    }
    add(.leave)
    place(found)
    return .typed(target, result)
  }

  private func elementType(of set: FlatValue) throws -> FlatType {
    let type: FlatType?
    switch set {
    case .constant(let value):
      guard let elements = try? store.enumerated(value), store.length(elements) <= 1 << 12 else {
        throw Unsupported()
      }
      type = exact.type(of: store.elements(elements))
    case .typed(let own, _):
      if case .set(let universe) = own.shape { type = universe.element } else { type = nil }
    case .elements(let elements): type = joinedType(elements)
    case .interval(let first, let last):
      guard let low = range(of: first), let high = range(of: last) else { throw Unsupported() }
      type = FlatType(.integer(low.lowerBound...max(low.lowerBound, high.upperBound)))
    case .subsets(let own, _): type = own
    case .product(let factors):
      let domain = try store.enumerated(store.interval(1, factors.count))
      type = FlatType(.function(domain: domain, parts: try factors.map(elementType)))
    case .number, .parts: type = nil
    }
    guard let type else { throw Unsupported() }
    return type
  }

  func filter(_ node: FilterNode, for type: FlatType?) throws -> FlatValue {
    let set = try value(node.set, for: type)
    var target: FlatType?
    if case .typed(let own, _) = set, case .set = own.shape { target = own }
    if target == nil, case .set? = type?.shape { target = type }
    guard let target = target ?? naturalType(set), case .set(let universe) = target.shape else {
      throw Unsupported()
    }
    let result = try zeros(target.width)
    try iterate(set) { element in
      try bind(node.binding, element)
      let next = label()
      try branch(node.predicate, to: next, when: false)
      try insert(index(of: element, in: universe), into: result)
      place(next)
    }
    return .typed(target, result)
  }

  func image(_ node: SetMapNode, for type: FlatType?) throws -> FlatValue {
    var target: FlatType?
    if case .set? = type?.shape { target = type }
    if target == nil {
      target = try dryRun {
        var types: [FlatType?] = []
        try eachImage(node, 0) { types.append(naturalType($0)) }
        let element = types.dropFirst().reduce(types.first ?? nil) { joined, type in
          joined.flatMap { left in type.flatMap { exact.join(left, $0) } }
        }
        return element.flatMap(setType)
      }
    }
    guard let target, case .set(let universe) = target.shape else { throw Unsupported() }
    let result = try zeros(target.width)
    try eachImage(node, 0, for: universe.element) { image in
      try insert(index(of: image, in: universe), into: result)
    }
    return .typed(target, result)
  }

  private func eachImage(
    _ node: SetMapNode, _ level: Int, for type: FlatType? = nil, _ body: (FlatValue) throws -> Void
  ) throws {
    try iterate(value(node.sets.all[level])) { element in
      try bind(node.bindings[level], element)
      if level + 1 < node.bindings.count { return try eachImage(node, level + 1, for: type, body) }
      try body(value(node.element, for: type))
    }
  }

  /// `UNION S`
  func unionAll(_ node: Node, for expected: FlatType?) throws -> FlatValue {
    let natural = try dryRun {
      var types: [FlatType?] = []
      try eachSet(of: node) { types.append(naturalType($0)) }
      return types.dropFirst().reduce(types.first ?? nil) { joined, type in
        joined.flatMap { left in type.flatMap { exact.join(left, $0) } }
      }
    }
    guard let target = natural ?? expected, case .set = target.shape else { throw Unsupported() }
    let result = try zeros(target.width)
    try eachSet(of: node) { set in
      let code = try convert(set, to: target)
      if target.width <= 64 {
        add(.or, result.base, result.base, try load(code))
      } else {
        for (index, word) in try words(of: code).enumerated() {
          add(.or, result.base + index, result.base + index, word)
        }
      }
    }
    return .typed(target, result)
  }

  /// Adds code that runs for each set among a set's elements, which need not be put together.
  private func eachSet(of node: Node, _ body: (FlatValue) throws -> Void) throws {
    if let node = node as? SetMapNode { return try eachImage(node, 0, body) }
    let set = try value(node)
    guard case .elements(let sets) = set else { return try iterate(set, body) }
    for set in sets { try inTurn { try body(set) } }
  }

  // MARK: Membership

  /// Adds a jump that is taken when `element \in set` has the given truth value.
  func member(_ element: FlatValue, of set: FlatValue, to label: Int, when: Bool) throws {
    let (inside, outside) = (self.label(), self.label())
    try scoped { try member(element, of: set, outside: outside) }
    if when { jump(.jump, to: label) } else { jump(.jump, to: inside) }
    place(outside)
    if !when { jump(.jump, to: label) }
    place(inside)
  }

  /// Adds code that goes on if the value is in the set, and jumps if it is not.
  private func member(_ element: FlatValue, of set: FlatValue, outside: Int) throws {
    switch set {
    case .constant(let constant): try member(element, ofConstant: constant, outside: outside)
    case .typed(let type, let place):
      guard case .set(let universe) = type.shape else { throw Unsupported() }
      if universe.members.isEmpty { return jump(.jump, to: outside) }
      let index = try index(of: element, in: universe, missing: outside)
      let bit = try load(moved(place.opened.part(at: 0, width: 1), by: index))
      jump(.jumpIfZero, bit, to: outside)
    case .elements(let elements):
      let inside = label()
      for other in elements { try scoped { try equal(element, other, to: inside, when: true) } }
      jump(.jump, to: outside)
      place(inside)
    case .interval(let first, let last):
      let (number, _) = try number(element)
      jump(.jumpIfLess, number, try self.number(first).word, to: outside)
      jump(.jumpIfLess, try self.number(last).word, number, to: outside)
    case .product(let factors):
      let parts = try parts(of: element)
      guard parts.count == factors.count else { throw Unsupported() }
      for (part, factor) in zip(parts, factors) { try member(part, of: factor, outside: outside) }
    case .number, .parts, .subsets: throw Unsupported()
    }
  }

  private func member(_ element: FlatValue, ofConstant set: Value, outside: Int) throws {
    if case .constant(let constant) = element {
      guard let isMember = try? store.contains(set, constant) else { throw Unsupported() }
      if !isMember { jump(.jump, to: outside) }
      return
    }
    if let range = range(of: element), set.tag == Value.Tag.symbolicSet {
      switch store.symbolicKind(set) {
      case .integers: return
      case .naturals:
        if range.lowerBound < 0 { jump(.jumpIfBelow, try number(element).word, to: outside, immediate: 0) }
        return
      default: break
      }
    }
    guard let type = naturalType(element) else { throw Unsupported() }
    if type.width <= 12 {
      let answers = (0..<(UInt64(1) << UInt64(type.width))).map { code -> Int in
        guard let value = encoding.value(code, of: type), let isMember = try? store.contains(set, value)
        else {
          return -2
        }
        return isMember ? 0 : -1
      }
      if answers.allSatisfy({ $0 == 0 }) { return }
      let code = try load(convert(element, to: type))
      return jump(.tableOrJump, try word(), code, to: outside, immediate: addTable(answers))
    }
    if set.tag == Value.Tag.set {
      guard store.length(set) <= FlatInference.largestUniverse, let type = exact.type(of: [set]) else {
        throw Unsupported()
      }
      return try member(element, of: .typed(type, convert(.constant(set), to: type)), outside: outside)
    }
    try member(element, type, ofDescribed: set, outside: outside)
  }

  /// Membership in a set that is described by sets, part by part.
  private func member(_ element: FlatValue, _ type: FlatType, ofDescribed set: Value, outside: Int) throws {
    let place = try convert(element, to: type)
    switch (store.symbolicKind(set), type.shape) {
    case (.functions, .function(let domain, let parts)):
      let expected = store.operand(set, 0)
      guard let isSame = try? store.equal(domain, store.enumerated(expected)) else { throw Unsupported() }
      if !isSame { return jump(.jump, to: outside) }
      for (index, part) in parts.enumerated() {
        try member(
          .typed(part, self.part(index, of: type, parts, at: place)), ofConstant: store.operand(set, 1),
          outside: outside)
      }
    case (.records, .function(let domain, let parts)):
      if domain != store.operand(set, 0) { return jump(.jump, to: outside) }
      for (index, part) in parts.enumerated() {
        try member(
          .typed(part, self.part(index, of: type, parts, at: place)),
          ofConstant: store.operand(set, index + 1),
          outside: outside)
      }
    case (.product, .function(let domain, let parts)):
      guard encoding.isInterval(domain, to: parts.count) else { throw Unsupported() }
      if parts.count != store.operandCount(set) { return jump(.jump, to: outside) }
      for (index, part) in parts.enumerated() {
        try member(
          .typed(part, self.part(index, of: type, parts, at: place)), ofConstant: store.operand(set, index),
          outside: outside)
      }
    case (.sequences, .sequence(let item, let capacity)):
      let sequence = Sequence(type: type, element: item, capacity: capacity, place: place)
      if capacity == 0 { return }
      try countUp(to: length(sequence)) { index in
        try member(
          .typed(item, elementPlace(index, of: place, item, capacity)), ofConstant: store.operand(set, 0),
          outside: outside)
      }
    case (.powerset, .set(let universe)):
      if let outsiders = try members(of: place, universe, outside: store.operand(set, 0)) {
        jump(.jumpIfNotZero, outsiders, to: outside)
      }
    default: throw Unsupported()
    }
  }

  /// A word that is zero if all members of a set are in a constant one; nil if they always are.
  func members(of place: FlatPlace, _ universe: FlatType.Universe, outside set: Value) throws -> Int? {
    var outsiders: [Value] = []
    for member in universe.members {
      guard let isMember = try? store.contains(set, member) else { throw Unsupported() }
      if !isMember { outsiders.append(member) }
    }
    if outsiders.isEmpty { return nil }
    let others = try convert(.constant(store.set(of: outsiders)), to: FlatType(.set(universe)))
    return try anyBit(combine(.and, place, others))
  }
}
