/// Finds a layout for the states that a search has reached.
struct LayoutInference {
  /// The values that each variable has, or must be able to have.
  private var values: [Set<Value>]
  private let encoding: FlatEncoding

  init(variables count: Int, _ encoding: FlatEncoding) {
    values = Array(repeating: [], count: count)
    self.encoding = encoding
  }

  /// Adds the values of a state.
  mutating func add(_ row: UnsafePointer<UInt32>) {
    for index in values.indices { values[index].insert(Value(bits: row[index])) }
  }

  /// The layout. A variable whose values have no form keeps them as words of the store.
  func layout() -> FlatLayout {
    let inference = FlatInference(encoding, hasRoom: true)
    return FlatLayout(
      values.map { inference.type(of: Array($0)) ?? FlatType(.word) }, encoding)
  }
}
