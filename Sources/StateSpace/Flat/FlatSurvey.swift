/// Random behaviors that show which values the variables will have, before a search has reached them. A layout that has room for these seldom
/// has to change.
///
/// The behaviors run on the node tree, from states that were reached. Nothing depends on what they find but the form of the rows. A step that
/// fails, or takes long, ends a behavior.
final class FlatSurvey: StateSink {
  /// Thrown when enough successors were seen.
  private struct IsDone: Error {}

  /// The most steps of a behavior.
  private static let mostSteps = 64
  /// So many successors in a row whose values all have room are enough.
  private static let fewestQuiet = 1 << 9
  /// So many behaviors in a row without a step are enough: there are none, or they take too long.
  private static let mostBarren = 1 << 5

  private let program: Program
  private let encoding: FlatEncoding
  /// For each variable, the values that it was seen to have.
  private(set) var values: [Set<Value>]
  /// Those of them that were seen in the last behavior only.
  private var fresh: [Set<Value>]
  /// How many successors may still be looked at.
  private var left = 0
  private var random = SeededNumbers()
  /// One of the successors of the current state, with equal chances.
  private var chosen: [UInt32] = []
  /// How many successors the current state has had so far.
  private var successors = 0

  init(_ program: Program, _ encoding: FlatEncoding) {
    self.program = program
    self.encoding = encoding
    values = Array(repeating: [], count: program.rowWidth)
    fresh = values
  }

  /// Looks at up to `most` successors on behaviors that begin in some of `count` states. It ends when the values of some hundred successors
  /// had room in the types of the variables. `words` gives the values' words of a state. The program must not be in the middle of a generation.
  func look(at most: Int, from count: Int, _ types: [FlatType], words: (Int) throws -> [UInt32]) {
    left = most
    var (types, quiet, barren) = (types, 0, 0)
    program.tentatively {
      while left > 0, count > 0, quiet < Self.fewestQuiet, barren < Self.mostBarren {
        let before = left
        guard let start = try? words(Int.random(in: 0..<count, using: &random)) else { return }
        walk(from: start)
        barren = left == before ? barren + 1 : 0
        quiet = makeRoom(in: &types) ? 0 : quiet + before - left
      }
    }
  }

  /// Makes room for the values of the last behavior. Returns false if there was room.
  private func makeRoom(in types: inout [FlatType]) -> Bool {
    let inference = FlatInference(encoding, hasRoom: true)
    var isChanged = false
    for variable in types.indices where !fresh[variable].isEmpty {
      let homeless = fresh[variable].filter { encoding.code(of: $0, as: types[variable]) == nil }
      fresh[variable] = []
      guard !homeless.isEmpty else { continue }
      isChanged = true
      types[variable] =
        inference.type(of: Array(homeless)).flatMap { inference.join(types[variable], $0) } ?? FlatType(.word)
    }
    return isChanged
  }

  private func walk(from start: [UInt32]) {
    var state = start
    for _ in 0..<Self.mostSteps {
      (chosen, successors) = ([], 0)
      let goesOn = state.withUnsafeBufferPointer { words -> Bool in
        let row = words.baseAddress.unsafelyUnwrapped
        guard (try? program.generateSuccessors(of: row, into: self)) != nil, !chosen.isEmpty else {
          return false
        }
        return chosen.withUnsafeBufferPointer { next in
          let next = next.baseAddress.unsafelyUnwrapped
          return (try? program.isWithinConstraints(next) && program.allowsStep(from: row, to: next)) ?? false
        }
      }
      guard goesOn else { return }
      state = chosen
    }
  }

  func accept(_ row: UnsafePointer<UInt32>, action: Int) throws {
    guard left > 0 else { throw IsDone() }
    left -= 1
    for variable in values.indices {
      let value = Value(bits: row[variable])
      program.store.keep(value)
      if values[variable].insert(value).inserted { fresh[variable].insert(value) }
    }
    successors += 1
    if Int.random(in: 0..<successors, using: &random) == 0 {
      chosen = Array(UnsafeBufferPointer(start: row, count: values.count))
    }
  }
}
