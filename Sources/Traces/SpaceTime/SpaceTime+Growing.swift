package import StateSpace

extension SpaceTime {
  /// The messages in flight and the open cuts between two steps.
  struct Pending: Sendable {
    struct Side: Hashable, Sendable {
      let lane: Int
      let isLeft: Bool
    }
    struct Slot: Sendable {
      var isTaken: Bool
      /// The last step at which the slot was taken.
      var until: Int
    }
    struct Pair: Hashable, Sendable {
      let first: Int
      let second: Int

      init(_ one: Int, _ other: Int) {
        first = min(one, other)
        second = max(one, other)
      }
    }

    /// The arrows of the messages in each mailbox, in the mailbox's order.
    var inboxes: [Mailbox: [Int]] = [:]
    /// The arrows of the messages in each pool, one for each copy of a message.
    var pools: [Int: [PlainValue: [Int]]] = [:]
    /// The lanes that have read a message that stays in a pool.
    var readers: [Int: [PlainValue: Set<Int>]] = [:]
    var slots: [Side: [Slot]] = [:]
    /// The splits that are not healed.
    var cuts: [Pair: Int] = [:]
  }

  /// Adds a step. Both states hold the values of all variables; otherwise the step counts as one that changes nothing.
  package mutating func append(from before: [PlainValue], to after: [PlainValue], label: ActionLabel?) {
    keepCheckpoint()
    let arguments = label?.arguments ?? []
    var growth = StepGrowth(
      number: steps.count, firstRow: rowCount,
      acting: structure.actingNode(of: label, from: before, to: after).flatMap { laneOfNode[$0] },
      involved: Set(arguments.compactMap { laneOfNode[$0] }), before: before, after: after)
    let isWhole = before.count == structure.variables.count && after.count == before.count
    let changes = isWhole ? StepChange.all(from: before, to: after, label: label, in: structure) : []
    let links = changes.compactMap { change(ofLink: $0, &growth) }
    if isWhole { moveMessages(&growth, label: label, cuts: changes.cuts) }
    let notes = notes(changes, &growth)
    steps.append(
      Step(
        label: label, lane: growth.acting, notes: notes,
        sharedWordings: growth.acting == nil ? sharedWordings(changes) : [],
        rows: growth.firstRow..<(growth.firstRow + growth.plan.count), links: links, sent: growth.sent,
        received: growth.received, cutLanes: Set(pending.cuts.keys.flatMap { [$0.first, $0.second] })))
  }

  /// Cuts the diagram back to `count` states or somewhat fewer, and returns how many are left. Append the step to the state with that
  /// number next. 0 means that the diagram must be built again.
  package mutating func cut(toCount count: Int) -> Int {
    guard count < steps.count else { return steps.count }
    let stretch = max(0, count) / SpaceTime.stretch
    let left = stretch * SpaceTime.stretch
    guard left > 0 else { return 0 }
    pending = checkpoints[stretch]
    checkpoints.removeSubrange(stretch...)
    stretches.removeSubrange(stretch...)
    steps.removeSubrange(left...)
    splits.removeAll { $0.cut >= left }
    for index in splits.indices where splits[index].healed.map({ $0 >= left }) ?? false {
      splits[index].healed = nil
    }
    if let first = arrows.firstIndex(where: { $0.created >= left }) { arrows.removeSubrange(first...) }
    for index in arrows.indices { arrows[index].forget(from: left) }
    let known = arrows.count
    for index in stretches.indices { stretches[index].removeAll { $0 >= known } }
    for index in steps.indices {
      if steps[index].sent.last.map({ $0 >= known }) ?? false { steps[index].sent.removeAll { $0 >= known } }
    }
    return left
  }

  mutating func begin(_ initial: [PlainValue]) {
    keepCheckpoint()
    var growth = StepGrowth(
      number: 0, firstRow: 0, acting: nil, involved: [], before: initial, after: initial)
    if initial.count == structure.variables.count {
      for mailbox in structure.mailboxes {
        for (position, message) in structure.messages(in: mailbox, of: initial).enumerated() {
          insert(message, at: position, mailbox, from: nil, &growth)
        }
      }
      for pool in structure.pools {
        for (message, count) in MessagePool.contents(initial[pool]) ?? [:] {
          for _ in 0..<count { addToPool(message, pool, &growth) }
        }
      }
    }
    steps.append(
      Step(
        label: nil, lane: nil, notes: [], sharedWordings: [], rows: 0..<1, links: [], sent: growth.sent,
        cutLanes: []))
  }

