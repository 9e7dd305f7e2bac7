import TLASemantics

/// Expressions.
extension FlatCompiler {
  /// Compiles an expression. `type` is that of the place for which the value is meant; nil if there is none.
  func value(_ node: Node, for type: FlatType? = nil) throws -> FlatValue {
    try attempt {
      try flatValue(node, for: type)
    } otherwise: {
      try recalled(node, for: type)
    }
  }

  /// The code of an expression's value as that type.
  func converted(_ node: Node, to type: FlatType) throws -> FlatPlace {
    try attempt {
      try convert(flatValue(node, for: type), to: type)
    } otherwise: {
      try convert(recalled(node, for: type), to: type)
    }
  }

  private func flatValue(_ node: Node, for type: FlatType?) throws -> FlatValue {
    switch node {
    case let node as ConstantNode: return .constant(node.value)
    case let node as VariableNode:
      return .typed(layout.types[node.index], layout.place(of: node.index, inRowAt: 0))
    case let node as PrimedVariableNode:
      guard let place = scope.assigned[node.index] else { throw Unsupported() }
      return .typed(layout.types[node.index], place)
    case let node as SlotNode:
      guard let known = scope.known[node.slot] else { throw Unsupported() }
      noteRead(node.slot, known)
      return known
    case let node as LazyNode:
      if let known = scope.known[node.slot] {
        noteRead(node.slot, known)
        return known
      }
      let value = try value(node.definition)
      scope.known[node.slot] = value
      return value
    case let node as ScopeNode:
      for slot in node.first..<(node.first + node.count) { scope.known[slot] = nil }
      return try value(node.body, for: type)
    case let node as RecursiveParameterNode:
      guard let known = scope.known[node.slot] else { throw Unsupported() }
      noteRead(node.slot, known)
      return known
    case let node as RecursiveCallNode: return try call(node)
    case let node as RecursiveApplicationNode:
      return try apply(node.code, domain: node.domain, to: value(node.argument))
    case let node as RecursiveFunctionNode: return try function(node)
    case let node as StateCacheNode: return try definition(node, for: type)
    case let node as OnceNode:
      guard !node.known.isMissing else { throw Unsupported() }
      return .constant(node.known)
    case let node as BooleanNode: return try truth(node)
    case let node as ConditionalNode:
      return try choice([node.condition], [node.yes], otherwise: node.no, for: type)
    case let node as CaseNode:
      return try choice(node.guards.all, node.values.all, otherwise: node.other, for: type)
    case let node as ArithmeticNode: return try arithmetic(node)
    case let node as UnaryNode: return try unary(node, for: type)
    case let node as BinaryNode: return try binary(node, for: type)
    case let node as TabulatedFunctionNode:
      let parts = type.flatMap { partTypes($0, domain: node.domain) }
      return .parts(
        domain: node.domain,
        try node.values.all.enumerated().map { try value($0.element, for: parts?[safe: $0.offset]) })
    case let node as CollectionNode: return try collection(node, for: type)
    case let node as SymbolicSetNode where node.kind == .product && node.operands.count > 1:
      return .product(try node.operands.all.map { try value($0) })
    case let node as VariableElementNode:
      return try apply(
        .typed(layout.types[node.variable], layout.place(of: node.variable, inRowAt: 0)),
        to: .constant(node.argument))
    case let node as ApplicationNode: return try apply(value(node.function), to: value(node.argument))
    case let node as LazyApplicationNode:
      if let function = node.function as? RecursiveFunctionNode {
        return try apply(function.code, domain: function.domain, to: value(node.argument))
      }
      if let function = node.function as? TabulatedFunctionNode {
        return try applyTabulated(function, to: value(node.argument), for: type)
      }
      if let function = node.function as? FunctionLiteralNode, !function.isInfinite {
        return try applyLiteral(function, to: value(node.argument), for: type)
      }
      return try apply(value(node.function), to: value(node.argument))
    case let node as TabulatedApplicationNode:
      return try applyTabulated(node.function, to: value(node.argument), for: type)
    case let node as LiteralApplicationNode:
      return try applyLiteral(node.function, to: value(node.argument), for: type)
    case let node as FieldNode:
      if node.isInfinite { throw Unsupported() }
      return try apply(value(node.record), to: .constant(node.name))
    case let node as UpdateNode: return try update(node, for: type)
    case let node as ChooseNode: return try choose(node)
    case let node as FilterNode: return try filter(node, for: type)
    case let node as SetMapNode: return try image(node, for: type)
    case let node as FunctionLiteralNode: return try sequence(node, for: type)
    case let node as SubsequenceNode: return try subsequence(node)
    case let node as SelectSequenceNode: return try selection(node)
    default: throw Unsupported()
    }
  }

