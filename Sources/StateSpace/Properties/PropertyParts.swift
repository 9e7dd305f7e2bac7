import TLASemantics
import TLASyntax

/// A property, taken apart as TLC does: its conjuncts are checked in different ways.
struct PropertyParts {
  /// A part about one state, or about one step.
  struct Condition {
    let node: Node
    let span: SourceSpan
  }

  /// What must be true of the initial states.
  private(set) var initial: [Condition] = []
  /// The P of its parts `[]P`.
  private(set) var invariants: [Condition] = []
  /// The `[A]_v` of its parts `[][A]_v`.
  private(set) var steps: [Condition] = []
  /// What must be true of every behavior.
  private(set) var temporal: [TemporalFormula] = []
  /// Why some part cannot be judged, as `EvaluationFailure` or as `Diagnostics`; nil if every part can be.
  private(set) var failure: (any Error)?

  /// Throws `Diagnostics` for a part that is not a property, and `EvaluationFailure` for one that is too large.
  init(_ property: Specification.Named, _ compiler: inout TemporalCompiler) throws {
    try sort(property.term, Environment(), slots: [], &compiler)
  }

  /// Whether it consists of invariants only.
  var isInvariant: Bool { initial.isEmpty && steps.isEmpty && !hasTemporalPart }

  /// Whether whole behaviors have to be looked at.
  var hasTemporalPart: Bool { !temporal.isEmpty || failure != nil }

  private mutating func sort(
    _ term: Term, _ environment: Environment, slots: [Int], _ temporalCompiler: inout TemporalCompiler
  ) throws {
    let compiler = temporalCompiler.compiler
    let site = environment.site(term.span)
    try compiler.checkDepth(site)
    if let application = compiler.application(term, environment), !application.definition.isRecursive {
      if application.arguments.isEmpty, application.definition.level == .constant {
        return try sortConstant(term, environment, compiler)
      }
      return try sort(
        application.definition.body, temporalCompiler.scope(of: application, site, environment),
        slots: slots, &temporalCompiler)
    }
    switch term.kind {
    case .junction(.conjunction, let items):
      for item in items { try sort(item, environment, slots: slots, &temporalCompiler) }
      return
    case .quantified(.forAll, let bounds, let body) where compiler.reaches(.temporal, body, environment):
      guard let scopes = try? temporalCompiler.instances(bounds[...], environment) else { break }
      if scopes.isEmpty {
        failure = site.failure("this quantifies over nothing, so it is true of every behavior", .tautology)
      }
      for scope in scopes {
        try sort(body, scope, slots: slots, &temporalCompiler)
      }
      return
    case .letIn(let definitions, let body):
      var (parts, inner) = (self, temporalCompiler)
      try compiler.declaring(definitions, in: environment) { scope, more in
        try parts.sort(body, scope, slots: slots + more, &inner)
      }
      (self, temporalCompiler) = (parts, inner)
      return
    case .local(let binder):
      if case .expression(let named) = environment.bindings[binder] {
        return try sort(
          named.term, named.environment.used(at: environment), slots: slots, &temporalCompiler)
      }
    case .builtin(.always, let arguments):
      let body = arguments[0]
      if case .boxAction = body.kind {
        steps.append(try condition(body, environment, slots, temporalCompiler))
        return
      }
      if !compiler.reaches(.action, body, environment) {
        invariants.append(try condition(body, environment, slots, temporalCompiler))
        return
      }
    default: break
    }
    if compiler.reaches(.temporal, term, environment) {
      do {
        temporal.append(try temporalCompiler.compile(term, environment, slots: slots))
      } catch {
        // It does not matter before somebody wants to check it.
        failure = failure ?? error
      }
    } else if compiler.reaches(.action, term, environment) {
      throw Diagnostics([
        Diagnostic(
          .error, .configuration, .aboutSteps,
          "this part of a property is an action, where a temporal formula is expected",
          at: term.span, hint: "write [][A]_v for an action A that every step has to satisfy")
      ])
    } else {
      initial.append(try condition(term, environment, slots, temporalCompiler))
    }
  }

  /// A constant that is true claims nothing. One that is false is refused, as in TLC.
  private func sortConstant(_ term: Term, _ environment: Environment, _ compiler: Compiler) throws {
    guard try compiler.compile(term, environment).node.evaluate(compiler.machine) == .no else { return }
    throw Diagnostics([
      Diagnostic(
        .error, .configuration, .noVariable,
        "the property \(term.span.oneLineText) is FALSE whatever the behavior",
        at: term.span, hint: "it mentions no variable")
    ])
  }

  private func condition(
    _ term: Term, _ environment: Environment, _ slots: [Int], _ compiler: TemporalCompiler
  ) throws -> Condition {
    Condition(node: try compiler.code(term, environment, slots: slots).node, span: term.span)
  }
}
