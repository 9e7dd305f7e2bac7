// Definitions and their heads.

extension Parser {
  /// Reads a definition. With `isRecovering`, a body that cannot be read becomes `invalid`, and reading continues at the next unit. The
  /// definition is kept, so that its name is known.
  mutating func definition(isRecovering: Bool = true) throws(Failure) -> Definition {
    let first = index
    let isLocal = accept(.local)
    let comment = comment(above: tokens[first])
    let name: Identifier
    var parameters: [OperatorParameter] = []
    var bounds: [Bound]?
    switch kind {
    case .identifier where next().kind == .operatorSymbol && isDefinitionHead(at: index):
      parameters.append(OperatorParameter(name: try identifier(), arity: 0))
      name = self.name(of: token)
      advance()
      if entry(of: tokens[index - 1]).postfix == nil {
        parameters.append(
          OperatorParameter(name: try identifier("the operator's second parameter"), arity: 0))
      }
    case .operatorSymbol:
      name = self.name(of: prefixToken(token))
      advance()
      parameters.append(OperatorParameter(name: try identifier("the operator's parameter"), arity: 0))
    default:
      name = try identifier("the name of a definition")
      let opening = index
      if accept(.leftParenthesis) {
        if kind == .rightParenthesis {
          throw fail(
            "a parameter is missing between the parentheses",
            hint: "a definition without parameters is written without `()`")
        }
        parameters = try list { (parser) throws(Failure) in try parser.parameter() }
        try close(.rightParenthesis, "`,`, `)`", opening: opening)
      } else if accept(.leftBracket) {
        bounds = try list { (parser) throws(Failure) in try parser.bound() }
        try close(.rightBracket, "`,`, `]`", opening: opening)
      }
    }
    try definedAs(name)
    let kind: Definition.Kind
    if self.kind == .instance, bounds == nil {
      kind = .instance(parameters: parameters, try instance())
    } else {
      let body = try body(isRecovering: isRecovering, after: first)
      kind = bounds.map { .function(bounds: $0, body: body) } ?? .operator(parameters: parameters, body: body)
    }
    return Definition(
      name: name, kind: kind, isLocal: isLocal, span: span(from: first), comment: comment)
  }

  /// Takes `==`. A single `=` is reported and read like `==`.
  private mutating func definedAs(_ name: Identifier) throws(Failure) {
    if accept(.definedAs) { return }
    if isAt(.equals) || kind == .operatorSymbol && entry(of: token).symbol == ":=" {
      _ = fail(
        "`\(text(of: token))` does not define `\(name.text)`", code: .define,
        hint: "a definition is written `\(name.text) == …`")
      return advance()
    }
    throw fail(expected: "`==`")
  }

  private mutating func body(isRecovering: Bool, after first: Int) throws(Failure) -> Expression {
    guard isRecovering else { return try expression() }
    let start = index
    do throws(Failure) {
      let body = try expression()
      if kind == .definedAs || kind == .exclamation || kind == .invalid { throw strayInBody() }
      return body
    } catch {
      skipToUnit(after: first)
      let span =
        start < index ? self.span(from: start) : SourceSpan(file: file, start: lastEnd, end: lastEnd)
      return Expression(.invalid, span)
    }
  }

  private mutating func strayInBody() -> Failure {
    if kind == .definedAs {
      return fail(
        "`==` stands inside an expression", code: .equality,
        hint: "`==` defines an operator; equality is written `=`")
    }
    return fail(expected: "an operator or a new definition")
  }

  /// Reads a declared name: `x`, `F(_, _)`, `_ + _`, `-. _`, `_ ^+`.
  mutating func parameter() throws(Failure) -> OperatorParameter {
    if accept(.underscore) {
      guard kind == .operatorSymbol else { throw fail(expected: "the symbol of an operator") }
      let symbol = token
      advance()
      if kind == .underscore, entry(of: symbol).infix != nil {
        advance()
        return OperatorParameter(name: name(of: symbol), arity: 2)
      }
      return OperatorParameter(name: name(of: symbol), arity: 1)
    }
    if kind == .operatorSymbol {
      let symbol = prefixToken(token)
      advance()
      try expect(.underscore, "`_`")
      return OperatorParameter(name: name(of: symbol), arity: 1)
    }
    let name = try identifier()
    let opening = index
    guard accept(.leftParenthesis) else { return OperatorParameter(name: name, arity: 0) }
    var arity = 0
    repeat {
      try expect(.underscore, "`_`", hint: "the parameters of an operator parameter are written `_`")
      arity += 1
    } while accept(.comma)
    try close(.rightParenthesis, "`,`, `)`", opening: opening)
    return OperatorParameter(name: name, arity: arity)
  }

