package import StateSpace

/// How an element came to its place, or how a value came about: the steps and messages that led there, the last one first.
package struct CausalChain: Sendable, Hashable {
  package enum Event: Sendable, Hashable {
    /// The place gained the element in this step.
    case gained(place: ValuePlace, step: Int, label: ActionLabel?)
    /// The place lost the element in this step.
    case lost(place: ValuePlace, step: Int, label: ActionLabel?)
    /// The place had the element as an argument, and this step changed the value for it.
    case replaced(old: PlainValue, step: Int, label: ActionLabel?)
    /// A message with the element was taken. The other parts are nil if its sending is not known.
    case carried(message: PlainValue, step: Int?, sender: PlainValue?, label: ActionLabel?)
    /// The place had the element as far back as the search went.
    case held(place: ValuePlace, isInitial: Bool)
    /// No step changed these places, and each has this value.
    case unchanged(places: [ValuePlace], values: [PlainValue])
    /// The place never had it.
    case never(place: ValuePlace)
    /// The place had this value when the step was taken, perhaps since another step had changed it.
    case seen(place: ValuePlace, value: PlainValue, since: Cut?)
    /// The step that told the receiver nothing looked at a set that lacks a part of the element.
    case lacking(place: ValuePlace, set: PlainValue, part: PlainValue)
    /// The sender of a lost message had its contents from an earlier message.
    case passedOn(sender: PlainValue, message: PlainValue, step: Int, from: PlainValue?)
    /// The sender had lost the element before the message arrived.
    case stale(place: ValuePlace, step: Int, label: ActionLabel?)
    /// The step that changed the element told the receiver nothing of it, perhaps because another step had cut the link.
    case untold(receiver: PlainValue, cut: Cut?)
    /// A message with the element was sent to the receiver, with this fate.
    case told(receiver: PlainValue, message: PlainValue, step: Int, fate: Fate)
    /// A message with the element, sent in this step, waited for the receiver.
    case unread(receiver: PlainValue, message: PlainValue, step: Int)
    /// The value of a counter, and the steps that changed it.
    case counted(counter: ValuePlace, value: PlainValue, entries: [Count])
    /// The element was counted as lost in each of these steps, more often than it was gained.
    case countedAgain(steps: [Count])
    /// The place lost the element in this step, and no counter changed.
    case uncounted(place: ValuePlace, step: Int, label: ActionLabel?)
  }

  /// A step that changed what another step found, such as a link that it cut; nil if it was so from the start.
  package struct Cut: Sendable, Hashable {
    let step: Int?
    let label: ActionLabel?
  }

  /// The fate of a message.
  package enum Fate: Sendable, Hashable {
    case waits
    case lost(step: Int, label: ActionLabel?)
    case read(step: Int, label: ActionLabel?)

    var step: Int? {
      switch self {
      case .waits: nil
      case .lost(let step, _), .read(let step, _): step
      }
    }
  }

  /// A step that changed a counter, and the amount.
  package struct Count: Sendable, Hashable {
    let step: Int
    let label: ActionLabel?
    let amount: String
  }

  package let element: PlainValue
  package internal(set) var events: [Event]

  /// The steps in the chain.
  package var steps: Set<Int> {
    events.reduce(into: []) { steps, event in
      switch event {
      case .gained(_, let step, _), .lost(_, let step, _), .replaced(_, let step, _), .stale(_, let step, _),
        .uncounted(_, let step, _), .unread(_, _, let step):
        steps.insert(step)
      case .carried(_, let step, _, _): if let step { steps.insert(step) }
      case .untold(_, let cut), .seen(_, _, let cut): if let step = cut?.step { steps.insert(step) }
      case .passedOn(_, _, let step, _): steps.insert(step)
      case .told(_, _, let step, let fate): steps.formUnion([step] + (fate.step.map { [$0] } ?? []))
      case .counted(_, _, let counts), .countedAgain(let counts): steps.formUnion(counts.map(\.step))
      case .held, .unchanged, .never, .lacking: break
      }
    }
  }
}

extension CausalChain {
  /// How an element came to a place that has it in the last state.
  /// With `tellsMaking`, it says from what the element was made, too.
  static func gain(
    of element: PlainValue, at place: ValuePlace, tellsMaking: Bool = false, in history: CausalHistory
  ) -> CausalChain {
    var walker = CausalWalker(
      element: element, isWhole: place.isWhole, variable: place.variable, tellsMaking: tellsMaking,
      history: history)
    return CausalChain(element: element, events: walker.gain(place, before: history.last))
  }

  /// Why a place lacks an element that it once had; nil if it never had it.
  static func loss(of element: PlainValue, at place: ValuePlace, in history: CausalHistory) -> CausalChain? {
    var walker = CausalWalker(element: element, variable: place.variable, history: history)
    return walker.loss(place).map { CausalChain(element: element, events: $0) }
  }

  /// Why a place never had an element: who has it or got it first, and the fate of the messages about it.
  static func absence(
    of element: PlainValue, at place: ValuePlace, known other: ValuePlace?, in history: CausalHistory
  ) -> CausalChain {
    var walker = CausalWalker(element: element, variable: place.variable, history: history)
    return CausalChain(element: element, events: walker.absence(place, known: other))
  }
}
