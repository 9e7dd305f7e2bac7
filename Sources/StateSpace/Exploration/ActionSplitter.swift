import TLASemantics
import TLASyntax

/// Splits a next-state relation into its named disjuncts. It goes through disjunctions, through `\E` (over a constant set into one action
/// for each element), and through definitions as long as they consist of further named actions.
struct ActionSplitter {
  /// The largest constant set of an `\E` that is split.
  private static let splitLimit = 64
  private static let actionLimit = 4096

  private let compiler: Compiler

  init(_ compiler: Compiler) { self.compiler = compiler }

  /// What is known on the way down to an action.
  private struct Path {
    var name: String
    var span: SourceSpan
    var arguments: [(term: Term, environment: Environment, parameter: String?)]
    /// The recursive definitions on the way. Each is split once.
    var recursions: Set<OperatorDefinition> = []
    /// Functions that wrap the action in its enclosing binders and scopes, the outermost first.
    var wrappers: [(ActionNode) -> ActionNode] = []
  }

  /// The actions in the order of the text. Each ends with what `emit` makes for its place.
  func split(_ next: Term, then emit: @escaping (Site) -> ActionNode) throws -> [NamedAction] {
    var result: [NamedAction] = []
    let path = Path(name: "Next", span: next.span, arguments: [])
    try split(next, Environment(), path, then: emit, into: &result)
    return result
  }

  private func split(
    _ term: Term, _ environment: Environment, _ path: Path, then emit: @escaping (Site) -> ActionNode,
    into result: inout [NamedAction]
  ) throws {
    let site = environment.site(term.span)
    switch term.kind {
    case .apply(let definition, let arguments):
      let actual = compiler.specification.replacement(of: definition)
      guard !actual.isRecursive || arguments.isEmpty && !path.recursions.contains(actual) else { break }
      let (inner, slots) = try compiler.bind(
        actual, arguments, in: compiler.scope(of: actual, environment), from: environment, site)
      var path = path
      if actual.isRecursive { path.recursions.insert(actual) }
      path.name = definition.name.text
      path.span = actual.span
      path.arguments = zip(arguments, actual.parameters).enumerated().map { position, pair in
        let parameter = position < actual.instanceParameterCount ? nil : pair.1.name.text
        return (term: pair.0, environment: environment, parameter: parameter)
      }
      for slot in slots { path.wrappers.append { ActionScopeNode(slots: slot..<(slot + 1), body: $0) } }
      return try split(actual.body, inner, path, then: emit, into: &result)
    case .junction(.disjunction, let items) where items.contains(where: isSplit):
      for item in items { try split(item, environment, path, then: emit, into: &result) }
      return
    case .quantified(.exists, let bounds, let body):
      return try split(bounds[...], body, environment, path, site, then: emit, into: &result)
    default:
      break
    }
    let action = try compiler.compileAction(term, environment, then: emit(site))
    let arguments = try path.arguments.compactMap { argument -> NamedAction.Argument? in
      if case .operatorReference = argument.term.kind { return nil }
      let code = try compiler.compile(argument.term, argument.environment)
      return NamedAction.Argument(
        node: code.node, isBound: !code.dependencies.slots.isEmpty, parameter: argument.parameter)
    }
    let gated = compiler.recorder.map { ArgumentGateNode($0, arguments, action) } ?? action
    let code = path.wrappers.reversed().reduce(gated) { $1($0) }
    compiler.recorder?.closeAction()
    result.append(
      NamedAction(
        name: path.name, span: path.span, bodySpan: term.span, arguments: arguments, code: code))
  }

  private func split(
    _ bounds: ArraySlice<TermBound>, _ body: Term, _ environment: Environment, _ path: Path, _ site: Site,
    then emit: @escaping (Site) -> ActionNode, into result: inout [NamedAction]
  ) throws {
    guard let bound = bounds.first else {
      return try split(body, environment, path, then: emit, into: &result)
    }
    let set = try compiler.compile(bound.set, environment)
    let mentions = bound.binders.map { Term.local($0, at: $0.name.span) }
    if !bound.isTuple, result.count < Self.actionLimit,
      let values = compiler.constantElements(set, atMost: Self.splitLimit)
    {
      for value in values {
        var inner = environment
        inner.bindings[bound.binders[0]] = .value(value)
        var path = path
        path.arguments.append((term: mentions[0], environment: inner, parameter: nil))
        try split(bounds.dropFirst(), body, inner, path, site, then: emit, into: &result)
      }
      return
    }
    var inner = environment
    let binding = try compiler.bind(bound, in: &inner)
    var path = path
    path.arguments += mentions.map { (term: $0, environment: inner, parameter: nil) }
    let setSite = environment.site(bound.set.span)
    path.wrappers.append { ExistsNode(binding, set.node, $0, setSite) }
    try split(bounds.dropFirst(), body, inner, path, site, then: emit, into: &result)
  }

  /// Whether a disjunct is a named action or leads to one through binders and disjunctions.
  private func isSplit(_ term: Term) -> Bool {
    switch term.kind {
    case .apply: true
    case .junction(.disjunction, let items): items.contains(where: isSplit)
    case .quantified(.exists, _, let body): isSplit(body)
    default: false
    }
  }
}
