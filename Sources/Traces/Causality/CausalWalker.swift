package import StateSpace
import TLASemantics

/// Follows one element back through a history.
struct CausalWalker {
  let element: PlainValue
  let history: CausalHistory
  /// Whether the element is the whole value of the place in question, not something in it.
  private let isWhole: Bool
  private let variable: Int
  private var seen: Set<ValuePlace.Moment> = []
  /// Whether it matters where the element was, and not only which messages contain it.
  private var followsPlaces = true
  /// Whether to say from what the element was made. That matters if the element itself is wrong, not if it is in the wrong place.
  private let tellsMaking: Bool
  private static let longestSight = 40

  /// `variable` is the variable of the place in question.
  init(
    element: PlainValue, isWhole: Bool = false, variable: Int, tellsMaking: Bool = false,
    history: CausalHistory
  ) {
    self.tellsMaking = tellsMaking
    self.element = element
    self.isWhole = isWhole
    self.variable = variable
    self.history = history
  }

  private var structure: ProtocolStructure { history.structure }

  private func has(_ place: ValuePlace, _ position: Int) -> Bool {
    place.holds(element, in: history.values(position))
  }

  /// The step in which a place that has the element at a position gained it; nil if it always had it.
  private func gainStep(_ place: ValuePlace, before position: Int) -> Int? {
    history.steps(upTo: position).first { !has(place, $0 - 1) }
  }

  /// The last step up to a position in which a place lost the element; nil if there is none.
  private func lossStep(_ place: ValuePlace, upTo position: Int) -> Int? {
    history.steps(upTo: position).first { has(place, $0 - 1) && !has(place, $0) }
  }

  mutating func gain(_ place: ValuePlace, before position: Int) -> [CausalChain.Event] {
    guard let step = gainStep(place, before: position) else {
      return [.held(place: place, isInitial: position <= CausalHistory.horizon)]
    }
    guard seen.insert(ValuePlace.Moment(place: place, step: step)).inserted else { return [] }
    let events =
      [.gained(place: place, step: step, label: history.label(step))] + source(of: step, leavingOut: place)
    let isExplained = events.contains { if case .seen = $0 { true } else { false } }
    if isExplained { return events }
    return events + sight(at: CausalChain(element: element, events: events).steps.min() ?? step)
  }

  /// Other values that the first step of a chain looked at, if they differ from the initial state. They are the reason why a value was
  /// written.
  private func sight(at step: Int) -> [CausalChain.Event] {
    guard isWhole, step > 0 else { return [] }
    let (first, before) = (history.values(0), history.values(step - 1))
    let events = placesSeen(in: step).compactMap { place -> CausalChain.Event? in
      guard place.variable != variable, let value = place.value(in: before), value != place.value(in: first),
        value.description.count <= Self.longestSight
      else { return nil }
      return .seen(place: place, value: value, since: nil)
    }
    return Array(events.prefix(2))
  }

  /// The values that a step looked at and that other steps changed after the message to it was sent. Both steps are right by themselves.
  private func overtaken(in step: Int, since sent: Int) -> [CausalChain.Event] {
    guard step > sent + 1 else { return [] }
    let (then, now) = (history.values(sent), history.values(step - 1))
    let events = placesSeen(in: step).compactMap { place -> CausalChain.Event? in
      guard let value = place.value(in: now), value != place.value(in: then),
        value.description.count <= Self.longestSight,
        let change = history.steps(upTo: step - 1).first(where: {
          place.value(in: history.values($0 - 1)) != place.value(in: history.values($0))
        })
      else { return nil }
      return .seen(
        place: place, value: value, since: CausalChain.Cut(step: change, label: history.label(change)))
    }
    return Array(events.prefix(2))
  }

  /// The places of its own node and the shared ones that a step looked at, without messages and links.
  private func placesSeen(in step: Int) -> [ValuePlace] {
    guard let label = history.label(step), let reads = structure.reads, let looked = reads.looked[label.name]
    else { return [] }
    let acting = structure.actingNode(of: label)
    return looked.sorted().flatMap { variable -> [ValuePlace] in
      guard !structure.pools.contains(variable) else { return [] }
      var place = ValuePlace(variable: variable, path: [], isWhole: true)
      switch structure.roles[variable] {
      case .inbox, .channel, .perPair: return []
      case .perNode, .links:
        guard let acting else { return [] }
        place = place.inner([acting])
      case .shared, .ofPart: break
      }
      if let fields = reads.fields[label.name]?[variable] {
        return fields.sorted().map { place.inner([.string($0)]) }
      }
      guard case .record(let fields)? = place.value(in: history.values(step - 1)) else { return [place] }
      return fields.map { place.inner([.string($0.name)]) }
    }
  }

