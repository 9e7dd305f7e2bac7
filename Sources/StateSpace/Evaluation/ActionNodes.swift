import TLASemantics
import TLASyntax

/// A compiled action in continuation-passing style: it does its part and runs what follows, once for each way to satisfy its part. So it
/// enumerates successors without allocating (measured: the fastest of the forms that were tested).
class ActionNode {
  /// Runs the part and what follows, and restores the machine's successor afterwards. Throws `EvaluationFailure`, or what the sink throws.
  func run(_ machine: Machine) throws {
    preconditionFailure("every final action class runs")  // ActionNode itself is never instantiated.
  }
}

/// A list of actions that it owns. Visiting an action needs no reference counting.
struct ActionList {
  private let owner: Owner
  let count: Int
  private let base: UnsafeMutablePointer<Unmanaged<ActionNode>>

  private final class Owner {
    let actions: [ActionNode]
    let base: UnsafeMutablePointer<Unmanaged<ActionNode>>
    init(_ actions: [ActionNode]) {
      self.actions = actions
      base = .allocate(capacity: max(actions.count, 1))
      for (index, action) in actions.enumerated() { (base + index).initialize(to: .passUnretained(action)) }
    }
    deinit { base.deallocate() }
  }

  init(_ actions: [ActionNode]) {
    owner = Owner(actions)
    count = actions.count
    base = owner.base
  }

  var all: [ActionNode] { owner.actions }

  @inline(__always) func run(_ index: Int, _ machine: Machine) throws {
    try base[index]._withUnsafeGuaranteedRef { try $0.run(machine) }
  }
}

/// The end of an action: checks that every variable has a value, and gives the state to the sink.
final class EmitNode: ActionNode {
  let names: [String]
  let isInitial: Bool
  let site: Site

  init(variables names: [String], isInitial: Bool = false, _ site: Site) {
    self.names = names
    self.isInitial = isInitial
    self.site = site
  }

  override func run(_ machine: Machine) throws {
    for index in 0..<names.count where machine.next[index] == Value.missing.bits {
      throw incomplete(machine)
    }
    try machine.sink?.accept(machine.next, action: machine.currentAction)
  }

  private func incomplete(_ machine: Machine) -> EvaluationFailure {
    let places = names.indices.filter { machine.next[$0] == Value.missing.bits }
    let missing = places.map { names[$0] }
    let list = missing.joined(separator: ", ")
    let verb = missing.count == 1 ? "has" : "have"
    let hint =
      isInitial
      ? "add `\(missing[0]) = …` to the initial predicate"
      : "add `\(missing[0])' = …`, or UNCHANGED \(missing.count == 1 ? list : "<<\(list)>>")"
    var failure = site.failure(
      "the \(isInitial ? "initial" : "next") state is incomplete: \(list) \(verb) no value",
      isInitial ? .incompleteInitialState : .incompleteState, hint: hint)
    failure.missing = places
    return failure
  }
}

/// A conjunct that is only a test.
final class GuardNode: ActionNode {
  let condition: Node
  let following: ActionNode
  let forgotten: ForgottenPrime?

  /// `forgotten` is the assignment that may have been meant; nil if the test cannot be an assignment without its prime.
  init(_ condition: Node, forgotten: ForgottenPrime? = nil, then following: ActionNode) {
    self.condition = condition
    self.forgotten = forgotten
    self.following = following
  }

  override func run(_ machine: Machine) throws {
    guard let forgotten else { return try test(machine) }
    do { try test(machine) } catch let failure as EvaluationFailure { throw forgotten.named(in: failure) }
  }

  @inline(__always) private func test(_ machine: Machine) throws {
    if try condition.test(machine) {
      if let follower = machine.follower {
        follower.enter()
        defer { follower.leave() }
        return try following.run(machine)
      }
      return try following.run(machine)
    }
    machine.follower?.fail(condition, machine)
  }
}

/// `x' = e`: gives x its next value, or tests the value if x has one.
final class AssignmentNode: ActionNode {
  let variable: Int
  let value: Node
  let equality: Node
  let following: ActionNode

  /// `equality` is the same conjunct as a test.
  init(_ variable: Int, _ value: Node, equality: Node, then following: ActionNode) {
    self.variable = variable
    self.value = value
    self.equality = equality
    self.following = following
  }

  override func run(_ machine: Machine) throws {
    if machine.next[variable] == Value.missing.bits {
      var assigned = try value.evaluate(machine)
      if assigned.tag == Value.Tag.symbolicSet {
        assigned = try equality.here { try machine.store.enumerated(assigned) }
      }
      machine.store.keep(assigned)
      machine.next[variable] = assigned.bits
      defer { machine.next[variable] = Value.missing.bits }
      return try following.run(machine)
    }
    if try equality.test(machine) { return try following.run(machine) }
    machine.follower?.fail(equality, machine)
  }
}

