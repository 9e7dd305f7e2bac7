/// `ENABLED A`: whether the action can be taken. It generates successors in memory of its own and stops at the first one.
final class EnabledNode: BooleanNode {
  let action: ActionNode
  /// Whether it asks about the next state, as in `(ENABLED A)'`.
  let isPrimed: Bool
  private let successor: UnsafeMutablePointer<UInt32>
  /// The number of variables of a next state. An instance whose variables stand for expressions has some of its own.
  let width: Int

  init(_ action: ActionNode, isPrimed: Bool, variables: Int, _ site: Site) {
    self.action = action
    self.isPrimed = isPrimed
    width = variables
    successor = .allocate(capacity: max(variables, 1))
    successor.initialize(repeating: Value.missing.bits, count: max(variables, 1))
    super.init(site)
  }

  deinit { successor.deallocate() }

  override func test(_ machine: Machine) throws -> Bool { try test(machine, follower: nil) }

  func test(_ machine: Machine, follower: (any ConjunctFollower)?) throws -> Bool {
    let saved = (machine.state, machine.next, machine.follower)
    defer {
      (machine.state, machine.next, machine.follower) = saved
      successor.update(repeating: Value.missing.bits, count: width)
    }
    if isPrimed { machine.state = UnsafePointer(machine.next) }
    machine.next = successor
    machine.follower = follower
    do { try action.run(machine) } catch is EnabledFound { return true }
    return false
  }

}

/// Ends the search for a successor.
private struct EnabledFound: Error {}

/// The end of an action that is only tested for being enabled. Some variables may have no value.
final class EnabledEndNode: ActionNode {
  override func run(_ machine: Machine) throws { throw EnabledFound() }
}