  /// At the beginning of each stretch of steps, saves what is pending.
  private mutating func keepCheckpoint() {
    guard steps.count % SpaceTime.stretch == 0 else { return }
    checkpoints.append(pending)
    let waiting = pending.inboxes.values.joined().filter { arrows[$0].slot != nil }
    let pooled = pending.pools.values.flatMap { $0.values.joined() }
      .filter { arrows[$0].slot != nil && arrows[$0].received == nil }
    stretches.append(waiting + pooled)
  }

  // MARK: Links

  private mutating func change(ofLink change: StepChange, _ growth: inout StepGrowth) -> LinkMark? {
    let isCut: Bool
    let pair: Pending.Pair
    switch change {
    case .cut(let one, let other), .healed(let one, let other):
      guard let first = laneOfNode[one], let second = laneOfNode[other] else { return nil }
      pair = Pending.Pair(first, second)
      if case .cut = change { isCut = true } else { isCut = false }
    default: return nil
    }
    if isCut {
      if pending.cuts[pair] == nil {
        pending.cuts[pair] = splits.count
        splits.append(Split(first: pair.first, second: pair.second, cut: growth.number))
      }
      for index in pending.inboxes.values.joined() { outlive(index, pair, growth.number) }
      for index in pending.pools.values.flatMap({ $0.values.joined() }) {
        outlive(index, pair, growth.number)
      }
    } else if let split = pending.cuts.removeValue(forKey: pair) {
      splits[split].healed = growth.number
    }
    let row = growth.row(over: pair.first..<pair.second)
    return LinkMark(row: row, first: pair.first, second: pair.second, isCut: isCut)
  }

  private mutating func outlive(_ index: Int, _ pair: Pending.Pair, _ step: Int) {
    let arrow = arrows[index]
    guard arrow.outlivedCut == nil, arrow.received == nil, let from = arrow.from, let to = arrow.to,
      from != to
    else { return }
    if Pending.Pair(from, to) == pair { arrows[index].outlivedCut = step }
  }

  // MARK: Messages

  private mutating func moveMessages(
    _ growth: inout StepGrowth, label: ActionLabel?, cuts: [(PlainValue, PlainValue)]
  ) {
    var added: [(mailbox: Mailbox, position: Int, message: PlainValue)] = []
    var taken: [(mailbox: Mailbox, position: Int, arrow: Int)] = []
    for mailbox in structure.mailboxes where growth.before[mailbox.variable] != growth.after[mailbox.variable]
    {
      var removed: [Int] = []
      for difference in structure.difference(in: mailbox, from: growth.before, to: growth.after) {
        guard case .position(let position)? = difference.path.first else { continue }
        switch difference.change {
        case .removed where difference.path.count == 1: removed.append(position)
        case .added(let message) where difference.path.count == 1: added.append((mailbox, position, message))
        default:
          // A message that changes in place is another message.
          let messages = structure.messages(in: mailbox, of: growth.after)
          guard !removed.contains(position), messages.indices.contains(position) else { continue }
          removed.append(position)
          added.append((mailbox, position, messages[position]))
        }
      }
      for position in removed.sorted(by: >) where pending.inboxes[mailbox]?.indices.contains(position) == true
      {
        guard let arrow = pending.inboxes[mailbox]?.remove(at: position) else { continue }
        taken.append((mailbox, position, arrow))
      }
    }
    let acting = growth.acting.flatMap(node(ofLane:))
    for (mailbox, position, arrow) in taken {
      let removal = Removal(
        receiver: structure.nodes[mailbox.node], sender: arrows[arrow].from.flatMap(node(ofLane:)),
        position: position, isAlone: taken.count == 1)
      // Nobody has read a message that the user removes by hand.
      let isLost =
        label.map { structure.loses(removal, from: mailbox, by: $0, acting: acting, cuts: cuts) } ?? true
      receive(arrow, by: isLost ? nil : mailbox.node, &growth)
    }
    for pool in structure.pools { moveMessages(inPool: pool, &growth, label: label) }
    for (mailbox, position, message) in added {
      let from = mailbox.sender ?? sender(of: message, to: mailbox.node, growth)
      insert(message, at: position, mailbox, from: from, &growth)
    }
  }

