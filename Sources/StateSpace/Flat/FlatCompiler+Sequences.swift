/// Sequences.
extension FlatCompiler {
  /// The most elements of a sequence whose length only its definition bounds.
  private static let mostElements = 64

  /// A sequence at a place.
  struct Sequence {
    let type: FlatType
    let element: FlatType
    let capacity: Int
    let place: FlatPlace
  }

  /// A value as a sequence.
  func sequence(_ value: FlatValue) throws -> Sequence {
    guard let natural = naturalType(value) else { throw Unsupported() }
    if case .sequence(let element, let capacity) = natural.shape {
      return Sequence(
        type: natural, element: element, capacity: capacity, place: try convert(value, to: natural))
    }
    if case .union(let types) = natural.shape, case .typed(_, let place) = value,
      let index = types.firstIndex(where: { exact.sequence($0) != nil })
    {
      try leave(.jumpIfIs, load(tag(of: types, at: place, natural)), immediate: Int64(index))
      return try sequence(.typed(types[index], place.part(at: 0, width: types[index].width)))
    }
    guard let (element, capacity) = exact.sequence(natural) else { throw Unsupported() }
    let type = FlatType(.sequence(element, capacity: capacity))
    return Sequence(type: type, element: element, capacity: capacity, place: try convert(value, to: type))
  }

  /// A word with a sequence's length.
  func length(_ sequence: Sequence) throws -> Int {
    let width = FlatType.bits(for: sequence.capacity)
    return try load(sequence.place.part(at: sequence.type.width - width, width: width))
  }

  func tail(_ sequence: Sequence) throws -> FlatValue {
    guard sequence.capacity > 0 else { throw Unsupported() }
    let length = try length(sequence)
    try leave(.jumpIfIsNot, length, immediate: 0)
    let shorter = add(.addConstant, try word(), length, immediate: -1)
    let (width, top) = (
      sequence.element.width, sequence.type.width - FlatType.bits(for: sequence.capacity)
    )
    let rest = sequence.place.part(at: 0, width: (sequence.capacity - 1) * width)
    if sequence.type.width <= 64 {
      var result = add(.shiftLeftConstant, try word(), shorter, immediate: Int64(top))
      if rest.width > 0 {
        let code = try load(rest)
        result = try add(.or, word(), result, add(.shiftLeftConstant, word(), code, immediate: Int64(width)))
      }
      return .typed(sequence.type, whole(result, sequence.type.width))
    }
    let result = try block(sequence.type.width)
    add(.clearWords, result.base, 0, (sequence.type.width + 63) / 64)
    try store(shorter, to: result.part(at: top, width: sequence.type.width - top))
    if rest.width > 0 { try copy(rest, to: result.part(at: width, width: rest.width)) }
    return .typed(sequence.type, result)
  }

  func append(_ element: FlatValue, to value: FlatValue, for type: FlatType?) throws -> FlatValue {
    if case .parts(let domain, let parts) = value, encoding.isInterval(domain, to: parts.count) {
      return .parts(
        domain: try store.enumerated(store.interval(1, parts.count + 1)), parts + [element])
    }
    var target: FlatType?
    if case .sequence? = type?.shape { target = type }
    if target == nil {
      let sequence = try sequence(value)
      let joined =
        sequence.capacity == 0
        ? naturalType(element) : naturalType(element).flatMap { exact.join(sequence.element, $0) }
      target = joined.map { FlatType(.sequence($0, capacity: sequence.capacity + 1)) }
    }
    guard let target, case .sequence(let item, let capacity) = target.shape, capacity > 0 else {
      throw Unsupported()
    }
    let sequence = Sequence(
      type: target, element: item, capacity: capacity, place: try convert(value, to: target))
    let code = try convert(element, to: item)
    let length = try length(sequence)
    try leave(.jumpIfBelow, length, immediate: Int64(capacity))
    let result = try block(target.width)
    try copy(sequence.place, to: result)
    let lengthWidth = FlatType.bits(for: capacity)
    let longer = add(.addConstant, try word(), length, immediate: 1)
    let open = result.opened
    try store(longer, to: open.part(at: target.width - lengthWidth, width: lengthWidth))
    if item.width > 0 {
      try copy(code, to: elementPlace(length, of: open, item, capacity))
    }
    return .typed(target, result)
  }

  /// `s \o t`
  func concatenate(_ left: FlatValue, _ right: FlatValue, for type: FlatType?) throws -> FlatValue {
    if case .parts(_, let first) = left, case .parts(_, let second) = right {
      return .parts(
        domain: try store.enumerated(store.interval(1, first.count + second.count)), first + second)
    }
    let source = try sequence(right)
    var target: FlatType?
    if case .sequence? = type?.shape { target = type }
    if target == nil {
      let start = try sequence(left)
      let joined =
        start.capacity == 0
        ? source.element
        : source.capacity == 0 ? start.element : exact.join(start.element, source.element)
      target = joined.map { FlatType(.sequence($0, capacity: start.capacity + source.capacity)) }
    }
    guard let target, case .sequence(let element, let capacity) = target.shape else { throw Unsupported() }
    let start = Sequence(
      type: target, element: element, capacity: capacity, place: try convert(left, to: target))
    let (length, more) = (try self.length(start), try self.length(source))
    let total = add(.add, try word(), length, more)
    try check(total, lies: 0...capacity)
    let result = try block(target.width)
    try copy(start.place, to: result)
    let lengthWidth = FlatType.bits(for: capacity)
    try store(total, to: result.opened.part(at: target.width - lengthWidth, width: lengthWidth))
    // An element without bits is converted, too: the code leaves if the type does not have it.
    if source.capacity > 0, element.width > 0 || element != source.element {
      try countUp(to: more) { index in
        let code = try convert(
          .typed(source.element, elementPlace(index, of: source.place, source.element, source.capacity)),
          to: element)
        let end = add(.add, try word(), length, index)
        if element.width > 0 { try copy(code, to: elementPlace(end, of: result.opened, element, capacity)) }
      }
    }
    return .typed(target, result)
  }

