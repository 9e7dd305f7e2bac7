/// Functions with a domain that is not the same in every state.
extension FlatCompiler {
  /// The most arguments of a function whose domain only its definition says.
  private static let mostMapped = 64

  /// The bits of a map's domain.
  private func domainPlace(_ type: FlatType, _ arguments: [Value], at place: FlatPlace) -> FlatPlace {
    place.part(at: type.width - arguments.count, width: arguments.count)
  }

  /// `DOMAIN f`
  func domain(of function: FlatValue, _ arguments: [Value], _ part: FlatType) throws -> FlatValue {
    guard case .typed(let type, let place) = function,
      let element = exact.type(of: arguments),
      let set = arguments.isEmpty ? exact.setType(of: []) : exact.setType(of: element, with: Set(arguments))
    else { throw Unsupported() }
    return .typed(set, domainPlace(type, arguments, at: place))
  }

  /// The place of the value for an argument. Code with an argument outside of the domain leaves.
  func mapPart(
    of type: FlatType, _ arguments: [Value], _ part: FlatType, at place: FlatPlace, for argument: FlatValue
  ) throws -> FlatPlace {
    let domain = type.width - arguments.count
    switch try position(of: argument, in: store.set(of: arguments)) {
    case .fixed(let index):
      try leave(.jumpIfNotZero, load(place.opened.part(at: domain + index, width: 1)))
      return place.part(at: domain - (index + 1) * part.width, width: part.width)
    case .word(let index):
      try leave(.jumpIfNotZero, load(moved(place.opened.part(at: domain, width: 1), by: index)))
      return try partPlace(index, of: type, arguments, part, at: place)
    }
  }

  /// The place of the value for an argument, by the word with the argument's position.
  private func partPlace(
    _ index: Int, of type: FlatType, _ arguments: [Value], _ part: FlatType, at place: FlatPlace
  ) throws -> FlatPlace {
    let back = try add(.multiplyConstant, word(), index, immediate: -Int64(part.width))
    let last = type.width - arguments.count - part.width
    return try moved(place.opened.part(at: last, width: part.width), by: back)
  }

  /// Writes the value for an argument, by the word with the argument's position.
  private func put(
    _ code: FlatPlace, for index: Int, into map: FlatPlace, _ type: FlatType, _ arguments: [Value],
    _ part: FlatType
  ) throws {
    try store(
      constantWord(1), to: moved(map.opened.part(at: type.width - arguments.count, width: 1), by: index))
    if part.width > 0 { try copy(code, to: partPlace(index, of: type, arguments, part, at: map.opened)) }
  }

  /// A map that is put together from parts.
  func map(
    _ domain: Value, _ parts: [FlatValue], _ type: FlatType, _ arguments: [Value], _ part: FlatType
  ) throws -> FlatPlace {
    let codes = try parts.map { try convert($0, to: part) }
    let result = try zeros(type.width)
    for (argument, code) in zip(store.elements(domain), codes) {
      guard let index = encoding.position(of: argument, in: arguments) else { throw Unsupported() }
      try put(code, for: constantWord(UInt64(index)), into: result, type, arguments, part)
    }
    return result
  }

  func convert(
    _ place: FlatPlace, _ type: FlatType, _ arguments: [Value], _ part: FlatType, to target: FlatType,
    _ others: [Value]
  ) throws -> FlatPlace {
    guard case .map(_, let goal) = target.shape else { throw Unsupported() }
    let numbers = arguments.map { encoding.position(of: $0, in: others) ?? -1 }
    let result = try zeros(target.width)
    try eachPlace(in: domainPlace(type, arguments, at: place)) { index in
      let other = try mapped(index, numbers)
      let code = try convert(
        .typed(part, partPlace(index, of: type, arguments, part, at: place)), to: goal)
      try put(code, for: other, into: result, target, others, goal)
    }
    return result
  }

  /// `[x \in S |-> e]` as a map; nil if it is not meant for one.
  func map(_ node: FunctionLiteralNode, for type: FlatType?) throws -> FlatValue? {
    guard node.bindings.count == 1, !node.isInfinite else { return nil }
    let set = try value(node.sets.all[0])
    guard let type = try type.flatMap(mapType) ?? mapType(node, over: set),
      case .map(let arguments, let part) = type.shape
    else { return nil }
    let domain = try store.set(of: arguments)
    let result = try zeros(type.width)
    try iterate(set) { element in
      let index =
        switch try position(of: element, in: domain) {
        case .fixed(let index): try constantWord(UInt64(index))
        case .word(let index): index
        }
      try bind(node.bindings[0], element)
      let code = try converted(node.body, to: part)
      try put(code, for: index, into: result, type, arguments, part)
    }
    return .typed(type, result)
  }

  /// A type of maps, or the alternative of a union that is one.
  private func mapType(_ type: FlatType) -> FlatType? {
    type.alternatives.first { if case .map = $0.shape { true } else { false } }
  }

  /// The type of `[x \in S |-> e]` by itself; nil if S is 1..n.
  private func mapType(_ node: FunctionLiteralNode, over set: FlatValue) throws -> FlatType? {
    if case .interval(.constant(Value(small: 1)), _) = set { return nil }
    guard case .set(let universe)? = naturalType(set)?.shape, 1...Self.mostMapped ~= universe.members.count
    else { return nil }
    return try dryRun {
      var part: FlatType?
      try iterate(set) { element in
        try bind(node.bindings[0], element)
        part = naturalType(try value(node.body))
      }
      return part.flatMap { exact.map(Set(universe.members), $0) }
    }
  }

  /// `f @@ g`
  func merge(_ left: FlatValue, _ right: FlatValue, for type: FlatType?) throws -> FlatValue {
    guard
      let target =
        type
        ?? naturalType(left).flatMap({ mine in naturalType(right).flatMap { exact.join(mine, $0) } }),
      case .map(let arguments, let part) = target.shape
    else { throw Unsupported() }
    let (first, second) = (try convert(left, to: target), try convert(right, to: target))
    let result = try block(target.width)
    try copy(first, to: result)
    let added = try combine(
      .andNot, domainPlace(target, arguments, at: second), domainPlace(target, arguments, at: first))
    try eachPlace(in: added) { index in
      try put(
        partPlace(index, of: target, arguments, part, at: second), for: index, into: result, target,
        arguments,
        part)
    }
    return .typed(target, result)
  }

  /// `a :> b`
  func single(_ argument: FlatValue, _ node: Node, for type: FlatType?) throws -> FlatValue {
    if case .constant(let argument) = argument {
      return .parts(domain: try store.set(of: [argument]), [try value(node)])
    }
    guard let type, case .map(let arguments, let part) = type.shape,
      case .word(let index) = try position(of: argument, in: store.set(of: arguments))
    else { throw Unsupported() }
    let code = try converted(node, to: part)
    let result = try zeros(type.width)
    try put(code, for: index, into: result, type, arguments, part)
    return .typed(type, result)
  }
}
