/// Predicates on states and steps in flat code, for the rows that a search left. Unlike conditions of a search, each is asked for by itself.
final class FlatPredicates {
  private let layout: FlatLayout
  /// Each predicate is a chain of its own.
  private let executor: FlatExecutor
  private let values: UnsafeMutablePointer<UInt32>
  private let nextValues: UnsafeMutablePointer<UInt32>
  /// The text of each predicate, and how often the node tree had to say whether it is true.
  private(set) var treeUses: [(text: String, count: Int)]

  init(_ layout: FlatLayout, _ predicates: [TemporalPredicate], _ machine: Machine, _ options: FlatOptions) {
    self.layout = layout
    treeUses = predicates.map { ($0.text, 0) }
    let compiler = FlatCompiler(layout, machine, isOptimizing: options.isOptimized)
    let chains = predicates.map {
      FlatChain(parts: [compiler.entry($0.node, ofStep: $0.readsNext) ?? 0..<0])
    }
    executor = FlatExecutor(
      compiler.finish(), chains, rowWidth: layout.rowWidth, usesNativeCode: options.usesNativeCode)
    values = .allocate(capacity: max(1, layout.types.count))
    nextValues = .allocate(capacity: max(1, layout.types.count))
  }

  deinit {
    values.deallocate()
    nextValues.deallocate()
  }

  var memos: [FlatMemo] { executor.memos }

  /// Whether a predicate is true of a state, or of a step; nil if the node tree has to say.
  func isTrue(_ predicate: Int, of row: UnsafePointer<UInt32>, to next: UnsafePointer<UInt32>?) -> Bool? {
    executor.frame.enter(row)
    if let next { executor.frame.enterNext(next) }
    switch executor.run(predicate, from: 0) {
    case .done: return true
    case .no: return false
    case .left:
      treeUses[predicate].count += 1
      return nil
    }
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
