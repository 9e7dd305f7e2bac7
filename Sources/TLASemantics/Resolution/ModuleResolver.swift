import TLASyntax

/// What a module gives to one that extends it, and what the whole specification collects from it.
final class ResolvedModule {
  let name: String
  let file: SourceFile
  /// Everything that is declared or defined, what it extends included, `LOCAL` definitions too.
  let scope: Scope
  /// The names that a module which extends it gets.
  var exported: [String: Entity]
  var variables: [VariableDeclaration]
  var constants: [ConstantDeclaration]
  var assumptions: [(name: String?, condition: Term)]

  init(name: String, file: SourceFile, scope: Scope) {
    self.name = name
    self.file = file
    self.scope = scope
    exported = [:]
    variables = []
    constants = []
    assumptions = []
  }
}

/// Resolves a module whose extended modules are resolved already.
struct ModuleResolver {
  /// Variables are numbered over the whole specification.
  private(set) var variableCount = 0
  private(set) var diagnostics: [Diagnostic] = []

  /// The scope of the language itself.
  static func languageScope() -> Scope {
    let scope = Scope()
    for entry in StandardModules.language {
      scope.declare(entry.name, .builtin(entry.builtin, arity: entry.arity))
    }
    return scope
  }

  mutating func resolve(_ module: Module, file: SourceFile, extending extended: [ResolvedModule])
    -> ResolvedModule
  {
    let scope = Scope(outer: Self.languageScope())
    let resolver = ExpressionResolver(scope: scope, moduleName: module.name.text)
    let result = ResolvedModule(name: module.name.text, file: file, scope: scope)
    for (name, other) in zip(module.extends.filter { StandardModules.modules[$0.text] == nil }, extended) {
      for (symbol, entity) in other.exported.sorted(by: { $0.key < $1.key }) {
        resolver.declare(Identifier(symbol, name.span), entity)
      }
    }
    for name in module.extends { importStandardModule(name.text, at: name.span, into: resolver) }

    var announced: [String: OperatorDefinition] = [:]
    var localNames: Set<String> = []
    for unit in module.units {
      switch unit {
      case .variables(let names):
        for name in names {
          let variable = VariableDeclaration(name: name, index: variableCount)
          variableCount += 1
          resolver.declare(name, .variable(variable))
          result.variables.append(variable)
        }
      case .constants(let parameters):
        for parameter in parameters {
          let constant = ConstantDeclaration(name: parameter.name, arity: parameter.arity)
          resolver.declare(parameter.name, .constant(constant))
          result.constants.append(constant)
        }
      case .recursive(let parameters):
        for parameter in parameters {
          let definition = resolver.announce(parameter)
          announced[parameter.name.text] = definition
          resolver.declare(parameter.name, .definition(definition))
        }
      case .definition(let definition):
        if definition.isLocal { localNames.insert(definition.name.text) }
        _ = resolver.resolve(definition, announced: &announced)
      case .assumption(let name, let condition, _):
        result.assumptions.append((name: name?.text, condition: resolver.resolve(condition)))
      case .instance(let instance, _):
        resolver.report(
          Diagnostic(.error, .unsupported, "INSTANCE is not supported yet", at: instance.span))
      case .submodule(let submodule):
        resolver.report(
          Diagnostic(
            .error, .unsupported, "a module inside a module is not supported yet", at: submodule.name.span))
      case .theorem:
        break
      }
    }
    resolver.reportMissingBodies(announced)
    result.exported = scope.names.filter { !localNames.contains($0.key) }
    diagnostics += resolver.diagnostics
    return result
  }

  private func importStandardModule(_ name: String, at span: SourceSpan, into resolver: ExpressionResolver) {
    guard let contents = StandardModules.modules[name] else { return }
    for other in contents.extends { importStandardModule(other, at: span, into: resolver) }
    for entry in contents.entries {
      resolver.declare(Identifier(entry.name, span), .builtin(entry.builtin, arity: entry.arity))
    }
  }
}