  /// The node that took the step received what was taken from a pool, and any message that the action reads and leaves there. A node does
  /// not read its own messages: then `others` reads them.
  private mutating func moveMessages(inPool pool: Int, _ growth: inout StepGrowth, label: ActionLabel?) {
    let before = growth.before[pool]
    let after = growth.after[pool]
    guard let has = MessagePool.contents(after) else { return }
    let others = lanes.count - 1
    for message in label.map({ structure.messages(readBy: $0, inPool: has.keys) }) ?? [] {
      guard let indices = pending.pools[pool]?[message], let index = indices.first else { continue }
      let named = structure.receiver(of: message).flatMap { laneOfNode[$0] }
      let isArgument = label?.arguments.contains(message) ?? false
      let isOwn = !isArgument && named == nil && growth.acting != nil && arrows[index].from == growth.acting
      let lane = isOwn ? others : growth.acting ?? named ?? others
      // Reading a message again without changing anything is not worth an arrow.
      let isFirst = pending.readers[pool, default: [:]][message, default: []].insert(lane).inserted
      guard isFirst || before != after || growth.before != growth.after else { continue }
      if let open = indices.first(where: { arrows[$0].received == nil }) {
        receive(open, by: lane, &growth)
      } else if arrows[index].received != growth.number {
        receiveAgain(index, by: lane, &growth)
      }
    }
    guard before != after, let was = MessagePool.contents(before) else { return }
    for (message, count) in was.sorted(by: { $0.key.description < $1.key.description }) {
      for _ in 0..<max(0, count - (has[message] ?? 0)) {
        guard var indices = pending.pools[pool]?[message], !indices.isEmpty else { break }
        let index = indices.removeFirst()
        pending.pools[pool]?[message] = indices.isEmpty ? nil : indices
        guard arrows[index].received == nil else { continue }
        let named = arrows[index].to
        let taker = growth.acting ?? named ?? others
        let isElsewhere = named != nil && !growth.involved.isEmpty && !growth.involved.contains(named ?? -1)
        let isLost = isElsewhere || label.map { structure.takesUnread(from: pool, by: $0) } ?? false
        receive(index, by: isLost ? nil : named ?? taker, &growth)
      }
    }
    for (message, count) in has.sorted(by: { $0.key.description < $1.key.description }) {
      for _ in 0..<max(0, count - (was[message] ?? 0)) { addToPool(message, pool, &growth) }
    }
  }

  private mutating func addToPool(_ message: PlainValue, _ pool: Int, _ growth: inout StepGrowth) {
    let isStart = growth.number == 0
    let from = structure.sender(of: message).flatMap { laneOfNode[$0] } ?? growth.acting
    let to = structure.receiver(of: message).flatMap { laneOfNode[$0] }
    let index = add(message, from: from ?? (isStart ? nil : lanes.count - 1), to: to, &growth)
    pending.pools[pool, default: [:]][message, default: []].append(index)
  }

  private mutating func insert(
    _ message: PlainValue, at position: Int, _ mailbox: Mailbox, from: Int?, _ growth: inout StepGrowth
  ) {
    let index = add(message, from: from, to: mailbox.node, &growth)
    let count = pending.inboxes[mailbox]?.count ?? 0
    pending.inboxes[mailbox, default: []].insert(index, at: min(position, count))
  }

  private mutating func add(
    _ message: PlainValue, from: Int?, to: Int?, _ growth: inout StepGrowth
  ) -> Int {
    let ends = [from, to].compactMap { $0 }.filter { $0 < structure.nodes.count }.map { structure.nodes[$0] }
    let text = structure.words(of: message, leavingOut: ends)
    let row =
      from == nil
      ? growth.firstRow : growth.row(ofSending: text, from: from ?? 0, to: to, laneCount: lanes.count)
    var isAcross = false
    if let from, let to, from != to, max(from, to) < structure.nodes.count {
      isAcross = !sees(from, to, growth.before) && !sees(from, to, growth.after)
    }
    var arrow = Arrow(
      text: text, from: from, to: to, sent: growth.number, sentRow: row, isSentAcrossCut: isAcross,
      created: growth.number, isAimless: to == nil)
    if let to {
      arrow.slot = takeSlot(Pending.Side(lane: to, isLeft: arrow.comesFromLeft), since: growth.number)
    }
    let index = arrows.count
    arrows.append(arrow)
    stretches[stretches.count - 1].append(index)
    growth.sent.append(index)
    return index
  }

