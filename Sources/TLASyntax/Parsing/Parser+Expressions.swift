// Expressions: operators by precedence.

extension Parser {
  /// Reads as many tokens as belong to one expression.
  mutating func expression() throws(Failure) -> Expression {
    depth += 1
    if depth > Self.maximumDepth { throw nestedTooDeeply() }
    if isLoneOperand {
      defer { depth -= 1 }
      height = max(height, 1)
      return try operand()
    }
    let outerHeight = height
    let base = stack.pending.count
    repeat {
      try prefixOperators(base)
      height = 0
      let operand = try operand()
      stack.operands.append(OperatorStack.Operand(operand, height: height + 1))
      try suffixes(base)
    } while try infixOperator(base)
    while stack.pending.count > base { try reduce() }
    depth -= 1
    guard let result = stack.operands.popLast() else { throw Failure() }
    height = max(outerHeight, result.height)
    return result.expression
  }

  /// Whether the current token is a whole expression, as in most parts of long lists.
  private var isLoneOperand: Bool {
    guard kind == .number || kind == .string || kind == .identifier else { return false }
    switch tokens[index + 1].kind {
    case .comma, .rightAngle, .rightBrace, .rightParenthesis, .rightBracket: return true
    default: return false
    }
  }

  mutating func nestedTooDeeply() -> Failure {
    fail(
      "the expression is nested too deeply", code: .tooLarge,
      hint: "at most \(Self.maximumDepth) levels; name parts of it")
  }

  /// Takes the prefix operators before an operand.
  private mutating func prefixOperators(_ base: Int) throws(Failure) {
    while kind == .operatorSymbol {
      let symbol = token.symbol == KnownSymbol.minus.index ? KnownSymbol.negative.index : token.symbol
      guard let precedence = OperatorTable.standard.prefixes[Int(symbol)] else { return }
      let pending = OperatorStack.Pending(
        symbol: symbol, isPrefix: true, low: UInt8(precedence.low), high: UInt8(precedence.high),
        isLeftAssociative: false, token: index)
      stack.pending.append(pending)
      if stack.pending.count - base > Self.maximumDepth { throw nestedTooDeeply() }
      advance()
    }
  }

  /// Applies everything that directly follows an operand: postfix operators, function arguments, fields.
  private mutating func suffixes(_ base: Int) throws(Failure) {
    while true {
      switch kind {
      case .operatorSymbol:
        guard let precedence = OperatorTable.standard.postfixes[Int(token.symbol)] else { return }
        try reduce(base, before: precedence, symbol: token.symbol)
        let symbol = Operator(entry(of: token).symbol, span(of: token))
        try wrap { (operand, _) in .postfix(symbol, operand) }
      case .leftBracket:
        let opening = index
        height = 0
        advance()
        let arguments = try list { (parser) throws(Failure) in try parser.expression() }
        if kind != .rightBracket { try close(.rightBracket, "`,`, `]`", opening: opening) }
        let argumentHeight = height
        try wrap(height: argumentHeight) { (operand, _) in .functionApplication(operand, arguments) }
      case .dot:
        advance()
        guard isWord(token), kind != .endOfItem else { throw fail(expected: "the name of a field") }
        let field = name(of: token)
        try wrap { (operand, _) in .field(operand, field) }
      default: return
      }
    }
  }

  /// Takes the current token, and wraps the topmost operand in a larger one that ends with this token.
  private mutating func wrap(
    height: Int = 0, _ make: (Expression, SourceSpan) -> Expression.Kind
  ) throws(Failure) {
    advance()
    let top = stack.operands.count - 1
    let operand = stack.operands[top]
    let newHeight = max(operand.height, height) + 1
    if newHeight > Self.maximumDepth { throw nestedTooDeeply() }
    let span = SourceSpan(file: file, start: operand.span.start, end: lastEnd)
    stack.operands[top] = OperatorStack.Operand(
      Expression(make(operand.expression, span), span), height: newHeight)
  }

  /// Takes an infix operator if one follows.
  private mutating func infixOperator(_ base: Int) throws(Failure) -> Bool {
    guard kind == .operatorSymbol, let precedence = OperatorTable.standard.infixes[Int(token.symbol)] else {
      return false
    }
    try reduce(base, before: precedence, symbol: token.symbol)
    stack.pending.append(
      OperatorStack.Pending(
        symbol: token.symbol, isPrefix: false, low: UInt8(precedence.low), high: UInt8(precedence.high),
        isLeftAssociative: precedence.associativity == .left, token: index))
    advance()
    return true
  }

