internal import BigInt
package import StateSpace

/// A place at which two values differ.
package struct ValueDifference: Sendable, Hashable {
  /// A step from a value to one of its parts.
  package enum Step: Sendable, Hashable {
    /// The value of a function for an argument, or of a tuple for a position that both tuples have.
    case argument(PlainValue)
    case field(String)
    /// A position in a sequence, counted from 0: in the old sequence for a removed element, in the new one for an added element.
    case position(Int)

    /// The argument to which a spec would apply the function, record or sequence.
    var argument: PlainValue {
      switch self {
      case .argument(let value): value
      case .field(let name): .string(name)
      case .position(let position): .integer(BigInt(position + 1))
      }
    }
  }

  package enum Change: Sendable, Hashable {
    /// An element of the set at the path, or the part that the path names, is gone.
    case removed(PlainValue)
    /// An element of the set at the path, or the part that the path names, is new.
    case added(PlainValue)
    case changed(from: PlainValue, to: PlainValue)
  }

  /// The path from the whole value to the place; empty for the value itself.
  package let path: [Step]
  package let change: Change

  package init(path: [Step], change: Change) {
    self.path = path
    self.change = change
  }

  /// Every place at which `new` differs from `old`, down to single elements, in the order in which values are printed. Losses of a set or a
  /// sequence come before its gains. Empty if the values are equal.
  package static func between(_ old: PlainValue, _ new: PlainValue) -> [ValueDifference] {
    var result: [ValueDifference] = []
    collect(old, new, path: [], into: &result)
    return result
  }

  private static func collect(
    _ old: PlainValue, _ new: PlainValue, path: [Step], into result: inout [ValueDifference]
  ) {
    if old == new { return }
    switch (old, new) {
    case (.set(let before), .set(let after)):
      let (was, has) = (Set(before), Set(after))
      for element in before where !has.contains(element) {
        result.append(ValueDifference(path: path, change: .removed(element)))
      }
      for element in after where !was.contains(element) {
        result.append(ValueDifference(path: path, change: .added(element)))
      }
    case (.tuple(let before), .tuple(let after)):
      sequences(before, after, path: path, into: &result)
    default:
      guard let before = old.parts, let after = new.parts else {
        result.append(ValueDifference(path: path, change: .changed(from: old, to: new)))
        return
      }
      parts(before, after, path: path, into: &result)
    }
  }

  private static func parts(
    _ before: [PlainValue.Part], _ after: [PlainValue.Part], path: [Step],
    into result: inout [ValueDifference]
  ) {
    let was = Dictionary(before.map { ($0.step, $0.value) }, uniquingKeysWith: { first, _ in first })
    let has = Set(after.map(\.step))
    for part in before where !has.contains(part.step) {
      result.append(ValueDifference(path: path + [part.step], change: .removed(part.value)))
    }
    for part in after {
      if let old = was[part.step] {
        collect(old, part.value, path: path + [part.step], into: &result)
      } else {
        result.append(ValueDifference(path: path + [part.step], change: .added(part.value)))
      }
    }
  }

  /// A sequence most often loses its head, gains elements at its end, or both. Otherwise, sequences of equal length are compared place by
  /// place; for others, one stretch replaces another.
  private static func sequences(
    _ before: [PlainValue], _ after: [PlainValue], path: [Step], into result: inout [ValueDifference]
  ) {
    if let dropped = (0..<before.count).first(where: { after.starts(with: before[$0...]) }) {
      replace(before, 0..<dropped, after, (before.count - dropped)..<after.count, path: path, into: &result)
      return
    }
    let sharesAPlace = zip(before, after).contains { $0 == $1 }
    let hasMessages = before.contains { if case .record = $0 { true } else { false } }
    if before.count == after.count, sharesAPlace || !hasMessages {
      for (position, (old, new)) in zip(before, after).enumerated() {
        collect(old, new, path: path + [.position(position)], into: &result)
      }
      return
    }
    let prefix = zip(before, after).prefix { $0 == $1 }.count
    let suffix = zip(before[prefix...].reversed(), after[prefix...].reversed()).prefix { $0 == $1 }.count
    replace(
      before, prefix..<(before.count - suffix), after, prefix..<(after.count - suffix), path: path,
      into: &result)
  }

  private static func replace(
    _ before: [PlainValue], _ removed: Range<Int>, _ after: [PlainValue], _ added: Range<Int>, path: [Step],
    into result: inout [ValueDifference]
  ) {
    for position in removed {
      result.append(ValueDifference(path: path + [.position(position)], change: .removed(before[position])))
    }
    for position in added {
      result.append(ValueDifference(path: path + [.position(position)], change: .added(after[position])))
    }
  }
}

extension ValueDifference: CustomStringConvertible {
  /// `["n1"].count 1 → 2`, `+0`, `[n1] −0`: the path as a spec would write it, then the change.
  package var description: String {
    let place = ValueDifference.text(of: path)
    let what =
      switch change {
      case .removed(let value): "−\(value)"
      case .added(let value): "+\(value)"
      case .changed(let old, let new): "\(old) → \(new)"
      }
    return place.isEmpty ? what : "\(place) \(what)"
  }

  /// The path as a spec would write it: `[n1].name[1]`. Positions count from 1, as in TLA+.
  package static func text(of path: [Step]) -> String {
    path.map { step in
      switch step {
      case .argument(let value): "[\(value)]"
      case .field(let name): ".\(name)"
      case .position(let position): "[\(position + 1)]"
      }
    }.joined()
  }
}

extension PlainValue {
  fileprivate struct Part {
    let step: ValueDifference.Step
    let value: PlainValue
  }

  /// The parts of a function or record; nil for a value that is compared as a whole. A tuple has parts here only if it is empty or compared
  /// with a function: then it is the function over its positions.
  fileprivate var parts: [Part]? {
    switch self {
    case .function(let pairs): pairs.map { Part(step: .argument($0.argument), value: $0.value) }
    case .record(let fields): fields.map { Part(step: .field($0.name), value: $0.value) }
    case .tuple(let elements):
      elements.enumerated().map { Part(step: .position($0.offset), value: $0.element) }
    default: nil
    }
  }
}