  /// Ends an arrow at a lane, or as lost.
  private mutating func receive(_ index: Int, by lane: Int?, _ growth: inout StepGrowth) {
    let hadSlot = arrows[index].slot != nil
    if arrows[index].to == nil { arrows[index].to = lane }
    arrows[index].isLost = lane == nil
    arrows[index].received = growth.number
    let side = Pending.Side(lane: arrows[index].to ?? 0, isLeft: arrows[index].comesFromLeft)
    if hadSlot {
      leaveSlot(arrows[index].slot ?? 0, side, growth.number)
    } else if arrows[index].to != nil {
      arrows[index].slot = passSlot(side, from: arrows[index].sent, to: growth.number)
      let sent = arrows[index].sent / SpaceTime.stretch
      for stretch in sent..<stretches.count where stretch > sent { stretches[stretch].append(index) }
    }
    finish(index, &growth)
  }

  /// A message that stays is handled again: adds another arrow from its beginning.
  private mutating func receiveAgain(_ first: Int, by lane: Int, _ growth: inout StepGrowth) {
    let original = arrows[first]
    var arrow = Arrow(
      text: original.text, from: original.from, to: lane, sent: original.sent, sentRow: original.sentRow,
      received: growth.number, isSentAcrossCut: false, created: growth.number, isAimless: true)
    arrow.slot = passSlot(
      Pending.Side(lane: lane, isLeft: arrow.comesFromLeft), from: original.sent, to: growth.number)
    let index = arrows.count
    arrows.append(arrow)
    steps[original.sent].sent.append(index)
    for stretch in (original.sent / SpaceTime.stretch)..<stretches.count { stretches[stretch].append(index) }
    finish(index, &growth)
  }

  private mutating func finish(_ index: Int, _ growth: inout StepGrowth) {
    let arrow = arrows[index]
    if let from = arrow.from, let to = arrow.to {
      let pair = Pending.Pair(from, to)
      // A message that was sent by the step that cut the link reports the cut and did not cross it.
      if let split = pending.cuts[pair], splits[split].cut < growth.number, splits[split].cut != arrow.sent {
        arrows[index].isHandledAcrossCut = true
      }
      let isBesideLeft = arrow.comesFromLeft
      let gap = isBesideLeft ? to - 1 : to
      arrows[index].receivedRow = growth.row(over: gap..<(gap + 1))
    } else {
      let gap = arrow.to ?? 0
      arrows[index].receivedRow = growth.row(over: gap..<(gap + 1))
    }
    growth.received.append(index)
  }

  // MARK: Slots

  private mutating func takeSlot(_ side: Pending.Side, since step: Int) -> Int {
    var slots = pending.slots[side] ?? []
    let free = slots.firstIndex { !$0.isTaken && $0.until < step } ?? slots.count
    if free == slots.count { slots.append(Pending.Slot(isTaken: true, until: step)) }
    slots[free].isTaken = true
    pending.slots[side] = slots
    return free
  }

  private mutating func leaveSlot(_ slot: Int, _ side: Pending.Side, _ step: Int) {
    guard pending.slots[side]?.indices.contains(slot) == true else { return }
    pending.slots[side]?[slot] = Pending.Slot(isTaken: false, until: step)
  }

  /// A slot that was free in all steps from `start` to `end`, which is the current step.
  private mutating func passSlot(_ side: Pending.Side, from start: Int, to end: Int) -> Int {
    var slots = pending.slots[side] ?? []
    let free = slots.firstIndex { !$0.isTaken && $0.until < start } ?? slots.count
    if free == slots.count { slots.append(Pending.Slot(isTaken: false, until: end)) }
    slots[free].until = end
    pending.slots[side] = slots
    return free
  }

  // MARK: Reading states

  /// The node of a lane; nil if the lane is not a node's.
  private func node(ofLane lane: Int) -> PlainValue? {
    structure.nodes.indices.contains(lane) ? structure.nodes[lane] : nil
  }