  /// The types of the parts of a function with that domain; nil if the type has no such functions.
  func partTypes(_ type: FlatType, domain: Value) -> [FlatType]? {
    switch type.shape {
    case .function(let other, let parts): return other == domain ? parts : nil
    case .map(let arguments, let part):
      let members = store.elements(domain)
      let isMap = members.allSatisfy { encoding.position(of: $0, in: arguments) != nil }
      return isMap ? Array(repeating: part, count: members.count) : nil
    case .sequence(let element, _):
      let count = store.length(domain)
      return encoding.isInterval(domain, to: count) ? Array(repeating: element, count: count) : nil
    case .union(let types): return types.lazy.compactMap { self.partTypes($0, domain: domain) }.first
    default: return nil
    }
  }

  private func collection(_ node: CollectionNode, for type: FlatType?) throws -> FlatValue {
    if node.isSet {
      var element: FlatType?
      if case .set(let universe) = type?.shape { element = universe.element }
      return .elements(try node.elements.all.map { try value($0, for: element) })
    }
    let domain = try store.enumerated(store.interval(1, node.elements.count))
    let parts = type.flatMap { partTypes($0, domain: domain) }
    return .parts(
      domain: domain,
      try node.elements.all.enumerated().map { try value($0.element, for: parts?[safe: $0.offset]) })
  }

  // MARK: Booleans

  /// A Boolean as a value.
  private func truth(_ node: Node) throws -> FlatValue {
    let (result, end) = (try word(), label())
    let no = label()
    try branch(node, to: no, when: false)
    add(.constant, result, immediate: 1)
    jump(.jump, to: end)
    place(no)
    add(.constant, result, immediate: 0)
    place(end)
    return .typed(.boolean, whole(result, 1))
  }

  // MARK: Choices

  /// The value of the first branch whose guard is true.
  private func choice(
    _ guards: [Node], _ branches: [Node], otherwise: Node?, for type: FlatType?
  ) throws -> FlatValue {
    let nodes = branches + (otherwise.map { [$0] } ?? [])
    // Guards are compiled twice where the type is not known, so that their slots are known in the branches.
    guard let target = try type ?? commonType(nodes) else { throw Unsupported() }
    let result = try block(target.width)
    let end = label()
    func take(_ node: Node) throws {
      try scoped {
        try orLeave { try copy(converted(node, to: target), to: result) }
      }
    }
    for (test, branch) in zip(guards, branches) {
      let next = label()
      try self.branch(test, to: next, when: false)
      try take(branch)
      jump(.jump, to: end)
      place(next)
    }
    if let otherwise { try take(otherwise) } else { add(.leave) }
    // What a guard found is known afterwards if it was found on all ways.
    place(end)
    return .typed(target, result)
  }

  private func commonType(_ nodes: [Node]) throws -> FlatType? {
    try dryRun {
      var common: FlatType?
      var isUndetermined = false
      for node in nodes {
        // A branch that cannot be compiled leaves, so its type does not matter.
        let branch: FlatValue?
        do { branch = try scoped { try value(node) } } catch {
          branch = nil
          isUndetermined = isUndetermined || error is Undetermined
        }
        guard let value = branch else { continue }
        guard let type = naturalType(value) else { return nil }
        if let known = common {
          guard let joined = exact.join(known, type) else { return nil }
          common = joined
        } else {
          common = type
        }
      }
      if common == nil, isUndetermined { throw Undetermined() }
      return common
    }
  }

  // MARK: Numbers