  /// The sources of a value that a step made: the numbers of its node that the value contains, and the message that the step read.
  private func making(in step: Int) -> [CausalChain.Event] {
    guard !element.isAtom, step > 0, let acting = structure.actingNode(of: history.label(step)) else {
      return []
    }
    let (before, after) = (history.values(step - 1), history.values(step))
    var events: [CausalChain.Event] = []
    for case .other(let variable, let node?, let difference) in history.changes(in: step) {
      guard node == acting, structure.roles[variable] == .perNode,
        case .changed(let old, _) = difference.change,
        case .integer = old, element.contains(old)
      else { continue }
      let place = ValuePlace(
        variable: variable, path: [acting] + difference.path.map(\.argument), isWhole: true)
      guard place.value(in: before) == old, place.value(in: after) != old else { continue }
      events.append(.seen(place: place, value: old, since: nil))
    }
    guard !events.isEmpty else { return [] }
    guard let carrier = carrier(in: step, withAnyContents: true), let sent = sending(of: carrier) else {
      return events
    }
    let label = history.label(sent)
    let sender = structure.actingNode(of: label)
    return events + [.carried(message: carrier.message, step: sent, sender: sender, label: label)]
  }

  mutating func loss(_ place: ValuePlace) -> [CausalChain.Event]? {
    guard let step = lossStep(place, upTo: history.last) else { return nil }
    var events: [CausalChain.Event] = [.lost(place: place, step: step, label: history.label(step))]
    if let carrier = carrier(in: step) {
      // The places of the element matter only if the sender had it. Otherwise the message is about something else.
      let actor = structure.actingNode(of: history.label(step))
      followsPlaces =
        sending(of: carrier).map { sent in
          let sender = structure.actingNode(of: history.label(sent))
          return sender != actor && holder(of: sender, at: sent) != nil
        } ?? true
      events += carried(carrier)
      followsPlaces = true
    }
    if let (old, replacing) = replacement(at: place, before: step) {
      events.append(.replaced(old: old, step: replacing, label: history.label(replacing)))
      if let carrier = carrier(in: replacing) { events += carried(carrier) }
    }
    return events
  }

  /// The last step before the loss in which a function got another value for the element.
  private func replacement(at place: ValuePlace, before lost: Int) -> (old: PlainValue, step: Int)? {
    func value(_ position: Int) -> PlainValue? {
      place.value(in: history.values(position)).flatMap { value in
        if case .set = value { nil } else { value.value(at: element) }
      }
    }
    guard value(lost - 1) != nil else { return nil }
    for step in history.steps(upTo: lost - 1) {
      guard let new = value(step), let old = value(step - 1) else { return nil }
      if old != new { return (old, step) }
    }
    return nil
  }

  mutating func absence(_ place: ValuePlace, known other: ValuePlace?) -> [CausalChain.Event] {
    var events: [CausalChain.Event] = [.never(place: place)]
    var origin: Int?
    if let other = other ?? firstHolder(leavingOut: place) {
      events += gain(other, before: history.last)
      origin = gainStep(other, before: history.last)
    }
    guard let receiver = place.path.first(where: structure.nodes.contains) else { return events }
    let told = tellings(to: receiver, upTo: history.last)
    if told.isEmpty {
      if let origin {
        let silence = silence(of: origin, to: receiver)
        events += silence + (silence.isEmpty ? [] : lack(in: origin))
      }
    } else {
      events += told.suffix(2)
    }
    return events
  }

  /// The place of another node that got the element first; nil if no other node has it, or one always had it.
  private func firstHolder(leavingOut place: ValuePlace) -> ValuePlace? {
    let values = history.values(history.last)
    var first: (place: ValuePlace, step: Int)?
    for node in structure.nodes where node != place.path.first {
      for candidate in places(of: node) where candidate.path == [node] {
        guard candidate.holds(element, in: values), candidate.value(in: values)?.isAtom == false else {
          continue
        }
        let known = candidate.narrowed(to: element, in: values)
        guard let step = gainStep(known, before: history.last) else { return nil }
        if step < first?.step ?? .max { first = (known, step) }
      }
    }
    return first?.place
  }

