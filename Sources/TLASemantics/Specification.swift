package import TLASyntax

/// A module with everything that it extends, resolved and bound to a configuration. The engine compiles it.
///
/// It is `@unchecked Sendable` because it never changes after it is made, and its scope is only read.
package final class Specification: @unchecked Sendable {
  /// A predicate or property that the configuration names.
  package struct Named: Sendable {
    package let name: String
    package let term: Term
  }

  /// The meaning of a constant.
  package enum ConstantMeaning: Sendable {
    case value(Configuration.Constant)
    /// An operator constant, point by point.
    case points([(arguments: [Configuration.Constant], value: Configuration.Constant)])
    case definition(OperatorDefinition)
    case builtin(Builtin)
  }

  /// The name of the root module.
  package let name: String
  /// The first line of the root module's first comment, which the user sees as the title; nil if there is none.
  package let title: String?
  /// The configuration it was bound to.
  package let configuration: Configuration
  /// The texts of all modules, the root module's last.
  package let files: [SourceFile]
  package let variables: [VariableDeclaration]
  package let constants: [ConstantDeclaration]
  package let assumptions: [(name: String?, condition: Term)]
  /// The constant definitions with an effect, such as printing or setting a register, that are evaluated at the start, in this order. A
  /// replacement may occur twice.
  package let startingDefinitions: [OperatorDefinition]
  /// The initial predicate and, in `next`, the next-state relation; nil for a specification without behavior.
  package let initial: Term?
  package let next: Term?
  /// The constant conjuncts of the specification's formula. If one is false, there is no behavior.
  package let constantConjuncts: [Term]
  /// The temporal conjuncts of the specification's formula, besides its next-state relation: its fairness, for the most part.
  package let temporalConjuncts: [Term]
  package let invariants: [Named]
  package let properties: [Named]
  package let constraints: [Named]
  package let actionConstraints: [Named]
  /// The permutations under which states count as the same; nil for none.
  package let symmetry: Named?
  /// The expression whose value distinguishes states; nil if their variables do.
  package let view: Named?
  /// The record that is shown in place of a state of a trace; nil for none. It may look at the next state.
  package let alias: Named?
  /// Predicates on states and actions that some reached state or some step must satisfy.
  package let possible: [Named]
  /// Predicates that must be true when a search has ended.
  package let postconditions: [Named]
  /// Whether integers outside 32 bits are an error, as in TLC.
  package let tlcIntegers: Bool
  /// Warnings about the specification, which is nevertheless legal.
  package let warnings: [Diagnostic]
  /// Strings, identifiers and model values in the order in which TLC first meets them. This is its order of strings and model values.
  package let atomOrder: [String]

  /// The names of the root module and of the modules that it extends.
  private let ownModules: Set<String>
  let scope: Scope
  /// The configuration's model values that the module itself does not name. A user's expression may name them.
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
    temporalConjuncts = parts.temporalConjuncts
    invariants = parts.invariants
    properties = parts.properties
    constraints = parts.constraints
    actionConstraints = parts.actionConstraints
    (symmetry, view, alias) = (parts.symmetry, parts.view, parts.alias)
    possible = parts.possible
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

  /// Whether a state without successors is an error: as the configuration says, or else as in TLC.
  package var checksDeadlock: Bool { configuration.checkDeadlock ?? true }

  /// The meaning of a constant in the configuration.
  package func meaning(of constant: ConstantDeclaration) -> ConstantMeaning? { meanings[constant] }

  /// The definition that replaces another one in the configuration (`Send <- FastSend`).
  package func replacement(of definition: OperatorDefinition) -> OperatorDefinition {
    replacements[definition] ?? definition
  }

  /// The definition that replaces a library operator in the configuration (`Nat <- SmallNat`).
  package func replacement(of builtin: Builtin) -> OperatorDefinition? { builtinReplacements[builtin] }

  /// Whether TLC evaluates a constant definition once, although it has an effect. TLC does so unless the definition belongs to an instance.
  package func isEvaluatedOnce(_ definition: OperatorDefinition) -> Bool {
    ownModules.contains(definition.module)
  }

  /// The operators that a user's expression can mention, and completion offers, whatever the specification extends.
  private static let alwaysKnown = ["Naturals", "Integers", "Sequences", "FiniteSets", "TLC"]
    .compactMap { StandardModules.modules[$0] }.flatMap(\.entries)

  /// Resolves a user's expression in the root module's scope, with the configuration's model values and the operators of all modules that
  /// come with the program. Throws `Diagnostics`.
  package func resolve(_ text: String) throws -> Term {
    try DeepStack.run { try resolved(text, binding: []) }
  }

  /// The same for an expression in which further names are bound: to constant values, by the caller. They hide the module's names.
  package func resolve(_ text: String, binding names: [String]) throws -> (term: Term, binders: [Binder]) {
    let file = SourceFile(name: "<expression>", text: "")
    let binders = names.map { Binder(Identifier($0, SourceSpan(file: file, start: 0, end: 0))) }
    return (try DeepStack.run { try resolved(text, binding: binders) }, binders)
  }

  private func resolved(_ text: String, binding binders: [Binder]) throws -> Term {
    let parsed = Parser.parseExpression(SourceFile(name: "<expression>", text: text))
    guard let tree = parsed.tree, parsed.diagnostics.isEmpty else { throw Diagnostics(parsed.diagnostics) }
    let common = Specification.alwaysKnown.map { ($0.name, Entity.builtin($0.builtin, arity: $0.arity)) }
    let (term, problems) = resolved(tree, with: common, binding: binders)
    if problems.isEmpty { return term }
    // The other modules' names come second: the expression may bind one of them.
    let (other, remaining) = resolved(tree, with: Array(LibraryNames.entities(in: text)), binding: binders)
    if remaining.isEmpty { return other }
    throw Diagnostics(remaining.count < problems.count ? remaining : problems)
  }

  private func resolved(
    _ tree: Expression, with known: [(String, Entity)], binding binders: [Binder]
  ) -> (Term, [Diagnostic]) {
    let scope = Scope(outer: scope)
    for (name, entity) in known where self.scope.find(name) == nil { scope.declare(name, entity) }
    for value in modelValues { scope.declare(value.name.text, .constant(value)) }
    let inner = Scope(outer: scope)
    for binder in binders { inner.declare(binder.name.text, .local(binder)) }
    let resolver = ExpressionResolver(scope: inner, moduleName: name)
    let term = resolver.resolve(tree)
    resolver.checkLevels(in: term)
    return (term, resolver.diagnostics)
  }

  /// Every name that an expression can mention, for completion.
  package var knownNames: [String] {
    let names = scope.allNames + Specification.alwaysKnown.map(\.name).filter { scope.find($0) == nil }
    return Set(names.filter { $0.first?.isLetter ?? false }).sorted() + modelValues.map(\.name.text)
  }

  /// The definition with that name in the root module or in a module that it extends.
  package func definition(named name: String) -> OperatorDefinition? {
    if case .definition(let definition) = scope.find(name) { return definition }
    return nil
  }
}

extension Specification {
  /// The names of the definitions that a definition uses, directly or through others.
  package func names(usedBy definition: OperatorDefinition) -> Set<String> {
    var names: Set<String> = []
    Term.visit([replacement(of: definition).body], replacing: replacements) {
      if let used = $0.kind.mentioned { names.insert(replacement(of: used).name.text) }
    }
    return names
  }
}

/// The data that the binder collects for a specification.
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
  var temporalConjuncts: [Term] = []
  var invariants: [Specification.Named] = []
  var properties: [Specification.Named] = []
  var constraints: [Specification.Named] = []
  var actionConstraints: [Specification.Named] = []
  var symmetry: Specification.Named?
  var view: Specification.Named?
  var alias: Specification.Named?
  var possible: [Specification.Named] = []
  var postconditions: [Specification.Named] = []
  var tlcIntegers = false
  var warnings: [Diagnostic] = []
  var atomOrder: [String] = []
  var meanings: [ConstantDeclaration: Specification.ConstantMeaning] = [:]
  var replacements: [OperatorDefinition: OperatorDefinition] = [:]
  var builtinReplacements: [Builtin: OperatorDefinition] = [:]
}
