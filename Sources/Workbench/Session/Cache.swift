/// Values by key. If there are too many, all are dropped.
struct Cache<Key: Hashable, Value> {
  private var values: [Key: Value] = [:]
  private let limit: Int

  init(limit: Int) { self.limit = limit }

  mutating func value(for key: Key, _ make: () throws -> Value) rethrows -> Value {
    if let known = values[key] { return known }
    let value = try make()
    if values.count >= limit { values.removeAll(keepingCapacity: true) }
    values[key] = value
    return value
  }

  /// Drops the values of some keys.
  mutating func removeAll(where isDropped: (Key) -> Bool) { values = values.filter { !isDropped($0.key) } }

  subscript(key: Key) -> Value? {
    get { values[key] }
    set {
      if newValue != nil, values.count >= limit { values.removeAll(keepingCapacity: true) }
      values[key] = newValue
    }
  }
}
