import StateSpace

/// A place that an expression reads, as far as its text tells: a variable, and the arguments that lead into it.
struct PlacePattern: Hashable {
  enum Step: Hashable {
    case argument(PlainValue)
    /// An argument that the text does not tell.
    case any
  }

  let variable: Int
  var path: [Step] = []

  /// A person has no use for a pattern that fits more places.
  private static let mostPlaces = 64

  /// The places of a state that the pattern means. A pattern without open arguments means one place, which need not exist.
  func places(in values: [PlainValue]) -> [ValuePlace] {
    guard values.indices.contains(variable) else { return [] }
    var found: [(path: [PlainValue], value: PlainValue?)] = [([], values[variable])]
    for step in path {
      switch step {
      case .argument(let argument):
        found = found.map { ($0.path + [argument], $0.value?.value(at: argument)) }
      case .any:
        found = found.flatMap { place in
          (place.value?.arguments ?? []).map { (place.path + [$0.0], $0.1) }
        }
      }
      if found.count > Self.mostPlaces { found.removeLast(found.count - Self.mostPlaces) }
    }
    return found.map { ValuePlace(variable: variable, path: $0.path, isWhole: false) }
  }

  /// The place up to the first open argument.
  var fixedPart: ValuePlace {
    let arguments = path.prefix { $0 != .any }.compactMap { step -> PlainValue? in
      if case .argument(let argument) = step { argument } else { nil }
    }
    return ValuePlace(variable: variable, path: arguments, isWhole: false)
  }
}
