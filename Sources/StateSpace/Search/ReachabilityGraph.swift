/// The reached part of a transition system: the states in the order in which they were first reached, from where and by which action, and,
/// if they are kept, the steps between them.
///
/// A step takes six bytes. Parallel steps are kept once, and steps that change nothing not at all: every state may stutter.
final class ReachabilityGraph {
  /// The visited states, by their numbers.
  let states: StateTable
  /// The number of the state from which each state was first reached; an initial state has its own number.
  private let parents: Reservation<UInt32>
  /// The action by which each state was first reached from its parent.
  private let actions: Reservation<ActionNumber>
  /// The number of the first state of each level. Each level is one step further from the initial states.
  private(set) var levelStarts: [Int] = []
  private let edges: Edges?
  private let identities: Identities?
  /// A row in the form in which the search began; nil if the rows have that form.
  private var original: ((UnsafePointer<UInt32>) throws -> [UInt32])?

  init(of system: some TransitionSystem, keepsEdges: Bool) throws {
    states = try StateTable(width: system.rowWidth)
    parents = try Reservation(atMost: states.capacity, hasLargePages: false)
    actions = try Reservation(atMost: parents.capacity, hasLargePages: false)
    let identityWidth = system.identityWidth
    edges =
      keepsEdges
      ? try Edges(capacity: parents.capacity, keepsRowsOfWidth: identityWidth.map { _ in system.rowWidth })
      : nil
    identities = try identityWidth.map { try Identities(width: $0, of: system) }
  }

  var count: Int { states.count }
  /// The number of states that fit.
  var capacity: Int { actions.capacity }
  var edgeCount: Int { edges?.count ?? 0 }
  var memoryBytes: Int {
    states.memoryBytes + states.count * 6 + (edges?.memoryBytes ?? 0) + (identities?.memoryBytes ?? 0)
  }

  // MARK: Growing

  /// The number of the state, which is added, as reached from `source` by `action`, if it is new.
  @inline(__always) func insert(
    _ row: UnsafePointer<UInt32>, hash: UInt64, from source: Int?, by action: Int
  ) throws -> (index: Int, isNew: Bool) {
    let (index, isNew) =
      try identities.map { try insert(row, hash: hash, $0) } ?? states.insert(row, hash: hash)
    if isNew { note(index, reachedFrom: source, by: action) }
    if let source { try addStep(from: source, to: index, row, by: action) }
    return (index, isNew)
  }

  /// Notes how a new state was reached.
  @inline(__always) func note(_ state: Int, reachedFrom source: Int?, by action: Int) {
    parents.base[state] = UInt32(truncatingIfNeeded: source ?? state)
    actions.base[state] = ActionNumber(source == nil ? nil : action)
  }

  /// Adds a step to a row, which stands for the state `target`, if steps are kept. The steps of each state must be added after those of the
  /// states with smaller numbers.
  @inline(__always) func addStep(
    from source: Int, to target: Int, _ row: UnsafePointer<UInt32>, by action: Int
  ) throws {
    guard let edges else { return }
    let isStuttering = identities == nil ? source == target : isSame(row, self.row(source))
    try edges.add(source, to: target, row, by: ActionNumber(action), isStuttering: isStuttering)
  }

  var keepsSteps: Bool { edges != nil }

  private func insert(
    _ row: UnsafePointer<UInt32>, hash: UInt64, _ identities: Identities
  ) throws -> (index: Int, isNew: Bool) {
    let (index, isNew) = try identities.insert(row, hash: hash, rowWidth: states.width)
    if isNew { try states.append(row) }
    return (index, isNew)
  }

  /// Whether the state is among the reached ones.
  func contains(_ row: UnsafePointer<UInt32>, hash: UInt64) throws -> Bool {
    try identities.map { try $0.find(row) != nil } ?? (states.find(row, hash: hash) != nil)
  }

  /// The number of a reached state; nil for any other state. Rows that are the same state by symmetry or view have one number.
  func find(_ row: UnsafePointer<UInt32>) throws -> Int? {
    try identities.map { try $0.find(row) } ?? states.find(row)
  }

  func beginLevel(at state: Int) { levelStarts.append(state) }

  // MARK: Looking

  func row(_ state: Int) -> UnsafePointer<UInt32> { UnsafePointer(states.row(state)) }

  /// The numbers of the steps from a state. Empty for a state that was not explored. Only for a graph that keeps its edges.
  @inline(__always) func edges(of state: Int) -> Range<Int> { edges?.range(of: state) ?? 0..<0 }

  /// The state to which a step leads.
  @inline(__always) func target(_ edge: Int) -> Int { edges?.target(edge) ?? 0 }

