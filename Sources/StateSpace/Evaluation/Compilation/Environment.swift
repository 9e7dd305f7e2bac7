import TLASemantics
import TLASyntax

/// The dependencies of a compiled expression. One that depends on nothing is evaluated once, when it is compiled.
struct Dependencies {
  var slots: Set<Int> = []
  /// The slots that remember values of named expressions whose dependencies are among these.
  var lazySlots: Set<Int> = []
  /// The unprimed variables that are read.
  var variables = VariableSet()
  /// The primed variables that are read.
  var nextVariables = VariableSet()
  /// Must not be evaluated ahead of time: it prints or asserts, or belongs to a recursion whose body is not yet compiled.
  var isEffect = false
  /// Has another value each time.
  var isRandom = false
  /// Depends on the progress of the search: it is evaluated at each use, though it mentions no variable.
  var isVolatile = false
  /// Reads something that is not noted here.
  var isUnclear = false
  /// Would take too long to evaluate ahead of time.
  var isCostly = false

  /// Reads an unprimed variable.
  var state: Bool { !variables.isEmpty }
  /// Reads a primed variable.
  var next: Bool { !nextVariables.isEmpty }

  var isConstant: Bool { slots.isEmpty && !state && !next && !isEffect && !isRandom }

  mutating func formUnion(_ other: Dependencies) {
    slots.formUnion(other.slots)
    lazySlots.formUnion(other.lazySlots)
    variables.formUnion(other.variables)
    nextVariables.formUnion(other.nextVariables)
    isEffect = isEffect || other.isEffect
    isRandom = isRandom || other.isRandom
    isVolatile = isVolatile || other.isVolatile
    isUnclear = isUnclear || other.isUnclear
    isCostly = isCostly || other.isCostly
  }

  /// What is read; nil if that is not all noted here.
  var reads: NodeReads? {
    isUnclear
      ? nil
      : NodeReads(
        variables: variables, nextVariables: nextVariables, slots: slots.sorted(),
        lazySlots: lazySlots.sorted())
  }

  func removing(slots bound: some Sequence<Int>) -> Dependencies {
    var result = self
    result.slots.subtract(bound)
    return result
  }
}

/// A compiled expression with its dependencies.
struct Code {
  let node: Node
  let dependencies: Dependencies
}

/// An expression with a name: an operator's argument, or a `LET` definition without parameters.
final class NamedExpression {
  let term: Term
  let environment: Environment
  /// The slot that remembers its value; nil if it is evaluated at each use.
  let slot: Int?
  /// The code for uses that are not primed; nil if each use is compiled separately.
  let code: Code?

  init(term: Term, environment: Environment, slot: Int?, code: Code?) {
    self.term = term
    self.environment = environment
    self.slot = slot
    self.code = code
  }
}

/// A recursive function that is in scope inside its own body.
final class RecursiveFunctionScope {
  let code: RecursiveCode
  let domain: Code
  init(code: RecursiveCode, domain: Code) {
    self.code = code
    self.domain = domain
  }
}

/// An operator as an argument, with the scope in which it was passed.
final class PassedOperator {
  let reference: OperatorReference
  let environment: Environment

  init(_ reference: OperatorReference, _ environment: Environment) {
    self.reference = reference
    self.environment = environment
  }

  /// Whether both are certainly the same operator: the same one passed on, or one that means the same in both scopes.
  func isSame(as other: PassedOperator) -> Bool {
    if self === other { return true }
    switch (reference, other.reference) {
    case (.definition(let mine), .definition(let theirs)):
      return mine === theirs && !mine.isLambda && environment.isPrimed == other.environment.isPrimed
        && environment.definitions?.scope(holding: mine)
          === other.environment.definitions?.scope(holding: mine)
    case (.builtin(let mine), .builtin(let theirs)): return mine == theirs
    case (.constant(let mine), .constant(let theirs)): return mine === theirs
    default: return false
    }
  }
}

/// An argument for a parameter of a recursive operator that is not a value: an operator, a function that cannot be built, or a variable
/// that has no value yet.
enum FixedArgument {
  case passed(PassedOperator)
  case function(Code)
  /// A variable of the next state, which an action may assign.
  case nextValue(Int, NamedExpression)
  /// A formula that assigns: it is run where the parameter stands.
  case action(NamedExpression)

  /// The parameter's binding to this argument.
  var binding: Binding {
    switch self {
    case .passed(let passed): .operatorReference(passed)
    case .function(let code): .code(code)
    case .nextValue(_, let named), .action(let named): .expression(named)
    }
  }

  /// Whether both are certainly the same.
  fileprivate func isSame(as other: FixedArgument) -> Bool {
    switch (self, other) {
    case (.passed(let mine), .passed(let theirs)): mine.isSame(as: theirs)
    case (.function(let mine), .function(let theirs)): mine.node === theirs.node
    case (.nextValue(let mine, _), .nextValue(let theirs, _)): mine == theirs
    case (.action(let mine), .action(let theirs)): mine === theirs
    default: false
    }
  }
}

