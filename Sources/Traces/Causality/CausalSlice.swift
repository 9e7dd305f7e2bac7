import BigInt
package import StateSpace
import TLASyntax

/// The causes that made an invariant's sub-expression false, back to their origin. There is a chain for each element that one side has and
/// the other lacks, for each counter that does not tally, and for each value that must not be there.
package struct CausalSlice: Sendable, Hashable {
  package let chains: [CausalChain]
  /// Each chain as a sentence: `0: written by AckSync(n1) at 8, from ack_sync {0} sent by n2 at 7, which holds 0 since …`.
  package let sentences: [String]

  /// The most things of a kind that are followed.
  private static let limit = 3

  /// The sentence that says most in little room: what was lost or never came, otherwise the first one.
  package var headline: String? {
    let index = chains.firstIndex { chain in
      chain.events.contains { event in
        switch event {
        case .never, .told(_, _, _, .lost): true
        default: false
        }
      }
    }
    return index.map { sentences[$0] } ?? sentences.first
  }

  /// All relevant steps, as positions in the trace.
  package var steps: Set<Int> { chains.reduce(into: []) { $0.formUnion($1.steps) } }
  package var isEmpty: Bool { chains.allSatisfy(\.events.isEmpty) }

  /// Follows the blamed part of an explanation back from the last state of a history. Empty if no variable is involved. It reads as many
  /// states as the chains are long; for counters it reads all states.
  package init(_ explanation: Explanation, in history: CausalHistory) {
    guard history.count > 0 else {
      chains = []
      sentences = []
      return
    }
    let finder = CauseFinder(explanation, in: history)
    var seen = Set<CausalChain>()
    chains = finder.chains(limit: Self.limit).filter { !$0.events.isEmpty && seen.insert($0).inserted }
    sentences = chains.map { $0.text(history.structure) }
  }
}

/// Finds what must be followed back.
private struct CauseFinder {
  /// The most places that are named because no step changed them.
  private static let mostUnchanged = 4

  private let explanation: Explanation
  private let history: CausalHistory
  private let values: [PlainValue]
  private let part: FailingPart?
  private let witnesses: [(name: String, value: PlainValue)]

  /// `outer` are the witnesses of the explanation that this one is part of.
  init(
    _ explanation: Explanation, outer: [(name: String, value: PlainValue)] = [], in history: CausalHistory
  ) {
    self.explanation = explanation
    self.history = history
    let witnesses = outer + explanation.witnesses
    self.witnesses = witnesses
    values = history.values(history.last)
    part = history.specification.flatMap {
      FailingPart(explanation, witnesses: witnesses, in: $0, constants: history.constants)
    }
  }

  func chains(limit: Int) -> [CausalChain] {
    if explanation.sides == nil {
      let lost = lostMessages
      if !lost.isEmpty {
        // That the inboxes are empty needs no other reason.
        let mailboxes = Set(history.structure.mailboxes.map(\.variable))
        let others = places(reads(.both)).filter { !mailboxes.contains($0.variable) }
        return lost + writes(others, limit) + elements(reads(.both), limit)
      }
    }
    guard !explanation.parts.isEmpty, explanation.sides == nil else { return ownChains(limit) }
    // Each alternative of a disjunction is false for its own reason.
    let inner = explanation.parts.prefix(limit).flatMap { part in
      CauseFinder(part, outer: witnesses, in: history).chains(limit: 1)
    }
    return inner.isEmpty ? ownChains(limit) : Array(inner.prefix(2 * limit))
  }

  private func ownChains(_ limit: Int) -> [CausalChain] {
    let chains = chainsOfPart(limit)
    // A conclusion such as `c = d` reads nothing: then its premise is what should be false.
    guard chains.isEmpty, let part else { return chains }
    return writes(part.premiseReads, limit)
  }

  private func chainsOfPart(_ limit: Int) -> [CausalChain] {
    guard let sides = explanation.sides else { return writes(reads(.both), limit) }
    var chains: [CausalChain] = []
    switch SideDifference(sides) {
    case .sets(let extra, let missing):
      for element in extra.prefix(limit) { chains += surplus(of: element, at: .left, against: .right) }
      for element in missing.prefix(limit) { chains += surplus(of: element, at: .right, against: .left) }
    case .element(let element, let isIn):
      if isIn {
        chains = presence(of: element, in: reads(.right, about: element))
      } else {
        chains = absence(of: element, in: reads(.right, about: element), known: nil)
      }
      chains += elements(reads(.left), limit)
    case .parts(let differences):
      for difference in differences.prefix(limit) {
        let path = difference.path.map(\.argument)
        chains += [FailingPart.Side.left, .right].flatMap { side -> [CausalChain] in
          let places = places(reads(side)).map { $0.inner(path) }
          return places.count == 1 ? writes(places, limit) : []
        }
      }
    case .whole: break
    }
    if chains.isEmpty { chains = numbers(limit) }
    if chains.isEmpty { chains = elements(reads(.both), limit) }
    guard chains.isEmpty else { return chains }
    let written = writes(reads(.both), limit)
    return written.isEmpty || !lacksElements ? written : written + unchanged(reads(.both))
  }

