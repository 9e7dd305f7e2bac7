internal import BigInt
internal import StateSpace
internal import TLASyntax

/// Reads values that are written in TLA+, as TLC prints them.
///
/// A value is a literal: a number, a string, a set, a tuple, a record, `(a :> 1 @@ b :> 2)`, `1..3`. A name is a model value. The parser's
/// limit of nesting also applies to `@@`: a function with more than a thousand arguments is refused unless it is a tuple or a record. A set
/// that TLC does not spell out (`Nat`, `SUBSET S`, `[S -> T]`) stays as written. In a string, the escapes of `Printable` are resolved.
enum TLAValueReader {
  /// An error in an expression, with its place.
  struct Problem: Error {
    let message: String
    let hint: String?
    let position: SourcePosition
  }

  private static let largestDepth = 200
  private static let largestInterval = BigInt(100_000)
  private static let largestNumberOfDigits = 10_000

  /// Parses a text as one expression. Throws `Problem`.
  static func expression(_ text: String) throws(Problem) -> Expression {
    let file = SourceFile(name: "trace", text: text)
    let parsed = Parser.parseExpression(file)
    if let error = parsed.diagnostics.first(where: { $0.severity == .error }) {
      throw Problem(
        message: error.message, hint: error.hint,
        position: error.span?.startPosition ?? SourcePosition(line: 1, column: 1))
    }
    guard let tree = parsed.tree else {
      throw Problem(
        message: "an expression is expected here", hint: nil, position: SourcePosition(line: 1, column: 1))
    }
    return tree
  }

  /// The value that an expression spells out. Throws `Problem`.
  static func value(_ expression: Expression, depth: Int = 0) throws(Problem) -> PlainValue {
    guard depth < largestDepth else {
      throw problem(expression, "values are nested more than \(largestDepth) deep")
    }
    switch expression.kind {
    case .number(let digits):
      return .integer(try integer(digits, expression))
    case .prefix(let operation, let operand) where operation.symbol == "-.":
      guard case .number(let digits) = operand.kind else { throw noValue(expression) }
      return .integer(-(try integer(digits, operand)))
    case .string(let text):
      let hasEscapes = text.utf8.contains(UInt8(ascii: "\\"))
      return .string(hasEscapes ? StringEscapes.contents(ofPrinted: expression.span.text) : text)
    case .boolean(let truth):
      return .boolean(truth)
    case .name(let path):
      return try name(path, expression)
    case .tuple(let elements):
      return .tuple(try values(elements, depth))
    case .setEnumeration(let elements):
      return .set(unique(try values(elements, depth)))
    case .record(let fields):
      var result: [PlainValue.Field] = []
      var names = Set<String>()
      for field in fields {
        guard names.insert(field.field.text).inserted else {
          throw problem(field.value, "the field \(field.field.text) stands here for the second time")
        }
        result.append(
          PlainValue.Field(name: field.field.text, value: try value(field.value, depth: depth + 1)))
      }
      return .record(result)
    case .infix(let operation, let left, let right) where operation.symbol == "..":
      return try interval(left, right, expression, depth)
    case .infix(let operation, _, _) where operation.symbol == "@@" || operation.symbol == ":>":
      return try function(expression, depth)
    case .prefix(let operation, _) where operation.symbol == "SUBSET" || operation.symbol == "UNION":
      return .symbolicSet(expression.span.oneLineText)
    case .functionSet, .recordSet, .product, .setFilter, .setMap:
      return .symbolicSet(expression.span.oneLineText)
    default:
      throw noValue(expression)
    }
  }

  private static func values(_ expressions: [Expression], _ depth: Int) throws(Problem) -> [PlainValue] {
    var result: [PlainValue] = []
    result.reserveCapacity(expressions.count)
    for expression in expressions { result.append(try value(expression, depth: depth + 1)) }
    return result
  }

  private static func name(_ path: NamePath, _ expression: Expression) throws(Problem) -> PlainValue {
    guard path.components.count == 1, let component = path.components.first else { throw noValue(expression) }
    let symbolic = ["Nat", "Int", "Real", "STRING", "BOOLEAN", "Seq", "Any"]
    if component.arguments.isEmpty {
      let name = component.name.text
      if name == "BOOLEAN" { return .set([.boolean(false), .boolean(true)]) }
      return symbolic.contains(name) ? .symbolicSet(name) : .modelValue(name)
    }
    guard symbolic.contains(component.name.text) else { throw noValue(expression) }
    return .symbolicSet(expression.span.oneLineText)
  }

  private static func integer(_ digits: String, _ expression: Expression) throws(Problem) -> BigInt {
    guard digits.utf8.count <= largestNumberOfDigits, let number = BigInt(digits, radix: 10) else {
      throw problem(expression, "the integer has more than \(largestNumberOfDigits) digits")
    }
    return number
  }

  private static func interval(
    _ left: Expression, _ right: Expression, _ expression: Expression, _ depth: Int
  ) throws(Problem) -> PlainValue {
    guard case .integer(let low) = try value(left, depth: depth + 1),
      case .integer(let high) = try value(right, depth: depth + 1)
    else { throw noValue(expression) }
    guard high >= low else { return .set([]) }
    guard high - low < largestInterval else { return .symbolicSet(expression.span.oneLineText) }
    var elements: [PlainValue] = []
    var number = low
    while number <= high {
      elements.append(.integer(number))
      number += 1
    }
    return .set(elements)
  }

  /// `a :> 1 @@ b :> 2 @@ f`: if an argument has two values, the left one counts. The chain is as long as the function is large, so it is
  /// walked without recursion.
  private static func function(_ expression: Expression, _ depth: Int) throws(Problem) -> PlainValue {
    var pending = [expression]
    var pairs: [PlainValue.Pair] = []
    var seen = Set<PlainValue>()
    func add(_ pair: PlainValue.Pair) {
      if seen.insert(pair.argument.canonical).inserted { pairs.append(pair) }
    }
    while let part = pending.popLast() {
      switch part.kind {
      case .infix(let operation, let left, let right) where operation.symbol == "@@":
        pending.append(right)
        pending.append(left)
      case .infix(let operation, let left, let right) where operation.symbol == ":>":
        add(
          PlainValue.Pair(
            argument: try value(left, depth: depth + 1), value: try value(right, depth: depth + 1)))
      default:
        guard let others = try value(part, depth: depth + 1).pairs else {
          throw problem(part, "a function is expected beside @@")
        }
        for pair in others { add(pair) }
      }
    }
    return PlainValue.function(of: pairs) ?? .function(pairs)
  }

  private static func unique(_ values: [PlainValue]) -> [PlainValue] {
    var seen = Set<PlainValue>()
    return values.filter { seen.insert($0.canonical).inserted }
  }

  private static func noValue(_ expression: Expression) -> Problem {
    problem(expression, "\(String(expression.span.oneLineText.prefix(60))) is no value that TLC prints")
  }

  private static func problem(_ expression: Expression, _ message: String) -> Problem {
    Problem(message: message, hint: nil, position: expression.span.startPosition)
  }
}

extension PlainValue {
  /// The arguments and values of a function, a tuple or a record; nil for other values.
  var pairs: [Pair]? {
    switch self {
    case .function(let pairs): pairs
    case .tuple(let elements):
      elements.enumerated().map { Pair(argument: .integer(BigInt($0.offset + 1)), value: $0.element) }
    case .record(let fields): fields.map { Pair(argument: .string($0.name), value: $0.value) }
    default: nil
    }
  }
}
