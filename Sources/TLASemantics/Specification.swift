package import TLASyntax

/// A module with everything it extends, resolved and bound to a configuration: what the engine compiles.
///
/// It never changes once it is made; its scope is only read. Hence `@unchecked Sendable`.
package final class Specification: @unchecked Sendable {
  /// A predicate or property that the configuration names.
  package struct Named: Sendable {
    package let name: String
    package let term: Term
  }

  /// What a constant is.
  package enum ConstantMeaning: Sendable {
    case value(Configuration.Constant)
    /// An operator constant, point by point.
    case points([(arguments: [Configuration.Constant], value: Configuration.Constant)])
    case definition(OperatorDefinition)
    case builtin(Builtin)
  }

  /// The name of the root module.
  package let name: String
  /// The first line of the root module's first comment, or nil: what the user sees as its title.
  package let title: String?
  /// The configuration it was bound to.
  package let configuration: Configuration
  /// The texts of all modules, the root module's last.
  package let files: [SourceFile]
  package let variables: [VariableDeclaration]
  package let constants: [ConstantDeclaration]
  package let assumptions: [(name: String?, condition: Term)]
  /// The constant definitions with an effect, as printing or setting a register: they are evaluated once, at the start, in this order.
  package let startingDefinitions: [OperatorDefinition]
  /// The initial predicate and the next-state relation; nil for a specification without behavior.
  package let initial: Term?
  package let next: Term?
  /// What the specification's formula says of constants: where it is false there is no behavior.
  package let constantConjuncts: [Term]
  /// Fairness conditions of the specification's formula.
  package let fairness: [Term]
  package let invariants: [Named]
  package let properties: [Named]
  package let constraints: [Named]
  package let actionConstraints: [Named]
  /// What has to be true when a search has ended.
  package let postconditions: [Named]
  /// Whether integers outside 32 bits are an error, as in TLC.
  package let tlcIntegers: Bool
  /// What the user should know though nothing is wrong.
  package let warnings: [Diagnostic]
  /// Strings, identifiers and model values in the order in which TLC meets them: its order of strings and model values.
  package let atomOrder: [String]

  /// The names of the root module and of those that it extends.
  private let ownModules: Set<String>
  let scope: Scope
  /// The configuration's model values that the module itself does not name: a user's expression may.
  private let modelValues: [ConstantDeclaration]
  private let meanings: [ConstantDeclaration: ConstantMeaning]
  private let replacements: [OperatorDefinition: OperatorDefinition]
  private let builtinReplacements: [Builtin: OperatorDefinition]

  init(_ parts: SpecificationParts) {
    name = parts.root.name
    title = parts.title
    configuration = parts.configuration
    files = parts.files
    variables = parts.variables
    constants = parts.constants
    assumptions = parts.assumptions
    startingDefinitions = parts.startingDefinitions
    ownModules = parts.ownModules
    initial = parts.initial
    next = parts.next
    constantConjuncts = parts.constantConjuncts
    fairness = parts.fairness
    invariants = parts.invariants
    properties = parts.properties
    constraints = parts.constraints
    actionConstraints = parts.actionConstraints
    postconditions = parts.postconditions
    tlcIntegers = parts.tlcIntegers
    warnings = parts.warnings
    atomOrder = parts.atomOrder
    scope = parts.root.scope
    let (scope, file) = (parts.root.scope, parts.root.file)
    modelValues = parts.configuration.modelValues.sorted().compactMap { name in
      guard scope.find(name) == nil else { return nil }
      return ConstantDeclaration(
        name: Identifier(name, SourceSpan(file: file, start: 0, end: 0)), arity: 0)
    }
    meanings = parts.meanings.merging(
      modelValues.map { ($0, .value(.modelValue($0.name.text))) }, uniquingKeysWith: { known, _ in known })
    replacements = parts.replacements
    builtinReplacements = parts.builtinReplacements
  }

  /// What the configuration says that a constant is.
  package func meaning(of constant: ConstantDeclaration) -> ConstantMeaning? { meanings[constant] }

  /// The definition that stands for another, where the configuration replaces it (`Send <- FastSend`).
  package func replacement(of definition: OperatorDefinition) -> OperatorDefinition {
    replacements[definition] ?? definition
  }

  /// The definition that stands for an operator of the library, where the configuration replaces it (`Nat <- SmallNat`).
  package func replacement(of builtin: Builtin) -> OperatorDefinition? { builtinReplacements[builtin] }

  /// Whether TLC evaluates a constant definition once though doing so has an effect: it does so for those that are no instance's.
  package func isEvaluatedOnce(_ definition: OperatorDefinition) -> Bool {
    ownModules.contains(definition.module)
  }

  /// Resolves an expression that a user typed, in the root module's scope with the configuration's model values. Throws `Diagnostics`.
  package func resolve(_ text: String) throws -> Term { try DeepStack.run { try resolved(text) } }

  private func resolved(_ text: String) throws -> Term {
    let parsed = Parser.parseExpression(SourceFile(name: "<expression>", text: text))
    guard let tree = parsed.tree, parsed.diagnostics.isEmpty else { throw Diagnostics(parsed.diagnostics) }
    let scope = Scope(outer: scope)
    for value in modelValues { scope.declare(value.name.text, .constant(value)) }
    let resolver = ExpressionResolver(scope: scope, moduleName: name)
    let term = resolver.resolve(tree)
    guard resolver.diagnostics.isEmpty else { throw Diagnostics(resolver.diagnostics) }
    return term
  }

  /// Every name that an expression can mention, for completion.
  package var knownNames: [String] {
    scope.allNames.filter { $0.first?.isLetter ?? false } + modelValues.map(\.name.text)
  }

  /// The definition of that name in the root module or what it extends.
  package func definition(named name: String) -> OperatorDefinition? {
    if case .definition(let definition) = scope.find(name) { return definition }
    return nil
  }
}

/// What the binder collects for a specification.
struct SpecificationParts {
  var root: ResolvedModule
  var title: String?
  var configuration: Configuration
  var files: [SourceFile] = []
  var variables: [VariableDeclaration] = []
  var constants: [ConstantDeclaration] = []
  var assumptions: [(name: String?, condition: Term)] = []
  var startingDefinitions: [OperatorDefinition] = []
  var ownModules: Set<String> = []
  var initial: Term?
  var next: Term?
  var constantConjuncts: [Term] = []
  var fairness: [Term] = []
  var invariants: [Specification.Named] = []
  var properties: [Specification.Named] = []
  var constraints: [Specification.Named] = []
  var actionConstraints: [Specification.Named] = []
  var postconditions: [Specification.Named] = []
  var tlcIntegers = false
  var warnings: [Diagnostic] = []
  var atomOrder: [String] = []
  var meanings: [ConstantDeclaration: Specification.ConstantMeaning] = [:]
  var replacements: [OperatorDefinition: OperatorDefinition] = [:]
  var builtinReplacements: [Builtin: OperatorDefinition] = [:]
}
