import TLASyntax

/// What a module gives to one that extends or instantiates it, and what the whole specification collects from it.
final class ResolvedModule {
  let name: String
  let file: SourceFile
  /// Everything that is declared or defined, what it extends included, `LOCAL` definitions too.
  let scope: Scope
  /// The modules that it extends, in order; not the standard ones.
  let extended: [ResolvedModule]
  /// The names that a module which extends it gets.
  var exported: [String: Entity] = [:]
  /// What else means something in such a module, where nothing else has the name: the community's modules pass on what they extend themselves, some of them
  /// only since lately, and a specification may have a definition of its own by the name.
  var passedOn: [String: Entity] = [:]
  /// The standard modules that it extends, perhaps by way of one another.
  var extendedStandardModules: Set<String> = []
  var variables: [VariableDeclaration] = []
  var constants: [ConstantDeclaration] = []
  var assumptions: [(name: String?, condition: Term)] = []
  /// Whether it extends a module of theorems of which not every name is known.
  let isOpen: Bool

  init(name: String, file: SourceFile, scope: Scope, extended: [ResolvedModule], isOpen: Bool) {
    self.name = name
    self.isOpen = isOpen
    self.file = file
    self.scope = scope
    self.extended = extended
  }

  /// The module behind all that it extends, each once.
  var withExtended: [ResolvedModule] {
    var result: [ResolvedModule] = []
    func add(_ module: ResolvedModule) {
      if result.contains(where: { $0 === module }) { return }
      module.extended.forEach(add)
      result.append(module)
    }
    add(self)
    return result
  }
}
