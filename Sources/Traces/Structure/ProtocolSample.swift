package import StateSpace
package import TLASemantics

/// The data from which a protocol's structure is inferred: sets that may be the nodes, and some states and steps of the model.
package struct ProtocolSample: Sendable {
  /// A step between two of the states, by their positions in `states`.
  package struct Step: Sendable {
    package let label: ActionLabel
    package let before: Int
    package let after: Int

    package init(label: ActionLabel, before: Int, after: Int) {
      self.label = label
      self.before = before
      self.after = after
    }
  }

  package var constants: [(name: String, value: PlainValue)]
  /// Sets that the specification defines, such as `Proc == 1..N`.
  package var definitions: [(name: String, value: PlainValue)] = []
  /// Sampled states, each with the values of all variables.
  package var states: [[PlainValue]]
  package var steps: [Step] = []
  /// What the actions look at; nil if no specification is known.
  package var reads: ActionReads?

  package init(constants: [(name: String, value: PlainValue)], states: [[PlainValue]]) {
    self.constants = constants
    self.states = states
  }

  private static let mostInitialStates = 20
  private static let mostStates = 300
  private static let mostExpanded = 60
  private static let walkLength = 40
  /// How many loop steps the sample may take: about half a second.
  private static let mostLoopSteps = 10_000_000

  /// A few hundred states near the initial ones, and the states of a longer walk: fewer where the steps take long. They are enough to see
  /// what the variables hold and who sends and takes which messages. The sample is the same in every run.
  package init(of explorer: Explorer, from initial: [State]) {
    self.init(constants: explorer.constants, states: [])
    definitions = explorer.definedSets
    reads = ActionReads(explorer.specification)
    var positions: [State: Int] = [:]
    var order: [State] = []
    func position(_ state: State) -> Int {
      if let known = positions[state] { return known }
      positions[state] = order.count
      order.append(state)
      return order.count - 1
    }
    func expand(_ state: State) -> [Successor] {
      let successors = (try? explorer.successors(of: state)) ?? []
      for successor in successors where order.count < ProtocolSample.mostStates {
        let step = Step(label: successor.label, before: position(state), after: position(successor.state))
        steps.append(step)
      }
      return successors
    }
    // The first initial states may be alike: for example, nobody is active in any of them.
    let gap = max(1, initial.count / ProtocolSample.mostInitialStates)
    for index in stride(from: 0, to: initial.count, by: gap)
    where order.count < ProtocolSample.mostInitialStates {
      _ = position(initial[index])
    }
    explorer.limitingSteps(to: ProtocolSample.mostLoopSteps) {
      var next = 0
      while next < min(order.count, ProtocolSample.mostExpanded),
        order.count < ProtocolSample.mostStates * 2 / 3
      {
        _ = expand(order[next])
        next += 1
      }
      var current = order.last
      for number in 0..<ProtocolSample.walkLength {
        guard let state = current, order.count < ProtocolSample.mostStates else { break }
        let others = expand(state).filter { $0.state != state }
        current = others.isEmpty ? nil : others[number * 7919 % others.count].state
      }
    }
    states = order.map { explorer.values(of: $0) }
  }
}

extension Explorer {
  private static let largestDefinedSet = 64

  /// The sets that the specification defines by listing their elements or by a range, with their names.
  fileprivate var definedSets: [(name: String, value: PlainValue)] {
    specification.knownNames.sorted().compactMap { name in
      guard let definition = specification.definition(named: name), definition.parameters.isEmpty,
        definition.level == .constant, definition.body.isSetOfFewKinds(depth: 0),
        case .set(let elements)? = try? evaluate(name, in: nil), !elements.isEmpty,
        elements.count <= Explorer.largestDefinedSet
      else { return nil }
      return (name, .set(elements))
    }
  }
}

extension Term {
  /// Whether it consists only of ranges, enumerations and named sets, so that evaluating it costs almost nothing.
  fileprivate func isSetOfFewKinds(depth: Int) -> Bool {
    guard depth < 8 else { return false }
    switch kind {
    case .integer, .string, .constant: return true
    case .setEnumeration(let elements): return elements.allSatisfy { $0.isSetOfFewKinds(depth: depth + 1) }
    case .builtin(let builtin, let arguments):
      switch builtin {
      case .interval, .union, .intersection, .difference, .plus, .minus, .cardinality:
        return arguments.allSatisfy { $0.isSetOfFewKinds(depth: depth + 1) }
      default: return false
      }
    case .apply(let definition, let arguments):
      return arguments.isEmpty && definition.parameters.isEmpty && !definition.isRecursive
        && definition.body.isSetOfFewKinds(depth: depth + 1)
    default: return false
    }
  }
}
