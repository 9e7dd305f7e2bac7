import TLASemantics
import TLASyntax

extension Compiler {
  /// Compiles a recursive operator as an action: once for each place outside its own body that calls it, and once more for other operator
  /// arguments.
  func compileRecursiveAction(
    _ application: Application, _ site: Site, _ environment: Environment, then following: ActionNode
  ) throws -> ActionNode {
    let definition = application.definition
    var nodes: [Node] = []
    let fixed = try application.arguments.map { argument -> FixedArgument? in
      if case .operatorReference(let reference) = argument.kind {
        return .passed(resolve(reference, environment))
      }
      if let variable = assigned(argument, environment) {
        let named = NamedExpression(term: argument, environment: environment, slot: nil, code: nil)
        return .nextValue(variable, named)
      }
      if isAssigningFormula(argument, environment) { return .action(named(argument, environment)) }
      let code = try compile(argument, environment)
      if code.node.isInfiniteFunction { return .function(code) }
      nodes.append(code.node)
      return nil
    }
    let underWay = environment.actionRecursions[definition] ?? []
    if let code = underWay.first(where: { $0.fixed.fits(fixed) }) {
      return RecursiveActionCallNode(code, nodes, then: following, site)
    }
    let code = RecursiveActionCode(
      name: definition.name.text, excess: definition.recursionMessage, fixed: fixed)
    var inner = application.home
    inner.call = CallSite(name: definition.name.text, span: site.span, caller: environment.call)
    inner.actionRecursions[definition, default: []].append(code)
    if underWay.isEmpty {
      try compileBody(of: code, definition, inner, site)
    } else {
      waitingBodies += 1
      code.compileBody = { [unowned self, unowned code] in
        try self.compileBody(of: code, definition, inner, site)
        self.keepSlots()
      }
    }
    return RecursiveActionCallNode(code, nodes, then: following, site)
  }

  /// An argument by its name. A parameter that is passed on stays the same argument.
  private func named(_ argument: Term, _ environment: Environment) -> NamedExpression {
    if case .local(let binder) = argument.kind, case .expression(let named) = environment.bindings[binder] {
      return named
    }
    return NamedExpression(term: argument, environment: environment, slot: nil, code: nil)
  }

  private func compileBody(
    of code: RecursiveActionCode, _ definition: OperatorDefinition, _ home: Environment, _ site: Site
  ) throws {
    var inner = home
    let first = slotCount
    code.parameterSlots = []
    for (parameter, fixed) in zip(definition.parameters, code.fixed) {
      if let fixed {
        inner.bindings[parameter] = fixed.binding
      } else {
        let slot = try newSlot(site.span)
        code.parameterSlots.append(slot)
        inner.bindings[parameter] = .recursiveParameter(slot, code.failedArgument)
      }
    }
    code.body = try compileAction(definition.body, inner, then: RecursiveActionEndNode(code, site))
    code.slots = first..<slotCount
  }
}
