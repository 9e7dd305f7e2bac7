// Warnings about `/\` and `\/` that do not bind as their layout suggests. All of this is legal TLA+.

extension Parser {
  /// Warns if the token after a list looks like an item of it: it is the other bullet, in the list's column. It joins the whole list with
  /// what follows.
  mutating func warnOfOtherBullet(after first: Int) {
    let list = tokens[first]
    guard kind == .operatorSymbol, isAt(.and) || isAt(.or), token.symbol != list.symbol,
      token.isFirstOnLine, token.column == list.column
    else { return }
    let bullet = text(of: list)
    warnOfAlignment(
      "this `\(text(of: token))` is not in the list of `\(bullet)` above it: it joins the whole list with what follows",
      at: index, noting: "the list", first,
      hint: "a list has bullets of one kind; indent what belongs to the last `\(bullet)` further than it")
  }

  /// An expression whose end is not marked, such as an `IF` or a quantifier.
  struct OpenEnd {
    /// The first token.
    let first: Int
    /// The part that takes in the rest: the `ELSE` of the `IF`.
    let description: String
    /// The names that it binds. Text that mentions one of them is meant to belong to it.
    var names: Set<String> = []
    /// Whether it makes no difference how far it reaches, unless it is one side of an equation.
    var isTransparent = false
  }

  /// The most tokens that are examined after a `/\` or `\/`.
  private static let examined = 200

  /// Warns if the end of an expression, such as the branch after `ELSE`, takes in a `/\` or `\/` that looks as if it came after it.
  mutating func warnOfSwallowing(_ open: OpenEnd, end: Expression) {
    guard case .row(_, let parts) = end.kind else { return }
    let opening = tokens[open.first]
    let isValue = isRightSideOfEquation(open.first)
    for part in parts.dropFirst() {
      let position = place(ofTokenAt: part.span.start)
      let sign = position - 1
      let rest = tokens[position..<min(index, position + Self.examined)]
      let looksOutside =
        !open.isTransparent && tokens[sign].isFirstOnLine && tokens[sign].column <= opening.column
      guard looksOutside || isValue && rest.contains(where: isOfNextState) else { continue }
      if rest.contains(where: { $0.kind == .identifier && open.names.contains(text(of: $0)) }) { continue }
      let symbol = text(of: tokens[sign])
      return warnOfAlignment(
        "this `\(symbol)` belongs to \(open.description)", at: sign, noting: "it begins here", open.first,
        hint: "put the `\(text(of: opening))` in parentheses to end it before the `\(symbol)`")
    }
  }

  /// The place of the token that starts at an offset.
  private func place(ofTokenAt offset: Int) -> Int {
    var (low, high) = (0, index)
    while low < high {
      let middle = (low + high) / 2
      if Int(tokens[middle].start) < offset { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Whether the token comes right after a `=`.
  private func isRightSideOfEquation(_ position: Int) -> Bool {
    position > 0 && tokens[position - 1].kind == .operatorSymbol
      && tokens[position - 1].symbol == KnownSymbol.equals.index
  }

  /// Whether an expression with this token is about the next state.
  private func isOfNextState(_ token: Token) -> Bool {
    token.kind == .operatorSymbol && ["'", "UNCHANGED"].contains(entry(of: token).symbol)
  }

  private mutating func warnOfAlignment(
    _ message: String, at position: Int, noting note: String, _ place: Int, hint: String
  ) {
    let warning = Diagnostic(
      .warning, .specification, .list, message, at: span(of: tokens[position]),
      notes: [Diagnostic.Note(message: note, span: span(of: tokens[place]))], hint: hint)
    if !diagnostics.contains(warning) { diagnostics.append(warning) }
  }
}
