/// Expressions that have no flat code.
extension FlatCompiler {
  /// The most bits that an expression may read.
  private static let mostBits = 1 << 12

  /// Compiles an expression so that the node tree evaluates it, once for each combination of what it reads.
  func recalled(_ node: Node, for expected: FlatType?) throws -> FlatValue {
    guard let reads = node.reads else { throw Unsupported() }
    var parts: [FlatMemo.Part] = []
    for variable in reads.variables.members(of: layout.types.count) {
      parts.append(
        FlatMemo.Part(
          source: .variable(variable), type: layout.types[variable],
          place: layout.place(of: variable, inRowAt: 0), cache: layout.caches[variable]))
    }
    for variable in reads.nextVariables.members(of: layout.types.count) {
      guard let place = scope.assigned[variable] else { throw Unsupported() }
      parts.append(
        FlatMemo.Part(
          source: .nextVariable(variable), type: layout.types[variable], place: place,
          cache: layout.caches[variable]))
    }
    for slot in reads.slots {
      guard let known = scope.known[slot], let type = naturalType(known) else { throw Unsupported() }
      noteRead(slot, known)
      parts.append(
        FlatMemo.Part(
          source: .slot(slot), type: type, place: try convert(known, to: type), cache: cache(for: type)))
    }
    guard parts.reduce(0, { $0 + $1.type.width }) <= Self.mostBits else { throw Unsupported() }
    let type = expected ?? (node is BooleanNode ? .boolean : FlatType(.word))
    let memo = FlatMemo(node, parts, lazySlots: reads.lazySlots, as: type, encoding, machine)
    return .typed(type, try recalled(memo, type))
  }

  /// The code of a value of a type as one of another, by way of the value.
  func recoded(_ place: FlatPlace, _ type: FlatType, to target: FlatType) throws -> FlatPlace {
    let part = FlatMemo.Part(source: .value, type: type, place: place, cache: cache(for: type))
    return try recalled(FlatMemo(nil, [part], lazySlots: [], as: target, encoding, machine), target)
  }

  private func recalled(_ memo: FlatMemo, _ type: FlatType) throws -> FlatPlace {
    let result = try block(type.width)
    add(.recall, result.base, immediate: addMemo(memo))
    return result
  }
}
