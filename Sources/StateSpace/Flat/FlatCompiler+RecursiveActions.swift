/// Counts the ways in which a recursive action is true that assigns nothing.
///
/// What follows a call of such an action is done for each way, and nothing differs between the ways. So the ways are counted, and what follows
/// is repeated.
struct FlatWays {
  /// The numbers that are counted; code with more ways leaves.
  static var range: ClosedRange<Int> { 0...Value.smallIntegers.upperBound }

  let code: RecursiveActionCode
  /// The word with the number of ways so far.
  let count: Int
  /// The word with the number of ways in which what has been done is true; nil for one way.
  var factor: Int?
}

/// Recursive actions.
extension FlatCompiler {
  func run(_ action: RecursiveActionCallNode) throws {
    let found = try number(call(action.code, action.arguments.all.map { try value($0) })).word
    guard let outer = ways else { return try countUp(to: found) { _ in try run(action.following) } }
    let none = label()
    jump(.jumpIfZero, found, to: none)
    try scoped {
      defer { ways = outer }
      if let factor = outer.factor {
        let product = add(.multiply, try word(), factor, found)
        try check(product, lies: FlatWays.range)
        ways?.factor = product
      } else {
        ways?.factor = found
      }
      try run(action.following)
    }
    place(none)
  }

  /// The number of ways in which the body of an action is true.
  func countedWays(of code: RecursiveActionCode) throws -> FlatValue {
    guard let body = try? code.compiledBody() else { throw Unsupported() }
    let (count, outer) = (try constantWord(0), ways)
    defer { ways = outer }
    ways = FlatWays(code: code, count: count)
    try scoped { try run(body) }
    return .number(count, FlatWays.range)
  }

  /// Adds the ways in which what has been done is true.
  func countWay(_ end: RecursiveActionEndNode) throws {
    guard let ways, ways.code === end.code else { throw Unsupported() }
    if let factor = ways.factor {
      add(.add, ways.count, ways.count, factor)
    } else {
      add(.addConstant, ways.count, ways.count, immediate: 1)
    }
    try check(ways.count, lies: FlatWays.range)
  }
}
