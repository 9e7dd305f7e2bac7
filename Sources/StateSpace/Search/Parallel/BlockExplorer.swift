import Synchronization

/// Explores the states of a level block by block, with any number of threads. What comes out is what exploring the states one by one gives:
/// the same states in the same order, reached by the same steps.
///
/// The threads generate the successors of a block's states, chunk by chunk. Then each looks up the rows whose entries lie in its part of the
/// table, in order, so that the first of several equal rows is the new one. The new rows of the chunks are counted, which gives every state its
/// number, and then they are added. Nobody waits for a lock on the way. If a block has more to tell than states, what it added is removed.
final class BlockExplorer {
  /// What came out of a block.
  enum Outcome {
    /// The states of the block were explored.
    case explored(states: Int, generated: Int, cutOff: Int)
    /// Nothing was done: so many states have to be explored one by one.
    case refused(states: Int)
  }

  /// A block is cut into that many chunks for each worker, so that none waits long for another one.
  private static let chunksPerWorker = 8
  /// The rows that a chunk should have: at first, and at most.
  private static let (fewRows, manyRows) = (1 << 6, 1 << 9)
  /// Blocks with fewer rows are left to the caller's thread.
  private static let fewestSharedRows = 256.0
  /// Blocks become smaller if one takes longer than this many seconds, so that a search can be stopped soon.
  private static let longTime = 0.02

  private let graph: ReachabilityGraph
  private let explorers: [any StateExplorer]
  private let team: WorkerTeam
  private let run: SearchRun
  private let chunks: [SuccessorChunk]
  private let readAheads: [ReadAhead]
  /// What `NumberedRows` needs.
  private let origins: UnsafeMutablePointer<Int>
  /// For each part of the table, the rows whose search leads beyond it: their chunks, and their indices there.
  private var beyond: [[(chunk: Int, index: Int)]]
  private let clock = ContinuousClock()
  /// The rows wanted in a chunk, and the rows that a state gave on average in the last block.
  private var wantedRows = fewRows
  private var rowsPerState = 1.0

  /// The number of workers.
  var workers: Int { team.count }

  init(_ explorers: [any StateExplorer], _ team: WorkerTeam, _ graph: ReachabilityGraph, _ run: SearchRun) {
    precondition(explorers.count >= team.count, "every worker has an explorer")
    self.explorers = explorers
    self.team = team
    self.graph = graph
    self.run = run
    chunks = (0..<(team.count * Self.chunksPerWorker)).map { _ in SuccessorChunk(parts: team.count) }
    readAheads = (0..<team.count).map { _ in ReadAhead() }
    beyond = Array(repeating: [], count: team.count)
    origins = .allocate(capacity: NumberedRows.capacity(chunks: chunks.count))
  }

  deinit { origins.deallocate() }

  /// Explores states from the first of `states` on; the graph gets at most `mostStates`. `makeRoom` is called before up to so many states are
  /// added, and throws if there is no memory for them.
  func explore(
    _ states: Range<Int>, told: ToldFindings, mostStates: Int, makeRoom: (_ states: Int) throws -> Void
  ) throws -> Outcome {
    let perChunk = max(1, Int(Double(wantedRows) / max(1, rowsPerState)))
    let block = states.prefix(perChunk * chunks.count)
    let start = clock.now
    let outcome = try explore(block, perChunk: perChunk, told, mostStates, makeRoom)
    let seconds = (clock.now - start).inSeconds
    switch outcome {
    case .explored(let count, let generated, _):
      rowsPerState = Double(generated) / Double(count)
      if seconds > Self.longTime {
        wantedRows = max(1, wantedRows / 2)
      } else {
        wantedRows = min(2 * wantedRows, Self.manyRows)
      }
    case .refused: wantedRows = max(1, wantedRows / 4)
    }
    return outcome
  }