/// `x' \in S`
final class ChoiceNode: ActionNode {
  let variable: Int
  let set: Node
  let membership: Node
  let following: ActionNode
  /// The same conjunct with `=`.
  let equation: () -> String

  /// `membership` is the same conjunct as a test; `equation` is its text with `=`, for messages.
  init(
    _ variable: Int, _ set: Node, membership: Node, equation: @autoclosure @escaping () -> String,
    then following: ActionNode
  ) {
    self.variable = variable
    self.set = set
    self.membership = membership
    self.equation = equation
    self.following = following
  }

  override func run(_ machine: Machine) throws {
    if machine.next[variable] == Value.missing.bits {
      let value = try set.evaluate(machine)
      defer { machine.next[variable] = Value.missing.bits }
      guard value.tag == Value.Tag.set else { return try runDescribed(value, machine) }
      try membership.here { try machine.store.checkOrdered(value) }
      let count = machine.store.length(value)
      if count == 0 { machine.follower?.fail(membership, machine) }
      for index in 0..<count {
        try machine.store.countStep()
        machine.next[variable] = machine.store.payload(value)[index]
        try following.run(machine)
      }
      return
    }
    if try membership.test(machine) { return try following.run(machine) }
    machine.follower?.fail(membership, machine)
  }

  private func runDescribed(_ value: Value, _ machine: Machine) throws {
    var isEmpty = true
    guard machine.store.isSet(value) else {
      var error = machine.store.notASet(value)
      error.hint = "`\\in` takes an element of a set; to give this one value, write `\(equation())`"
      throw membership.site.failure(error)
    }
    try membership.here {
      try machine.store.forEachElement(of: value) { element in
        isEmpty = false
        machine.store.keep(element)
        machine.next[variable] = element.bits
        try following.run(machine)
        return true
      }
    }
    if isEmpty { machine.follower?.fail(membership, machine) }
  }
}

/// `UNCHANGED x`
final class UnchangedNode: ActionNode {
  let variable: Int
  let name: String
  let equality: Node
  let following: ActionNode
  let site: Site

  /// `site` is that of the whole `UNCHANGED`.
  init(_ variable: VariableDeclaration, equality: Node, then following: ActionNode, _ site: Site) {
    self.variable = variable.index
    name = variable.name.text
    self.equality = equality
    self.site = site
    self.following = following
  }

  override func run(_ machine: Machine) throws {
    if machine.next[variable] == Value.missing.bits {
      machine.next[variable] = machine.state[variable]
      defer { machine.next[variable] = Value.missing.bits }
      return try following.run(machine)
    }
    if machine.next[variable] == machine.state[variable] { return try following.run(machine) }
    // TLC gives the same warning.
    site.warn(
      machine, about: name,
      "\(name) is UNCHANGED here, and was given another value before: there is no such step",
      code: .unchanged,
      hint: "leave \(name) out of one of the two")
    machine.follower?.fail(equality, machine)
  }
}

/// A disjunction. As in TLC, each branch runs the rest of the action, even if no branch assigns.
final class BranchNode: ActionNode {
  let branches: ActionList
  let test: Node?

  /// `test` is the whole disjunction as a test, for a follower; nil if it assigns.
  init(_ branches: [ActionNode], test: Node?) {
    self.branches = ActionList(branches)
    self.test = test
  }

  override func run(_ machine: Machine) throws {
    if try isKnownFalse(machine, test) { return }
    for index in 0..<branches.count { try branches.run(index, machine) }
  }
}

extension ActionNode {
  /// Whether somebody follows the run and `test` is false; then the follower is told.
  fileprivate func isKnownFalse(_ machine: Machine, _ test: Node?) throws -> Bool {
    guard let follower = machine.follower, let test, try !test.test(machine) else { return false }
    follower.fail(test, machine)
    return true
  }
}

/// A conjunct that follows others. It is only a test if every variable has its next value.
final class SettledNode: ActionNode {
  let test: ActionNode
  let otherwise: ActionNode

  init(test: ActionNode, otherwise: ActionNode) {
    self.test = test
    self.otherwise = otherwise
  }

  override func run(_ machine: Machine) throws {
    for index in 0..<machine.variableCount where machine.next[index] == Value.missing.bits {
      return try otherwise.run(machine)
    }
    try test.run(machine)
  }
}

/// `\E x \in S : A`
final class ExistsNode: ActionNode {
  let binding: ElementBinding
  let set: Node
  let site: Site
  let body: ActionNode
  let test: Node?

