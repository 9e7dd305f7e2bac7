import TLASemantics

/// Tells the traces of a search. Findings arrive in the middle of a generation, and their labels are found by further generations: so it has an
/// engine apart, which is made for the first trace.
final class Narrator {
  private let specification: Specification
  private let searched: Program
  private let stackBytes: Int
  private var own: Program?

  init(_ specification: Specification, of searched: Program, stackBytes: Int) {
    self.specification = specification
    self.searched = searched
    self.stackBytes = stackBytes
  }

  /// The trace along rows of the searched program that follow one another.
  func trace(_ path: [[UInt32]]) -> [TraceStep] {
    guard let program else {
      // What was compiled once is compiled again, unless the system gives no more memory: then the steps have no labels.
      return path.map { row in
        TraceStep(label: nil, values: row.map { searched.store.plain(Value(bits: $0)) })
      }
    }
    return program.trace(path.map { carried($0, to: program) })
  }

  private var program: Program? {
    if own == nil { own = try? Program.make(specification, stackBytes: stackBytes) }
    return own
  }

  /// A row of the searched program as a row of another.
  private func carried(_ row: [UInt32], to program: Program) -> [UInt32] {
    row.map { word in
      // Every value of a state was made by the same specification, so the other engine can make it too.
      (try? program.store.value(searched.store.plain(Value(bits: word))))?.bits ?? Value.missing.bits
    }
  }
}