  /// Applies the pending operators that bind tighter than the next one.
  private mutating func reduce(
    _ base: Int, before right: OperatorTable.Precedence, symbol: UInt8
  ) throws(Failure) {
    while stack.pending.count > base, let left = stack.pending.last {
      if left.high < right.low { return }
      let isChain = left.symbol == symbol && !left.isPrefix && left.isLeftAssociative
      guard left.low > right.high || isChain else { throw conflict(left, with: index) }
      try reduce()
    }
  }

  /// Applies the last pending operator.
  private mutating func reduce() throws(Failure) {
    guard let pending = stack.pending.popLast(), let right = stack.operands.popLast() else { throw Failure() }
    let token = tokens[pending.token]
    let symbol = Operator(OperatorTable.standard.entries[Int(pending.symbol)].symbol, span(of: token))
    if pending.isPrefix {
      let span = SourceSpan(file: file, start: Int(token.start), end: right.span.end)
      return try push(
        OperatorStack.Operand(
          Expression(.prefix(symbol, right.expression), span), height: right.height + 1))
    }
    guard var left = stack.operands.popLast() else { throw Failure() }
    let chainKind = Self.chainKind(of: pending.symbol)
    if let chainKind, left.chain?.kind == chainKind {
      left.extend(by: right)
      return try push(left)
    }
    let span = left.span.joined(with: right.span)
    let height = max(left.height, right.height) + 1
    guard let chainKind else {
      let expression = Expression(.infix(symbol, left.expression, right.expression), span)
      return try push(OperatorStack.Operand(expression, height: height))
    }
    let chain = OperatorStack.Operand.Chain(kind: chainKind, parts: [left.expression, right.expression])
    try push(OperatorStack.Operand(chain, span, height: height))
  }

  /// The kind of chain that several uses of this operator without parentheses form; nil if they form none.
  private static func chainKind(of symbol: UInt8) -> OperatorStack.Operand.Chain.Kind? {
    switch symbol {
    case KnownSymbol.and.index: .junction(.conjunction)
    case KnownSymbol.or.index: .junction(.disjunction)
    case KnownSymbol.product.index: .product
    default: nil
    }
  }

  private mutating func push(_ operand: OperatorStack.Operand) throws(Failure) {
    if operand.height > Self.maximumDepth { throw nestedTooDeeply() }
    stack.operands.append(operand)
  }

  /// Reports two operators, neither of which binds tighter.
  private mutating func conflict(_ left: OperatorStack.Pending, with right: Int) -> Failure {
    let leftSpan = span(of: tokens[left.token])
    let rightSpan = span(of: tokens[right])
    let nearby = tokens[max(left.token - 4, 0)...right]
    let foreign = nearby.compactMap { token in
      token.kind == .operatorSymbol ? OperatorTable.hint(forUndefined: entry(of: token).symbol) : nil
    }.first
    let isList = tokens[left.token].column == tokens[right].column && tokens[right].isFirstOnLine
    return fail(
      "`\(leftSpan.text)` and `\(rightSpan.text)` cannot meet without parentheses: neither binds tighter",
      code: isList ? .list : .precedence,
      notes: [Diagnostic.Note(message: "the other operator", span: leftSpan)],
      hint: foreign
        ?? (isList
          ? "a list has bullets of one kind; indent the items of an inner list further"
          : "say with parentheses which of them comes first"))
  }

  /// Reads an aligned list; the current token is its first bullet.
  mutating func junction() throws(Failure) -> Expression {
    let first = index
    let symbol = token.symbol
    let column = token.column
    let junction: Expression.Junction = isAt(.and) ? .conjunction : .disjunction
    var items: [Expression] = []
    junctions.open(junction, column: column, bullet: index)
    repeat {
      junctions.nextItem(bullet: index)
      advance()
      items.append(try expression())
    } while token.column == column && token.kind == .operatorSymbol && token.symbol == symbol
    junctions.close()
    look()
    warnOfOtherBullet(after: first)
    return Expression(.junction(junction, items), span(from: first))
  }
}
