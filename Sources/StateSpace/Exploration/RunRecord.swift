import BigInt

/// The facts that TLC gives a specification about a breadth-first run.
struct RunRecord {
  let program: Program
  let checksDeadlock: Bool
  let progress: CheckProgress
  /// The number of initial states.
  let initial: Int

  /// The value of `TLCGet(name)`; nil if the name is not one of the run's.
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
    case "stats":
      return .record(of: [
        "generated": .integer(BigInt(progress.generated)), "distinct": .integer(BigInt(progress.distinct)),
        "queue": .integer(BigInt(progress.queue)), "diameter": .integer(BigInt(progress.depth)),
        "duration": .integer(BigInt(Int(progress.seconds))), "worker": .integer(0),
        "initial": .integer(BigInt(initial)),
      ])
    case "generated": return .integer(BigInt(progress.generated))
    case "distinct": return .integer(BigInt(progress.distinct))
    case "queue": return .integer(BigInt(progress.queue))
    case "diameter": return .integer(BigInt(progress.depth))
    case "duration": return .integer(BigInt(Int(progress.seconds)))
    default: return nil
    }
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
