package import StateSpace

/// A trace as a space–time diagram: a lane for each node, time downwards, messages as arrows from send to receive, and splits between
/// nodes. It is derived from the changes of state alone.
///
/// It holds both the events and their layout, in units that do not depend on a medium. Lanes count from 0 at the left, rows from 0 at the
/// top. An arrow that waits stands in a slot beside its receiver's lane. The diagram grows step by step and can be cut back, so that a long
/// trace costs only its new part.
package struct SpaceTime: Sendable {
  /// A message in flight.
  package struct Arrow: Sendable, Hashable {
    /// The message in a few words: `sync_register 0`.
    package let text: String
    /// The sender's lane; nil if it is not known, or if the message was there at the start.
    package let from: Int?
    /// The receiver's lane; nil while it is not known.
    package internal(set) var to: Int?
    /// The step that sent the message; 0 if the message was there at the start.
    package let sent: Int
    package let sentRow: Int
    /// The step that took the message; nil while it is in flight.
    package internal(set) var received: Int?
    package internal(set) var receivedRow: Int?
    /// Whether the message was removed without being read.
    package internal(set) var isLost = false
    /// Whether the sender did not see the receiver when the message was sent.
    package let isSentAcrossCut: Bool
    /// Whether the two did not see each other when the message was handled.
    package internal(set) var isHandledAcrossCut = false
    /// The step that cut the link while the message was in flight, which makes it late.
    package internal(set) var outlivedCut: Int?
    /// The slot beside the receiver's lane, counted from 0 next to it. It is on the left for an arrow from the left, otherwise on the
    /// right. No two arrows share a slot at any time. Nil if the receiver is not known.
    package internal(set) var slot: Int?
    /// The step that revealed the arrow: the one that sent the message, or for a further receipt the one that handled it.
    let created: Int
    /// Whether the receiver is known only from the receipt.
    let isAimless: Bool

    /// Whether something is wrong with the message: it is late, or crosses a cut.
    package var isSuspect: Bool { isSentAcrossCut || isHandledAcrossCut || outlivedCut != nil && !isLost }
    /// Whether the arrow is on the left of its receiver's lane.
    package var comesFromLeft: Bool { (from ?? Int.max) < (to ?? Int.max) }
    /// What is wrong with the message, in words; nil if nothing is.
    package var suspicion: String? {
      if isLost { return "lost" }
      if isSentAcrossCut { return "sent across the cut" }
      if isHandledAcrossCut { return "handled across the cut" }
      return outlivedCut == nil ? nil : "late: sent before the split"
    }
  }

  /// The cut or healing of a link between two lanes.
  package struct LinkMark: Sendable, Hashable {
    package let row: Int
    /// The lanes, the left one first.
    package let first: Int
    package let second: Int
    package let isCut: Bool
  }

  package struct Step: Sendable, Hashable {
    package let label: ActionLabel?
    /// The lane of the node that took the step.
    package let lane: Int?
    /// What the step changed in the variables of nodes, by their lanes.
    package let notes: [Note]
    /// What a step that belongs to no node changed in the variables of all, in narrower and narrower forms; empty if nothing.
    package let sharedWordings: [String]
    /// The rows of the step, at least one.
    package let rows: Range<Int>
    package let links: [LinkMark]
    /// The indices of the arrows that begin here (`sent`) and end here (`received`).
    package internal(set) var sent: [Int] = []
    package internal(set) var received: [Int] = []
    /// The lanes that are cut off from another lane after the step.
    package let cutLanes: Set<Int>
  }

  /// A period in which two lanes did not see each other.
  package struct Split: Sendable, Hashable {
    package let first: Int
    package let second: Int
    package let cut: Int
    package internal(set) var healed: Int?
  }

  /// The names of the lanes: the nodes, then `others` if messages may come from outside the nodes.
  package let lanes: [String]
  package internal(set) var arrows: [Arrow] = []
  /// The steps, by the number of the state that each leads to. The first stands for the initial state.
  package internal(set) var steps: [Step] = []
  package internal(set) var splits: [Split] = []

  let structure: ProtocolStructure
  let laneOfNode: [PlainValue: Int]
  /// The variables in which each node has several things.
  let collections: Set<Int>
  var pending = Pending()
  /// The pending state before each step whose number is a multiple of `stretch`.
  var checkpoints: [Pending] = []
  /// The arrows that are visible in each stretch of steps.
  var stretches: [[Int]] = []
  static let stretch = 64

  /// Makes lanes for the nodes of a structure, and arrows for the messages that wait in the initial state.
  package init(_ structure: ProtocolStructure, initial: [PlainValue]) {
    self.structure = structure
    laneOfNode = Dictionary(
      structure.nodes.enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: { first, _ in first })
    collections = Set(
      structure.variables(as: .perNode).filter { variable in
        structure.nodes.contains { node in
          switch structure.value(ofVariable: variable, node: node, in: initial) {
          case .set, .tuple, .function: true
          default: false
          }
        }
      })
    lanes = structure.nodes.map(\.description) + (structure.pools.isEmpty ? [] : [structure.othersName])
    begin(initial)
  }

  /// The diagram of a whole trace, whose variables are the structure's. Nil if there are no nodes or no states.
  package init?(_ trace: Trace, structure: ProtocolStructure) {
    guard let first = trace.steps.first, structure.variables == trace.variables, !structure.nodes.isEmpty
    else { return nil }
    self.init(structure, initial: first.values)
    for (before, after) in zip(trace.steps, trace.steps.dropFirst()) {
      append(from: before.values, to: after.values, label: after.label)
    }
  }

  package var rowCount: Int { steps.last?.rows.upperBound ?? 0 }

  /// The number of messages in flight at the end.
  package var inFlightCount: Int { arrows.count { $0.received == nil } }

  /// The step of a row; for a row outside the diagram, the nearest step.
  package func step(atRow row: Int) -> Int {
    var low = 0
    var high = steps.count - 1
    while low < high {
      let middle = (low + high + 1) / 2
      if steps[middle].rows.lowerBound <= row { low = middle } else { high = middle - 1 }
    }
    return max(0, low)
  }

  /// The indices of the arrows that are visible in some rows, in order. The cost depends only on what is visible there.
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
