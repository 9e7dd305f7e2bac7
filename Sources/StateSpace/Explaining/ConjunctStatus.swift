import TLASemantics
package import TLASyntax

/// The outcome of an action's conjunct in a state.
package struct ConjunctStatus: Sendable {
  package enum Outcome: Sendable, Hashable {
    case isTrue
    case isFalse
    /// It gave a variable its next value, or left the variable unchanged.
    case assigns
    /// A conjunct before it is false, or its branch was not taken.
    case notReached
    /// It has no value.
    case failed
  }

  /// The place of the conjunct, which may be in a definition that the action mentions.
  package let span: SourceSpan
  package let outcome: Outcome
  /// `5 < 5` for a relation, the value of an assignment, or the error of a conjunct without a value. Nil if there is no more to say.
  package let values: String?
  /// The smallest false part, if it is smaller than the conjunct or stands elsewhere.
  package let part: SourceSpan?
}

extension Explorer {
  /// The outcomes of an action's conjuncts in a state, in the order of the text; empty if there is no such action. A conjunct that is tried
  /// in several ways (under `\E`, in disjuncts) is true if it is true in one of them.
  ///
  /// The first call compiles the actions once more, which takes as long as loading them.
  package func conjuncts(of label: ActionLabel, in state: State) -> [ConjunctStatus] {
    guard let recorded = try? program.recordedActions() else { return [] }
    let indices = recorded.actions.indices.filter { recorded.actions[$0].name == label.name }
    var entered = run(recorded, indices, label.arguments, in: state)
    // The action may bind its names over a set that is empty here. Then none of its conjuncts is reached.
    if entered.isEmpty, let first = indices.first { entered = run(recorded, [first], nil, in: state) }
    var result: [ConjunctStatus] = []
    var places: [SourceSpan: Int] = [:]
    for entry in entered {
      let status = ConjunctStatus(entry)
      if let place = places[entry.span] {
        if result[place].outcome.rank < status.outcome.rank { result[place] = status }
      } else {
        places[entry.span] = result.count
        result.append(status)
      }
    }
    let order = Dictionary(
      specification.files.enumerated().map { (ObjectIdentifier($0.element), $0.offset) },
      uniquingKeysWith: { first, _ in first })
    return result.sorted { left, right in
      let (one, other) = (order[ObjectIdentifier(left.span.file)], order[ObjectIdentifier(right.span.file)])
      return (one ?? 0, left.span.start, right.span.end) < (other ?? 0, right.span.start, left.span.end)
    }
  }

  /// Runs actions and returns the outcomes of the conjuncts of those that were entered. Without `arguments`, every action counts as
  /// entered.
  private func run(
    _ recorded: RecordedActions, _ indices: [Int], _ arguments: [PlainValue]?, in state: State
  ) -> [ConjunctRecorder.Entry] {
    let machine = program.machine
    let recorder = recorded.recorder
    machine.enterRun()
    defer { machine.reset() }
    var entries: [ConjunctRecorder.Entry] = []
    for index in indices {
      machine.reset()
      machine.state = UnsafePointer(states.row(state.index))
      recorder.begin(arguments: arguments)
      try? recorded.actions[index].code.run(machine)
      if recorder.hasMatched || arguments == nil { entries += recorder.entries[recorder.actions[index]] }
    }
    return entries
  }
}

extension ConjunctStatus {
  fileprivate init(_ entry: ConjunctRecorder.Entry) {
    span = entry.span
    if entry.passes > 0 {
      outcome = entry.assigns ? .assigns : .isTrue
    } else if entry.failure != nil {
      outcome = .failed
    } else {
      outcome = entry.isReached ? .isFalse : .notReached
    }
    values = entry.failure?.message ?? entry.values
    part = entry.part == entry.span ? nil : entry.part
  }
}

extension ConjunctStatus.Outcome {
  /// Of two outcomes of the same conjunct, the one with the higher rank counts.
  fileprivate var rank: Int {
    switch self {
    case .notReached: 0
    case .failed: 1
    case .isFalse: 2
    case .assigns, .isTrue: 3
    }
  }
}