extension [FixedArgument?] {
  /// Whether both lists certainly have the same fixed arguments.
  func fits(_ other: [FixedArgument?]) -> Bool {
    count == other.count
      && zip(self, other).allSatisfy { mine, theirs in
        guard let mine, let theirs else { return mine == nil && theirs == nil }
        return mine.isSame(as: theirs)
      }
  }
}

/// What a name is bound to while its scope is compiled.
enum Binding {
  case value(Value)
  case slot(Int)
  case recursiveParameter(Int, FailedArgument)
  case expression(NamedExpression)
  case operatorReference(PassedOperator)
  case recursiveFunction(RecursiveFunctionScope)
  /// Code that takes the place of the name.
  case code(Code)
}

/// The variables of instances whose next values an `ENABLED` chooses, whatever is substituted for them. They are numbered after the
/// specification's variables.
final class OwnVariables {
  private let places: [ObjectIdentifier: Int]

  init(_ variables: [VariableDeclaration], behind count: Int) {
    places = Dictionary(
      uniqueKeysWithValues: variables.enumerated().map { (ObjectIdentifier($0.element), count + $0.offset) })
  }

  func place(of variable: VariableDeclaration) -> Int? { places[ObjectIdentifier(variable)] }
  var isEmpty: Bool { places.isEmpty }
}

/// The scope in which a term is compiled. Names are identities, so extending the scope cannot capture anything.
struct Environment {
  var bindings: [Binder: Binding] = [:]
  /// The definitions of the surrounding `LET`s; nil outside any `LET`.
  var definitions: LetScope?
  /// The recursive operators whose bodies are being compiled.
  var recursions: [OperatorDefinition: [RecursiveCode]] = [:]
  /// The recursive actions whose bodies are being compiled.
  var actionRecursions: [OperatorDefinition: [RecursiveActionCode]] = [:]
  /// The functions whose bodies are being compiled as actions.
  var functionActions: [Binder: FunctionAction] = [:]
  var call: CallSite?
  /// Whether variables are read in the next state.
  var isPrimed = false
  /// Whether this is an initial predicate, where an unprimed variable is treated like an action's primed one.
  var isInitial = false
  /// The variables that earlier conjuncts of an action may have assigned.
  var assignedBefore: Set<Int> = []

  /// The variables that the surrounding `ENABLED` chooses freely; nil outside of one.
  var ownVariables: OwnVariables?

  /// The scope of an expression that is named here and used at `place`. The primes, the `ENABLED` and the assigned variables of `place`
  /// count for it.
  func used(at place: Environment) -> Environment {
    var result = self
    result.isPrimed = isPrimed || place.isPrimed
    result.ownVariables = place.ownVariables
    result.assignedBefore = place.assignedBefore
    return result
  }

  func site(_ span: SourceSpan) -> Site { Site(span: span, call: call) }

  /// The dependencies of something that may read all variables of a state, and every name that is bound here.
  var everything: Dependencies {
    var dependencies = Dependencies(variables: .all)
    for binding in bindings.values {
      switch binding {
      case .slot(let slot), .recursiveParameter(let slot, _): dependencies.slots.insert(slot)
      case .expression(let named):
        if let slot = named.slot { dependencies.lazySlots.insert(slot) }
        dependencies.formUnion(named.code?.dependencies ?? Dependencies())
      case .code(let code): dependencies.formUnion(code.dependencies)
      case .operatorReference, .recursiveFunction: dependencies.isUnclear = true
      case .value: break
      }
    }
    return dependencies
  }
}

/// A function whose body is compiled as an action.
final class FunctionAction {
  let code: RecursiveActionCode
  let domain: Code
  let bounds: [TermBound]

  init(code: RecursiveActionCode, domain: Code, bounds: [TermBound]) {
    self.code = code
    self.domain = domain
    self.bounds = bounds
  }
}

/// A definition of a `LET`.
struct LetDefinition {
  /// Its value, if it has no parameters and can be remembered.
  let named: NamedExpression?
  /// The scope of its body.
  let environment: Environment
}

/// The definitions of one `LET`, which share this scope. A definition also finds later ones in it, which it cannot mention. The scope and
/// its contents stay alive until the body of the `LET` is compiled.
final class LetScope {
  private let outer: LetScope?
  private var entries: [OperatorDefinition: LetDefinition] = [:]

  init(in outer: LetScope?) { self.outer = outer }

  subscript(_ definition: OperatorDefinition) -> LetDefinition? {
    get { scope(holding: definition)?.entries[definition] }
    set { entries[definition] = newValue }
  }

  /// This scope, or the innermost surrounding one, that has the definition.
  func scope(holding definition: OperatorDefinition) -> LetScope? {
    var scope: LetScope? = self
    while let current = scope {
      if current.entries[definition] != nil { return current }
      scope = current.outer
    }
    return nil
  }

  /// Releases the definitions, whose scopes refer to this one.
  func close() { entries = [:] }
}
