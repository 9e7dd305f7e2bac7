// Theorems and proofs, which are read over.
//
//   statement = expression | [] ASSUME item*, [] PROVE expression
//   proof     = [PROOF] (OBVIOUS | OMITTED | BY facts | step* QED-step)
//
// A proof's steps are not read one by one: from the first step on, the tokens are skipped up to the QED step of
// the same level, whose own proof is then read over in the same way. Definitions inside steps so cannot be
// mistaken for the module's.

extension Parser {
  /// Reads over a theorem and its proof. Never fails: what cannot be read is skipped to the next unit.
  mutating func theorem() -> Module.Unit {
    let first = index
    advance()
    var name: Identifier?
    if kind == .identifier, next().kind == .definedAs {
      name = self.name(of: token)
      advance()
      advance()
    }
    let reported = diagnostics.count
    var expression: Expression?
    isInProof = true
    do throws(Failure) {
      expression = try statement()
      try proof(outer: -1)
      isInProof = false
    } catch {
      diagnostics.removeSubrange(reported...)
      skipToUnit(after: first)
    }
    return .theorem(name: name, statement: expression, span: span(from: first))
  }

  /// Reads a statement; gives it when it is an expression.
  @discardableResult private mutating func statement() throws(Failure) -> Expression? {
    depth += 1
    defer { depth -= 1 }
    if depth > Self.maximumDepth { throw nestedTooDeeply() }
    if isAt(.box), next().kind == .assume || next().kind == .prove { advance() }
    if kind == .identifier, next().kind == .doubleColon, next(2).kind == .assume {
      advance()
      advance()
    }
    guard accept(.assume) else { return try expression() }
    repeat { try assumedItem() } while accept(.comma)
    if isAt(.box) { advance() }
    try expect(.prove, "`PROVE`")
    _ = try expression()
    return nil
  }

  private mutating func assumedItem() throws(Failure) {
    let start = index
    while [.new, .constants, .variables, .state, .action, .temporal].contains(kind) { advance() }
    guard index > start else {
      try statement()
      return
    }
    _ = try parameter()
    if accept(.isIn) { _ = try expression() }
  }

  /// Reads over a proof, if one follows whose steps are at a level deeper than `outer`.
  private mutating func proof(outer: Int) throws(Failure) {
    var outer = outer
    while true {
      _ = accept(.proof)
      switch kind {
      case .by:
        advance()
        return facts()
      case .obvious, .omitted: return advance()
      case .proofStep:
        guard let level = level(of: token, current: outer), level > outer else { return }
        skipSteps(level)
        outer = level
      default: return
      }
    }
  }

  /// Goes behind the `QED` of the steps at `level`, or to where no proof can go on.
  private mutating func skipSteps(_ level: Int) {
    var current = level
    var position = index
    while true {
      let token = tokens[position]
      switch token.kind {
      case .endOfText, .moduleEnd: return go(to: position)
      case .theorem where token.isFirstOnLine: return go(to: position)
      case .proofStep
      where position == index || next(position - index + 1).kind == .qed || startsStep(position):
        current = self.level(of: token, current: current) ?? current
        if current == level, next(position - index + 1).kind == .qed { return go(to: position + 2) }
      default: break
      }
      position += 1
    }
  }

  /// Whether a step's name opens a step, rather than naming one as a fact.
  private func startsStep(_ position: Int) -> Bool {
    let previous = tokens[position - 1]
    switch previous.kind {
    case .comma, .by, .only, .use, .hide, .def, .leftParenthesis, .have, .witness, .suffices, .caseKeyword,
      .colon, .definedAs, .define:
      return false
    case .operatorSymbol: return entry(of: previous).postfix != nil
    case .proofStep: return tokens[position].isFirstOnLine
    default: return true
    }
  }

  /// Steps at deeper levels count as steps at this one.
  private static let deepestStep = 1 << 30

  /// The level that a step's name states: `<2>` its number, `<*>` the current one, `<+>` the next.
  private func level(of token: Token, current: Int) -> Int? {
    let text = text(of: token).dropFirst().prefix { $0 != ">" }
    switch text {
    case "*": return max(current, 0)
    case "+": return current + 1
    default: return Int(text).map { min($0, Self.deepestStep) }
    }
  }

  /// Reads over the facts of `BY`, `USE` and `HIDE`. Where they have to be named, as those of a module, any other expression is an error.
  mutating func facts(areNamed: Bool = false) {
    let reported = diagnostics.count
    let wasInProof = isInProof
    isInProof = true
    let start = index
    _ = accept(.only)
    do throws(Failure) {
      if kind != .def { try factList(areNamed: areNamed) }
      if accept(.def) { try factList(areNamed: false) }
    } catch {
      diagnostics.removeSubrange(reported...)
      skipToUnit(after: start)
    }
    isInProof = wasInProof
  }

  private mutating func factList(areNamed: Bool) throws(Failure) {
    repeat {
      if accept(.module) {
        _ = try identifier("a module's name")
      } else if kind == .operatorSymbol, [.comma, .def].contains(next().kind) || next().isFirstOnLine {
        advance()
      } else {
        let fact = try expression()
        if areNamed, !fact.isName {
          _ = fail(
            "a fact here is the name of a theorem or an assumption, and no other expression", at: fact.span)
        }
      }
    } while accept(.comma)
  }
}

extension Expression {
  /// Whether it names a definition, perhaps of an instance, and not a part of one.
  fileprivate var isName: Bool {
    guard case .name(let path) = kind else { return false }
    return path.components.allSatisfy { component in
      component.name.text.unicodeScalars.first.map { $0.properties.isAlphabetic || $0 == "_" || $0 == "<" }
        ?? false
    }
  }
}