  /// The last message with the element that was lost, and the message from which its sender had the element. Empty if none was lost.
  func lastLoss() -> [CausalChain.Event] {
    let lost = structure.nodes.flatMap { node in
      tellings(to: node, upTo: history.last).compactMap { event -> (event: CausalChain.Event, step: Int)? in
        guard case .told(_, _, _, .lost(let step, _)) = event else { return nil }
        return (event, step)
      }
    }
    guard let (event, _) = lost.max(by: { $0.step < $1.step }), case .told(_, _, let sent, _) = event else {
      return []
    }
    guard let sender = structure.actingNode(of: history.label(sent)), let carrier = carrier(in: sent),
      let earlier = sending(of: carrier)
    else { return [event] }
    let source = structure.actingNode(of: history.label(earlier))
    return [event, .passedOn(sender: sender, message: carrier.message, step: earlier, from: source)]
  }

  // MARK: Messages about the element

  /// The messages with the element that waited for a node before a step.
  func unread(by receiver: PlainValue?, before step: Int) -> [CausalChain.Event] {
    guard let receiver else { return [] }
    return tellings(to: receiver, upTo: step - 1).compactMap { event in
      guard case .told(_, let message, let step, .waits) = event else { return nil }
      return .unread(receiver: receiver, message: message, step: step)
    }
  }

  /// The messages with the element that were sent to a node, in the order of the steps, with their fates.
  private func tellings(to receiver: PlainValue, upTo last: Int) -> [CausalChain.Event] {
    var open: [(message: PlainValue, step: Int)] = []
    var result: [CausalChain.Event] = []
    for step in Array(history.steps(upTo: last)).reversed() {
      for change in history.changes(in: step) {
        switch change {
        case .sent(_, receiver, let message) where message.contains(element): open.append((message, step))
        case .received(_, receiver, let message), .lost(_, receiver, let message):
          guard let index = open.firstIndex(where: { $0.message == message }) else { continue }
          let isLost = if case .lost = change { true } else { false }
          let label = history.label(step)
          result.append(
            .told(
              receiver: receiver, message: message, step: open.remove(at: index).step,
              fate: isLost ? .lost(step: step, label: label) : .read(step: step, label: label)))
        default: continue
        }
      }
    }
    return result
      + open.map { .told(receiver: receiver, message: $0.message, step: $0.step, fate: .waits) }
  }

  /// Says that the acting node of a step told the receiver nothing of the element, if that node could have sent a message.
  private func silence(of step: Int, to receiver: PlainValue) -> [CausalChain.Event] {
    guard structure.mailboxes.contains(where: { structure.nodes[$0.node] == receiver }),
      let actor = structure.actingNode(of: history.label(step)), actor != receiver
    else { return [] }
    let hasTold = history.changes(in: step).contains { change in
      if case .sent(_, receiver, let message) = change { message.contains(element) } else { false }
    }
    return hasTold ? [] : [.untold(receiver: receiver, cut: cut(of: actor, from: receiver, before: step))]
  }

  /// The first set that a step looked at and that lacks a part of the element, although it is made of such parts.
  private func lack(in step: Int) -> [CausalChain.Event] {
    guard step > 0, !element.isAtom else { return [] }
    let before = history.values(step - 1)
    var parts: [PlainValue] = []
    element.forEachPart { if $0 != element, $0.isName, !structure.nodes.contains($0) { parts.append($0) } }
    for place in placesSeen(in: step) where structure.roles[place.variable] != .links {
      guard case .set(let elements)? = place.value(in: before), !elements.isEmpty,
        elements.allSatisfy({ $0.isName && !structure.nodes.contains($0) }),
        let part = parts.first(where: { !elements.contains($0) && $0.isSibling(of: elements[0]) })
      else { continue }
      return [.lacking(place: place, set: .set(elements), part: part)]
    }
    return []
  }

