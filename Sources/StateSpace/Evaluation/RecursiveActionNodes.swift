/// The compiled body of a recursive operator that is an action. The body does not know what follows a call, so each activation keeps it.
final class RecursiveActionCode {
  let name: String
  /// What to say if the recursion does not seem to end.
  fileprivate let excess: String
  let failedArgument = FailedArgument()
  /// The fixed arguments for parameters that are not values; nil for a parameter that is a value.
  let fixed: [FixedArgument?]
  var parameterSlots: [Int] = []
  /// The body's slots: its activation record.
  var slots = 0..<0
  /// Set when the body is compiled.
  var body: ActionNode?
  /// Compiles the body, if that waits until the action is called.
  var compileBody: (() throws -> Void)?

  /// What follows a call that is not the last thing in the body runs inside all calls around it, so the time for a step grows with the
  /// depth. TLC runs out of stack earlier.
  fileprivate static let maximumDepth = 16_384

  /// What happens when the body of an activation ends. A call that is the last thing in the body has nothing to do afterwards, so it takes
  /// this over from the activation that makes it.
  fileprivate struct Ending {
    let following: ActionNode
    /// Where the slots that `following` needs lie on the scratch stack.
    let saved: Int
    /// The activation in which `following` runs; nil if it runs outside of all.
    let outer: Int?
  }

  fileprivate struct Activation {
    let ending: Ending
    let depth: Int
  }
  /// The activations that have not returned. What follows a call runs before the call returns.
  fileprivate var activations: [Activation] = []
  /// The activation whose body runs.
  fileprivate var current: Int?

  init(name: String, excess: String? = nil, fixed: [FixedArgument?]) {
    self.name = name
    self.excess = excess ?? "the recursion of \(name) is too deep"
    self.fixed = fixed
  }

  func compiledBody() throws -> ActionNode? {
    if body == nil, let compileBody {
      try compileBody()
      self.compileBody = nil
    }
    return body
  }

  fileprivate func push(_ machine: Machine, _ site: Site) throws {
    do { try machine.store.push(machine.slots + slots.lowerBound, count: slots.count) } catch let error
      as ValueError
    {
      throw site.failure(error)
    }
  }

  fileprivate func restore(from place: Int, _ machine: Machine) {
    (machine.slots + slots.lowerBound).update(from: machine.store.scratch + place, count: slots.count)
  }
}

/// A call of a recursive action.
final class RecursiveActionCallNode: ActionNode {
  let code: RecursiveActionCode
  let arguments: NodeList
  let following: ActionNode
  /// Whether the call is the last thing in the body of the same operator.
  private let isLast: Bool
  private let site: Site

  init(_ code: RecursiveActionCode, _ arguments: [Node], then following: ActionNode, _ site: Site) {
    self.code = code
    isLast = (following as? RecursiveActionEndNode)?.ends(code) ?? false
    self.arguments = NodeList(arguments)
    self.following = following
    self.site = site
  }

  override func run(_ machine: Machine) throws {
    let caller = code.current
    let depth = caller.map { code.activations[$0].depth + 1 } ?? 0
    guard machine.hasStack, depth < RecursiveActionCode.maximumDepth else {
      throw site.failure(code.excess, .resource)
    }
    guard let body = try code.compiledBody() else { throw site.failure("\(code.name) has no body") }
    let values = try (0..<arguments.count).map { index in
      try code.failedArgument.value { try arguments.evaluate(index, machine) }
    }
    let saved = machine.store.scratchTop
    try code.push(machine, site)
    var ending = RecursiveActionCode.Ending(following: following, saved: saved, outer: caller)
    if isLast, let caller { ending = code.activations[caller].ending }
    code.activations.append(RecursiveActionCode.Activation(ending: ending, depth: depth))
    code.current = code.activations.count - 1
    defer {
      code.activations.removeLast()
      code.current = caller
      code.restore(from: saved, machine)
      machine.store.scratchTop = saved
    }
    for (slot, value) in zip(code.parameterSlots, values) { machine.slots[slot] = value.bits }
    try body.run(machine)
  }
}

/// The end of a recursive action's body: restores the caller's slots and runs what follows the call.
final class RecursiveActionEndNode: ActionNode {
  unowned let code: RecursiveActionCode
  private let site: Site

  init(_ code: RecursiveActionCode, _ site: Site) {
    self.code = code
    self.site = site
  }

  fileprivate func ends(_ code: RecursiveActionCode) -> Bool { self.code === code }

  override func run(_ machine: Machine) throws {
    guard let activation = code.current else { return }
    let ending = code.activations[activation].ending
    let own = machine.store.scratchTop
    try code.push(machine, site)
    code.restore(from: ending.saved, machine)
    code.current = ending.outer
    defer {
      code.restore(from: own, machine)
      machine.store.scratchTop = own
      code.current = activation
    }
    try ending.following.run(machine)
  }
}
