/// Functions, records and tuples.
extension FlatCompiler {
  /// The most elements of a constant domain for each of which a function's body is repeated.
  private static let mostRepeatedParts = 16
  /// The widest type of arguments for each of which a table has an entry.
  private static let widestArgument = 12

  // MARK: Application

  func apply(_ function: FlatValue, to argument: FlatValue) throws -> FlatValue {
    switch function {
    case .constant(let constant):
      guard constant.isFunction else { throw Unsupported() }
      if case .constant(let argument) = argument {
        guard let value = try? store.apply(constant, argument) else { throw Unsupported() }
        return .constant(value)
      }
      return try applyConstant(constant, to: argument)
    case .parts(let domain, let parts):
      switch try position(of: argument, in: domain) {
      case .fixed(let index): return parts[index]
      case .word:
        guard let element = joinedType(parts) else { throw Unsupported() }
        let type = FlatType(.function(domain: domain, parts: Array(repeating: element, count: parts.count)))
        return try apply(.typed(type, convert(function, to: type)), to: argument)
      }
    case .typed(let type, let place): return try apply(type, at: place, to: argument)
    default: throw Unsupported()
    }
  }

  private func apply(_ type: FlatType, at place: FlatPlace, to argument: FlatValue) throws -> FlatValue {
    switch type.shape {
    case .function(let domain, let parts):
      switch try position(of: argument, in: domain) {
      case .fixed(let index): return .typed(parts[index], part(index, of: type, parts, at: place))
      case .word(let index):
        guard parts.dropFirst().allSatisfy({ $0 == parts[0] }) else { throw Unsupported() }
        return .typed(parts[0], try elementPlace(index, of: place, parts[0], parts.count))
      }
    case .map(let arguments, let part):
      return .typed(part, try mapPart(of: type, arguments, part, at: place, for: argument))
    case .sequence(let element, let capacity):
      let sequence = Sequence(type: type, element: element, capacity: capacity, place: place)
      let (index, range) = try number(argument)
      guard range.overlaps(1...max(1, capacity)), capacity > 0 else { throw Unsupported() }
      let length = try length(sequence)
      if range.lowerBound < 1 { try leave(.jumpIfNotBelow, index, immediate: 1) }
      try leave(.jumpIfNotLess, length, index)
      if case .constant(let constant) = argument {
        return .typed(
          element, place.part(at: (capacity - constant.integer) * element.width, width: element.width))
      }
      let distance = add(.addConstant, try word(), index, immediate: -1)
      return .typed(element, try elementPlace(distance, of: place, element, capacity))
    case .union(let types): return try applyUnion(types, type, at: place, to: argument)
    default: throw Unsupported()
    }
  }

  /// Applies whichever function of a union it is.
  private func applyUnion(
    _ types: [FlatType], _ type: FlatType, at place: FlatPlace, to argument: FlatValue
  ) throws -> FlatValue {
    let results = types.map { alternative in
      try? dryRun {
        try naturalType(apply(alternative, at: place.part(at: 0, width: alternative.width), to: argument))
      }
    }
    let possible = types.indices.filter { results[$0].flatMap { $0 } != nil }
    guard let first = possible.first, let start = results[first].flatMap({ $0 }) else { throw Unsupported() }
    if possible.count == 1 {
      try leave(.jumpIfIs, load(tag(of: types, at: place, type)), immediate: Int64(first))
      return try apply(types[first], at: place.part(at: 0, width: types[first].width), to: argument)
    }
    var joined: FlatType? = start
    for index in possible.dropFirst() {
      joined = joined.flatMap { left in results[index].flatMap { $0 }.flatMap { exact.join(left, $0) } }
    }
    guard let joined else { throw Unsupported() }
    let result = try block(joined.width)
    try eachAlternative(types, at: place, type) { alternative in
      try self.copy(self.convert(self.apply(alternative, to: argument), to: joined), to: result)
    }
    return .typed(joined, result)
  }

