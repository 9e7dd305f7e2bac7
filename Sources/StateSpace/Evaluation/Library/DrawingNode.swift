import BigInt
import TLASemantics

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// An operator of the community's module SVG.
final class DrawingNode: BuiltinNode {
  override func evaluate(_ machine: Machine) throws -> Value {
    let values = try values(machine)
    let store = machine.store
    if builtin == .svgElemToString {
      return try store.madeString(markup(store.plain(values[0]), depth: 0))
    }
    return try inLibrary {
      try store.value(
        Self.placeOnRing(values.map { try store.smallNumber($0, "an argument of NodeOfRingNetwork") }))
    }
  }

  /// The place of node n of m on a circle, cut off to integers.
  private static func placeOnRing(_ numbers: [Int]) throws -> PlainValue {
    let (x, y, radius, node, count) = (numbers[0], numbers[1], numbers[2], numbers[3], numbers[4])
    guard count > 0 else { throw ValueError("a ring of \(count) nodes has no places") }
    let angle = 2 * Double.pi * Double(node) / Double(count)
    return .record(of: [
      "x": .integer(BigInt(Int(Double(x) + Double(radius) * cos(angle)))),
      "y": .integer(BigInt(Int(Double(y) + Double(radius) * sin(angle)))),
    ])
  }

  private func markup(_ element: PlainValue, depth: Int) throws -> String {
    guard depth < 1000, case .record(let fields) = element else { throw noElement(element) }
    let parts = Dictionary(fields.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
    guard case .string(let name)? = parts["name"], let text = parts["innerText"],
      case .tuple(let children)? = parts["children"]
    else { throw noElement(element) }
    let attributes: [PlainValue.Field]
    switch parts["attrs"] {
    case .record(let fields)?: attributes = fields
    case .tuple(let none)? where none.isEmpty: attributes = []
    default: throw noElement(element)
    }
    let list = attributes.map { " \($0.name)='\($0.value.bareText)'" }.joined()
    let inner = try children.map { try markup($0, depth: depth + 1) }.joined()
    return "<\(name)\(list)>\(inner)\(text.bareText)</\(name)>"
  }

  private func noElement(_ value: PlainValue) -> EvaluationFailure {
    site.failure(
      "\(value) is no element: a record of name, attrs, children and innerText is expected", .library)
  }
}