  private func explore(
    _ states: Range<Int>, perChunk: Int, _ told: ToldFindings, _ mostStates: Int,
    _ makeRoom: (Int) throws -> Void
  ) throws -> Outcome {
    let workers = Double(states.count) * rowsPerState < Self.fewestSharedRows ? 1 : team.count
    // The last chunks of a level are shorter.
    let length = min(perChunk, (states.count + workers * 4 - 1) / (workers * 4))
    let chunks = chunks.prefix((states.count + length - 1) / length)
    guard generate(states, length, into: chunks, workers, told) else { return .refused(states: states.count) }
    let generated = chunks.reduce(0) { $0 + $1.count }
    let count = graph.count
    guard count + generated <= mostStates,
      NumberedRows.numberLimit(states: count, chunks: self.chunks.count) < Int(UInt32.max)
    else {
      return .refused(states: states.count)
    }
    try makeRoom(generated)
    try graph.states.reserve(generated)
    let rows = NumberedRows(graph.states.view, chunks, memory: origins)
    lookUp(chunks, workers, rows)
    var next = count
    for chunk in chunks {
      chunk.firstNew = next
      next += chunk.newCount
    }
    guard add(chunks, workers, told) else {
      for chunk in chunks { removeEntries(of: chunk) }
      return .refused(states: states.count)
    }
    graph.states.add(next - count)
    if graph.keepsSteps { for chunk in chunks { try addSteps(of: chunk, rows) } }
    return .explored(
      states: states.count, generated: generated, cutOff: chunks.reduce(0) { $0 + $1.cutOffCount })
  }

  /// Calls `work` with every chunk and the number of the worker that does it, on `workers` threads. Returns false if a call did: then not
  /// all chunks were done.
  private func forEach(
    _ chunks: ArraySlice<SuccessorChunk>, _ workers: Int, _ work: (_ chunk: Int, _ worker: Int) -> Bool
  ) -> Bool {
    let next = Atomic<Int>(0)
    let isRefused = Atomic<Bool>(false)
    team.run(workers) { worker in
      while !isRefused.load(ordering: .relaxed) {
        let chunk = next.add(1, ordering: .relaxed).oldValue
        guard chunk < chunks.count else { return }
        if !work(chunk, worker) { isRefused.store(true, ordering: .relaxed) }
      }
    }
    return !isRefused.load(ordering: .relaxed)
  }

  private func generate(
    _ states: Range<Int>, _ length: Int, into chunks: ArraySlice<SuccessorChunk>, _ workers: Int,
    _ told: ToldFindings
  ) -> Bool {
    let table = graph.states
    return forEach(chunks, workers) { number, worker in
      if run.isStopRequested { return false }
      let chunk = chunks[number]
      let first = states.lowerBound + number * length
      chunk.removeAll(width: table.width)
      let own = first..<min(first + length, states.upperBound)
      guard explorers[worker].explore(own, of: table, into: chunk, told),
        chunk.count <= SuccessorChunk.mostRows
      else { return false }
      chunk.sort(for: table, parts: workers)
      return true
    }
  }

  // MARK: Looking up

  private func lookUp(_ chunks: ArraySlice<SuccessorChunk>, _ workers: Int, _ rows: NumberedRows) {
    for part in beyond.indices { beyond[part].removeAll(keepingCapacity: true) }
    beyond.withUnsafeMutableBufferPointer { beyond in
      team.run(workers) { part in
        for number in chunks.indices { lookUp(number, inPart: part, of: workers, rows, &beyond[part]) }
      }
    }
    // Equal rows are in one list, in order.
    let view = graph.states.view
    for (number, index) in beyond.joined() {
      let chunk = chunks[number]
      let position = Int(chunk.positions[index])
      let hash = chunk.hashes[position]
      switch view.lookUp(chunk.row(position), hash: hash, before: nil, row: { rows.row($0) }) {
      case .known(let known): chunk.found[index] = UInt32(truncatingIfNeeded: known)
      case .free(let place):
        let pending = rows.number(of: position, inChunk: number)
        view.setEntry(place, hash: hash, number: pending)
        chunk.addNewBeyond(position, at: place)
        chunk.found[index] = UInt32(truncatingIfNeeded: pending)
      case .beyond: preconditionFailure("the whole table was searched")
      }
    }
  }

