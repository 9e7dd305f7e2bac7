import TLASemantics
import TLASyntax

/// The compiled body of a recursive operator that is an action. The body does not know what follows a call, so each activation keeps it.
final class RecursiveActionCode {
  let name: String
  /// What to say if the recursion does not seem to end.
  fileprivate let excess: String
  fileprivate let failedArgument = FailedArgument()
  /// The fixed arguments for parameters that are not values; nil for a parameter that is a value.
  let fixed: [FixedArgument?]
  var parameterSlots: [Int] = []
  /// The body's slots: its activation record.
  var slots = 0..<0
  /// Set when the body is compiled.
  var body: ActionNode?
  /// Compiles the body, if that waits until the action is called.
  var compileBody: (() throws -> Void)?

  /// What follows a call runs inside all calls around it, so the time for a step grows with the depth. TLC runs out of stack earlier.
  fileprivate static let maximumDepth = 16_384

  fileprivate struct Activation {
    let following: ActionNode
    /// Where the caller's slots lie on the scratch stack.
    let saved: Int
  }
  fileprivate var activations: [Activation] = []

  init(name: String, excess: String? = nil, fixed: [FixedArgument?]) {
    self.name = name
    self.excess = excess ?? "the recursion of \(name) is too deep"
    self.fixed = fixed
  }

  fileprivate func compiledBody() throws -> ActionNode? {
    if body == nil, let compileBody {
      try compileBody()
      self.compileBody = nil
    }
    return body
  }

  fileprivate func push(_ machine: Machine, _ site: Site) throws {
    do { for slot in slots { try machine.store.push(Value(bits: machine.slots[slot])) } } catch let error
      as ValueError
    {
      throw site.failure(error)
    }
  }

  fileprivate func restore(from place: Int, _ machine: Machine) {
    for (offset, slot) in slots.enumerated() { machine.slots[slot] = machine.store.scratch[place + offset] }
  }
}

/// A call of a recursive action.
final class RecursiveActionCallNode: ActionNode {
  private let code: RecursiveActionCode
  private let arguments: NodeList
  private let following: ActionNode
  private let site: Site

  init(_ code: RecursiveActionCode, _ arguments: [Node], then following: ActionNode, _ site: Site) {
    self.code = code
    self.arguments = NodeList(arguments)
    self.following = following
    self.site = site
  }

  override func run(_ machine: Machine) throws {
    guard machine.hasStack, code.activations.count < RecursiveActionCode.maximumDepth else {
      throw site.failure(code.excess, .resource)
    }
    guard let body = try code.compiledBody() else { throw site.failure("\(code.name) has no body") }
    let values = try (0..<arguments.count).map { index in
      try code.failedArgument.value { try arguments.evaluate(index, machine) }
    }
    let saved = machine.store.scratchTop
    try code.push(machine, site)
    code.activations.append(RecursiveActionCode.Activation(following: following, saved: saved))
    defer {
      code.activations.removeLast()
      code.restore(from: saved, machine)
      machine.store.scratchTop = saved
    }
    for (slot, value) in zip(code.parameterSlots, values) { machine.slots[slot] = value.bits }
    try body.run(machine)
  }
}

/// The end of a recursive action's body: restores the caller's slots and runs what follows the call.
final class RecursiveActionEndNode: ActionNode {
  private unowned let code: RecursiveActionCode
  private let site: Site

  init(_ code: RecursiveActionCode, _ site: Site) {
    self.code = code
    self.site = site
  }

  override func run(_ machine: Machine) throws {
    guard let activation = code.activations.popLast() else { return }
    let own = machine.store.scratchTop
    try code.push(machine, site)
    code.restore(from: activation.saved, machine)
    defer {
      code.restore(from: own, machine)
      machine.store.scratchTop = own
      code.activations.append(activation)
    }
    try activation.following.run(machine)
  }
}

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