  /// Applies a function that is the same in every state: its values are looked up now.
  private func applyConstant(_ function: Value, to argument: FlatValue) throws -> FlatValue {
    let arguments = (0..<store.functionCount(function)).map { store.functionArgument(function, $0) }
    let (argument, type) = try narrowed(argument, to: arguments)
    let values = (0..<store.functionCount(function)).map { store.functionValue(function, $0) }
    guard let result = exact.type(of: values), result.width < 63 else { throw Unsupported() }
    let numbers = (0..<(UInt64(1) << UInt64(type.width))).map { code -> Int in
      guard let argument = encoding.value(code, of: type),
        let index = store.argumentIndex(function, argument),
        let value = encoding.code(of: store.functionValue(function, index), as: result)
      else { return -1 }
      return Int(value[0])
    }
    let word = add(.table, try word(), try load(convert(argument, to: type)), immediate: addTable(numbers))
    return .typed(result, whole(word, result.width))
  }

  /// An argument of which each code can be looked up. If its own type has too many, it gets that of the arguments for which there is a value:
  /// code with another argument leaves.
  private func narrowed(
    _ argument: FlatValue, to arguments: [Value]
  ) throws -> (argument: FlatValue, type: FlatType) {
    guard let type = naturalType(argument) else { throw Unsupported() }
    if type.width <= Self.widestArgument { return (argument, type) }
    guard let narrow = exact.type(of: arguments), narrow.width <= Self.widestArgument else {
      throw Unsupported()
    }
    return (.typed(narrow, try convert(argument, to: narrow)), narrow)
  }

  /// The position of an argument in a domain.
  enum Position {
    case fixed(Int)
    /// A word with the position.
    case word(Int)
  }

  /// Finds an argument's position. Code with an argument outside of the domain leaves.
  func position(of argument: FlatValue, in domain: Value) throws -> Position {
    if case .constant(let constant) = argument {
      guard let index = store.position(of: constant, in: domain) else { throw Unsupported() }
      return .fixed(index)
    }
    let count = store.length(domain)
    let members = store.elements(domain)
    if let range = range(of: argument), let first = members.first, let last = members.last, first.isInteger,
      last.isInteger, last.integer - first.integer == count - 1
    {
      let (number, _) = try number(argument)
      if range.lowerBound < first.integer || range.upperBound > last.integer {
        try check(number, lies: first.integer...last.integer)
      }
      if first.integer == 0 { return .word(number) }
      return .word(add(.addConstant, try word(), number, immediate: -Int64(first.integer)))
    }
    let (argument, type) = try narrowed(argument, to: Array(members))
    let numbers = (0..<(UInt64(1) << UInt64(type.width))).map { code -> Int in
      encoding.value(code, of: type).flatMap { store.position(of: $0, in: domain) } ?? -1
    }
    return .word(try mapped(load(convert(argument, to: type)), numbers))
  }

  func applyTabulated(
    _ function: TabulatedFunctionNode, to argument: FlatValue, for type: FlatType?
  ) throws -> FlatValue {
    if case .constant(let constant) = argument {
      guard let body = function.body(for: constant, store) else { throw Unsupported() }
      return try value(body, for: type)
    }
    guard case .word(let index) = try position(of: argument, in: function.domain) else { throw Unsupported() }
    var target = type
    if target == nil {
      target = try dryRun {
        try joinedType(function.values.all.map { body in try scoped { try value(body) } })
      }
    }
    guard let target else { throw Unsupported() }
    let result = try block(target.width)
    let end = label()
    for (place, body) in function.values.all.enumerated() {
      let next = label()
      jump(.jumpIfIsNot, index, to: next, immediate: Int64(place))
      try scoped { try orLeave { try copy(converted(body, to: target), to: result) } }
      jump(.jump, to: end)
      self.place(next)
    }
    add(.leave)
    place(end)
    return .typed(target, result)
  }

  func applyLiteral(
    _ function: FunctionLiteralNode, to argument: FlatValue, for type: FlatType?
  ) throws -> FlatValue {
    guard function.bindings.count == 1 else { throw Unsupported() }
    let inside = label()
    let set = try value(function.sets.all[0])
    try scoped { try member(argument, of: set, to: inside, when: true) }
    add(.leave)
    place(inside)
    try bind(function.bindings[0], argument)
    return try value(function.body, for: type)
  }

