import TLASemantics

/// A definition that depends only on the state, in flat code: it is evaluated where it is needed first in an entry, and kept.
final class FlatDefinition: FlatSubroutine {
  let node: StateCacheNode
  let type: FlatType
  /// The word that says whether the value is known. The entry begins with zero there.
  let flag: Int
  let place: FlatPlace

  fileprivate init(
    _ node: StateCacheNode, _ type: FlatType, room: Room, entry: Int, ending: Int, returnWord: Int
  ) {
    self.node = node
    self.type = type
    (flag, place) = (room.flag, room.place)
    super.init(entry: entry, ending: ending, returnWord: returnWord)
  }

  /// A definition for which an entry should have room, and the bits that its value takes.
  struct Wanted {
    let node: StateCacheNode
    let width: Int
  }

  /// Words for a definition, found before its code is added.
  struct Room {
    let flag: Int
    let place: FlatPlace
  }
}

/// Definitions that depend only on the state.
extension FlatCompiler {
  /// Code of a definition that is not longer is repeated at each use.
  private static var longestRepeated: Int { 12 }

  func definition(_ node: StateCacheNode, for type: FlatType?) throws -> FlatValue {
    let definitions = subroutines.lazy.compactMap { $0 as? FlatDefinition }
    if let known = definitions.first(where: { $0.node === node }) { return try use(known) }
    // Code inside of a recursive operator has words that calls save and restore.
    guard underWay.isEmpty, !isInferring, let made = try makeDefinition(node) else {
      return try value(node.definition, for: type)
    }
    return try use(made)
  }

  /// Finds room for the definitions that the last try to compile an entry wanted, and adds code that says that their values are not known.
  func beginDefinitions() throws {
    rooms = []
    rooms = try wanted.map { FlatDefinition.Room(flag: try word(), place: try block($0.width)) }
    for room in rooms { add(.constant, room.flag, immediate: 0) }
  }

  /// Nil if the code is to be repeated.
  private func makeDefinition(_ node: StateCacheNode) throws -> FlatDefinition? {
    let outer = scope
    scope.known = [:]
    scope.loads = [:]
    defer { scope = outer }
    let (length, type) = try dryRun {
      let start = code.instructions.count
      let type = naturalType(try value(node.definition))
      return (code.instructions.count - start, type)
    }
    guard length > Self.longestRepeated, let type, !type.hasWord else { return nil }
    guard let number = wanted.firstIndex(where: { $0.node === node }) else {
      // The entry is compiled again, with room for it.
      if rooms.isEmpty { wanted.append(FlatDefinition.Wanted(node: node, width: type.width)) }
      return nil
    }
    guard rooms.indices.contains(number), wanted[number].width == type.width else { return nil }
    let made = FlatDefinition(
      node, type, room: rooms[number], entry: label(), ending: label(), returnWord: try word())
    try add(made) {
      scope.known = [:]
      scope.loads = [:]
      try copy(converted(node.definition, to: type), to: made.place)
      add(.constant, made.flag, immediate: 1)
    }
    return made
  }

  private func use(_ definition: FlatDefinition) throws -> FlatValue {
    let (saved, isKnown) = (scope, label())
    jump(.jumpIfNotZero, definition.flag, to: isKnown)
    use(definition as FlatSubroutine)
    place(isKnown)
    scope = saved
    return .typed(definition.type, definition.place)
  }
}