  /// Whether the part asks of a set that it has elements, and the set is empty. Then what never happened is a cause, too.
  private var lacksElements: Bool {
    guard let sides = explanation.sides, sides.symbol == "#" else { return false }
    return sides.left == .set([]) && sides.right == .set([])
  }

  /// The message about a witness that was lost last, if the part asks for a message.
  private var lostMessages: [CausalChain] {
    let structure = history.structure
    let asked = Set(reads(.both).places.map(\.variable)).intersection(structure.mailboxes.map(\.variable))
    guard !explanation.holds, let variable = asked.min() else { return [] }
    return witnesses.suffix(1).compactMap { witness in
      let walker = CausalWalker(element: witness.value, variable: variable, history: history)
      let events = walker.lastLoss()
      return events.isEmpty ? nil : CausalChain(element: witness.value, events: events)
    }
  }

  // MARK: Places that are read

  private func reads(_ side: FailingPart.Side, about element: PlainValue? = nil) -> FailingPart.Reads {
    if let part { return part.reads(side, about: element) }
    let text =
      switch side {
      case .left: explanation.sides?.leftSpan.oneLineText
      case .right: explanation.sides?.rightSpan.oneLineText
      case .both: explanation.expression
      }
    return FailingPart.Reads(ofVariables: history.structure.variables, namedIn: text ?? "")
  }

  private func places(_ reads: FailingPart.Reads) -> [ValuePlace] { places(reads.places) }

  /// The places that the patterns mean in the last state and in the first, because an argument of a function may be gone.
  private func places(_ patterns: [PlacePattern]) -> [ValuePlace] {
    var seen = Set<ValuePlace>()
    let first = history.values(0)
    return patterns.flatMap { $0.places(in: values) + $0.places(in: first) }
      .filter { seen.insert($0).inserted }
  }

  /// The places that can hold an element, and the places that state a fact about it, such as its counters.
  private func split(
    _ reads: FailingPart.Reads, about element: PlainValue
  ) -> (holders: [ValuePlace], facts: [ValuePlace]) {
    let all = places(reads)
    let facts = all.filter { place in
      guard let value = place.value(in: values) else { return false }
      return place.path.contains(element) && value.isAtom
    }
    return (all.filter { !facts.contains($0) && $0.value(in: values).map { !$0.isAtom } ?? true }, facts)
  }

  // MARK: Chains

  /// Why an element is on one side and not on the other.
  private func surplus(
    of element: PlainValue, at side: FailingPart.Side, against other: FailingPart.Side
  ) -> [CausalChain] {
    let (here, there) = (reads(side, about: element), reads(other, about: element))
    let present = presence(of: element, in: here)
    let losses = losses(of: element, in: there)
    var chains: [CausalChain]
    if side == .left {
      chains = present + losses
      if losses.isEmpty { chains += omission(of: element, in: there) }
    } else {
      let source = split(here, about: element).holders.first { $0.holds(element, in: values) }
      chains = losses.isEmpty ? absence(of: element, in: there, known: source) : losses
      if chains.isEmpty || losses.isEmpty && source == nil { chains += present }
    }
    let facts = split(here, about: element).facts + split(there, about: element).facts
    return chains + counters(facts, about: element) + writes(facts.filter { !isNumber($0) }, 2)
  }

  private func presence(of element: PlainValue, in reads: FailingPart.Reads) -> [CausalChain] {
    let holders = split(reads, about: element).holders.filter { $0.holds(element, in: values) }
    return holders.prefix(2).map {
      .gain(of: element, at: $0.narrowed(to: element, in: values), in: history)
    }
  }

  /// The steps that removed an element from places that once had it, the last loss first.
  private func losses(of element: PlainValue, in reads: FailingPart.Reads) -> [CausalChain] {
    let lacking = split(reads, about: element).holders.filter { !$0.holds(element, in: values) }
    let chains = lacking.compactMap { CausalChain.loss(of: element, at: $0, in: history) }
    return Array(chains.sorted { ($0.steps.max() ?? 0) > ($1.steps.max() ?? 0) }.prefix(2))
  }

  private func absence(
    of element: PlainValue, in reads: FailingPart.Reads, known other: ValuePlace?
  ) -> [CausalChain] {
    let lost = losses(of: element, in: reads)
    guard lost.isEmpty else { return lost }
    // One place stands for all the places that the text does not distinguish.
    guard let pattern = reads.places.first else { return [] }
    return [.absence(of: element, at: pattern.fixedPart, known: other, in: history)]
  }

