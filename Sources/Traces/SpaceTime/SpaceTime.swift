package import StateSpace

/// A trace as a space–time diagram: a lane for each node, time downwards, messages as arrows from send to receive,
/// and splits between nodes. Found from the changes of state alone.
///
/// It is both the events and their layout, in units that no medium decides: lanes count from 0 at the left, rows from 0
/// at the top, and an arrow that waits stands in a slot beside its receiver's lane. It grows a step at a time and can
/// be cut back, so that a long trace costs no more than what is new of it.
package struct SpaceTime: Sendable {
  /// A message on its way.
  package struct Arrow: Sendable, Hashable {
    /// The message in a few words: `sync_register 0`.
    package let text: String
    /// The sender's lane; nil when it is not known, or the message was there at the start.
    package let from: Int?
    /// The receiver's lane; nil as long as it is not known.
    package internal(set) var to: Int?
    /// The step that sent it; 0 for one that was there at the start.
    package let sent: Int
    package let sentRow: Int
    /// The step that took it; nil while it is in flight.
    package internal(set) var received: Int?
    package internal(set) var receivedRow: Int?
    /// Taken away, and read by nobody.
    package internal(set) var isLost = false
    /// The sender did not see the receiver when it was sent.
    package let isSentAcrossCut: Bool
    /// The two did not see each other when it was handled.
    package internal(set) var isHandledAcrossCut = false
    /// The step that cut the link while it was in flight: it is late.
    package internal(set) var outlivedCut: Int?
    /// Its place beside the receiver's lane, 0 next to it: on the left for one that comes from the left, else on the
    /// right. No two arrows are in a slot at a time. Nil when the receiver is not known.
    package internal(set) var slot: Int?
    /// The step that made the arrow known: the one that sent it, or for a further receipt the one that handled it.
    let created: Int
    /// The receiver is known from its receipt only.
    let isAimless: Bool

    /// Whether something is wrong with it: it is late, or crosses a cut.
    package var isSuspect: Bool { isSentAcrossCut || isHandledAcrossCut || outlivedCut != nil && !isLost }
    /// It stands left of its receiver's lane.
    package var comesFromLeft: Bool { (from ?? Int.max) < (to ?? Int.max) }
    /// What is wrong with it, in words; nil when nothing is.
    package var suspicion: String? {
      if isLost { return "lost" }
      if isSentAcrossCut { return "sent across the cut" }
      if isHandledAcrossCut { return "handled across the cut" }
      return outlivedCut == nil ? nil : "late: sent before the split"
    }
  }

  /// A link between two lanes that was cut or healed.
  package struct LinkMark: Sendable, Hashable {
    package let row: Int
    /// The lanes, the left one first.
    package let first: Int
    package let second: Int
    package let isCut: Bool
  }

  package struct Step: Sendable, Hashable {
    package let label: ActionLabel?
    /// The lane of the node that took it.
    package let lane: Int?
    /// What it changed in that node's variables, in few words: `+0`.
    package let note: String
    /// The rows that it takes; at least one.
    package let rows: Range<Int>
    package let links: [LinkMark]
    /// Indices of the arrows that begin and end here.
    package internal(set) var sent: [Int] = []
    package internal(set) var received: [Int] = []
    /// The lanes that are cut from another behind it.
    package let cutLanes: Set<Int>
  }

  /// A time in which two lanes did not see each other.
  package struct Split: Sendable, Hashable {
    package let first: Int
    package let second: Int
    package let cut: Int
    package internal(set) var healed: Int?
  }

  /// The names of the lanes: the nodes, and behind them `others` when messages may come from no node.
  package let lanes: [String]
  package internal(set) var arrows: [Arrow] = []
  /// By the number of the state that they lead to; the first stands for the initial state.
  package internal(set) var steps: [Step] = []
  package internal(set) var splits: [Split] = []

  let structure: ProtocolStructure
  let laneOfNode: [PlainValue: Int]
  var pending = Pending()
  /// What was pending before each step whose number is a multiple of the stretch.
  var checkpoints: [Pending] = []
  /// The arrows that are seen in each stretch of steps.
  var stretches: [[Int]] = []
  static let stretch = 64

  /// Lanes for the nodes of a structure, and the messages that wait in the initial state.
  package init(_ structure: ProtocolStructure, initial: [PlainValue]) {
    self.structure = structure
    laneOfNode = Dictionary(
      structure.nodes.enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: { first, _ in first })
    lanes = structure.nodes.map(\.description) + (structure.pools.isEmpty ? [] : [structure.othersName])
    begin(initial)
  }

  /// The diagram of a whole trace, whose variables are the structure's. Nil when there are no nodes or no states.
  package init?(_ trace: Trace, structure: ProtocolStructure) {
    guard let first = trace.steps.first, structure.variables == trace.variables, !structure.nodes.isEmpty
    else { return nil }
    self.init(structure, initial: first.values)
    for (before, after) in zip(trace.steps, trace.steps.dropFirst()) {
      append(from: before.values, to: after.values, label: after.label)
    }
  }

  package var rowCount: Int { steps.last?.rows.upperBound ?? 0 }

  /// The messages that are on their way at the end.
  package var inFlightCount: Int { arrows.count { $0.received == nil } }

  /// The step that a row belongs to; the nearest for a row outside.
  package func step(atRow row: Int) -> Int {
    var low = 0
    var high = steps.count - 1
    while low < high {
      let middle = (low + high + 1) / 2
      if steps[middle].rows.lowerBound <= row { low = middle } else { high = middle - 1 }
    }
    return max(0, low)
  }

  /// The indices of the arrows that are seen in some rows, in their order. Costs what is seen there.
  package func arrows(inRows rows: Range<Int>) -> [Int] {
    guard !rows.isEmpty, !steps.isEmpty else { return [] }
    let first = step(atRow: rows.lowerBound) / SpaceTime.stretch
    let last = step(atRow: rows.upperBound - 1) / SpaceTime.stretch
    var seen = Set<Int>()
    for stretch in stretches[first...last] {
      for index in stretch {
        let arrow = arrows[index]
        if arrow.sentRow < rows.upperBound, (arrow.receivedRow ?? Int.max) >= rows.lowerBound {
          seen.insert(index)
        }
      }
    }
    return seen.sorted()
  }
}
