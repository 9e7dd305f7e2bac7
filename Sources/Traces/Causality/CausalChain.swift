package import StateSpace

/// A trace whose values are asked for one state at a time, so that a long one is read no further back than needed.
package struct CausalHistory {
  package let structure: ProtocolStructure
  /// The number of states, the initial one included.
  package let count: Int
  /// The values of all variables at a position, counted from 0.
  package let values: (Int) -> [PlainValue]
  /// The action of the step that led to a position; nil for the initial state.
  package let label: (Int) -> ActionLabel?

  package init(
    structure: ProtocolStructure, count: Int, values: @escaping (Int) -> [PlainValue],
    label: @escaping (Int) -> ActionLabel?
  ) {
    self.structure = structure
    self.count = count
    self.values = values
    self.label = label
  }

  /// No more steps than this are looked at.
  static let horizon = 5_000
}

/// How an element came to where it is: the steps and the messages that brought it there, the last one first.
package struct CausalChain: Sendable, Hashable {
  package enum Event: Sendable, Hashable {
    /// The place got the element in this step.
    case gained(place: ValuePlace, step: Int, label: ActionLabel?)
    /// The place lost the element in this step.
    case lost(place: ValuePlace, step: Int, label: ActionLabel?)
    /// A message with the element was taken; nil for what is not known of its sending.
    case carried(message: PlainValue, step: Int?, sender: PlainValue?, label: ActionLabel?)
    /// The place had it as far back as was looked.
    case held(place: ValuePlace, isInitial: Bool)
    /// The place never had it.
    case never(place: ValuePlace)
  }

  package let element: PlainValue
  package private(set) var events: [Event] = []

  /// The steps that it names.
  package var steps: Set<Int> {
    Set(
      events.compactMap { event in
        switch event {
        case .gained(_, let step, _), .lost(_, let step, _): step
        case .carried(_, let step, _, _): step
        case .held, .never: nil
        }
      })
  }

  /// How an element came to a place that has it in the last state.
  package static func gain(of element: PlainValue, at place: ValuePlace, in history: CausalHistory)
    -> CausalChain
  {
    var chain = CausalChain(element: element)
    var walker = Walker(element: element, history: history)
    chain.events = walker.gain(place, before: history.count - 1)
    return chain
  }

  /// Why a place lacks an element that another place has: what took it away, or else where the other has it from.
  package static func loss(
    of element: PlainValue, at place: ValuePlace, known other: ValuePlace?, in history: CausalHistory
  ) -> CausalChain {
    var chain = CausalChain(element: element)
    var walker = Walker(element: element, history: history)
    chain.events = walker.loss(place, known: other)
    return chain
  }
}

/// Follows one element back through a history.
private struct Walker {
  let element: PlainValue
  let history: CausalHistory
  private var seen: Set<ValuePlace.Moment> = []

  init(element: PlainValue, history: CausalHistory) {
    self.element = element
    self.history = history
  }

  private var structure: ProtocolStructure { history.structure }

  private func has(_ place: ValuePlace, _ position: Int) -> Bool {
    place.holds(element, in: history.values(position))
  }

  /// The step in which a place that has the element at a position got it; nil when it had it all the time.
  private func gainStep(_ place: ValuePlace, before position: Int) -> Int? {
    var step = position
    let end = max(0, position - CausalHistory.horizon)
    while step > end {
      if !has(place, step - 1) { return step }
      step -= 1
    }
    return nil
  }

  mutating func gain(_ place: ValuePlace, before position: Int) -> [CausalChain.Event] {
    guard let step = gainStep(place, before: position) else {
      return [.held(place: place, isInitial: position <= CausalHistory.horizon)]
    }
    guard seen.insert(ValuePlace.Moment(place: place, step: step)).inserted else { return [] }
    return [.gained(place: place, step: step, label: history.label(step))]
      + source(of: step, leavingOut: place)
  }

  mutating func loss(_ place: ValuePlace, known other: ValuePlace?) -> [CausalChain.Event] {
    var step = history.count - 1
    let end = max(0, step - CausalHistory.horizon)
    while step > end {
      if has(place, step - 1) {
        return [.lost(place: place, step: step, label: history.label(step))]
          + carrier(in: step).map { carried($0) }.joined()
      }
      step -= 1
    }
    return [.never(place: place)] + (other.map { gain($0, before: history.count - 1) } ?? [])
  }

  // MARK: Where a step has it from

