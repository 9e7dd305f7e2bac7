/// Predicates on states and steps in flat code, for the rows that a search left. Unlike conditions of a search, each is asked for by itself.
final class FlatPredicates {
  private let layout: FlatLayout
  private let frame: FlatFrame
  /// The instructions of each; empty for one that runs on the node tree.
  private let entries: [Range<Int>]
  private let native: NativeCode?
  /// Run each of them in native code; empty if there is none.
  private let runners: [NativeRunner]
  private let values: UnsafeMutablePointer<UInt32>
  private let nextValues: UnsafeMutablePointer<UInt32>

  init(_ layout: FlatLayout, _ predicates: [TemporalPredicate], _ machine: Machine, usesNativeCode: Bool) {
    self.layout = layout
    let compiler = FlatCompiler(layout, machine)
    entries = predicates.map { compiler.entry($0.node, ofStep: $0.readsNext) ?? 0..<0 }
    let code = compiler.finish()
    frame = FlatFrame(code, rowWidth: layout.rowWidth)
    let chains = entries.map { NativeChain(parts: [$0], isOfActions: false) }
    let native =
      usesNativeCode
      ? NativeCode(code, chains, rowWord: frame.rowWord, rowBytes: layout.rowWidth * 4) : nil
    self.native = native
    runners = native.map { [frame] native in chains.indices.map { native.runner(of: $0, in: frame) } } ?? []
    values = .allocate(capacity: max(1, layout.types.count))
    nextValues = .allocate(capacity: max(1, layout.types.count))
  }

  deinit {
    values.deallocate()
    nextValues.deallocate()
  }

  /// Whether a predicate is true of a state, or of a step; nil if the node tree has to say.
  func isTrue(_ predicate: Int, of row: UnsafePointer<UInt32>, to next: UnsafePointer<UInt32>?) -> Bool? {
    let entry = entries[predicate]
    if entry.isEmpty { return nil }
    frame.enter(row)
    if let next { frame.enterNext(next) }
    if native != nil {
      switch runners[predicate].run(from: 0) {
      case .done: return true
      case .no: return false
      case .left, .full: return nil
      }
    }
    if case .answer(let isTrue) = frame.run(from: entry.lowerBound) { return isTrue }
    return nil
  }

  /// The words of a state's values, valid until this is asked again.
  func values(of row: UnsafePointer<UInt32>) throws -> UnsafePointer<UInt32> {
    try layout.decode(row, to: values)
    return UnsafePointer(values)
  }

  /// The same for the state to which a step leads.
  func nextValues(of row: UnsafePointer<UInt32>) throws -> UnsafePointer<UInt32> {
    try layout.decode(row, to: nextValues)
    return UnsafePointer(nextValues)
  }
}