  /// The sender of a new message: the acting node, unless that is the receiver and the message names another sender.
  private func sender(of message: PlainValue, to receiver: Int, _ growth: StepGrowth) -> Int? {
    if let acting = growth.acting, acting != receiver { return acting }
    if let named = structure.sender(of: message), let lane = laneOfNode[named] { return lane }
    return growth.acting
  }

  private func sees(_ one: Int, _ other: Int, _ values: [PlainValue]) -> Bool {
    structure.sees(structure.nodes[one], structure.nodes[other], in: values)
  }

  /// The changes in the variables of nodes. A node that only reads a message gets a note that says so.
  private func notes(_ changes: [StepChange], _ growth: inout StepGrowth) -> [Note] {
    var byLane: [Int: [Note.Change]] = [:]
    for case .other(let variable, let node?, let difference) in changes {
      guard let lane = laneOfNode[node] else { continue }
      byLane[lane, default: []].add(change(in: variable, difference))
    }
    if let acting = growth.acting, !changes.isEmpty,
      changes.allSatisfy({ if case .received(_, node(ofLane: acting), _) = $0 { true } else { false } })
    {
      byLane[acting] = []
    }
    return byLane.sorted { $0.key < $1.key }.map { lane, changes in
      var note = Note(lane: lane, row: growth.firstRow, changes: changes)
      let lines = growth.sent.map { arrows[$0] }.filter { $0.sentRow == growth.firstRow && $0.passes(lane) }
      if let longest = lines.map(\.text.count).max(), longest + note.leastWidth > Self.mostOnALine {
        note.row = growth.row(over: lane..<(lane + 1))
      }
      return note
    }
  }

  private func sharedWordings(_ changes: [StepChange]) -> [String] {
    var shared: [Note.Change] = []
    for case .other(let variable, nil, let difference) in changes where !structure.pools.contains(variable) {
      shared.add(change(in: variable, difference, ofNode: false))
    }
    return shared.isEmpty ? [] : Note(lane: 0, row: 0, changes: shared).wordings
  }

  /// More characters of a note and a message do not share a line.
  private static let mostOnALine = 22

  private func change(
    in variable: Int, _ difference: ValueDifference, ofNode: Bool = true
  ) -> Note.Change {
    var steps = difference.path
    // A sequence gains a message or a name, wherever it stands.
    if case .position? = steps.last, !difference.isChange { steps.removeLast() }
    let path = steps.map { ValueDifference.text(of: [$0]) }
    let (words, isMovement) =
      switch difference.change {
      case .added(let value): ("+\(value.brief)", true)
      case .removed(let value): ("−\(value.brief)", true)
      case .changed(_, let value): ("→ \(value.brief)", false)
      }
    // A field names its place. Without another collection of the node, everybody knows what gains and losses are about.
    let isKnown = ofNode && (path.first?.hasPrefix(".") == true || isMovement && collections.count == 1)
    return Note.Change(
      variable: isKnown ? "" : structure.variables[variable], path: path, words: words, isMovement: isMovement
    )
  }
}

extension ValueDifference {
  fileprivate var isChange: Bool { if case .changed = change { true } else { false } }
}

extension [SpaceTime.Note.Change] {
  /// Adds a change. Gains and losses in one place are told together.
  fileprivate mutating func add(_ change: Element) {
    if contains(change) { return }
    if let last, last.isMovement, change.isMovement, last.variable == change.variable,
      last.path == change.path
    {
      self[count - 1].words += " \(change.words)"
    } else {
      append(change)
    }
  }
}

extension SpaceTime.Arrow {
  /// Whether the line from the sender takes the room to the right of a lane.
  fileprivate func passes(_ lane: Int) -> Bool {
    guard let from else { return false }
    guard let to, to != from else { return from == lane }
    return (min(from, to)..<max(from, to)).contains(lane)
  }

  /// Restores the arrow to its state before a step.
  fileprivate mutating func forget(from step: Int) {
    if let cut = outlivedCut, cut >= step { outlivedCut = nil }
    guard let end = received, end >= step else { return }
    received = nil
    receivedRow = nil
    isLost = false
    isHandledAcrossCut = false
    if isAimless {
      to = nil
      slot = nil
    }
  }
}
