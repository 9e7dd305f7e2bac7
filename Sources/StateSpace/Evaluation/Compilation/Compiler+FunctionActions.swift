import TLASemantics
import TLASyntax

/// Compiles applications of functions as actions. As in TLC, a function that an expression or a definition gives is not made for this: the
/// argument is put into its body, which may assign next values, and may be true in several ways.
extension Compiler {
  /// A function that is written out, with the scope of its text.
  struct WrittenFunction {
    /// The function's own name, if its body may apply it.
    let itself: Binder?
    let bounds: [TermBound]
    let body: Term
    let home: Environment
  }

  /// The function that a term stands for, also through definitions and arguments; nil for a value. TLC evaluates constant definitions
  /// beforehand, so they are values.
  func writtenFunction(_ term: Term, _ environment: Environment) -> WrittenFunction? {
    guard machine.hasStackToCompile else { return nil }
    switch term.kind {
    case .functionLiteral(let bounds, let body):
      return WrittenFunction(itself: nil, bounds: bounds, body: body, home: environment)
    case .recursiveFunction(let itself, let bounds, let body):
      return WrittenFunction(itself: itself, bounds: bounds, body: body, home: environment)
    case .apply, .applyReference:
      guard let application = application(term, environment), !application.definition.isRecursive,
        !application.isConstantDefinition(environment)
      else { return nil }
      return writtenFunction(application.definition.body, naming(application, from: environment))
    case .local(let binder):
      guard case .expression(let named) = environment.bindings[binder] else { return nil }
      return writtenFunction(named.term, named.environment.used(at: environment))
    default:
      return nil
    }
  }

  /// Compiles an application as an action; nil if only its value can be tested.
  func compileFunctionAction(
    _ function: Term, _ argument: Term, _ site: Site, _ environment: Environment, then following: ActionNode
  ) throws -> ActionNode? {
    if case .local(let binder) = function.kind, let action = environment.functionActions[binder] {
      return try call(action, argument, site, environment, then: following)
    }
    guard let written = writtenFunction(function, environment),
      arguments(argument, for: written.bounds) != nil
    else { return nil }
    let domain = try compileDomain(written.bounds, site, written.home)
    let name = written.itself?.name.text ?? function.span.oneLineText
    let action = FunctionAction(
      code: RecursiveActionCode(name: name, fixed: []), domain: domain, bounds: written.bounds)
    var inner = written.home
    inner.call = CallSite(name: name, span: site.span, caller: environment.call)
    inner.isInitial = environment.isInitial
    if let itself = written.itself {
      // If its value is needed, the function is applied as anywhere else.
      let value = try compileRecursiveFunction(itself, written.bounds, written.body, site, written.home)
      inner.bindings[itself] = .recursiveFunction(
        RecursiveFunctionScope(code: value.code, domain: value.domain))
      inner.functionActions[itself] = action
    }
    let first = slotCount
    for binder in written.bounds.flatMap(\.binders) {
      let slot = try newSlot(site.span)
      action.code.parameterSlots.append(slot)
      inner.bindings[binder] = .slot(slot)
    }
    action.code.body = try compileAction(written.body, inner, then: RecursiveActionEndNode(action.code, site))
    action.code.slots = first..<slotCount
    return try call(action, argument, site, environment, then: following)
  }

  private func call(
    _ action: FunctionAction, _ argument: Term, _ site: Site, _ environment: Environment,
    then following: ActionNode
  ) throws -> ActionNode? {
    guard let arguments = arguments(argument, for: action.bounds) else { return nil }
    let nodes = try arguments.map { try compile($0, environment).node }
    let call = RecursiveActionCallNode(action.code, nodes, then: following, site)
    return DomainNode(
      action.domain.node, try compile(argument, environment).node, of: action.code.name, then: call, site)
  }

  /// The argument for each bound name; nil if the argument is not written as a tuple of as many as there are.
  private func arguments(_ argument: Term, for bounds: [TermBound]) -> [Term]? {
    let count = bounds.reduce(0) { $0 + $1.binders.count }
    if count == 1, !bounds[0].isTuple { return [argument] }
    guard bounds.count == 1 || !bounds.contains(where: \.isTuple), case .tuple(let elements) = argument.kind,
      elements.count == count
    else { return nil }
    return elements
  }
}

/// Demands that an argument is in a function's domain.
final class DomainNode: ActionNode {
  let domain: Node
  let argument: Node
  private let name: String
  let following: ActionNode
  private let site: Site

  init(_ domain: Node, _ argument: Node, of name: String, then following: ActionNode, _ site: Site) {
    self.domain = domain
    self.argument = argument
    self.name = name
    self.following = following
    self.site = site
  }

  override func run(_ machine: Machine) throws {
    let store = machine.store
    let value = try argument.evaluate(machine)
    let set = try domain.evaluate(machine)
    let isInside: Bool
    do { isInside = try store.contains(set, value) } catch let error as ValueError {
      throw site.failure(error)
    }
    guard isInside else {
      throw site.failure("\(store.describe(value)) is not in the domain of \(name)", code: .domain)
    }
    try following.run(machine)
  }
}
