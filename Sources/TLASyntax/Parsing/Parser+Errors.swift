// Error messages of the parser.

extension Parser {
  /// Records an error at the current token, and returns the error to throw. The lexer has already reported an invalid token, so nothing is
  /// added for one.
  mutating func fail(
    _ message: String, code: MessageCode = .expected, at span: SourceSpan? = nil,
    notes: [Diagnostic.Note] = [], hint: String? = nil
  ) -> Failure {
    if token.kind != .invalid {
      diagnostics.append(
        Diagnostic(
          .error, .specification, code, message, at: span ?? self.span(of: token), notes: notes, hint: hint))
    }
    return Failure()
  }

  /// Records that something else stands where `what` is expected.
  mutating func fail(
    expected what: String, code: MessageCode? = nil, notes: [Diagnostic.Note] = [], hint: String? = nil
  ) -> Failure {
    if kind == .endOfItem, token.kind != .endOfText, token.kind != .moduleEnd, let list = junctions.innermost
    {
      let bullet = span(of: tokens[list.bullet])
      let note = Diagnostic.Note(
        message: "the item that this `\(bullet.text)` opens ends before column \(list.column + 1)",
        span: bullet)
      return fail(
        "expected \(what), but \(found) is at or left of the bullet, which ends the item", code: .list,
        notes: notes + [note],
        hint: hint ?? "indent what belongs to the item further than its `\(bullet.text)`")
    }
    return fail(
      "expected \(what), found \(found)", code: code ?? (kind == .definedAs ? .equality : .expected),
      notes: notes, hint: hint ?? hintForCurrentToken())
  }

  /// The current token, for a message.
  var found: String {
    switch token.kind {
    case .endOfText: "the end of the text"
    case .moduleEnd: "the end of the module"
    case .dashes: "a line of dashes"
    case .string: "a string"
    case .proofStep: "the proof step `\(text(of: token))`"
    case .number, .decimal: "the number `\(text(of: token))`"
    default: "`\(text(of: token))`"
    }
  }

  /// The probable meaning of the current token, if it cannot stand there.
  private func hintForCurrentToken() -> String? {
    switch token.kind {
    case .definedAs:
      return "`==` defines an operator; equality is written `=`"
    case .exclamation where next().kind == .operatorSymbol && next().start == token.end:
      return "inequality is written `#` or `/=`"
    case .comma where index > 1 && isUnchanged(tokens[index - 2]):
      return "several variables are written as a tuple: `UNCHANGED <<x, y>>`"
    case .operatorSymbol:
      let symbol = entry(of: token).symbol
      if symbol == "=", index > 0, tokens[index - 1].end == token.start, tokens[index - 1].kind == .definedAs
      {
        return "a definition is written with `==`"
      }
      if let hint = unknownOperatorHint(index) { return hint }
      if symbol == "[]" { return "as a separator, `[]` belongs to a `CASE`, whose last arm is `OTHER`" }
      if symbol == "=", index > 0, tokens[index - 1].end == token.start,
        tokens[index - 1].kind == .exclamation
      {
        return "inequality is written `#` or `/=`"
      }
      return nil
    case .substitutes:
      return "to compare with a negative number, put a blank between `<` and `-`"
    case .arrow:
      return "implication is written `=>`; `->` belongs in `[S -> T]` and `CASE`"
    case .mapsTo:
      return "`|->` belongs in `[x \\in S |-> e]` and in records"
    case .identifier:
      switch text(of: token) {
      case "and": return "conjunction is written `/\\`"
      case "or": return "disjunction is written `\\/`"
      case "not": return "negation is written `~`"
      case "mod": return "the remainder is written `%`"
      case "in": return "membership is written `\\in`"
      default:
        guard index > 1 else { return nil }
        return capitalsHint(token) ?? capitalsHint(tokens[index - 1]) ?? unknownOperatorHint(index - 2)
      }
    default: return nil
    }
  }

  /// A hint for a set difference that looks like an operator's name, as in `x \unoin y`.
  private func unknownOperatorHint(_ position: Int) -> String? {
    let word = tokens[min(position + 1, tokens.count - 1)]
    guard tokens[position].kind == .operatorSymbol, entry(of: tokens[position]).symbol == "\\",
      word.kind == .identifier, word.start == tokens[position].end
    else { return nil }
    let name = "\\" + text(of: word)
    let known = OperatorTable.standard.entries.flatMap(\.spellings) + Token.delimiters.map(\.spelling)
    guard let close = closestName(to: name, in: known.filter { $0.hasPrefix("\\") }) else {
      return "`\(name)` is no operator of TLA+"
    }
    return "`\(name)` is no operator of TLA+; did you mean `\(close)`?"
  }

  private func isUnchanged(_ token: Token) -> Bool {
    token.kind == .operatorSymbol && entry(of: token).symbol == "UNCHANGED"
  }

  private func capitalsHint(_ token: Token) -> String? {
    let words: Set = [
      "if", "then", "else", "let", "case", "other", "choose", "except", "lambda", "enabled", "domain",
      "unchanged", "union", "subset", "extends", "instance", "variable", "variables", "constant", "constants",
      "assume", "theorem",
    ]
    let text = text(of: token)
    guard token.kind == .identifier, words.contains(text.lowercased()) else { return nil }
    return "keywords are written in capitals: `\(text.uppercased())`"
  }

  /// Skips to the next unit: a keyword that opens one, the end of a module, dashes, or a definition's head at the start of a line and not
  /// right of the unit that failed. A head just before the failing `==` counts, too.
  mutating func skipToUnit(after first: Int) {
    junctions = Junctions()
    stack = OperatorStack()
    depth = 0
    isInProof = false
    var target = index
    while target > first, !tokens[target].isFirstOnLine { target -= 1 }
    if target <= first { target = first + 1 }
    while !isUnitStart(target) { target += 1 }
    go(to: target)
  }

  private func isUnitStart(_ index: Int) -> Bool {
    let token = tokens[min(index, tokens.count - 1)]
    switch token.kind {
    case .endOfText, .moduleEnd, .dashes: return true
    case .variables, .constants, .assume, .theorem, .local, .recursive: return token.isFirstOnLine
    case .instance: return token.isFirstOnLine && token.column <= unitColumn
    default:
      return token.isFirstOnLine && token.column <= unitColumn
        && isDefinitionHead(at: index, orMistyped: true)
    }
  }
}
