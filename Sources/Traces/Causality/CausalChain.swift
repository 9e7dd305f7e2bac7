package import StateSpace

/// How an element came to where it is, or a value to what it is: the steps and the messages that brought it there, the last
/// one first.
package struct CausalChain: Sendable, Hashable {
  package enum Event: Sendable, Hashable {
    /// The place got the element in this step.
    case gained(place: ValuePlace, step: Int, label: ActionLabel?)
    /// The place lost the element in this step.
    case lost(place: ValuePlace, step: Int, label: ActionLabel?)
    /// The place had the element for an argument, and this step gave it another value there.
    case replaced(old: PlainValue, step: Int, label: ActionLabel?)
    /// A message with the element was taken; nil for what is not known of its sending.
    case carried(message: PlainValue, step: Int?, sender: PlainValue?, label: ActionLabel?)
    /// The place had it as far back as was looked.
    case held(place: ValuePlace, isInitial: Bool)
    /// The place never had it.
    case never(place: ValuePlace)
    /// The first of the steps was taken when the place had this value.
    case seen(place: ValuePlace, value: PlainValue)
    /// Who gave it away had lost it before it arrived.
    case stale(place: ValuePlace, step: Int, label: ActionLabel?)
    /// The step that changed it told the receiver nothing of it, perhaps since a link was cut by another step.
    case untold(receiver: PlainValue, cut: Cut?)
    /// A message with the element was sent to the receiver, and this became of it.
    case told(receiver: PlainValue, message: PlainValue, step: Int, fate: Fate)
    /// A message with the element, sent in this step, had not been read by the receiver.
    case unread(receiver: PlainValue, message: PlainValue, step: Int)
    /// What a counter is, and the steps that changed it.
    case counted(counter: ValuePlace, value: PlainValue, entries: [Count])
    /// The element was counted as gone in each of these steps, and had come less often.
    case countedAgain(steps: [Count])
    /// The place lost the element in this step, and no counter changed.
    case uncounted(place: ValuePlace, step: Int, label: ActionLabel?)
  }

  /// The step that cut the link over which something should have been told; nil when it was cut from the start.
  package struct Cut: Sendable, Hashable {
    let step: Int?
    let label: ActionLabel?
  }

  /// What became of a message.
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

  /// A step that changed a counter, and by how much.
  package struct Count: Sendable, Hashable {
    let step: Int
    let label: ActionLabel?
    let amount: String
  }

  package let element: PlainValue
  package internal(set) var events: [Event]

  /// The steps that it names.
  package var steps: Set<Int> {
    events.reduce(into: []) { steps, event in
      switch event {
      case .gained(_, let step, _), .lost(_, let step, _), .replaced(_, let step, _), .stale(_, let step, _),
        .uncounted(_, let step, _), .unread(_, _, let step):
        steps.insert(step)
      case .carried(_, let step, _, _): if let step { steps.insert(step) }
      case .untold(_, let cut): if let step = cut?.step { steps.insert(step) }
      case .told(_, _, let step, let fate): steps.formUnion([step] + (fate.step.map { [$0] } ?? []))
      case .counted(_, _, let counts), .countedAgain(let counts): steps.formUnion(counts.map(\.step))
      case .held, .never, .seen: break
      }
    }
  }
}

extension CausalChain {
  /// How an element came to a place that has it in the last state.
  static func gain(of element: PlainValue, at place: ValuePlace, in history: CausalHistory) -> CausalChain {
    var walker = CausalWalker(
      element: element, isWhole: place.isWhole, variable: place.variable, history: history)
    return CausalChain(element: element, events: walker.gain(place, before: history.last))
  }

  /// Why a place lacks an element that it once had; nil when it never had it.
  static func loss(of element: PlainValue, at place: ValuePlace, in history: CausalHistory) -> CausalChain? {
    var walker = CausalWalker(element: element, variable: place.variable, history: history)
    return walker.loss(place).map { CausalChain(element: element, events: $0) }
  }

  /// Why a place never had an element: who has it, or else who got it first, and what became of the messages about it.
  static func absence(
    of element: PlainValue, at place: ValuePlace, known other: ValuePlace?, in history: CausalHistory
  ) -> CausalChain {
    var walker = CausalWalker(element: element, variable: place.variable, history: history)
    return CausalChain(element: element, events: walker.absence(place, known: other))
  }
}