  /// The row to which a step leads. It may differ from the target's own row where different rows are the same state.
  @inline(__always) func targetRow(_ edge: Int) -> UnsafePointer<UInt32> {
    edges?.targetRow(edge) ?? row(target(edge))
  }

  private func isSame(_ left: UnsafePointer<UInt32>, _ right: UnsafePointer<UInt32>) -> Bool {
    (0..<states.width).allSatisfy { left[$0] == right[$0] }
  }

  /// The number of steps from the initial states to a state.
  func level(of state: Int) -> Int {
    var (low, high) = (0, levelStarts.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if levelStarts[middle] <= state { low = middle } else { high = middle }
    }
    return low
  }

  /// The action by which a state was first reached; nil for an initial state, and if it was not noted.
  func action(reaching state: Int) -> Int? { actions.base[state].action }

  /// The action of the first step from one state to another; nil if there is none, or its action was not noted. Only for a graph that keeps
  /// its edges.
  func action(from state: Int, to target: Int) -> Int? {
    edges?.range(of: state).first { self.target($0) == target }.flatMap { edges?.action($0) }
  }

  /// The states of a shortest path from an initial state to a state.
  func path(to state: Int) -> [Int] {
    var path = [state]
    var state = state
    while Int(parents.base[state]) != state {
      state = Int(parents.base[state])
      path.append(state)
    }
    return path.reversed()
  }

  /// A state's row, in the form in which the search began.
  func words(of state: Int) -> [UInt32] { words(row(state)) }

  func words(_ row: UnsafePointer<UInt32>) -> [UInt32] {
    guard let original else { return Array(UnsafeBufferPointer(start: row, count: states.width)) }
    guard let words = try? original(row) else {
      preconditionFailure("the values of a reached state are in the store")
    }
    return words
  }

  /// Calls `body` with a state's row in the form in which the search began. Nothing is copied if the rows still have that form.
  func withWords(of state: Int, _ body: (UnsafePointer<UInt32>) -> Void) {
    if original == nil { return body(row(state)) }
    words(of: state).withUnsafeBufferPointer { body($0.baseAddress.unsafelyUnwrapped) }
  }

  /// Whether every row that is kept is a state's. Only then can the rows be changed.
  var keepsOnlyStates: Bool { edges.map { !$0.keepsRows } ?? true }

  /// Gives every state a new row.
  func change(_ change: RowChange) throws {
    precondition(keepsOnlyStates, "rows of steps cannot be changed")
    try states.change(to: change.system.rowWidth, by: change.convert)
    identities?.change(to: change.system)
    original = change.original
  }
}

/// The position of an action, in two bytes. A position that does not fit is not noted; nor is one beyond all actions, by which a state came
/// that no action made.
private struct ActionNumber: BitwiseCopyable {
  /// One more than the position; 0 for none.
  private let number: UInt16

  @inline(__always) init(_ position: Int?) {
    number = position.flatMap { UInt16(exactly: $0 &+ 1) } ?? 0
  }

  var action: Int? { number == 0 ? nil : Int(number) - 1 }
}

/// The identities of the states of a graph, for a system in which different rows can be the same state.
private final class Identities {
  /// How many rows are remembered with their numbers, so that the identity of a row that comes again soon need not be found again.
  private static let rememberedRows = 1 << 14

  private let table: StateTable
  private let identity: UnsafeMutablePointer<UInt32>
  // The graph lives as long as the search, which owns the system.
  private unowned var system: any TransitionSystem
  private let isOfRow: Bool
  private var remembered: [UInt32] = []

  init(width: Int, of system: some TransitionSystem) throws {
    table = try StateTable(width: width)
    identity = .allocate(capacity: max(width, 1))
    isOfRow = system.isIdentityOfRow
    self.system = system
  }

  /// From now on, rows have the form that they have in this system. What identifies them stays the same.
  func change(to system: any TransitionSystem) {
    self.system = system
    remembered = []
  }

  deinit { identity.deallocate() }

  var memoryBytes: Int { table.memoryBytes + remembered.count * 4 }

