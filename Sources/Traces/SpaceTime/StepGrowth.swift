import StateSpace

/// A step while it is added to a space–time diagram: its data, and the rows that it has filled so far.
struct StepGrowth {
  let number: Int
  let firstRow: Int
  /// The lane of the acting node.
  let acting: Int?
  /// The lanes of all nodes that the action names.
  let involved: Set<Int>
  let before: [PlainValue]
  let after: [PlainValue]
  var sent: [Int] = []
  var received: [Int] = []
  /// For each row, the gaps between lanes in which something is drawn. Gap 0 is to the right of lane 0.
  private(set) var plan: [Set<Int>] = [[]]
  private var sendings: [Sending: (row: Int, gaps: Set<Int>)] = [:]

  /// The contents of one line: a message with the same words from a node to one or more others.
  private struct Sending: Hashable {
    let text: String
    let from: Int
  }

  init(
    number: Int, firstRow: Int, acting: Int?, involved: Set<Int>, before: [PlainValue], after: [PlainValue]
  ) {
    self.number = number
    self.firstRow = firstRow
    self.acting = acting
    self.involved = involved
    self.before = before
    self.after = after
  }

  /// The first row in which these gaps are free. It takes them.
  mutating func row(over gaps: Range<Int>) -> Int {
    let wanted = Set(gaps)
    let row = plan.firstIndex { $0.isDisjoint(with: wanted) } ?? plan.count
    if row == plan.count { plan.append([]) }
    plan[row].formUnion(wanted)
    return firstRow + row
  }

  /// The row in which a message is sent. The same message to several nodes leaves in one row. A message whose receiver is not yet known
  /// gets its own row, because its way is not known either.
  mutating func row(ofSending text: String, from: Int, to: Int?, laneCount: Int) -> Int {
    let sending = Sending(text: text, from: from)
    let gaps: Range<Int>
    if let to {
      gaps = from < to ? from..<to : to..<max(from, to + 1)
    } else {
      gaps = 0..<laneCount
    }
    if let (row, own) = sendings[sending] {
      let more = Set(gaps).subtracting(own)
      if plan[row - firstRow].isDisjoint(with: more) {
        plan[row - firstRow].formUnion(more)
        sendings[sending] = (row, own.union(more))
        return row
      }
    }
    let row = row(over: gaps)
    sendings[sending] = (row, Set(gaps))
    return row
  }
}
