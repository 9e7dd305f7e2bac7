import DifferentialTesting
@testable import StateSpace
import TLASemantics

/// A random walk through the states of a specification, on which all executors are compared at each step.
///
/// The walk has stages. Each begins with a layout that was found from few states, mostly from one, and so has to grow. It ends after some
/// thousand steps. A stage begins at initial states or where the previous one ended. The walk returns to its beginning at a dead end, outside
/// of the constraints, and when it is deep.
struct FlatWalk {
  /// The states from which a layout is found, at the most.
  private static let mostStarts = 6
  private static let deepest = 150

  struct Report {
    var steps = 0
    var layoutChanges = 0
    /// The first difference, with the step at which it was found.
    var difference: String?
  }

  private let program: Program
  private let seed: UInt64
  private let stageLengths: ClosedRange<Int>
  private var random: RandomGenerator
  private(set) var report = Report()

  init(_ program: Program, seed: UInt64, stageLengths: ClosedRange<Int>) {
    self.program = program
    self.seed = seed
    self.stageLengths = stageLengths
    random = RandomGenerator(seed: seed)
  }

  /// Walks until that many steps were taken, or the executors differ. Does nothing for a program without initial states or flat rows.
  mutating func run(steps: Int) throws {
    program.machine.enterRun()
    defer { program.machine.reset() }
    let initial = Rows(width: program.rowWidth)
    do { try program.generateInitialStates(into: initial) } catch is Rows.Full {} catch { return }
    guard initial.count > 0 else { return }
    program.machine.reset()
    var last: [UInt32]?
    while report.steps < steps, report.difference == nil {
      guard let rows = ComparedRows(program, after: 1) else { return }
      let starts = try StateTable(width: program.rowWidth)
      let count = random.oneIn(3) ? random.number(in: 2...Self.mostStarts) : 1
      for _ in 0..<count {
        let words = if let last, random.oneIn(2) { last } else { initial[random.below(initial.count)] }
        _ = try words.withUnsafeBufferPointer { try starts.insert($0.baseAddress.unsafelyUnwrapped) }
      }
      let length = min(random.number(in: stageLengths), steps - report.steps)
      last = try walk(rows, from: starts, steps: length)
    }
  }

  /// One stage. Returns the words of the values of the state at its end.
  private mutating func walk(_ rows: ComparedRows, from starts: StateTable, steps: Int) throws -> [UInt32]? {
    guard let first = try rows.change(for: starts, generated: 0, isNeeded: false) else { return nil }
    try starts.change(to: rows.rowWidth, by: first.convert)
    defer { report.layoutChanges += rows.layoutChanges }
    var row: [UInt32] = []
    var depth = 0
    for _ in 0..<steps {
      if row.isEmpty || depth > Self.deepest {
        row = Array(
          UnsafeBufferPointer(start: starts.row(random.below(starts.count)), count: rows.rowWidth))
        depth = 0
      }
      report.steps += 1
      while true {
        do {
          row = try row.withUnsafeBufferPointer { try step(rows, $0.baseAddress.unsafelyUnwrapped) } ?? []
          depth += 1
          break
        } catch is RowsOutgrown {
          guard let change = try rows.change(for: starts, generated: 0, isNeeded: true), rows.areFlat else {
            note(rows)
            return nil
          }
          row = try row.withUnsafeBufferPointer { old in
            try [UInt32](unsafeUninitializedCapacity: rows.rowWidth) { new, count in
              try change.convert(old.baseAddress.unsafelyUnwrapped, new.baseAddress.unsafelyUnwrapped)
              count = rows.rowWidth
            }
          }
          try starts.change(to: rows.rowWidth, by: change.convert)
        }
      }
      note(rows)
      if report.difference != nil { return nil }
    }
    return row.isEmpty
      ? nil : try row.withUnsafeBufferPointer { try rows.words($0.baseAddress.unsafelyUnwrapped) }
  }

  private mutating func note(_ rows: ComparedRows) {
    if let difference = rows.differences.first, report.difference == nil {
      report.difference = "step \(report.steps) of seed \(seed): \(difference)"
    }
  }

  /// Compares everything that a search asks of a state, and chooses a successor; nil if the search would not explore it, or it has none.
  private mutating func step(_ rows: ComparedRows, _ row: UnsafePointer<UInt32>) throws -> [UInt32]? {
    // A failure leaves an unfinished successor.
    defer { program.machine.reset() }
    allConditions { position throws(ConditionFailure) in
      try rows.violatedInvariant(of: row, from: position)
    }
    guard (try? rows.isWithinConstraints(row)) == true else { return nil }
    let successors = Rows(width: rows.rowWidth)
    do { try rows.generateSuccessors(of: row, into: successors) } catch is Rows.Full {} catch {
      if error is RowsOutgrown { throw error }
      return nil
    }
    guard successors.count > 0 else { return nil }
    let chosen = random.below(successors.count)
    guard rows.constrainsSteps || rows.hasStepConditions else { return successors[chosen] }
    var isAllowed = true
    for index in 0..<successors.count {
      successors[index].withUnsafeBufferPointer {
        let next = $0.baseAddress.unsafelyUnwrapped
        let allows = (try? rows.allowsStep(to: next)) == true
        if index == chosen { isAllowed = allows }
        allConditions { position throws(ConditionFailure) in
          try rows.violatedStepCondition(to: next, from: position)
        }
      }
    }
    return isAllowed ? successors[chosen] : nil
  }

  /// Asks for all conditions that are violated or have no value.
  private func allConditions(_ violated: (Int) throws(ConditionFailure) -> Int?) {
    var position = 0
    while true {
      do throws(ConditionFailure) {
        guard let found = try violated(position) else { return }
        position = found + 1
      } catch {
        program.machine.reset()
        if error.position < position { return }
        position = error.position + 1
      }
    }
  }
}

/// Copies of rows, up to a thousand.
private final class Rows: StateSink {
  struct Full: Error {}

  private static let capacity = 1000
  private let width: Int
  private var words: [UInt32] = []
  private(set) var count = 0

  init(width: Int) { self.width = width }

  func accept(_ row: UnsafePointer<UInt32>, action: Int) throws {
    if count == Self.capacity { throw Full() }
    words.append(contentsOf: UnsafeBufferPointer(start: row, count: width))
    count += 1
  }

  subscript(index: Int) -> [UInt32] { Array(words[index * width..<(index + 1) * width]) }
}