  // MARK: Updates

  func update(_ node: UpdateNode, for type: FlatType?) throws -> FlatValue {
    let old = try value(node.function, for: type)
    let argument = try value(node.argument)
    let previous = try apply(old, to: argument)
    switch old {
    case .parts(let domain, let parts):
      guard case .fixed(let index) = try position(of: argument, in: domain) else { break }
      scope.known[node.oldSlot] = previous
      var changed = parts
      let types = type.flatMap { type -> [FlatType]? in
        if case .function(_, let parts) = type.shape { parts } else { nil }
      }
      changed[index] = try value(node.value, for: types?[safe: index])
      return .parts(domain: domain, changed)
    case .typed(let own, _): return try update(node, old, own, argument, previous)
    case .constant(let constant):
      guard let target = type ?? exact.type(of: [constant]) else { throw Unsupported() }
      return try update(node, old, target, argument, previous)
    default: break
    }
    guard let target = type ?? naturalType(old) else { throw Unsupported() }
    return try update(node, old, target, argument, previous)
  }

  private func update(
    _ node: UpdateNode, _ old: FlatValue, _ type: FlatType, _ argument: FlatValue, _ previous: FlatValue
  ) throws -> FlatValue {
    let source = try convert(old, to: type)
    switch type.shape {
    case .function(let domain, let parts):
      let position = try position(of: argument, in: domain)
      let part: FlatType
      switch position {
      case .fixed(let index): part = parts[index]
      case .word:
        guard parts.dropFirst().allSatisfy({ $0 == parts[0] }) else { throw Unsupported() }
        part = parts[0]
      }
      scope.known[node.oldSlot] = previous
      let code = try converted(node.value, to: part)
      let result = try block(type.width)
      try copy(source, to: result)
      let open = result.opened
      switch position {
      case .fixed(let index):
        if part.width > 0 {
          try copy(code, to: open.part(at: type.offset(ofPart: index, in: parts), width: part.width))
        }
      case .word(let index):
        if part.width > 0 { try copy(code, to: elementPlace(index, of: open, part, parts.count)) }
      }
      return .typed(type, result)
    case .map(let arguments, let part):
      scope.known[node.oldSlot] = previous
      let code = try converted(node.value, to: part)
      let result = try block(type.width)
      try copy(source, to: result)
      if part.width > 0 {
        try copy(code, to: mapPart(of: type, arguments, part, at: result.opened, for: argument))
      }
      return .typed(type, result)
    case .sequence(let element, let capacity):
      scope.known[node.oldSlot] = previous
      let (index, _) = try number(argument)
      let code = try converted(node.value, to: element)
      let result = try block(type.width)
      try copy(source, to: result)
      let distance = add(.addConstant, try word(), index, immediate: -1)
      if element.width > 0 {
        try copy(
          code,
          to: elementPlace(distance, of: result.opened, element, capacity))
      }
      return .typed(type, result)
    default: throw Unsupported()
    }
  }

  // MARK: Literals

  /// `[x \in S |-> e]` part by part; nil if S is not the same few elements in every state.
  func parts(of node: FunctionLiteralNode, for type: FlatType?) throws -> FlatValue? {
    guard node.bindings.count == 1, !node.isInfinite, case .constant(let set) = try value(node.sets.all[0]),
      store.isSet(set), store.finiteness(of: set) == true, let domain = try? store.ordered(set),
      1...Self.mostRepeatedParts ~= store.length(domain)
    else { return nil }
    let types = type.flatMap { partTypes($0, domain: domain) }
    return .parts(
      domain: domain,
      try store.elements(domain).enumerated().map { index, argument in
        try inTurn {
          try bind(node.bindings[0], .constant(argument))
          return try value(node.body, for: types?[safe: index])
        }
      })
  }
}

extension FlatPlace {
  /// The same place, to be written part by part.
  var opened: FlatPlace { FlatPlace(base: base, offset: offset, index: index, width: width) }
}