  /// The cut that kept a node from telling another in a step; nil if the two saw each other.
  private func cut(of actor: PlainValue, from receiver: PlainValue, before step: Int) -> CausalChain.Cut? {
    func sees(_ position: Int) -> Bool {
      structure.peers(of: actor, in: history.values(position))?.contains(receiver) ?? true
    }
    guard step > 0, !sees(step - 1) else { return nil }
    let cut = history.steps(upTo: step - 1).first { sees($0 - 1) }
    return CausalChain.Cut(step: cut, label: cut.flatMap(history.label))
  }

  // MARK: The source of a step

  /// A message that a step took, or read without taking it.
  private struct Carrier {
    let message: PlainValue
    let container: Container
    /// The message's position in a mailbox before the step.
    let index: Int
    /// The step that took or read the message.
    let step: Int
  }

  private enum Container {
    case mailbox(Mailbox)
    /// A variable with the messages of all nodes.
    case pool(Int)
  }

  /// The source from which a step has the element that it sends, or puts in a place.
  private mutating func source(of step: Int, leavingOut place: ValuePlace?) -> [CausalChain.Event] {
    if let carrier = carrier(in: step) { return carried(carrier) }
    if isWhole {
      // The message that caused an assignment need not contain the assigned value.
      guard place != nil else { return [] }
      return carrier(in: step, withAnyContents: true).map { messages(to: $0) } ?? []
    }
    guard followsPlaces else { return [] }
    let before = history.values(step - 1)
    for candidate in placesLookedAt(in: step) {
      // A number that merely equals the element is not a place that has it.
      guard candidate.holds(element, in: before), candidate.value(in: before)?.isAtom == false else {
        continue
      }
      let source = candidate.narrowed(to: element, in: before)
      guard source != place else { continue }
      let events = gain(source, before: step - 1)
      // A place in another variable that always had the element is a list of names or the like.
      if case .held? = events.first, events.count == 1, source.variable != variable { continue }
      return events
    }
    return tellsMaking ? making(in: step) : []
  }

  /// The messages that led to a step, the last one first, and what overtook them.
  private func messages(to carrier: Carrier) -> [CausalChain.Event] {
    var events: [CausalChain.Event] = []
    var next: Carrier? = carrier
    for _ in 0..<Self.mostMessages {
      guard let carrier = next else { break }
      guard let step = sending(of: carrier) else {
        return events + [.carried(message: carrier.message, step: nil, sender: nil, label: nil)]
      }
      let label = history.label(step)
      events += overtaken(in: carrier.step, since: step)
      events.append(
        .carried(message: carrier.message, step: step, sender: structure.actingNode(of: label), label: label))
      next = self.carrier(in: step, withAnyContents: true)
    }
    return events
  }

  /// An assigned value need not be in the messages that led to it, so no more of them are named.
  private static let mostMessages = 2

  /// The place in which a node itself has the element after a step.
  private func holder(of node: PlainValue?, at step: Int) -> ValuePlace? {
    guard let node else { return nil }
    let values = history.values(step)
    return places(of: node).first {
      $0.path == [node] && $0.holds(element, in: values) && $0.value(in: values)?.isAtom == false
    }?.narrowed(to: element, in: values)
  }

  /// The places that a step can have something from: the places that its node can read, limited to those that its action looks at, as far
  /// as that is known.
  private func placesLookedAt(in step: Int) -> [ValuePlace] {
    let label = history.label(step)
    let all = places(of: structure.actingNode(of: label))
    guard let label, let reads = structure.reads, let looked = reads.looked[label.name] else { return all }
    return all.filter { looked.contains($0.variable) }.flatMap { place in
      reads.fields[label.name]?[place.variable].map { fields in
        fields.sorted().map { place.inner([.string($0)]) }
      } ?? [place]
    }
  }

  /// The places that a node can read by itself: first its own, then the shared ones.
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

