// Operands: the parts between operators.

extension Parser {
  mutating func operand() throws(Failure) -> Expression {
    let first = index
    switch kind {
    case .identifier:
      if startsNextUnit() { throw unfinishedExpression() }
      return try nameOrLabel()
    case .number: return try number()
    case .decimal:
      advance()
      return Expression(.decimal(text(of: tokens[first])), span(from: first))
    case .string:
      advance()
      return Expression(.string(tokens[first].contents(in: file.bytes)), span(from: first))
    case .at:
      advance()
      return Expression(.at, span(from: first))
    case .proofStep where isInProof: return try name(isSubscript: false)
    case .leftParenthesis:
      advance()
      let inner = try expression()
      try close(.rightParenthesis, "`)`", opening: first)
      return Expression(inner.kind, span(from: first))
    case .leftBracket: return try brackets()
    case .leftBrace: return try braces()
    case .leftAngle: return try angles()
    case .operatorSymbol where isAt(.and) || isAt(.or): return try junction()
    case .operatorSymbol where entry(of: token).prefix == nil && next().kind == .leftParenthesis:
      return try name(isSubscript: false)
    case .forAll, .exists: return try quantified()
    case .temporalForAll, .temporalExists:
      advance()
      let names = try list { (parser) throws(Failure) in try parser.identifier("a variable's name") }
      let body = try bodyAfterColon()
      let quantifier: Expression.Quantifier = tokens[first].kind == .temporalForAll ? .forAll : .exists
      return Expression(.temporalQuantified(quantifier, names, body), span(from: first))
    case .choose: return try choose()
    case .ifKeyword: return try conditional()
    case .caseKeyword: return try caseOf()
    case .letKeyword: return try letIn()
    case .lambda: return try lambda()
    case .weakFairness, .strongFairness: return try fairness()
    case .elseKeyword, .then, .inKeyword:
      throw fail("an expression is missing before `\(text(of: token))`")
    default:
      if kind == .endOfItem, startsNextUnit() { throw unfinishedExpression() }
      throw fail(expected: "an expression")
    }
  }

  /// Whether the current token begins the next definition of the module.
  func startsNextUnit() -> Bool {
    token.isFirstOnLine && token.column <= unitColumn && isDefinitionHead(at: index)
  }

  private mutating func unfinishedExpression() -> Failure {
    let previous = span(of: tokens[max(index - 1, 0)])
    return fail(
      "the expression is unfinished: the next definition, `\(text(of: token))`, starts here",
      notes: [Diagnostic.Note(message: "an operand must follow", span: previous)])
  }

  /// The most digits of a number, because converting them takes quadratic time.
  static let maximumDigits = 10_000

  private mutating func number() throws(Failure) -> Expression {
    let first = index
    guard token.end - token.start <= Self.maximumDigits else {
      throw fail("the number has more than \(Self.maximumDigits) digits", code: .tooLarge)
    }
    let text = file.bytes[Int(token.start)..<Int(token.end)]
    advance()
    var digits = text
    if text.first == UInt8(ascii: "\\") {
      let base: UInt8 =
        switch text[text.startIndex + 1] | 0x20 {
        case UInt8(ascii: "b"): 2
        case UInt8(ascii: "o"): 8
        default: 16
        }
      digits = Self.decimalDigits(text.dropFirst(2), base: base)[...]
    }
    let significant = digits.drop { $0 == UInt8(ascii: "0") }
    let string = significant.isEmpty ? "0" : String(decoding: significant, as: UTF8.self)
    return Expression(.number(digits: string), span(from: first))
  }

  /// The decimal digits, as text, of a number in another base.
  private static func decimalDigits(_ text: ArraySlice<UInt8>, base: UInt8) -> [UInt8] {
    // Least significant first, each 0 to 9.
    var decimal: [Int] = [0]
    for byte in text {
      let digit = byte <= UInt8(ascii: "9") ? byte & 0x0F : (byte | 0x20) - UInt8(ascii: "a") + 10
      var carry = Int(digit)
      for index in decimal.indices {
        let value = decimal[index] * Int(base) + carry
        decimal[index] = value % 10
        carry = value / 10
      }
      while carry > 0 {
        decimal.append(carry % 10)
        carry /= 10
      }
    }
    return decimal.reversed().map { UInt8(ascii: "0") + UInt8($0) }
  }

  private mutating func bodyAfterColon() throws(Failure) -> Expression {
    try expect(.colon, "`:`")
    return try expression()
  }

  private mutating func quantified() throws(Failure) -> Expression {
    let first = index
    let quantifier: Expression.Quantifier = kind == .forAll ? .forAll : .exists
    advance()
    var bounds: [Bound] = []
    repeat {
      let patterns = try list { (parser) throws(Failure) in try parser.pattern() }
      if kind == .colon, bounds.isEmpty {
        var names: [Identifier] = []
        for pattern in patterns {
          guard case .name(let name) = pattern else { throw fail(expected: "`\\in` after a tuple of names") }
          names.append(name)
        }
        let body = try bodyAfterColon()
        return Expression(.unboundedQuantified(quantifier, names, body), span(from: first))
      }
      guard accept(.isIn) else { throw fail(expected: "`\\in`, `,` or `:`") }
      bounds.append(Bound(patterns: patterns, set: try expression()))
    } while accept(.comma)
    let body = try bodyAfterColon()
    let names = Set(bounds.flatMap(\.patterns).flatMap(\.names).map(\.text))
    // `\E` distributes over `/\` and `\A` over `\/`: then the layout does not matter.
    let harmless: Expression.Junction = quantifier == .exists ? .conjunction : .disjunction
    if case .row(let junction, _) = body.kind, junction != harmless {
      warnOfSwallowing(
        OpenEnd(first: first, description: "the body of this `\(text(of: tokens[first]))`", names: names),
        end: body)
    }
    return Expression(.quantified(quantifier, bounds, body), span(from: first))
  }

