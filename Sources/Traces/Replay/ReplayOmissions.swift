internal import StateSpace

// States that the trace leaves out.
extension ReplayRun {
  /// Inserts an empty first step into a trace that does not begin at an initial state, for the first of the states that are left out.
  mutating func openBeginning() {
    let omission = trace.omissions.removeValue(forKey: 0)
    insertSteps(1, at: 0)
    switch omission {
    case .states(let count) where count > 1: trace.omissions[1] = .states(count - 1)
    case .unknown: trace.omissions[1] = .unknown
    default: break
    }
  }

  /// Searches the states that are left out before the next step of the trace. From the last layer, it searches as many levels as states are
  /// left out, or until a state leads to the next one. Nil if a path was found.
  mutating func bridge(_ omission: Trace.Omission) throws -> Refusal? {
    let start = layers.count
    var looked = 0
    var seen = Set<State>()
    var levels = 0
    while try !isBridged(omission, levels) {
      guard levels < mostLevels(omission) else { return unbridged(start, looked) }
      // A trace may return to a state. If the number of states is given, only states of the same level are duplicates.
      if case .states = omission { seen = [] }
      var next: [Node] = []
      for (parent, node) in (layers.last ?? []).enumerated() {
        looked += 1
        guard looked <= ReplayRun.mostStatesInOmission else { return unbridged(start, looked - 1) }
        for successor in try model.successors(of: node.state) where seen.insert(successor.state).inserted {
          next.append(Node(state: successor.state, label: successor.label, parent: parent))
        }
      }
      guard !next.isEmpty else { return unbridged(start, looked) }
      insertSteps(1, at: layers.count)
      layers.append(next)
      levels += 1
    }
    if levels > 0 {
      let states = levels == 1 ? "1 state is" : "\(levels) states are"
      notes.append("\(states) left out before state \(start + levels): found by a search")
    }
    return nil
  }

  private func mostLevels(_ omission: Trace.Omission) -> Int {
    if case .states(let count) = omission { count } else { ReplayRun.mostStepsInOmission }
  }

  /// Whether this number of levels is enough: it equals the number of states that are left out, or some state of the last layer can take
  /// the next step of the trace.
  private func isBridged(_ omission: Trace.Omission, _ levels: Int) throws -> Bool {
    if case .states(let count) = omission { return levels == count }
    let step = layers.count
    return try (layers.last ?? []).contains { node in
      try model.successors(of: node.state).contains { fits($0.state, step) }
    }
  }

  private func unbridged(_ start: Int, _ looked: Int) -> Refusal {
    Refusal(
      step: start,
      message: "states are left out here, and no way to the next one was found among \(looked) states")
  }

  /// Inserts steps of which nothing is known, and shifts all step numbers.
  private mutating func insertSteps(_ count: Int, at index: Int) {
    let steps = Array(repeating: TraceStep(label: nil, values: []), count: count)
    trace.steps.insert(contentsOf: steps, at: index)
    wanted.insert(contentsOf: Array(repeating: [], count: count), at: index)
    if let loop = trace.loop, loop >= index { trace.loop = loop + count }
    func moved<Value>(_ table: [Int: Value]) -> [Int: Value] {
      Dictionary(uniqueKeysWithValues: table.map { ($0.key >= index ? $0.key + count : $0.key, $0.value) })
    }
    trace.omissions = moved(trace.omissions)
    trace.stepNotes = moved(trace.stepNotes)
  }

  /// Types a trace like the sample. For an untyped trace this covers only the labels; its values are typed when they are compared with
  /// states.
  static func typed(_ trace: Trace, against sample: [PlainValue]) -> Trace {
    var typed = trace.reTyped(against: sample)
    guard trace.isUntyped else { return typed }
    typed.steps = zip(trace.steps, typed.steps).map { TraceStep(label: $1.label, values: $0.values) }
    return typed
  }

  /// A note for an untyped trace that can be read in several ways: how many states fit, and where first.
  func guess() -> String? {
    guard trace.isUntyped, !byAction else { return nil }
    var positions = Set((layers.last ?? []).indices)
    var ambiguous: (step: Int, count: Int)?
    for (step, layer) in layers.enumerated().reversed() {
      let states = Set(positions.map { layer[$0].state })
      if states.count > 1, !wanted[step].isEmpty { ambiguous = (step, states.count) }
      positions = positions.reduce(into: []) { parents, position in
        parents.insert(layer[position].parent)
        parents.formUnion(otherParents[Place(layer: step, position: position)] ?? [])
      }
    }
    return ambiguous.map {
      "the format does not tell sets from sequences nor model values from strings: at state \($0.step) it fits "
        + "\($0.count) states, the first is taken"
    }
  }
}
