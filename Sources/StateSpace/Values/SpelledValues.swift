/// Composite values as trees, kept so that one that stands in many states is spelled once.
///
/// It holds as many parts as bound the memory to some tens of megabytes, and then begins anew.
struct SpelledValues {
  private static let limit = 1 << 21

  private var trees: [Value: PlainValue] = [:]
  private var parts = 0

  /// The tree of a value that is kept; nil for one that is not.
  subscript(value: Value) -> PlainValue? { trees[value] }

  /// Keeps a tree. `parts` is how many values it is made of directly; the parts of parts are kept on their own.
  mutating func keep(_ tree: PlainValue, for value: Value, parts count: Int) {
    if parts + count > SpelledValues.limit {
      trees.removeAll(keepingCapacity: true)
      parts = 0
    }
    trees[value] = tree
    parts += count + 1
  }
}