  /// Says that a node never had an element in one place, and where else the node has it.
  private func omission(of element: PlainValue, in reads: FailingPart.Reads) -> [CausalChain] {
    let structure = history.structure
    guard let place = reads.places.first?.fixedPart, let node = place.path.first,
      structure.nodes.contains(node)
    else { return [] }
    let holder = structure.variables(as: .perNode)
      .map { ValuePlace(variable: $0, path: [node], isWhole: false) }
      .first { $0.holds(element, in: values) }
    return [.absence(of: element, at: place, known: holder?.narrowed(to: element, in: values), in: history)]
  }

  /// The origins of the elements that the explanation names.
  private func elements(_ reads: FailingPart.Reads, _ limit: Int) -> [CausalChain] {
    reads.elements.prefix(limit).flatMap { element, set in
      places(set).filter { $0.holds(element, in: values) }.prefix(1).map { place in
        CausalChain.gain(
          of: element, at: place.narrowed(to: element, in: values), tellsMaking: true, in: history)
      }
    }
  }

  private func isNumber(_ place: ValuePlace) -> Bool {
    if case .integer? = place.value(in: values) { true } else { false }
  }

  /// The counters among the places that both sides read.
  private func numbers(_ limit: Int) -> [CausalChain] {
    guard let sides = explanation.sides, case .integer = sides.left, case .integer = sides.right else {
      return []
    }
    let counters = places(reads(.both)).filter(isNumber)
    return Array(self.counters(counters, about: nil).prefix(2 * limit))
  }

  /// The entries of counters, and what is wrong with them.
  private func counters(_ places: [ValuePlace], about element: PlainValue?) -> [CausalChain] {
    let numbers = places.filter(isNumber)
    guard !numbers.isEmpty else { return [] }
    let read = Set(self.places(reads(.both, about: element)).map(\.variable))
    let ledger = CounterLedger(
      numbers, about: element, in: read.subtracting(numbers.map(\.variable)), history: history)
    func count(_ step: Int, _ amount: BigInt = 0) -> CausalChain.Count {
      CausalChain.Count(
        step: step, label: history.label(step), amount: amount > 0 ? "+\(amount)" : "−\(-amount)")
    }
    var chains = ledger.accounts.map { account in
      let counts = account.entries.map { count($0.step, $0.amount) }
      return CausalChain(
        element: account.value,
        events: [.counted(counter: account.counter, value: account.value, entries: counts)])
    }
    if let (earlier, last) = ledger.excess {
      var walker = CausalWalker(
        element: last.element, variable: last.place.variable, history: history)
      chains.append(
        CausalChain(
          element: last.element,
          events: [.countedAgain(steps: (earlier + [last]).map { count($0.step) })]
            + walker.gain(last.place, before: last.step - 1)
            + walker.unread(by: history.structure.actingNode(of: history.label(last.step)), before: last.step)
        ))
    } else {
      for loss in ledger.omitted.suffix(1) {
        chains.append(
          CausalChain(
            element: loss.element,
            events: [.uncounted(place: loss.place, step: loss.step, label: history.label(loss.step))]))
      }
    }
    return chains
  }

  private func writes(_ reads: FailingPart.Reads, _ limit: Int) -> [CausalChain] {
    writes(places(reads), limit) + elements(reads, limit)
  }

  /// The places of nodes that no step changed, if others that the same text reads were changed.
  private func unchanged(_ reads: FailingPart.Reads) -> [CausalChain] {
    let first = history.values(0)
    let places = places(reads).filter { place in
      guard let value = place.value(in: values), value.isAtom else { return false }
      return place.path.last.map(history.structure.nodes.contains) ?? false && place.value(in: first) == value
        && history.steps(upTo: history.last).allSatisfy { place.value(in: history.values($0)) == value }
    }.prefix(Self.mostUnchanged)
    let facts = places.compactMap { place in place.value(in: values).map { (place, $0) } }
    guard let element = facts.first?.1 else { return [] }
    return [
      CausalChain(
        element: element, events: [.unchanged(places: facts.map(\.0), values: facts.map(\.1))])
    ]
  }

  /// The steps that wrote the values of places, for places that changed in the trace.
  private func writes(_ places: [ValuePlace], _ limit: Int) -> [CausalChain] {
    let first = history.values(0)
    let written = places.compactMap { place -> CausalChain? in
      guard let value = place.value(in: values), history.last > 0 else { return nil }
      let whole = ValuePlace(variable: place.variable, path: place.path, isWhole: true)
      let chain = CausalChain.gain(of: value, at: whole, in: history)
      return whole.value(in: first) == value && chain.steps.isEmpty ? nil : chain
    }
    return Array(written.prefix(limit))
  }
}
