// Sets, functions, records and tuples: everything in brackets.

extension Parser {
  /// `{…}`
  mutating func braces() throws(Failure) -> Expression {
    let first = index
    advance()
    if accept(.rightBrace) { return Expression(.setEnumeration([]), span(from: first)) }
    let startsPattern = kind == .identifier || kind == .leftAngle
    let element = try expression()
    if accept(.colon) {
      let result: Expression.Kind
      if startsPattern, let (pattern, set) = Self.membership(element) {
        result = .setFilter(pattern, set, try expression())
      } else {
        result = .setMap(element, try list { (parser) throws(Failure) in try parser.bound() })
      }
      try close(.rightBrace, "`}`", opening: first)
      return Expression(result, span(from: first))
    }
    var elements = [element]
    while accept(.comma) { elements.append(try expression()) }
    try close(.rightBrace, "`,`, `}`", opening: first)
    return Expression(.setEnumeration(elements), span(from: first))
  }

  /// Splits `x \in S` or `<<x, y>> \in S`; nil for other expressions.
  private static func membership(_ expression: Expression) -> (BoundPattern, Expression)? {
    guard case .infix(let symbol, let left, let set) = expression.kind, symbol.symbol == "\\in",
      let pattern = pattern(left)
    else { return nil }
    return (pattern, set)
  }

  /// The pattern that an expression is; nil if it is not a pattern.
  private static func pattern(_ expression: Expression) -> BoundPattern? {
    switch expression.kind {
    case .name: return plainName(expression).map { .name($0) }
    case .tuple(let elements):
      let names = elements.compactMap(plainName)
      return names.count == elements.count && !names.isEmpty ? .tuple(names) : nil
    default: return nil
    }
  }

  private static func plainName(_ expression: Expression) -> Identifier? {
    guard case .name(let path) = expression.kind, path.components.count == 1,
      path.components[0].arguments.isEmpty
    else { return nil }
    return path.components[0].name
  }

  /// `[…]`, in every form that is an operand.
  mutating func brackets() throws(Failure) -> Expression {
    let first = index
    advance()
    if kind != .endOfItem, isWord(token), next().column > junctions.column {
      if next().kind == .mapsTo { return try record(first) }
      if next().kind == .colon { return try recordSet(first) }
    }
    let element = try expression()
    switch kind {
    case .rightBracketSubscript:
      advance()
      let subscripted = try subscriptExpression()
      return Expression(.boxAction(element, subscript: subscripted), span(from: first))
    case .arrow:
      advance()
      let range = try expression()
      try close(.rightBracket, "`]`", opening: first)
      return Expression(.functionSet(element, range), span(from: first))
    case .except:
      advance()
      let updates = try list { (parser) throws(Failure) in try parser.exceptUpdate() }
      try close(.rightBracket, "`,`, `]`", opening: first)
      return Expression(.except(element, updates), span(from: first))
    case .mapsTo, .comma:
      return try functionLiteral(first, element)
    case .rightBracket:
      throw fail(
        "`[…]` is neither a function nor an action: expected `|->`, `->`, `EXCEPT` or `]_`",
        notes: [Diagnostic.Note(message: "opened here", span: span(of: tokens[first]))],
        hint: "a sequence is written `<<…>>`, a set `{…}`, grouping `(…)`, an action `[A]_vars`")
    default:
      throw fail(
        expected: "`|->`, `->`, `EXCEPT`, `]_` or an operator", code: .unclosed,
        notes: [Diagnostic.Note(message: "this `[` is not closed", span: span(of: tokens[first]))])
    }
  }

  /// Reads the rest of `[x \in S, y, z \in T |-> e]` after its first element.
  private mutating func functionLiteral(_ first: Int, _ element: Expression) throws(Failure) -> Expression {
    var bounds: [Bound] = []
    if let (pattern, set) = Self.membership(element) {
      bounds.append(Bound(patterns: [pattern], set: set))
    } else if kind == .comma, let pattern = Self.pattern(element) {
      advance()
      let rest = try bound()
      bounds.append(Bound(patterns: [pattern] + rest.patterns, set: rest.set))
    } else {
      throw fail(
        "expected `x \\in S` before \(found)", at: element.span,
        hint: "a function is written `[x \\in S |-> e]`, a record `[field |-> e]`, a sequence `<<a, b>>`")
    }
    while accept(.comma) { bounds.append(try bound()) }
    try expect(.mapsTo, "`,`, `|->` or an operator")
    let body = try expression()
    try close(.rightBracket, "`]`", opening: first)
    return Expression(.functionLiteral(bounds, body), span(from: first))
  }

  private mutating func record(_ first: Int) throws(Failure) -> Expression {
    let fields = try list { (parser) throws(Failure) in
      let name = try parser.fieldName()
      try parser.expect(.mapsTo, "`|->`")
      return (field: name, value: try parser.expression())
    }
    try close(.rightBracket, "`,`, `]`", opening: first)
    return Expression(.record(fields), span(from: first))
  }

  private mutating func recordSet(_ first: Int) throws(Failure) -> Expression {
    let fields = try list { (parser) throws(Failure) in
      let name = try parser.fieldName()
      try parser.expect(.colon, "`:`")
      return (field: name, value: try parser.expression())
    }
    try close(.rightBracket, "`,`, `]`", opening: first)
    return Expression(.recordSet(fields), span(from: first))
  }

  /// Whether a token can name a field. Any word can, even a keyword.
  func isWord(_ token: Token) -> Bool {
    token.kind == .identifier || token.end > token.start && Lexer.isLetter(file.bytes[Int(token.start)])
  }

  private mutating func fieldName() throws(Failure) -> Identifier {
    guard isWord(token), kind != .endOfItem else { throw fail(expected: "the name of a field") }
    let name = Identifier(text(of: token), span(of: token))
    advance()
    return name
  }

  /// `![a].b = e`
  private mutating func exceptUpdate() throws(Failure) -> ExceptUpdate {
    let first = index
    try expect(.exclamation, "`!`", hint: "an update is written `![x] = e` or `!.field = e`")
    var path: [ExceptUpdate.Step] = []
    while true {
      let opening = index
      if accept(.leftBracket) {
        path.append(.index(try list { (parser) throws(Failure) in try parser.expression() }))
        try close(.rightBracket, "`,`, `]`", opening: opening)
      } else if accept(.dot) {
        path.append(.field(try fieldName()))
      } else {
        break
      }
    }
    if path.isEmpty { throw fail(expected: "`[` or `.` after `!`") }
    guard accept(.equals) else {
      throw fail(
        expected: "`=`", hint: kind == .definedAs ? "in an `EXCEPT`, write `=`" : nil)
    }
    let value = try expression()
    return ExceptUpdate(path: path, value: value, span: span(from: first))
  }

  /// `<<…>>` and `<<A>>_v`
  mutating func angles() throws(Failure) -> Expression {
    let first = index
    advance()
    if accept(.rightAngle) { return Expression(.tuple([]), span(from: first)) }
    let elements = try list { (parser) throws(Failure) in try parser.expression() }
    if kind == .rightAngleSubscript, elements.count == 1 {
      advance()
      let subscripted = try subscriptExpression()
      return Expression(.angleAction(elements[0], subscript: subscripted), span(from: first))
    }
    try close(.rightAngle, "`,`, `>>`", opening: first)
    return Expression(.tuple(elements), span(from: first))
  }
}