  /// Reads `pattern, pattern \in set`.
  mutating func bound() throws(Failure) -> Bound {
    let patterns = try list { (parser) throws(Failure) in try parser.pattern() }
    guard accept(.isIn) else { throw fail(expected: "`\\in`") }
    return Bound(patterns: patterns, set: try expression())
  }

  mutating func pattern() throws(Failure) -> BoundPattern {
    guard kind == .leftAngle else { return .name(try identifier("a name to bind")) }
    let opening = index
    advance()
    let names = try list { (parser) throws(Failure) in try parser.identifier("a name to bind") }
    try close(.rightAngle, "`,`, `>>`", opening: opening)
    return .tuple(names)
  }

  private mutating func choose() throws(Failure) -> Expression {
    let first = index
    advance()
    let pattern = try pattern()
    var set: Expression?
    if accept(.isIn) { set = try expression() }
    let body = try bodyAfterColon()
    let names = Set(pattern.names.map(\.text))
    warnOfSwallowing(
      OpenEnd(first: first, description: "the body of this `CHOOSE`", names: names), end: body)
    return Expression(.choose(pattern, set, body), span(from: first))
  }

  private mutating func conditional() throws(Failure) -> Expression {
    let first = index
    let note = Diagnostic.Note(message: "the `IF`", span: span(of: token))
    advance()
    let condition = try expression()
    guard accept(.then) else { throw fail(expected: "`THEN` or an operator", notes: [note]) }
    let then = try expression()
    guard accept(.elseKeyword) else { throw fail(expected: "`ELSE` or an operator", notes: [note]) }
    let otherwise = try expression()
    warnOfSwallowing(OpenEnd(first: first, description: "the `ELSE` of this `IF`"), end: otherwise)
    return Expression(.conditional(condition, then: then, else: otherwise), span(from: first))
  }

  private mutating func caseOf() throws(Failure) -> Expression {
    let first = index
    advance()
    var arms: [(guard: Expression, value: Expression)] = []
    var other: Expression?
    repeat {
      if accept(.other) {
        try expect(.arrow, "`->`")
        other = try expression()
        break
      }
      let condition = try expression()
      try expect(.arrow, "`->` or an operator")
      arms.append((condition, try expression()))
    } while accept(.box)
    if arms.isEmpty { throw fail("a `CASE` needs an arm before `OTHER`", at: span(of: tokens[first])) }
    return Expression(.caseOf(arms, other: other), span(from: first))
  }

  private mutating func letIn() throws(Failure) -> Expression {
    let first = index
    advance()
    var definitions: [Definition] = []
    while kind != .inKeyword {
      if kind == .recursive {
        let start = index
        advance()
        let declared = try list { (parser) throws(Failure) in try parser.parameter() }
        definitions.append(
          Definition(
            name: declared[0].name, kind: .recursiveDeclaration(declared), isLocal: false,
            span: span(from: start)))
      } else if isDefinitionHead(at: index, orMistyped: true), kind != .endOfItem, kind != .local {
        definitions.append(try definition(isRecovering: false))
      } else if kind == .local {
        throw fail("`LOCAL` cannot stand in a `LET`", hint: "what a `LET` defines is local to it anyway")
      } else {
        throw fail(
          expected: definitions.isEmpty ? "a definition" : "an operator, a definition or `IN`",
          notes: [Diagnostic.Note(message: "the `LET`", span: span(of: tokens[first]))])
      }
    }
    if definitions.isEmpty { throw fail(expected: "a definition") }
    advance()
    let body = try expression()
    warnOfSwallowing(
      OpenEnd(first: first, description: "the `IN` of this `LET`", isTransparent: true), end: body)
    return Expression(.letIn(definitions, body), span(from: first))
  }

  mutating func lambda() throws(Failure) -> Expression {
    let first = index
    advance()
    let names = try list { (parser) throws(Failure) in try parser.identifier("a parameter's name") }
    let body = try bodyAfterColon()
    return Expression(.lambda(names, body), span(from: first))
  }

  private mutating func fairness() throws(Failure) -> Expression {
    let first = index
    let fairness: Expression.Fairness = kind == .weakFairness ? .weak : .strong
    advance()
    let subscripted = try subscriptExpression()
    let opening = index
    try expect(.leftParenthesis, "`(` and the action")
    let action = try expression()
    try close(.rightParenthesis, "`)`", opening: opening)
    return Expression(.fairness(fairness, subscript: subscripted, action), span(from: first))
  }

  /// Reads the subscript after `]_`, `>>_`, `WF_` or `SF_`.
  mutating func subscriptExpression() throws(Failure) -> Expression {
    depth += 1
    defer { depth -= 1 }
    if depth > Self.maximumDepth { throw nestedTooDeeply() }
    let outerHeight = height
    height = 0
    defer { height = max(outerHeight, height + 1) }
    switch kind {
    case .identifier: return try name(isSubscript: true)
    case .leftParenthesis, .leftAngle, .leftBrace, .leftBracket, .at: return try operand()
    default:
      throw fail(
        expected: "a subscript",
        hint: "the subscript is a variable or a tuple, such as `_vars` or `_<<x, y>>`")
    }
  }
}