  private func arithmetic(_ node: ArithmeticNode) throws -> FlatValue {
    let left = try number(value(node.left))
    let right = try number(value(node.right))
    let (low, high) = (left.range, right.range)
    let result = try word()
    let range: ClosedRange<Int>
    switch node.operation {
    case .plus:
      add(.add, result, left.word, right.word)
      range = (low.lowerBound + high.lowerBound)...(low.upperBound + high.upperBound)
    case .minus:
      add(.subtract, result, left.word, right.word)
      range = (low.lowerBound - high.upperBound)...(low.upperBound - high.lowerBound)
    case .times:
      add(.multiply, result, left.word, right.word)
      let ends = [
        low.lowerBound * high.lowerBound, low.lowerBound * high.upperBound, low.upperBound * high.lowerBound,
        low.upperBound * high.upperBound,
      ]
      range = (ends.min() ?? 0)...(ends.max() ?? 0)
    case .divide:
      add(.divide, result, left.word, right.word)
      let largest = max(abs(low.lowerBound), abs(low.upperBound)) + 1
      range = low.lowerBound >= 0 ? 0...low.upperBound : -largest...largest
    case .modulo:
      add(.modulo, result, left.word, right.word)
      range = 0...max(0, high.upperBound - 1)
    case .power: return try power(left, right)
    }
    return try small(result, range)
  }

  /// A power, by one product after the other. Each has to be a small integer.
  private func power(
    _ base: (word: Int, range: ClosedRange<Int>), _ exponent: (word: Int, range: ClosedRange<Int>)
  ) throws -> FlatValue {
    let small = Value.smallIntegers
    if exponent.range.lowerBound < 0 { try check(exponent.word, lies: 0...small.upperBound) }
    if base.range.lowerBound > 1, base.range.count == 1 {
      // A few powers are small.
      var powers = [1]
      while let last = powers.last, last * base.range.lowerBound <= small.upperBound {
        powers.append(last * base.range.lowerBound)
      }
      let largest = min(powers.count - 1, max(0, exponent.range.upperBound))
      if exponent.range.upperBound > largest { try check(exponent.word, lies: 0...largest) }
      return .number(
        add(.table, try word(), exponent.word, immediate: addTable(Array(powers[0...largest]))),
        1...powers[largest])
    }
    if base.range.contains(0) {
      let isDefined = label()
      jump(.jumpIfNotZero, base.word, to: isDefined)
      try leave(.jumpIfNotZero, exponent.word)
      place(isDefined)
    }
    let result = try constantWord(1)
    try countUp(to: exponent.word) { _ in
      add(.multiply, result, result, base.word)
      try check(result, lies: small)
    }
    return .number(result, base.range.lowerBound >= 0 ? 0...small.upperBound : small)
  }

  /// An integer that has to be a small one: code with another one leaves.
  private func small(_ number: Int, _ range: ClosedRange<Int>) throws -> FlatValue {
    let small = Value.smallIntegers
    if range.lowerBound >= small.lowerBound, range.upperBound <= small.upperBound {
      return .number(number, range)
    }
    try check(number, lies: small)
    return .number(number, range.clamped(to: small))
  }

  // MARK: Operators

  private func unary(_ node: UnaryNode, for type: FlatType?) throws -> FlatValue {
    if node.builtin == .unionAll { return try unionAll(node.operand, for: type) }
    let operand = try value(node.operand)
    switch node.builtin {
    case .negate:
      let (number, range) = try number(operand)
      let zero = try constantWord(0)
      return try small(add(.subtract, try word(), zero, number), -range.upperBound...(-range.lowerBound))
    case .length:
      let sequence = try sequence(operand)
      return .number(try length(sequence), 0...sequence.capacity)
    case .head:
      let sequence = try sequence(operand)
      guard sequence.capacity > 0 else { throw Unsupported() }
      try leave(.jumpIfIsNot, length(sequence), immediate: 0)
      return .typed(
        sequence.element,
        sequence.place.part(
          at: (sequence.capacity - 1) * sequence.element.width, width: sequence.element.width)
      )
    case .tail: return try tail(sequence(operand))
    case .cardinality:
      guard case .set(let universe)? = try naturalSet(operand)?.shape else { throw Unsupported() }
      return .number(try count(convert(operand, to: FlatType(.set(universe)))), 0...universe.members.count)
    case .powerset:
      if case .constant(let set) = operand { return .constant(try constantSubsets(of: set)) }
      guard let type = try naturalSet(operand) else { throw Unsupported() }
      return .subsets(type, try convert(operand, to: type))
    case .domain:
      switch operand {
      case .typed(let type, _):
        switch type.shape {
        case .function(let domain, _): return .constant(domain)
        case .map(let arguments, let part): return try domain(of: operand, arguments, part)
        case .sequence:
          let sequence = try sequence(operand)
          return .interval(.constant(Value(small: 1)), .number(try length(sequence), 0...sequence.capacity))
        default: throw Unsupported()
        }
      case .parts(let domain, _): return .constant(domain)
      default: throw Unsupported()
      }
    case .tlcEval, .noOperation: return operand
    default: throw Unsupported()
    }
  }