  /// The number of the state, and whether it is new.
  func insert(_ row: UnsafePointer<UInt32>, hash: UInt64, rowWidth: Int) throws -> (index: Int, isNew: Bool) {
    guard isOfRow else {
      try system.writeIdentity(of: row, to: identity)
      return try table.insert(identity)
    }
    let stride = rowWidth + 1
    if remembered.isEmpty { remembered = Array(repeating: 0, count: Self.rememberedRows * stride) }
    let place = Int(hash >> 40) % Self.rememberedRows * stride
    // A remembered row is followed by one more than its number.
    if remembered[place + rowWidth] != 0, (0..<rowWidth).allSatisfy({ remembered[place + $0] == row[$0] }) {
      return (Int(remembered[place + rowWidth]) - 1, false)
    }
    try system.writeIdentity(of: row, to: identity)
    let (index, isNew) = try table.insert(identity)
    for word in 0..<rowWidth { remembered[place + word] = row[word] }
    remembered[place + rowWidth] = UInt32(truncatingIfNeeded: index + 1)
    return (index, isNew)
  }

  func find(_ row: UnsafePointer<UInt32>) throws -> Int? {
    try system.writeIdentity(of: row, to: identity)
    return table.find(identity)
  }
}

/// The steps of a graph, the steps of one state after those of the state before.
private final class Edges {
  private static let reservedBytes = 1 << 36

  private let targets: Reservation<UInt32>
  private let actions: Reservation<ActionNumber>
  private(set) var count = 0
  /// Where the steps of each begun state begin. A state is begun with the first step from it or from a later one.
  private let offsets: Reservation<UInt64>
  private var begun = 0
  /// The most steps from one state among which a parallel one is looked for one by one.
  private static let fewSteps = 16
  /// For each target of a state with more steps, one more than the state from which it was reached last.
  private let lastSource: Reservation<UInt32>
  private let rows: TargetRows?

  /// The rows to which steps lead, where they need not be those of the states that they stand for.
  private final class TargetRows {
    let table: StateTable
    /// For each step, the number of its row in the table.
    let ofEdge: Reservation<UInt32>

    init(width: Int, capacity: Int) throws {
      table = try StateTable(width: width)
      ofEdge = try Reservation(atMost: capacity)
    }
  }

  init(capacity: Int, keepsRowsOfWidth width: Int?) throws {
    targets = try Reservation(atMost: Self.reservedBytes / 4)
    actions = try Reservation(atMost: targets.capacity)
    offsets = try Reservation(atMost: capacity + 1)
    lastSource = try Reservation(atMost: capacity + 1)
    rows = try width.map {
      try TargetRows(width: $0, capacity: Self.reservedBytes / 4)
    }
  }

  var keepsRows: Bool { rows != nil }
  var memoryBytes: Int { count * 6 + begun * 12 + (rows.map { $0.table.memoryBytes + count * 4 } ?? 0) }

  /// Adds a step that leads to a row, which stands for the state `target`. `isStuttering` says whether the row is the source's own.
  func add(
    _ source: Int, to target: Int, _ row: UnsafePointer<UInt32>, by action: ActionNumber, isStuttering: Bool
  ) throws {
    if isStuttering { return }
    while begun <= source {
      offsets.base[begun] = UInt64(count)
      begun &+= 1
    }
    let known = try rows.map { try $0.table.insert(row).index } ?? target
    if isParallel(to: UInt32(truncatingIfNeeded: known), from: source) { return }
    guard count < actions.capacity else {
      throw ValueError("there are more than \(count) steps", kind: .resource)
    }
    targets.base[count] = UInt32(truncatingIfNeeded: target)
    actions.base[count] = action
    if let rows { rows.ofEdge.base[count] = UInt32(truncatingIfNeeded: known) }
    count += 1
  }

  /// Whether a step from the state that was begun last leads to the target already. Expects that the step is added if it is new.
  @inline(__always) private func isParallel(to target: UInt32, from source: Int) -> Bool {
    let keys = rows.map { $0.ofEdge.base } ?? targets.base
    let first = Int(offsets.base[source])
    if count &- first < Self.fewSteps {
      for edge in first..<count where keys[edge] == target { return true }
      return false
    }
    let mark = UInt32(truncatingIfNeeded: source &+ 1)
    if count &- first == Self.fewSteps {
      for edge in first..<count { lastSource.base[Int(keys[edge])] = mark }
    }
    if lastSource.base[Int(target)] == mark { return true }
    lastSource.base[Int(target)] = mark
    return false
  }

  func range(of state: Int) -> Range<Int> {
    guard state < begun else { return 0..<0 }
    return Int(offsets.base[state])..<(state + 1 < begun ? Int(offsets.base[state + 1]) : count)
  }

  func target(_ edge: Int) -> Int { Int(targets.base[edge]) }

  func action(_ edge: Int) -> Int? { actions.base[edge].action }

  /// The row to which a step leads, if it is kept.
  func targetRow(_ edge: Int) -> UnsafePointer<UInt32>? {
    rows.map { UnsafePointer($0.table.row(Int($0.ofEdge.base[edge]))) }
  }
}