  /// Looks up the rows of a chunk that belong to a part of the table. Adds those whose search leads beyond the part to a list. New rows become
  /// pending.
  private func lookUp(
    _ number: Int, inPart part: Int, of parts: Int, _ rows: NumberedRows,
    _ beyond: inout [(chunk: Int, index: Int)]
  ) {
    let (view, chunk, ahead) = (graph.states.view, chunks[number], readAheads[part])
    let end = graph.states.end(ofPart: part, among: parts)
    let (positions, hashes, found, first) = (chunk.positions, chunk.hashes, chunk.found, chunk.row(0))
    let indices = chunk.indices(ofPart: part)
    var (next, newCount) = (indices.lowerBound, 0)
    while next < indices.upperBound {
      let size = min(ReadAhead.capacity, indices.upperBound &- next)
      ahead.read(
        size, in: view, before: end, hash: { hashes[Int(positions[next &+ $0])] }, row: { rows.row($0) })
      for offset in 0..<size {
        let index = next &+ offset
        let position = Int(positions[index])
        let row = first + position &* view.width
        if let known = ahead.number(offset, of: row, in: view) {
          found[index] = UInt32(truncatingIfNeeded: known)
          continue
        }
        switch view.lookUp(row, hash: hashes[position], before: end, row: { rows.row($0) }) {
        case .known(let known): found[index] = UInt32(truncatingIfNeeded: known)
        case .free(let place):
          let pending = rows.number(of: position, inChunk: number)
          view.setEntry(place, hash: hashes[position], number: pending)
          chunk.setNew(newCount, position, at: place, inPart: part)
          newCount &+= 1
          found[index] = UInt32(truncatingIfNeeded: pending)
        case .beyond: beyond.append((number, index))
        }
      }
      next &+= size
    }
    chunk.setNewCount(newCount, ofPart: part)
  }

  // MARK: Adding

  /// Adds the new states of chunks. Returns false if an invariant has to be told of one: then their entries have to be removed.
  private func add(_ chunks: ArraySlice<SuccessorChunk>, _ workers: Int, _ told: ToldFindings) -> Bool {
    forEach(chunks, workers) { number, worker in
      let states = add(chunks[number])
      return explorers[worker].satisfyInvariants(states, of: graph.states, told)
    }
  }

  /// Adds the new states of a chunk. Returns their numbers.
  private func add(_ chunk: SuccessorChunk) -> Range<Int> {
    let (graph, view, rows, keepsSteps) = (graph, graph.states.view, chunk.row(0), graph.keepsSteps)
    if keepsSteps { chunk.addFound() }
    var number = chunk.firstNew
    chunk.forEachNew { new in
      let position = Int(new.position)
      let (row, words) = (view.rows + number &* view.width, rows + position &* view.width)
      for index in 0..<view.width { row[index] = words[index] }
      view.setNumber(number, at: new.place)
      graph.note(number, reachedFrom: Int(chunk.sources[position]), by: Int(chunk.actions[position]))
      if keepsSteps { chunk.setNewNumber(number, of: position) }
      number &+= 1
    }
    return chunk.firstNew..<number
  }

  private func removeEntries(of chunk: SuccessorChunk) {
    let view = graph.states.view
    chunk.forEachNew { view.removeEntry($0.place) }
  }

  /// Adds the steps to all rows of a chunk. The new rows of all chunks must have been added.
  private func addSteps(of chunk: SuccessorChunk, _ rows: NumberedRows) throws {
    for position in 0..<chunk.count where !chunk.isCutOff(position) {
      var number = Int(chunk.numbers[position])
      if let pending = rows.pending(number) {
        number = Int(chunks[pending.chunk].newNumbers[pending.position])
      }
      try graph.addStep(
        from: Int(chunk.sources[position]), to: number, chunk.row(position), by: Int(chunk.actions[position]))
    }
  }
}