  /// A message, and the position at which it was there last.
  private struct Carrier {
    let message: PlainValue
    /// The inbox with the message's position in it; or else a set of messages.
    let inbox: (variable: Int, node: PlainValue, index: Int)?
    let set: Int?
    let position: Int
  }

  /// What a step that gives the element away, or to a place, has it from.
  private mutating func source(of step: Int, leavingOut place: ValuePlace?) -> [CausalChain.Event] {
    if let carrier = carrier(in: step).first { return carried(carrier) }
    let before = history.values(step - 1)
    let acting = structure.actingNode(of: history.label(step))
    for candidate in places(of: acting) where candidate != place && candidate.holds(element, in: before) {
      return gain(candidate, before: step - 1)
    }
    return []
  }

  /// The places that a node can read on its own: what it has itself, then what all share.
  private func places(of node: PlainValue?) -> [ValuePlace] {
    var own: [ValuePlace] = []
    var shared: [ValuePlace] = []
    for (variable, role) in structure.roles.enumerated() {
      switch role {
      case .perNode:
        if let node { own.append(ValuePlace(variable: variable, path: [node], isWhole: false)) }
      case .shared: shared.append(ValuePlace(variable: variable, path: [], isWhole: false))
      case .ofPart: own.append(ValuePlace(variable: variable, path: [], isWhole: false))
      case .inbox, .channel, .perPair, .links: break
      }
    }
    return own + shared
  }

  /// The message with the element that a step took, at most one.
  private func carrier(in step: Int) -> [Carrier] {
    let before = history.values(step - 1)
    let after = history.values(step)
    for variable in structure.variables(as: .inbox) where before[variable] != after[variable] {
      for node in structure.nodes {
        guard let old = before[variable].value(at: node), let new = after[variable].value(at: node) else {
          continue
        }
        for difference in ValueDifference.between(old, new) {
          guard case .removed(let message) = difference.change, difference.path.count == 1,
            case .position(let index) = difference.path[0], message.contains(element)
          else { continue }
          return [
            Carrier(message: message, inbox: (variable, node, index), set: nil, position: step - 1)
          ]
        }
      }
    }
    for variable in structure.variables(as: .shared) {
      guard case .set(let messages) = before[variable] else { continue }
      let carrying = messages.filter { $0.isRecord && $0.contains(element) }
      let taken: PlainValue?
      if case .set(let left) = after[variable] {
        taken = carrying.first { !left.contains($0) }
      } else {
        taken = nil
      }
      let acting = structure.actingNode(of: history.label(step))
      let addressed = carrying.first { message in acting.map { message.contains($0) } ?? true }
      if let message = taken ?? addressed ?? carrying.first {
        return [Carrier(message: message, inbox: nil, set: variable, position: step - 1)]
      }
    }
    return []
  }

  /// The sending of a message, and where its sender had the element from.
  private mutating func carried(_ carrier: Carrier) -> [CausalChain.Event] {
    guard let step = sending(of: carrier) else {
      return [.carried(message: carrier.message, step: nil, sender: nil, label: nil)]
    }
    let label = history.label(step)
    let event = CausalChain.Event.carried(
      message: carrier.message, step: step, sender: structure.actingNode(of: label), label: label)
    return [event] + source(of: step, leavingOut: nil)
  }

  /// The step that put a message where it was.
  private func sending(of carrier: Carrier) -> Int? {
    let end = max(0, carrier.position - CausalHistory.horizon)
    if let set = carrier.set {
      var step = carrier.position
      while step > end {
        guard case .set(let messages) = history.values(step - 1)[set], messages.contains(carrier.message)
        else { return step }
        step -= 1
      }
      return nil
    }
    guard let inbox = carrier.inbox else { return nil }
    var index = inbox.index
    var step = carrier.position
    while step > end {
      let old = history.values(step - 1)[inbox.variable].value(at: inbox.node)
      let new = history.values(step)[inbox.variable].value(at: inbox.node)
      if let old, let new, old != new {
        guard let earlier = ValuePlace.earlier(index, from: old, to: new) else { return step }
        index = earlier
      }
      step -= 1
    }
    return nil
  }
}

extension PlainValue {
  fileprivate var isRecord: Bool { if case .record = self { true } else { false } }

  /// Whether the value is a part of this one, or this one itself.
  package func contains(_ value: PlainValue) -> Bool {
    var found = false
    forEachPart { if $0 == value { found = true } }
    return found
  }
}
