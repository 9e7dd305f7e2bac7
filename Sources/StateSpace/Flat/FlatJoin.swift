/// The types that have the values of two types. With room for others, the first type is the one that grows.
extension FlatInference {
  func join(_ left: FlatType, _ right: FlatType) -> FlatType? {
    if left == right { return left }
    switch (left.shape, right.shape) {
    case (.integer(let mine), .integer(let theirs)):
      return FlatType(
        .integer(min(mine.lowerBound, theirs.lowerBound)...max(mine.upperBound, theirs.upperBound)))
    case (.atom(let mine), .atom(let theirs)):
      return FlatType(
        .atom(Set(mine).union(theirs).sorted { encoding.store.compare($0, $1) < 0 }))
    case (.set(let mine), .set(let theirs)):
      if mine.members.isEmpty { return right }
      if theirs.members.isEmpty { return left }
      return join(mine.element, theirs.element).flatMap {
        setType(of: $0, with: Set(mine.members).union(theirs.members))
      }
    case (.function(let domain, let mine), .function(let other, let theirs)) where domain == other:
      var parts: [FlatType] = []
      for (first, second) in zip(mine, theirs) {
        guard let part = join(first, second) else { return nil }
        parts.append(part)
      }
      return FlatType(.function(domain: domain, parts: parts))
    case (.union(let types), _): return join(types, with: right)
    case (_, .union(let types)): return join(types, with: left)
    default:
      if let joined = joinSequences(left, right) ?? joinMaps(left, right) { return joined }
      return alternatives(left, right)
    }
  }

  /// Nil if one of the types is not a sequence or tuple, or their elements have no join.
  private func joinSequences(_ left: FlatType, _ right: FlatType) -> FlatType? {
    guard let mine = sequence(left), let theirs = sequence(right) else { return nil }
    let capacity = theirs.capacity > mine.capacity ? roomy(theirs.capacity) : mine.capacity
    if mine.capacity == 0 { return FlatType(.sequence(theirs.element, capacity: capacity)) }
    if theirs.capacity == 0 { return FlatType(.sequence(mine.element, capacity: capacity)) }
    return join(mine.element, theirs.element).map { FlatType(.sequence($0, capacity: capacity)) }
  }

  /// Nil if one of the types is not a function, or their values have no join.
  private func joinMaps(_ left: FlatType, _ right: FlatType) -> FlatType? {
    guard let mine = map(left), let theirs = map(right) else { return nil }
    var part = mine.part ?? theirs.part
    if let first = mine.part, let second = theirs.part { part = join(first, second) }
    return part.flatMap { map(mine.arguments.union(theirs.arguments), $0) }
  }

  /// A union of two types; nil if they are of one kind.
  private func alternatives(_ left: FlatType, _ right: FlatType) -> FlatType? {
    guard !left.isWord, !right.isWord, !isOfOneKind(left, right) else { return nil }
    return FlatType(.union([left, right]))
  }

  /// The join of the alternatives of a union with a type that may be a union.
  private func join(_ types: [FlatType], with type: FlatType) -> FlatType? {
    var result = types
    for added in type.alternatives {
      if added.isWord { return nil }
      if let place = result.firstIndex(where: { isOfOneKind($0, added) }) {
        guard let joined = join(result[place], added) else { return nil }
        result[place] = joined
      } else {
        result.append(added)
      }
    }
    let union = FlatType(.union(result))
    return result.count <= Self.mostAlternatives && union.width <= Self.widest ? union : nil
  }

  /// Whether two types, which are no unions, are of one kind.
  func isOfOneKind(_ left: FlatType, _ right: FlatType) -> Bool {
    encoding.kind(of: left).map { $0 == encoding.kind(of: right) } ?? false
  }

  /// The arguments and the type of the values of functions that are not records; nil for other types. The empty function has no values.
  func map(_ type: FlatType) -> (arguments: Set<Value>, part: FlatType?)? {
    switch type.shape {
    case .map(let arguments, let part): return (Set(arguments), part)
    case .sequence(_, capacity: 0): return ([], nil)
    case .function(let domain, let parts):
      let arguments = encoding.store.elements(domain)
      guard let first = parts.first, !arguments.allSatisfy(encoding.store.isString) else { return nil }
      let part = parts.dropFirst().reduce(Optional(first)) { joined, part in joined.flatMap { join($0, part) }
      }
      return part.map { (Set(arguments), $0) }
    default: return nil
    }
  }

  /// A sequence or tuple as a sequence; nil for other types.
  func sequence(_ type: FlatType) -> (element: FlatType, capacity: Int)? {
    switch type.shape {
    case .sequence(let element, let capacity): return (element, capacity)
    case .function(let domain, let parts):
      guard encoding.isInterval(domain, to: parts.count), let first = parts.first else { return nil }
      let element = parts.dropFirst().reduce(Optional(first)) { joined, part in
        joined.flatMap { join($0, part) }
      }
      return element.map { ($0, parts.count) }
    default: return nil
    }
  }
}

extension FlatType {
  var isWord: Bool { if case .word = shape { true } else { false } }

  /// The types of a union; a type that is not a union is its own alternative.
  var alternatives: [FlatType] {
    if case .union(let types) = shape { types } else { [self] }
  }
}