  /// `test` is the whole quantifier as a test, for a follower; nil if it assigns.
  init(_ binding: ElementBinding, _ set: Node, _ body: ActionNode, test: Node? = nil, _ site: Site) {
    self.binding = binding
    self.set = set
    self.body = body
    self.test = test
    self.site = site
  }

  override func run(_ machine: Machine) throws {
    if try isKnownFalse(machine, test) { return }
    let value = try set.evaluate(machine)
    guard value.tag == Value.Tag.set else { return try runDescribed(value, machine) }
    try set.here { try machine.store.checkOrdered(value) }
    let count = machine.store.length(value)
    if count == 0 { machine.follower?.fail(emptySet: set, machine) }
    for index in 0..<count {
      try machine.store.countStep()
      try binding.bind(machine.store.payload(value)[index], machine, site)
      try body.run(machine)
    }
  }

  private func runDescribed(_ value: Value, _ machine: Machine) throws {
    var isEmpty = true
    try set.here {
      try machine.store.forEachElement(of: value) { element in
        isEmpty = false
        try binding.bind(element.bits, machine, site)
        try body.run(machine)
        return true
      }
    }
    if isEmpty { machine.follower?.fail(emptySet: set, machine) }
  }
}

/// `\A x \in S : A` where A assigns: does A for all elements, one after the other. The state of the loop lies in slots, so that what
/// follows may run many times.
final class ForAllNode: ActionNode {
  let binding: ElementBinding
  let set: Node
  let setSlot: Int
  let indexSlot: Int
  let site: Site
  /// The body, which continues with `ForAllStepNode`. Set once, when the step exists.
  var body: ActionNode?
  /// The slots of the loop and its body.
  var slots = 0..<0
  let following: ActionNode

  init(
    _ binding: ElementBinding, _ set: Node, setSlot: Int, indexSlot: Int, then following: ActionNode,
    _ site: Site
  ) {
    self.binding = binding
    self.set = set
    self.setSlot = setSlot
    self.indexSlot = indexSlot
    self.following = following
    self.site = site
  }

  override func run(_ machine: Machine) throws {
    let elements = try set.succession(of: set, machine)
    machine.slots[setSlot] = elements.bits
    machine.slots[indexSlot] = 0
    try step(machine)
  }

  /// Runs the body for the element at the index slot; after the last element, runs what follows.
  fileprivate func step(_ machine: Machine) throws {
    let elements = Value(bits: machine.slots[setSlot])
    let index = Int(machine.slots[indexSlot])
    guard index < machine.store.length(elements) else { return try following.run(machine) }
    try binding.bind(machine.store.payload(elements)[index], machine, site)
    try body?.run(machine)
  }

  fileprivate func advance(_ machine: Machine) throws {
    // The following elements use the same slots, and afterwards the body may continue with another way for this element.
    let store = machine.store
    let saved = store.scratchTop
    defer {
      for (offset, slot) in slots.enumerated() { machine.slots[slot] = store.scratch[saved + offset] }
      store.scratchTop = saved
    }
    for slot in slots { try set.here { try store.push(Value(bits: machine.slots[slot])) } }
    machine.slots[indexSlot] += 1
    try step(machine)
  }
}

/// The end of a `\A`'s body: continues with the next element.
final class ForAllStepNode: ActionNode {
  private unowned let loop: ForAllNode

  init(_ loop: ForAllNode) { self.loop = loop }

  override func run(_ machine: Machine) throws { try loop.advance(machine) }
}

/// `IF c THEN A ELSE B`, or the arms of a `CASE`, tested in order.
final class SelectionNode: ActionNode {
  let guards: NodeList
  let branches: ActionList
  let other: ActionNode?
  let site: Site

  /// Without `other`, it is an error if no guard is true.
  init(guards: [Node], branches: [ActionNode], other: ActionNode?, _ site: Site) {
    self.guards = NodeList(guards)
    self.branches = ActionList(branches)
    self.other = other
    self.site = site
  }

  override func run(_ machine: Machine) throws {
    for index in 0..<guards.count where try guards.test(index, machine) {
      return try branches.run(index, machine)
    }
    guard let other else {
      throw site.failure("no arm of the CASE is true, and it has no OTHER", code: .caseWithoutArm)
    }
    try other.run(machine)
  }
}

/// Enters a scope: forgets what its lazy slots remember.
final class ActionScopeNode: ActionNode {
  let slots: Range<Int>
  let body: ActionNode

  init(slots: Range<Int>, body: ActionNode) {
    self.slots = slots
    self.body = body
  }

  override func run(_ machine: Machine) throws {
    for slot in slots { machine.slots[slot] = Value.missing.bits }
    try body.run(machine)
  }
}
