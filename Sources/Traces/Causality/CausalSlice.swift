package import StateSpace
import TLASyntax

/// What made an invariant's sub-expression false, back to the origin: a chain for each element that one side has and
/// the other lacks.
package struct CausalSlice: Sendable, Hashable {
  package let chains: [CausalChain]
  private let variables: [String]

  /// No more elements than this are followed.
  private static let elementLimit = 3

  /// All steps that matter, as positions in the trace.
  package var steps: Set<Int> { chains.reduce(into: []) { $0.formUnion($1.steps) } }
  package var isEmpty: Bool { chains.allSatisfy(\.events.isEmpty) }

  /// Follows what an explanation blames back from the last state of a history. Empty when the explanation has no
  /// sides, or no variable holds them. Costs a look at as many states as the chains are long.
  package init(_ explanation: Explanation, in history: CausalHistory) {
    variables = history.structure.variables
    guard let sides = explanation.sides, history.count > 0 else {
      chains = []
      return
    }
    let values = history.values(history.count - 1)
    let arguments = explanation.witnesses.map(\.value)
    func place(_ value: PlainValue, _ span: SourceSpan, isWhole: Bool) -> ValuePlace? {
      ValuePlace.best(
        for: value, expression: span.oneLineText, arguments: arguments,
        variables: history.structure.variables, in: values, isWhole: isWhole)
    }
    let difference = SideDifference(sides)
    if case .sets(let extra, let missing) = difference {
      let left = place(sides.left, sides.leftSpan, isWhole: false)
      let right = place(sides.right, sides.rightSpan, isWhole: false)
      var chains: [CausalChain] = []
      for element in extra.prefix(Self.elementLimit) {
        if let left { chains.append(.gain(of: element, at: left, in: history)) }
        if let right {
          // What the other side never had needs no explanation.
          let loss = CausalChain.loss(of: element, at: right, known: nil, in: history)
          if case .lost? = loss.events.first { chains.append(loss) }
        }
      }
      for element in missing.prefix(Self.elementLimit) {
        if let left {
          chains.append(.loss(of: element, at: left, known: right, in: history))
        } else if let right {
          chains.append(.gain(of: element, at: right, in: history))
        }
      }
      self.chains = chains
      return
    }
    if case .element(let element, true) = difference {
      chains =
        place(sides.right, sides.rightSpan, isWhole: false)
        .map { [.gain(of: element, at: $0, in: history)] } ?? []
      return
    }
    chains = [(sides.left, sides.leftSpan), (sides.right, sides.rightSpan)].compactMap { value, span in
      place(value, span, isWhole: true).map { .gain(of: value, at: $0, in: history) }
    }
  }

  /// Each chain as a sentence: `0: written by AckSync(n1) at 8, from ack_sync {0} sent by n2 at 7, which holds 0 since …`.
  package var sentences: [String] { chains.filter { !$0.events.isEmpty }.map { $0.text(variables) } }
}

/// How the two sides of a relation differ.
package enum SideDifference: Sendable, Hashable {
  /// Of two sets: what the left one has and must not, and what it lacks.
  case sets(extra: [PlainValue], missing: [PlainValue])
  /// An element, and whether it is in the set (and must not be).
  case element(PlainValue, isIn: Bool)
  /// Of two values with parts: the places at which they differ.
  case parts([ValueDifference])
  /// Nothing smaller can be said.
  case whole

  package init(_ sides: Explanation.Sides) {
    switch (sides.symbol, sides.left, sides.right) {
    case ("=", .set(let left), .set(let right)):
      let (has, wants) = (Set(left), Set(right))
      self = .sets(
        extra: left.filter { !wants.contains($0) }, missing: right.filter { !has.contains($0) })
      if has == wants { self = .whole }
    case ("\\subseteq", .set(let left), .set(let right)):
      let allowed = Set(right)
      self = .sets(extra: left.filter { !allowed.contains($0) }, missing: [])
    case ("\\in", let element, .set(let set)), ("\\notin", let element, .set(let set)):
      self = .element(element, isIn: set.contains(element))
    case ("=", .function, .function), ("=", .record, .record), ("=", .tuple, .tuple):
      let differences = ValueDifference.between(sides.right, sides.left)
      self = differences.isEmpty ? .whole : .parts(differences)
    default: self = .whole
    }
  }

  /// `extra: 0`, `missing: 1, 2`, `[n1] 0 → 1`; nil where the values say all.
  package var text: String? {
    func list(_ values: [PlainValue]) -> String {
      values.prefix(8).map(\.description).joined(separator: ", ") + (values.count > 8 ? ", …" : "")
    }
    switch self {
    case .sets(let extra, let missing):
      let words = [("extra", extra), ("missing", missing)].filter { !$0.1.isEmpty }
      return words.map { "\($0): \(list($1))" }.joined(separator: "   ")
    case .parts(let differences):
      let shown = differences.prefix(4).map { difference in
        let place = ValueDifference.text(of: difference.path)
        switch difference.change {
        case .added(let value): return "\(place) extra: \(value)"
        case .removed(let value): return "\(place) missing: \(value)"
        case .changed(let right, let left): return "\(place) is \(left) against \(right)"
        }
      }
      return "differ at " + shown.joined(separator: "; ") + (differences.count > 4 ? "; …" : "")
    case .element, .whole: return nil
    }
  }
}

extension CausalChain {
  /// The chain as a sentence without its full stop.
  package func text(_ variables: [String]) -> String {
    var words: [String] = []
    for (position, event) in events.enumerated() {
      let isFirst = position == 0
      switch event {
      case .gained(let place, let step, let label):
        let action = label?.description ?? "a step"
        words.append(
          isFirst
            ? "\(element) in \(place.text(variables)): written by \(action) at \(step)"
            : "\(subject(place, variables, after: position)) \(element) since \(action) at \(step)")
      case .lost(let place, let step, let label):
        words.append(
          "\(element) in \(place.text(variables)): taken out by \(label?.description ?? "a step") at \(step)")
      case .carried(let message, let step, let sender, let label):
        let text = MessageText(message).words()
        let by = sender?.description ?? label?.description
        words.append(
          step.map { "from \(text) sent\(by.map { " by \($0)" } ?? "") at \($0)" }
            ?? "from \(text), which was there from the start")
      case .held(let place, let isInitial):
        let since = isInitial ? "from the start" : "for thousands of steps"
        words.append("\(subject(place, variables, after: position)) \(element) \(since)")
      case .never(let place):
        words.append("\(place.text(variables)) never had \(element)")
      }
    }
    return words.joined(separator: ", ")
  }

  /// `which holds` behind the sender of a message, else the place by its name.
  private func subject(_ place: ValuePlace, _ variables: [String], after position: Int) -> String {
    if position > 0, case .carried(_, _, let sender?, _) = events[position - 1], place.path == [sender] {
      return "which holds"
    }
    return "\(place.text(variables)) has"
  }
}
