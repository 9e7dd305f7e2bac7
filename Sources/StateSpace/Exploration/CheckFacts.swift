import BigInt

/// What a specification may ask of a check.
final class CheckFacts: RunFacts {
  private unowned let program: Program
  private let checksDeadlock: Bool
  /// The search; nil before it begins.
  var search: BreadthFirstSearch<Program>?
  /// Whether states are being generated. Afterwards, a state at hand is one of those that were reached.
  var isSearching = true
  var counterexample = PlainValue.counterexample()

  init(_ program: Program, checksDeadlock: Bool) {
    self.program = program
    self.checksDeadlock = checksDeadlock
  }

  func value(of name: String) -> PlainValue? {
    switch name {
    case "config":
      return .record(of: [
        "mode": .string("bfs"), "deadlock": .boolean(checksDeadlock), "worker": .integer(1),
        "fingerprint": .string("exact"), "seed": .string("0"), "install": .string("synscope"),
      ])
    case "spec": return program.specificationRecord
    // TLC does not know the action of a step either while it searches breadth-first.
    case "action": return Self.unknownAction
    case "revision": return Self.revision
    default: break
    }
    let progress = search?.measure() ?? CheckProgress()
    switch name {
    case "stats":
      return .record(of: [
        "generated": .integer(BigInt(progress.generated)), "distinct": .integer(BigInt(progress.distinct)),
        "queue": .integer(BigInt(progress.queue)), "diameter": .integer(BigInt(progress.depth)),
        "duration": .integer(BigInt(Int(progress.seconds))), "worker": .integer(0),
        "initial": .integer(BigInt(search?.initialCount ?? 0)),
      ])
    case "generated": return .integer(BigInt(progress.generated))
    case "distinct": return .integer(BigInt(progress.distinct))
    case "queue": return .integer(BigInt(progress.queue))
    case "diameter": return .integer(BigInt(progress.depth))
    case "duration": return .integer(BigInt(Int(progress.seconds)))
    default: return nil
    }
  }

  func level(of state: UnsafePointer<UInt32>) -> Int? {
    guard let search else { return 1 }
    if !isSearching { return place(of: state).map { search.graph.level(of: $0) + 1 } }
    return search.isCurrent(state) ? search.currentLevel : search.currentLevel + 1
  }

  func behavior(to state: UnsafePointer<UInt32>) -> [[UInt32]]? {
    guard let search else { return nil }
    if !isSearching {
      return place(of: state).map { search.graph.path(to: $0).map(search.graph.words(of:)) }
    }
    if search.isCurrent(state) { return search.currentBehavior }
    return search.currentBehavior + [search.graph.words(state)]
  }

  func end() { search?.end() }

  private func place(of state: UnsafePointer<UInt32>) -> Int? {
    guard let place = try? search?.graph.find(state) else { return nil }
    return place
  }

  /// The record of an action that is not known.
  static let unknownAction = PlainValue.record(of: [
    "name": .string("UnnamedAction"),
    "location": .record(of: [
      "beginLine": .integer(0), "beginColumn": .integer(0), "endLine": .integer(0), "endColumn": .integer(0),
      "module": .string("--unknown--"),
    ]),
  ])

  /// The revision of TLC whose meaning the checker follows. Specifications ask for it to be sure that an operator is there.
  private static let revision = PlainValue.record(of: [
    "tag": .string("cc6b616"), "count": .integer(9000), "calver": .string("2026.04.01"),
    "timestamp": .integer(1_775_001_600), "date": .string("2026-04-01T00:00:00.0Z"),
  ])
}
