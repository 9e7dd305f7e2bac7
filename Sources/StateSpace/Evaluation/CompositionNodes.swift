/// `A \cdot B` as a part of an action: a step of A to a state in between, and from there a step of B.
final class CompositionNode: ActionNode {
  private let first: ActionNode
  private let passage: Passage

  /// `first` ends in a `MiddleNode` of the same passage, and the action after that in a `ReturnNode`.
  init(_ first: ActionNode, _ passage: Passage) {
    self.first = first
    self.passage = passage
  }

  override func run(_ machine: Machine) throws {
    let width = passage.width
    try withUnsafeTemporaryAllocation(of: UInt32.self, capacity: max(1, width)) { row in
      guard let base = row.baseAddress else { return }
      base.update(from: machine.next, count: width)
      let outer = (passage.source, passage.assigned)
      (passage.source, passage.assigned) = (machine.state, base)
      defer { (passage.source, passage.assigned) = outer }
      try first.run(machine)
    }
  }

  /// What the parts of a composition share while it runs.
  final class Passage {
    /// The state from which the composed step leads.
    fileprivate(set) var source: UnsafePointer<UInt32>?
    /// The next values that were given before the composition; they are those of the state in between, too.
    fileprivate(set) var assigned: UnsafeMutablePointer<UInt32>?
    fileprivate let width: Int

    init(variables: Int) { width = variables }
  }
}

/// The state in between: the rest goes on from it. A variable that has no value there must not be read.
final class MiddleNode: ActionNode {
  private let second: ActionNode
  private let passage: CompositionNode.Passage

  init(_ second: ActionNode, _ passage: CompositionNode.Passage) {
    self.second = second
    self.passage = passage
  }

  override func run(_ machine: Machine) throws {
    let width = passage.width
    guard let assigned = passage.assigned else { return }
    try withUnsafeTemporaryAllocation(of: UInt32.self, capacity: max(1, 2 * width)) { rows in
      guard let base = rows.baseAddress else { return }
      base.update(from: machine.next, count: width)
      (base + width).update(from: assigned, count: width)
      let saved = (machine.state, machine.next)
      (machine.state, machine.next) = (UnsafePointer(base), base + width)
      defer { (machine.state, machine.next) = saved }
      try second.run(machine)
    }
  }
}

/// The end of a composed step: what follows sees the state from which the step leads.
final class ReturnNode: ActionNode {
  private let following: ActionNode
  private let passage: CompositionNode.Passage

  init(_ passage: CompositionNode.Passage, then following: ActionNode) {
    self.passage = passage
    self.following = following
  }

  override func run(_ machine: Machine) throws {
    guard let source = passage.source else { return }
    let middle = machine.state
    machine.state = source
    defer { machine.state = middle }
    try following.run(machine)
  }
}

/// `A \cdot B` of two given states: whether some step of A leads to a state from which B leads on.
final class CompositionTestNode: BooleanNode {
  private let first: ActionNode
  private let width: Int

  /// `first` ends in a `MiddleTestNode`.
  init(_ first: ActionNode, variables: Int, _ site: Site) {
    self.first = first
    width = variables
    super.init(site)
  }

  fileprivate struct Found: Error {}

  override func test(_ machine: Machine) throws -> Bool {
    let saved = (machine.next, machine.follower, machine.target)
    return try withUnsafeTemporaryAllocation(of: UInt32.self, capacity: max(1, width)) { row in
      guard let base = row.baseAddress else { return false }
      base.update(repeating: Value.missing.bits, count: width)
      (machine.next, machine.follower, machine.target) = (base, nil, machine.next)
      defer { (machine.next, machine.follower, machine.target) = saved }
      do { try first.run(machine) } catch is Found { return true }
      return false
    }
  }
}

/// The state in between, from which B must lead to the target.
final class MiddleTestNode: ActionNode {
  private let second: Node

  init(_ second: Node) { self.second = second }

  override func run(_ machine: Machine) throws {
    guard let target = machine.target else { return }
    let saved = (machine.state, machine.next)
    (machine.state, machine.next) = (UnsafePointer(machine.next), target)
    defer { (machine.state, machine.next) = saved }
    if try second.test(machine) { throw CompositionTestNode.Found() }
  }
}