  /// The message that a step took, one at most: a message with the element, or with `isAny` any message.
  private func carrier(in step: Int, withAnyContents isAny: Bool = false) -> Carrier? {
    func carries(_ message: PlainValue) -> Bool {
      // Messages are not searched for an assigned truth value or number, which occurs everywhere.
      isAny || !(isWhole && element.isPlain) && message.contains(element)
    }
    let (before, after) = (history.values(step - 1), history.values(step))
    for mailbox in structure.mailboxes where before[mailbox.variable] != after[mailbox.variable] {
      for difference in structure.difference(in: mailbox, from: before, to: after) {
        guard case .removed(let message) = difference.change, difference.path.count == 1,
          case .position(let index) = difference.path[0], carries(message)
        else { continue }
        return Carrier(message: message, container: .mailbox(mailbox), index: index, step: step)
      }
    }
    let label = history.label(step)
    for variable in structure.variables(as: .shared) {
      guard let was = messages(inPool: variable, before), let has = messages(inPool: variable, after) else {
        continue
      }
      let carrying = was.filter { ($0.isRecord || structure.pools.contains(variable)) && carries($0) }
      let read = label.map { structure.messages(readBy: $0, inPool: carrying) } ?? []
      var found = carrying.first { !has.contains($0) } ?? read.first
      if found == nil, !isAny {
        let acting = structure.actingNode(of: label)
        found = carrying.first { message in acting.map { message.contains($0) } ?? true } ?? carrying.first
      }
      if let found { return Carrier(message: found, container: .pool(variable), index: 0, step: step) }
    }
    return nil
  }

  private func messages(inPool variable: Int, _ values: [PlainValue]) -> [PlainValue]? {
    if case .set(let messages) = values[variable] { return messages }
    guard structure.pools.contains(variable) else { return nil }
    return MessagePool.contents(values[variable]).map { Array($0.keys).sorted { "\($0)" < "\($1)" } }
  }

  /// The sending of a message, the source from which its sender had the element, and whether the sender has lost it since.
  private mutating func carried(_ carrier: Carrier) -> [CausalChain.Event] {
    guard let step = sending(of: carrier) else {
      return [.carried(message: carrier.message, step: nil, sender: nil, label: nil)]
    }
    let label = history.label(step)
    let sender = structure.actingNode(of: label)
    let event = CausalChain.Event.carried(message: carrier.message, step: step, sender: sender, label: label)
    return [event] + source(of: step, leavingOut: nil) + staleness(of: carrier, sent: step, by: sender)
  }

  /// Says that the sender of a message lost the element before the message was taken.
  private func staleness(
    of carrier: Carrier, sent step: Int, by sender: PlainValue?
  ) -> [CausalChain.Event] {
    guard !isWhole, followsPlaces, let sender,
      sender != structure.actingNode(of: history.label(carrier.step)),
      let place = holder(of: sender, at: step), !has(place, carrier.step),
      let lost = lossStep(place, upTo: carrier.step), lost > step
    else { return [] }
    var events: [CausalChain.Event] = [.stale(place: place, step: lost, label: history.label(lost))]
    if case .mailbox(let mailbox) = carrier.container {
      events += silence(of: lost, to: structure.nodes[mailbox.node])
    }
    return events
  }

  /// The step that sent a message.
  private func sending(of carrier: Carrier) -> Int? {
    var index = carrier.index
    for step in history.steps(upTo: carrier.step - 1) {
      let (before, after) = (history.values(step - 1), history.values(step))
      switch carrier.container {
      case .pool(let variable):
        guard messages(inPool: variable, before)?.contains(carrier.message) ?? false else { return step }
      case .mailbox(let mailbox):
        guard before[mailbox.variable] != after[mailbox.variable] else { continue }
        let (old, new) = (
          structure.messages(in: mailbox, of: before), structure.messages(in: mailbox, of: after)
        )
        if structure.isOrdered(mailbox, in: after) {
          guard let earlier = ValuePlace.earlier(index, from: .tuple(old), to: .tuple(new)) else {
            return step
          }
          index = earlier
        } else if old.count(where: { $0 == carrier.message }) < new.count(where: { $0 == carrier.message }) {
          return step
        }
      }
    }
    return nil
  }
}

extension PlainValue {
  /// Whether both are strings or both are model values.
  fileprivate func isSibling(of other: PlainValue) -> Bool {
    switch (self, other) {
    case (.string, .string), (.modelValue, .modelValue): true
    default: false
    }
  }

  fileprivate var isRecord: Bool { if case .record = self { true } else { false } }

  /// Whether it is a truth value or a number.
  fileprivate var isPlain: Bool {
    switch self {
    case .boolean, .integer: true
    default: false
    }
  }

  /// Whether the other value is this one or a part of it.
  package func contains(_ value: PlainValue) -> Bool {
    var found = false
    forEachPart { if $0 == value { found = true } }
    return found
  }
}
