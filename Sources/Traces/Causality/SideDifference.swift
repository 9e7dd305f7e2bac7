package import StateSpace

/// How the two sides of a relation differ.
package enum SideDifference: Sendable, Hashable {
  /// For two sets: the elements that the left one has and should not have, and those that it lacks.
  case sets(extra: [PlainValue], missing: [PlainValue])
  /// An element, and whether it is in the set (and should not be).
  case element(PlainValue, isIn: Bool)
  /// For two values with parts: the places at which they differ.
  case parts([ValueDifference])
  /// There is no smaller difference.
  case whole

  package init(_ sides: Explanation.Sides) {
    switch (sides.symbol, sides.left, sides.right) {
    case ("=", .set(let left), .set(let right)):
      let (has, wants) = (Set(left), Set(right))
      self = .sets(
        extra: left.filter { !wants.contains($0) }, missing: right.filter { !has.contains($0) })
      if has == wants { self = .whole }
    case ("\\subseteq", .set(let left), .set(let right)):
      let allowed = Set(right)
      self = .sets(extra: left.filter { !allowed.contains($0) }, missing: [])
    case ("\\in", let element, .set(let set)), ("\\notin", let element, .set(let set)):
      self = .element(element, isIn: set.contains(element))
    case ("=", .function, .function), ("=", .record, .record), ("=", .tuple, .tuple):
      let differences = ValueDifference.between(sides.right, sides.left)
      self = differences.isEmpty ? .whole : .parts(differences)
    default: self = .whole
    }
  }

  /// `extra: 0`, `missing: 1, 2`, `[n1] 0 → 1`; nil if the values themselves say it all.
  package var text: String? {
    func list(_ values: [PlainValue]) -> String {
      values.prefix(8).map(\.brief).joined(separator: ", ") + (values.count > 8 ? ", …" : "")
    }
    switch self {
    case .sets(let extra, let missing):
      let words = [("extra", extra), ("missing", missing)].filter { !$0.1.isEmpty }
      return words.map { "\($0): \(list($1))" }.joined(separator: "   ")
    case .parts(let differences):
      let shown = differences.prefix(4).map { difference in
        let place = ValueDifference.text(of: difference.path)
        switch difference.change {
        case .added(let value): return "\(place) extra: \(value)"
        case .removed(let value): return "\(place) missing: \(value)"
        case .changed(let right, let left): return "\(place) is \(left) against \(right)"
        }
      }
      return "differ at " + shown.joined(separator: "; ") + (differences.count > 4 ? "; …" : "")
    case .element, .whole: return nil
    }
  }
}