  private func constantSubsets(of set: Value) throws -> Value {
    guard store.isSet(set), let subsets = try? store.symbolic(.powerset, [set]) else { throw Unsupported() }
    store.keep(subsets)
    return subsets
  }

  /// The type of a set; nil for a set without a known universe.
  private func naturalSet(_ value: FlatValue) throws -> FlatType? {
    guard let type = naturalType(value), case .set = type.shape else { return nil }
    return type
  }

  private func binary(_ node: BinaryNode, for type: FlatType?) throws -> FlatValue {
    switch node.builtin {
    case .interval: return .interval(try value(node.left), try value(node.right))
    case .append:
      let (left, element) = (try value(node.left), try value(node.right))
      return try append(element, to: left, for: type)
    case .concatenate: return try concatenate(value(node.left, for: type), value(node.right), for: type)
    case .mergeFunctions:
      return try merge(value(node.left, for: type), value(node.right, for: type), for: type)
    case .singleFunction: return try single(value(node.left), node.right, for: type)
    case .union, .intersection, .difference:
      let expected = type.flatMap { if case .set = $0.shape { $0 } else { nil } }
      let (left, right) = (try value(node.left, for: expected), try value(node.right, for: expected))
      if node.builtin != .union, case .elements(let elements) = right, let type = try naturalSet(left) {
        return try without(left, type, elements, isIntersection: node.builtin == .intersection)
      }
      guard let type = try setType(left, right, for: node.builtin == .union ? expected : nil) else {
        throw Unsupported()
      }
      let (first, second) = (try convert(left, to: type), try convert(right, to: type))
      let operation: FlatInstruction.Operation =
        switch node.builtin {
        case .union: .or
        case .intersection: .and
        default: .andNot
        }
      return .typed(type, try combine(operation, first, second))
    default: throw Unsupported()
    }
  }

  /// The bits of two codes of one width, word by word.
  func combine(
    _ operation: FlatInstruction.Operation, _ left: FlatPlace, _ right: FlatPlace
  ) throws -> FlatPlace {
    if left.width <= 64 {
      return whole(add(operation, try word(), try load(left), try load(right)), left.width)
    }
    let (first, second, result) = (try words(of: left), try words(of: right), try block(left.width))
    for index in 0..<first.count {
      add(operation, result.base + index, first.lowerBound + index, second.lowerBound + index)
    }
    return result
  }

  /// A word with the number of a set's members.
  func count(_ set: FlatPlace) throws -> Int {
    if set.width <= 64 { return add(.countBits, try word(), try load(set)) }
    let result = try constantWord(0)
    for part in try words(of: set) { add(.add, result, result, add(.countBits, try word(), part)) }
    return result
  }

  /// A word that is zero if the code is.
  func anyBit(_ code: FlatPlace) throws -> Int {
    if code.width <= 64 { return try load(code) }
    let result = try constantWord(0)
    for part in try words(of: code) { add(.or, result, result, part) }
    return result
  }

  /// A type for two sets.
  func setType(_ left: FlatValue, _ right: FlatValue, for expected: FlatType?) throws -> FlatType? {
    if let expected { return expected }
    if isInferring, let mine = try naturalSet(left), let theirs = try naturalSet(right),
      let joined = exact.join(mine, theirs), case .set = joined.shape
    {
      return joined
    }
    switch (left, right) {
    // A set that is put together need not fit into any set's type: code that meets such a value leaves.
    case (.typed(let type, _), .elements), (.elements, .typed(let type, _)), (.typed(let type, _), .product),
      (.product, .typed(let type, _)):
      return type
    default:
      guard let mine = try naturalSet(left), let theirs = try naturalSet(right),
        let joined = exact.join(mine, theirs), case .set = joined.shape
      else { return nil }
      return joined
    }
  }

  /// The elements of a set that are, or are not, among some others.
  private func without(
    _ set: FlatValue, _ type: FlatType, _ elements: [FlatValue], isIntersection: Bool
  ) throws -> FlatValue {
    guard case .set(let universe) = type.shape else { throw Unsupported() }
    let bits = try convert(set, to: type)
    let others = try zeros(type.width)
    for element in elements {
      let missing = label()
      try scoped { try insert(index(of: element, in: universe, missing: missing), into: others) }
      place(missing)
    }
    return .typed(type, try combine(isIntersection ? .and : .andNot, bits, others))
  }
}
