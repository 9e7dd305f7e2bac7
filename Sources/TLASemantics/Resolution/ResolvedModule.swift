import TLASyntax

/// What a module gives to one that extends or instantiates it, and what the whole specification collects from it.
final class ResolvedModule {
  let name: String
  let file: SourceFile
  /// Everything that is declared or defined, including extended modules and `LOCAL` definitions.
  let scope: Scope
  /// The modules that it extends, in order, without standard modules.
  let extended: [ResolvedModule]
  /// The names that a module gets by extending this one.
  var exported: [String: Entity] = [:]
  /// Further names for an extending module, used only if the name has no other meaning there. The community's modules pass on what they
  /// extend, some of them only in recent versions, and a specification may have its own definition with such a name.
  var passedOn: [String: Entity] = [:]
  /// The standard modules that it extends, directly or indirectly.
  var extendedStandardModules: Set<String> = []
  var variables: [VariableDeclaration] = []
  var constants: [ConstantDeclaration] = []
  var assumptions: [(name: String?, condition: Term)] = []
  /// Whether neither it nor a module that it extends declares constants or variables.
  var declaresNothing = false
  /// Whether it extends a module of theorems with names that are not listed.
  let isOpen: Bool

  init(name: String, file: SourceFile, scope: Scope, extended: [ResolvedModule], isOpen: Bool) {
    self.name = name
    self.isOpen = isOpen
    self.file = file
    self.scope = scope
    self.extended = extended
  }

  /// All modules that it extends, each once, and then the module itself.
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
