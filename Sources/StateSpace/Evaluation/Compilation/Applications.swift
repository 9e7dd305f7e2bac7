import TLASemantics
import TLASyntax

/// An application of a definition, by whatever name: the definition, the scope of its body, and the arguments, which belong to the caller's
/// scope.
struct Application {
  let definition: OperatorDefinition
  let home: Environment
  let arguments: [Term]

  /// Whether the definition, which is mentioned in that scope, has a value that TLC evaluates beforehand.
  func isConstantDefinition(_ environment: Environment) -> Bool {
    arguments.isEmpty && definition.level == .constant && environment.definitions?[definition] == nil
  }
}

extension Compiler {
  /// The definition that a term applies: by its name, through a parameter or a constant, or through their replacement in the
  /// configuration. Nil if the term applies no definition.
  func application(_ term: Term, _ environment: Environment) -> Application? {
    switch term.kind {
    case .apply(let definition, let arguments):
      return application(of: definition, to: arguments, environment)
    case .applyReference(let reference, let arguments):
      guard case .definition(let definition, let home) = origin(of: reference, environment) else {
        return nil
      }
      return Application(definition: definition, home: home, arguments: arguments)
    case .constant(let declaration):
      guard case .definition(let definition)? = specification.meaning(of: declaration) else { return nil }
      return application(of: definition, to: [], environment)
    case .builtin(let builtin, let arguments):
      return specification.replacement(of: builtin).flatMap {
        application(of: $0, to: arguments, environment)
      }
    default:
      return nil
    }
  }

  private func application(
    of definition: OperatorDefinition, to arguments: [Term], _ environment: Environment
  ) -> Application {
    let actual = specification.replacement(of: definition)
    return Application(definition: actual, home: scope(of: actual, environment), arguments: arguments)
  }

  /// The application of a language or library operator that a passed operator stands for; nil for any other term.
  func languageTerm(_ term: Term, _ environment: Environment) -> Term? {
    guard case .applyReference(let reference, let arguments) = term.kind,
      case .builtin(let builtin) = origin(of: reference, environment)
    else { return nil }
    return Term.applying(builtin, to: arguments, at: term.span)
  }

  /// The kinds of operators that can be an argument or stand for a constant.
  enum OperatorOrigin {
    case definition(OperatorDefinition, home: Environment)
    case builtin(Builtin)
    /// An operator that the configuration gives value by value.
    case points([(arguments: [Configuration.Constant], value: Configuration.Constant)])
  }

  /// Follows a reference to the operator that it finally means; nil if it means none.
  func origin(of reference: OperatorReference, _ environment: Environment) -> OperatorOrigin? {
    switch reference {
    case .definition(let definition):
      let actual = specification.replacement(of: definition)
      return .definition(actual, home: scope(of: actual, environment))
    case .builtin(let builtin):
      return specification.replacement(of: builtin).map { .definition($0, home: scope(of: $0, environment)) }
        ?? .builtin(builtin)
    case .constant(let declaration):
      switch specification.meaning(of: declaration) {
      case .definition(let definition): return origin(of: .definition(definition), environment)
      case .builtin(let builtin): return origin(of: .builtin(builtin), environment)
      case .points(let points): return .points(points)
      case .value, nil: return nil
      }
    case .parameter(let binder):
      guard case .operatorReference(let passed)? = environment.bindings[binder] else { return nil }
      return origin(of: passed.reference, passed.environment.used(at: environment))
    }
  }
}