  /// `SubSeq(s, m, n)`
  func subsequence(_ node: SubsequenceNode) throws -> FlatValue {
    let source = try sequence(value(node.sequence))
    let (first, last) = (try number(value(node.from)).word, try number(value(node.to)).word)
    let (result, end) = (try zeros(source.type.width), label())
    jump(.jumpIfLess, last, first, to: end)
    if source.capacity == 0 { add(.leave) }
    try leave(.jumpIfNotBelow, first, immediate: 1)
    try leave(.jumpIfNotLess, length(source), last)
    try scoped {
      let skipped = add(.addConstant, try word(), first, immediate: -1)
      let count = add(.subtract, try word(), last, skipped)
      try store(count, to: lengthPlace(of: source.type, source.capacity, at: result))
      if source.capacity > 0, source.element.width > 0 {
        try countUp(to: count) { index in
          let place = add(.add, try word(), skipped, index)
          try copy(
            elementPlace(place, of: source.place, source.element, source.capacity),
            to: elementPlace(index, of: result.opened, source.element, source.capacity))
        }
      }
    }
    place(end)
    return .typed(source.type, result)
  }

  /// `SelectSeq(s, Test)`
  func selection(_ node: SelectSequenceNode) throws -> FlatValue {
    let source = try sequence(value(node.sequence))
    let (result, count) = (try zeros(source.type.width), try constantWord(0))
    if source.capacity == 0 { return .typed(source.type, result) }
    try countUp(to: length(source)) { index in
      let (element, next) = (
        try elementPlace(index, of: source.place, source.element, source.capacity), label()
      )
      scope.known[node.slot] = .typed(source.element, element)
      try branch(node.predicate, to: next, when: false)
      if source.element.width > 0 {
        try copy(element, to: elementPlace(count, of: result.opened, source.element, source.capacity))
      }
      add(.addConstant, count, count, immediate: 1)
      place(next)
    }
    try store(count, to: lengthPlace(of: source.type, source.capacity, at: result))
    return .typed(source.type, result)
  }

  /// Where a sequence that is put together part by part has its length.
  private func lengthPlace(of type: FlatType, _ capacity: Int, at place: FlatPlace) -> FlatPlace {
    let width = FlatType.bits(for: capacity)
    return place.opened.part(at: type.width - width, width: width)
  }

  /// The type of `[i \in 1..n |-> e]` by itself; nil if n may be large.
  private func sequenceType(_ node: FunctionLiteralNode, longest: Int) throws -> FlatType? {
    guard longest <= Self.mostElements else { return nil }
    let capacity = max(0, longest)
    let element = try dryRun {
      try bind(node.bindings[0], .number(constantWord(1), 1...max(1, capacity)))
      return naturalType(try value(node.body))
    }
    return element.map { FlatType(.sequence($0, capacity: capacity)) }
  }

  // MARK: Literals

  /// `[i \in 1..n |-> e]` as a sequence.
  func sequence(_ node: FunctionLiteralNode, for type: FlatType?) throws -> FlatValue {
    if let function = try parts(of: node, for: type) ?? map(node, for: type) { return function }
    guard node.bindings.count == 1, !node.isInfinite,
      case .interval(let first, let last) = try value(node.sets.all[0]),
      case .constant(let start) = first, start == Value(small: 1)
    else { throw Unsupported() }
    let (end, range) = try number(last)
    let type =
      try type?.alternatives.first { if case .sequence = $0.shape { true } else { false } }
      ?? sequenceType(node, longest: range.upperBound)
    guard let type, case .sequence(let element, let capacity) = type.shape else { throw Unsupported() }
    let count = try word()
    add(.move, count, end)
    if range.lowerBound < 0 {
      let isPositive = label()
      jump(.jumpIfNotBelow, count, to: isPositive, immediate: 0)
      add(.constant, count, immediate: 0)
      place(isPositive)
    }
    if range.upperBound > capacity { try check(count, lies: 0...capacity) }
    let result = try block(type.width)
    add(.clearWords, result.base, 0, (type.width + 63) / 64)
    let open = result.opened
    let lengthWidth = FlatType.bits(for: capacity)
    try store(count, to: open.part(at: type.width - lengthWidth, width: lengthWidth))
    try countUp(to: count) { index in
      let argument = add(.addConstant, try word(), index, immediate: 1)
      try bind(node.bindings[0], .number(argument, 1...max(1, capacity)))
      let code = try converted(node.body, to: element)
      if element.width > 0 { try copy(code, to: elementPlace(index, of: open, element, capacity)) }
    }
    return .typed(type, result)
  }
}
