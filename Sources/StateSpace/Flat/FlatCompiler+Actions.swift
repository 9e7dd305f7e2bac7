/// Actions. The code of what follows a part of an action is repeated for each way to do that part.
extension FlatCompiler {
  func run(_ action: ActionNode) throws {
    switch action {
    case let action as DomainNode:
      let inside = label()
      try member(value(action.argument), of: value(action.domain), to: inside, when: true)
      add(.leave)
      place(inside)
      try run(action.following)
    case let action as RecursiveActionCallNode: try run(action)
    case let action as RecursiveActionEndNode: try countWay(action)
    // What ways are counted for does not assign.
    case _ where ways != nil && (action is EmitNode || action is AssignmentNode || action is UnchangedNode):
      throw Unsupported()
    case is EmitNode: try emit()
    case is EnabledEndNode:
      guard let enabled else { throw Unsupported() }
      jump(.jump, to: enabled)
    case let action as GuardNode: try test(action.condition, then: action.following)
    case let action as AssignmentNode: try assign(action)
    case let action as ChoiceNode:
      guard scope.assigned[action.variable] == nil else {
        return try test(action.membership, then: action.following)
      }
      if ways != nil { throw Unsupported() }
      let type = layout.types[action.variable]
      try iterate(value(action.set)) { element in
        scope.assigned[action.variable] = try convert(element, to: type)
        try run(action.following)
      }
    case let action as UnchangedNode: try unchanged(action)
    case let action as BranchNode:
      for branch in action.branches.all { try inTurn { try orLeave { try run(branch) } } }
    case let action as SettledNode:
      try run(scope.assigned.contains { $0 == nil } ? action.otherwise : action.test)
    case let action as ExistsNode:
      try iterate(value(action.set)) { element in
        try bind(action.binding, element)
        try run(action.body)
      }
    case let action as SelectionNode: try select(action)
    case let action as ActionScopeNode:
      for slot in action.slots { scope.known[slot] = nil }
      try run(action.body)
    default: throw Unsupported()
    }
  }

  /// Adds a jump that is taken when `ENABLED A` has the given truth value. The action runs, and gives no state.
  func enabled(_ node: EnabledNode, to label: Int, when: Bool) throws {
    // Names around it may stand for the next state, which is another one inside.
    guard !node.isPrimed, node.width == layout.types.count, let reads = node.reads,
      reads.nextVariables.isEmpty
    else { throw Unsupported() }
    let (found, end, saved, outer, outerWays) = (self.label(), self.label(), scope, enabled, ways)
    defer { (enabled, ways) = (outer, outerWays) }
    ways = nil
    try scoped {
      enabled = found
      for slot in reads.lazySlots { scope.known[slot] = nil }
      scope.assigned = scope.assigned.map { _ in nil }
      try run(node.action)
    }
    jump(.jump, to: when ? end : label)
    place(found)
    // What the action found on its way does not count outside.
    scope = saved
    if when { jump(.jump, to: label) }
    place(end)
    scope = saved
  }

  private func test(_ condition: Node, then following: ActionNode) throws {
    let next = label()
    try scoped {
      try orLeave {
        try branch(condition, to: next, when: false)
        try run(following)
      }
    }
    place(next)
  }

  private func assign(_ action: AssignmentNode) throws {
    guard scope.assigned[action.variable] == nil else {
      return try test(action.equality, then: action.following)
    }
    let type = layout.types[action.variable]
    try scoped {
      scope.assigned[action.variable] = try converted(action.value, to: type)
      try run(action.following)
    }
  }

  private func unchanged(_ action: UnchangedNode) throws {
    let own = layout.place(of: action.variable, inRowAt: 0)
    if let assigned = scope.assigned[action.variable] {
      // If the values differ, the node tree warns.
      if assigned != own {
        let type = layout.types[action.variable]
        if type.width > 64 {
          let isEqual = add(.equalBits, try word(), immediate: addBits(type.width, from: own, to: assigned))
          try leave(.jumpIfNotZero, isEqual)
        } else if type.width > 0 {
          try leave(.jumpIfEqual, load(own), load(assigned))
        }
      }
      return try run(action.following)
    }
    try scoped {
      scope.assigned[action.variable] = own
      try run(action.following)
    }
  }

  private func select(_ action: SelectionNode) throws {
    let end = label()
    let saved = scope
    for (test, branch) in zip(action.guards.all, action.branches.all) {
      let next = label()
      try self.branch(test, to: next, when: false)
      try scoped { try orLeave { try run(branch) } }
      jump(.jump, to: end)
      place(next)
    }
    if let other = action.other { try scoped { try orLeave { try run(other) } } } else { add(.leave) }
    place(end)
    scope = saved
  }

  /// Puts the next state together and gives it away.
  private func emit() throws {
    let base = layout.frameWords
    add(.copyWords, base, 0, layout.frameWords)
    for (variable, assigned) in scope.assigned.enumerated() {
      // The node tree says which variables have no value.
      guard let assigned else { throw Unsupported() }
      if assigned == layout.place(of: variable, inRowAt: 0) || assigned.width == 0 { continue }
      try copy(assigned, to: layout.place(of: variable, inRowAt: base))
    }
    add(.emit)
  }
}