  /// The token of a prefix symbol; a `-` before an operand becomes `-.`.
  private func prefixToken(_ token: Token) -> Token {
    guard token.symbol == KnownSymbol.minus.index else { return token }
    return Token(
      kind: .operatorSymbol, symbol: KnownSymbol.negative.index, isFirstOnLine: token.isFirstOnLine,
      start: token.start, end: token.end, column: token.column)
  }

  /// Whether `head ==` starts at a token; with `orMistyped`, also `name = …` and `name(…) = …`.
  func isDefinitionHead(at start: Int, orMistyped: Bool = false) -> Bool {
    var position = start
    func kind(_ distance: Int) -> Token.Kind { tokens[min(position + distance, tokens.count - 1)].kind }
    if kind(0) == .local { position += 1 }
    if kind(0) == .operatorSymbol {
      return entry(of: tokens[position]).infix == nil || tokens[position].symbol == KnownSymbol.minus.index
        ? kind(1) == .identifier && kind(2) == .definedAs : false
    }
    guard kind(0) == .identifier else { return false }
    switch kind(1) {
    case .definedAs: return true
    case .leftParenthesis, .leftBracket: position = closing(position + 1)
    case .operatorSymbol:
      let symbol = tokens[position + 1]
      if entry(of: symbol).postfix != nil { return kind(2) == .definedAs }
      if symbol.symbol != KnownSymbol.equals.index, kind(2) == .identifier, kind(3) == .definedAs,
        !tokens[position + 2].isFirstOnLine
      {
        return true
      }
    default: break
    }
    if kind(1) == .definedAs { return true }
    guard orMistyped, kind(1) == .operatorSymbol else { return false }
    let symbol = OperatorTable.standard.entries[Int(tokens[min(position + 1, tokens.count - 1)].symbol)]
      .symbol
    return symbol == "=" || symbol == ":="
  }
}

// MARK: - Comments

extension Parser {
  /// The text of the comment that ends on the line above `token`, or before it on its own line; nil if there is none. Comments on
  /// consecutive lines count as one.
  private func comment(above token: Token) -> String? {
    var low = 0
    var high = comments.count
    while low < high {
      let middle = (low + high) / 2
      if comments[middle].start < Int(token.start) { low = middle + 1 } else { high = middle }
    }
    var position = low - 1
    var below = Int(token.start)
    var lines: [[String]] = []
    while position >= 0, comments[position].isFirstOnLine, isDirectlyAbove(comments[position], below) {
      lines.append(contents(of: comments[position]))
      below = comments[position].start
      position -= 1
    }
    var text = lines.reversed().flatMap { $0 }
    while let first = text.first, first.isEmpty { text.removeFirst() }
    while let last = text.last, last.isEmpty { text.removeLast() }
    return text.isEmpty ? nil : text.joined(separator: "\n")
  }

  /// Whether only blanks and at most one line break separate a comment from what follows.
  private func isDirectlyAbove(_ comment: Comment, _ below: Int) -> Bool {
    var breaks = 0
    for byte in file.bytes[comment.end..<below] {
      switch byte {
      case UInt8(ascii: "\n"): breaks += 1
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): break
      default: return false
      }
    }
    return breaks <= 1
  }

  /// The lines of a comment without its marks, its frame and its margin of asterisks.
  private func contents(of comment: Comment) -> [String] {
    let inner =
      comment.isBlock
      ? file.bytes[comment.start + 2..<comment.end - 2] : file.bytes[comment.start + 2..<comment.end]
    return inner.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { line in
      let isBlank = { (byte: UInt8) in byte <= 0x20 }
      let isMark = { (byte: UInt8) in byte == UInt8(ascii: "*") }
      var text = line.drop(while: isBlank)
      text = text.drop(while: isMark)
      text = text.drop(while: isBlank)
      while let last = text.last, isBlank(last) || isMark(last) { text.removeLast() }
      let isRule = text.allSatisfy { [UInt8(ascii: "-"), UInt8(ascii: "="), UInt8(ascii: "*")].contains($0) }
      return isRule ? "" : String(decoding: text, as: UTF8.self)
    }
  }
}
