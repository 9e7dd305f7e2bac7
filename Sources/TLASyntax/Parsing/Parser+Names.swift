// Names, also through instances and with arguments.

extension Parser {
  /// Reads a name, or the label `lab(x) ::` and its expression.
  mutating func nameOrLabel() throws(Failure) -> Expression {
    let first = index
    let expression = try name(isSubscript: false)
    guard kind == .doubleColon, case .name(let path) = expression.kind, path.components.count == 1 else {
      return expression
    }
    var parameters: [Identifier] = []
    for argument in path.components[0].arguments {
      guard case .name(let path) = argument.kind, path.components.count == 1,
        path.components[0].arguments.isEmpty
      else { throw fail("the parameters of a label must be names", at: argument.span) }
      parameters.append(path.components[0].name)
    }
    advance()
    let body = try self.expression()
    return Expression(.labeled(path.components[0].name, parameters, body), span(from: first))
  }

  /// Reads `Name`, `Name(args)`, `Inst(args)!Name(args)`. In a subscript, the last component takes no arguments:
  /// in `WF_vars(A)` the parentheses hold the action.
  mutating func name(isSubscript: Bool) throws(Failure) -> Expression {
    let first = index
    var components = [try component(isSubscript: isSubscript)]
    while kind == .exclamation, followsAsComponent() {
      advance()
      components.append(try component(isSubscript: isSubscript))
    }
    let span = span(from: first)
    if components.count == 1, components[0].arguments.isEmpty {
      switch components[0].name.text {
      case "TRUE": return Expression(.boolean(true), span)
      case "FALSE": return Expression(.boolean(false), span)
      default: break
      }
    }
    return Expression(.name(NamePath(components)), span)
  }

  /// Whether the `!` here continues a name.
  private func followsAsComponent() -> Bool {
    switch next().kind {
    case .identifier, .number, .leftAngle, .rightAngle, .at, .colon, .leftParenthesis, .proofStep: true
    // `x != y` is a mistake with a better message; `I!=(x, y)` is correct.
    case .operatorSymbol:
      next().symbol != KnownSymbol.equals.index
        || next(2).kind == .leftParenthesis && next().start == token.end && next(2).start == next().end
    default: false
    }
  }

  private mutating func component(isSubscript: Bool) throws(Failure) -> NamePath.Component {
    let token = token
    if kind == .leftParenthesis {
      let empty = Identifier("", SourceSpan(file: file, start: Int(token.start), end: Int(token.start)))
      return NamePath.Component(name: empty, arguments: try arguments())
    }
    if kind == .endOfItem { throw fail(expected: "a name") }
    advance()
    let name = name(of: token)
    switch token.kind {
    case .identifier, .operatorSymbol, .number:
      guard kind == .leftParenthesis, !isSubscript || parenthesisContinuesName() else {
        return NamePath.Component(name: name)
      }
      return NamePath.Component(name: name, arguments: try arguments())
    default:
      return NamePath.Component(name: name)
    }
  }

  /// Whether the parentheses here are arguments within a subscript, because a `!` or another `(` follows them.
  private func parenthesisContinuesName() -> Bool {
    let close = closing(index)
    return close + 1 < tokens.count && [.exclamation, .leftParenthesis].contains(tokens[close + 1].kind)
  }

  private mutating func arguments() throws(Failure) -> [Expression] {
    let opening = index
    advance()
    if kind == .rightParenthesis {
      throw fail(
        "an argument is missing between the parentheses",
        hint: "an operator without arguments is used without `()`")
    }
    let arguments = try list { (parser) throws(Failure) in try parser.argument() }
    try close(.rightParenthesis, "`,`, `)`", opening: opening)
    return arguments
  }

  /// Reads an expression, or an operator's bare symbol.
  mutating func argument() throws(Failure) -> Expression {
    if kind == .operatorSymbol {
      switch next().kind {
      case .comma, .rightParenthesis:
        let symbol = token
        let first = index
        advance()
        return Expression(.name(NamePath([NamePath.Component(name: name(of: symbol))])), span(from: first))
      default: break
      }
    }
    return try expression()
  }

  /// The index of the token that closes the bracket at `opening`; the last token if none does.
  func closing(_ opening: Int) -> Int { Int(closingTokens[opening]) }

  /// For each token, the index of the token that closes it. The index is the last one for a token that is not a bracket, and for a bracket
  /// that is not closed before a definition begins.
  static func matchBrackets(_ tokens: [Token]) -> [Int32] {
    var result = [Int32](repeating: Int32(tokens.count - 1), count: tokens.count)
    var open: [Int] = []
    for (index, token) in tokens.enumerated() {
      switch token.kind {
      case .leftParenthesis, .leftBracket, .leftBrace, .leftAngle: open.append(index)
      case .rightParenthesis, .rightBracket, .rightBracketSubscript, .rightBrace, .rightAngle,
        .rightAngleSubscript:
        if let opening = open.popLast() { result[opening] = Int32(index) }
      case .moduleEnd, .definedAs: open.removeAll()
      default: break
      }
    }
    return result
  }
}
