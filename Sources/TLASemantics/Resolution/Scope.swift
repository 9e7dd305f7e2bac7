import TLASyntax

/// The possible meanings of a name.
enum Entity {
  case constant(ConstantDeclaration)
  case variable(VariableDeclaration)
  /// A variable of an instance's module, and what is substituted for it.
  indirect case substituted(VariableDeclaration, Entity)
  case definition(OperatorDefinition)
  case local(Binder)
  case builtin(Builtin, arity: Int)
  /// `I(x) == INSTANCE M`, through which names are reached.
  case instance(ModuleInstance)
  /// A statement with a name and no value.
  case fact(StatedFact)

  /// The number of its arguments.
  var arity: Int {
    switch self {
    case .constant(let constant): constant.arity
    case .variable, .substituted, .fact: 0
    case .definition(let definition): definition.parameters.count - definition.instanceParameterCount
    case .local(let binder): binder.arity
    case .builtin(_, let arity): arity
    case .instance(let instance): instance.parameters.count
    }
  }

  /// The place of its declaration; nil for a library definition.
  var declaration: SourceSpan? {
    switch self {
    case .constant(let constant): constant.name.span
    case .variable(let variable), .substituted(let variable, _): variable.name.span
    case .definition(let definition): definition.name.span
    case .local(let binder): binder.name.span
    case .builtin: nil
    case .instance(let instance): instance.name.span
    case .fact(let fact): fact.name.span
    }
  }

  /// Whether it is defined, as opposed to declared or bound.
  var isDefinition: Bool {
    switch self {
    case .definition, .builtin, .instance, .fact: true
    case .constant, .variable, .substituted, .local: false
    }
  }

  /// Whether it is an assumption, a theorem, or a step of a proof.
  var isFact: Bool {
    switch self {
    case .definition(let definition): definition.isFact
    case .fact: true
    default: false
    }
  }

  /// The module that defines it; nil if it is not a definition of a module.
  var module: String? {
    if case .definition(let definition) = self { definition.module } else { nil }
  }

  func isSame(as other: Entity) -> Bool {
    switch (self, other) {
    case (.constant(let left), .constant(let right)): left === right
    case (.variable(let left), .variable(let right)): left === right
    case (.substituted(let left, _), .substituted(let right, _)): left === right
    case (.definition(let left), .definition(let right)): left === right
    case (.local(let left), .local(let right)): left === right
    case (.builtin(let left, _), .builtin(let right, _)): left == right
    case (.instance(let left), .instance(let right)): left === right
    case (.fact(let left), .fact(let right)): left === right
    default: false
    }
  }
}

/// The names known at a place: a chain of scopes from the innermost binder out to the module.
final class Scope {
  private let outer: Scope?
  private(set) var names: [String: Entity] = [:]
  /// Meanings for names that have no other meaning.
  private(set) var passedOn: [String: Entity] = [:]
  var submodules: [String: Submodule] = [:]

  init(outer: Scope? = nil) { self.outer = outer }

  func declare(_ name: String, _ entity: Entity) { names[name] = entity }

  /// A copy of the scope, which does not get later declarations.
  func snapshot() -> Scope {
    let copy = Scope(outer: outer)
    (copy.names, copy.passedOn, copy.submodules) = (names, passedOn, submodules)
    return copy
  }

  func find(_ name: String) -> Entity? {
    var scope: Scope? = self
    while let current = scope {
      if let entity = current.names[name] { return entity }
      scope = current.outer
    }
    return nil
  }

  /// The same as `find`; a name without another meaning has the meaning that extended modules pass on.
  func lookUp(_ name: String) -> Entity? {
    if let entity = find(name) { return entity }
    var scope: Scope? = self
    while let current = scope {
      if let entity = current.passedOn[name] { return entity }
      scope = current.outer
    }
    return nil
  }

  /// Adds the names that an extended module passes on. Earlier ones stay.
  func takeUp(_ entities: [String: Entity]) {
    passedOn.merge(entities, uniquingKeysWith: { first, _ in first })
  }

  /// The inner module with that name.
  func findSubmodule(_ name: String) -> Submodule? {
    var scope: Scope? = self
    while let current = scope {
      if let module = current.submodules[name] { return module }
      scope = current.outer
    }
    return nil
  }

  /// Every name that is known here.
  var allNames: [String] {
    var result: Set<String> = []
    var scope: Scope? = self
    while let current = scope {
      result.formUnion(current.names.keys)
      scope = current.outer
    }
    return result.sorted()
  }
}

/// A named instance: its module's definitions, with the declarations substituted.
final class ModuleInstance {
  let name: Identifier
  /// The instance's own parameters: `I(x)`.
  let parameters: [Binder]
  /// The names that the module exports.
  let names: [String: Entity]

  init(name: Identifier, parameters: [Binder], names: [String: Entity]) {
    self.name = name
    self.parameters = parameters
    self.names = names
  }
}

/// A module inside a module.
struct Submodule {
  let module: ParsedModule
  /// The names known where the module stands, without later definitions of the module around it.
  let scope: Scope
  /// The parameters of the instance for which the surrounding module is resolved.
  let outer: [Binder]
}
