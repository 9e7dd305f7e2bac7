internal import TLASyntax

/// Parses a `.cfg` file by recursive descent, one function per production:
///
///     file        ::= section*
///     section     ::= ("CONSTANT" | "CONSTANTS") assignment*
///                   | ("INVARIANT" | "PROPERTY" | "CONSTRAINT" | "ACTION_CONSTRAINT" | "POSTCONDITION" | …) name*
///                   | ("SPECIFICATION" | "INIT" | "NEXT" | "SYMMETRY" | "VIEW" | "ALIAS" | …) name
///                   | "CHECK_DEADLOCK" ("TRUE" | "FALSE")
///     assignment  ::= target "<-" ["[" word "]"] target
///                   | target ["(" value ("," value)* ")"] "=" ["[" word "]"] value
///     target      ::= name | symbol
///     name        ::= word ("!" word)*
///     value       ::= "TRUE" | "FALSE" | ["-"] number | string | word
///                   | "{" [value ("," value)*] "}" | "<<" [value ("," value)*] ">>"
///                   | "[" word "|->" value ("," word "|->" value)* "]"
///
/// A keyword is never a name. After an error, the parser continues at the next keyword or at the next apparent assignment. TLC does not
/// read negative numbers, tuples and records; this parser does.
struct ConfigurationParser {
  typealias Token = ConfigurationToken
  private typealias Keyword = ConfigurationKeyword

  /// The deepest nesting of values, because recursion follows it.
  static let maximumDepth = 200
  /// The most digits of a number: converting them takes quadratic time.
  static let maximumDigits = 10_000

  private let source: SourceFile
  let tokens: [ConfigurationToken]
  var index = 0
  private var diagnostics: [Diagnostic]
  private var configuration = Configuration()
  /// How deeply the current value is nested.
  var depth = 0
  var isTooDeep = false
  /// For each section that may occur only once, where it was first seen.
  private var firstSeen: [ConfigurationKeyword: SourceSpan] = [:]

  init(_ source: SourceFile) {
    self.source = source
    var tokenizer = ConfigurationTokenizer(source)
    var tokens: [ConfigurationToken] = []
    repeat { tokens.append(tokenizer.next()) } while tokens.last?.kind != .end
    self.tokens = tokens
    diagnostics = tokenizer.diagnostics
  }

  /// The diagnostics in the order of the text.
  var diagnosticsInOrder: [Diagnostic] {
    diagnostics.enumerated().sorted {
      ($0.element.span?.start ?? 0, $0.offset) < ($1.element.span?.start ?? 0, $1.offset)
    }.map(\.element)
  }

  // MARK: Sections

  /// file ::= section*
  mutating func file() -> Configuration {
    configuration.file = source
    while current.kind != .end {
      if let keyword = current.keyword { section(keyword) } else { strayToken() }
    }
    checkBehavior()
    warnOfRepeatedConstants()
    return configuration
  }

  private mutating func section(_ keyword: Keyword) {
    let token = advance()
    switch keyword.content {
    case .assignments: assignments(of: token)
    case .names: add(names(of: token), to: keyword)
    case .name:
      noteOccurrence(of: keyword, at: token.span)
      if let name = name(after: token) { set(keyword, to: name, at: token.span) }
    case .boolean:
      noteOccurrence(of: keyword, at: token.span)
      if let value = boolean(after: token) {
        configuration.checkDeadlock = configuration.checkDeadlock ?? value
      }
    }
  }

  private mutating func add(_ names: [Identifier], to keyword: Keyword) {
    switch keyword {
    case .invariant, .invariants: configuration.invariants += names
    case .property, .properties: configuration.properties += names
    case .constraint, .constraints: configuration.constraints += names
    case .actionConstraint, .actionConstraints: configuration.actionConstraints += names
    case .postcondition, .postconditions: configuration.postconditions += names
    case .possible: configuration.possible += names
    default: break
    }
  }

  private mutating func set(_ keyword: Keyword, to name: Identifier, at span: SourceSpan) {
    switch keyword {
    case .specification: configuration.specification = configuration.specification ?? name
    case .initial: configuration.initial = configuration.initial ?? name
    case .next: configuration.next = configuration.next ?? name
    case .view: configuration.view = configuration.view ?? name
    case .alias: configuration.alias = configuration.alias ?? name
    case .symmetry: if configuration.symmetry.isEmpty { configuration.symmetry = [name] }
    case .periodic: configuration.periodic = configuration.periodic ?? name
    case .reward: configuration.reward = configuration.reward ?? name
    case .typeConstraint:
      warn("`TYPE_CONSTRAINT` has no effect", at: span, hint: "list the type invariant under INVARIANT")
    default: break
    }
  }

  private mutating func noteOccurrence(of keyword: Keyword, at span: SourceSpan) {
    guard let first = firstSeen[keyword] else {
      firstSeen[keyword] = span
      return
    }
    report(
      "`\(keyword.rawValue)` stands here a second time", at: span,
      notes: [Diagnostic.Note(message: "the first is here", span: first)], hint: "keep one of the two")
  }

  private mutating func name(after keyword: Token) -> Identifier? {
    guard let name = name() else {
      report(
        "expected a name after `\(keyword.span.text)`, found \(current.description)",
        at: placeOfMissing(after: keyword),
        hint: current.isEqualsSign
          ? "write the name right after it, without `\(current.span.text)`"
          : "write the name of a definition after it")
      if current.isEqualsSign {
        advance()
        return name()
      }
      return nil
    }
    return name
  }

  private mutating func boolean(after keyword: Token) -> Bool? {
    switch current.kind {
    case .word("TRUE"):
      advance()
      return true
    case .word("FALSE"):
      advance()
      return false
    default:
      report(
        "`\(keyword.span.text)` needs TRUE or FALSE, and \(current.description) is neither",
        at: placeOfMissing(after: keyword))
      if case .word = current.kind, current.keyword == nil { advance() }
      return nil
    }
  }

  /// name*, up to the next keyword.
  private mutating func names(of section: Token) -> [Identifier] {
    var names: [Identifier] = []
    var sawOther = false
    while current.kind != .end, current.keyword == nil {
      if let name = name() {
        warnOfMisspeltKeyword(name)
        names.append(name)
        continue
      }
      sawOther = true
      let token = advance()
      switch token.kind {
      case .symbol(","):
        report(
          "Names are not separated by commas", at: token.span, hint: "leave out the comma; a blank is enough")
      case .invalid: break
      default:
        let standsFirst = token.isEqualsSign && names.isEmpty
        report(
          "expected the name of a definition in `\(section.span.text)`, found \(token.description)",
          at: token.span,
          hint: standsFirst
            ? "write the name right after `\(section.span.text)`, without `\(token.span.text)`"
            : "define the formula in the module, and write its name here")
        if !standsFirst { skipToKeyword() }
      }
    }
    if names.isEmpty, !sawOther {
      warn(
        "`\(section.span.text)` lists no names", at: section.span, hint: "name a definition, or leave it out")
    }
    return names
  }

  private mutating func strayToken() {
    let token = advance()
    switch token.kind {
    case .invalid: break
    case .word(var word):
      var span = token.span
      // `ACTION-CONSTRAINT` consists of three tokens.
      if case .symbol("-") = current.kind, current.span.start == span.end, case .word(let rest) = peek(1).kind
      {
        word += "-\(rest)"
        advance()
        span = span.joined(with: advance().span)
      }
      let hint =
        Keyword.nearest(to: word).map { "did you mean `\($0.rawValue)`?" }
        ?? "a section starts with a keyword such as CONSTANTS, INIT, NEXT, SPECIFICATION, INVARIANT or PROPERTY"
      report("`\(word)` is not a keyword of a configuration", at: span, hint: hint)
      skipToKeyword()
    default:
      report("expected a keyword, found \(token.description)", at: token.span)
      skipToKeyword()
    }
  }

  // MARK: Assignments

  /// Reads an assignment and nothing else.
  mutating func onlyAssignment() -> Configuration.Assignment? {
    guard current.kind != .end else {
      report(
        "The text is empty", at: current.span,
        hint: "write `NAME=VALUE` or `NAME<-DEFINITION`, such as `MaxValues=6` or `Nodes={n1,n2,n3}`")
      return nil
    }
    let assignment = assignment()
    if assignment != nil, current.kind != .end {
      report("The assignment ends before \(current.description)", at: current.span)
    }
    return assignment
  }

  /// assignment*, up to the next keyword.
  private mutating func assignments(of section: Token) {
    guard current.kind != .end, current.keyword == nil else {
      warn("`\(section.span.text)` assigns nothing", at: section.span)
      return
    }
    while current.kind != .end, current.keyword == nil {
      let start = index
      if case .symbol(",") = current.kind {
        report(
          "Assignments are not separated by commas", at: advance().span,
          hint: "leave out the comma; a blank or a new line is enough")
      } else if let assignment = assignment() {
        configuration.constants.append(assignment)
      } else {
        // `FALSE = 1` looks like an assignment and is not one. Skip it, so that the loop ends.
        if index == start { advance() }
        skipToAssignmentOrKeyword()
      }
    }
  }

  private mutating func assignment() -> Configuration.Assignment? {
    guard let name = target() else {
      if current.kind != .invalid {
        report("expected the name of a constant, found \(current.description)", at: current.span)
      }
      return nil
    }
    switch current.kind {
    case .symbol("<-"):
      advance()
      return substitution(of: name)
    case .symbol("("):
      advance()
      guard let arguments = values(upTo: ")", opened: "(") else { return nil }
      guard case .symbol("=") = current.kind else { return missingSign(after: name) }
      return assignment(of: name) { .point(arguments: arguments, value: $0) }
    case .symbol("="):
      return assignment(of: name) { .value($0) }
    default:
      return missingSign(after: name)
    }
  }

  /// "=" ["[" word "]"] value, where `meaning` makes the assignment's meaning of the value.
  private mutating func assignment(
    of name: Identifier, _ meaning: (Configuration.Constant) -> Configuration.Assignment.Meaning
  ) -> Configuration.Assignment? {
    advance()
    var named: Identifier?
    if case .symbol("[") = current.kind, case .word = peek(1).kind, case .symbol("]") = peek(2).kind {
      guard let module = module() else { return nil }
      named = module
    }
    guard let value = value(of: name) else { return nil }
    return Configuration.Assignment(name: name, in: named, meaning: meaning(value))
  }

  private mutating func missingSign(after name: Identifier) -> Configuration.Assignment? {
    if case .symbol(let symbol) = current.kind, symbol == "==" || symbol == ":=" || symbol == ":" {
      report("`\(symbol)` does not assign a constant", at: current.span, hint: "write `\(name.text) = …`")
    } else {
      report(
        "`\(name.text)` has no value", at: name.span,
        hint: "write `\(name.text) = value`, or `\(name.text) <- Definition`")
    }
    return nil
  }

  private mutating func substitution(of name: Identifier) -> Configuration.Assignment? {
    var named: Identifier?
    if case .symbol("[") = current.kind {
      guard let module = module() else { return nil }
      named = module
    }
    guard let definition = target() else {
      var hint: String?
      switch current.kind {
      case .number, .string, .symbol("{"), .symbol("<<"), .symbol("-"):
        hint = "a value is assigned with `=`: `\(name.text) = \(current.span.text)…`"
      default: break
      }
      report(
        "expected the name of a definition after `\(name.text) <-`, found \(current.description)",
        at: current.kind == .end ? name.span : current.span, hint: hint)
      return nil
    }
    return Configuration.Assignment(name: name, in: named, meaning: .substitution(definition))
  }

  /// `[Module]`, to which an assignment is limited.
  private mutating func module() -> Identifier? {
    let bracket = advance()
    guard let name = word() else {
      report("expected the name of a module after `[`, found \(current.description)", at: bracket.span)
      return nil
    }
    guard case .symbol("]") = current.kind else {
      report("The name of the module is not closed by `]`", at: bracket.span.joined(with: name.span))
      return nil
    }
    advance()
    return name
  }

  // MARK: Names and tokens

  /// name | symbol: either side of `<-`.
  private mutating func target() -> Identifier? {
    if let name = name() { return name }
    guard case .symbol(let symbol) = current.kind, !Self.punctuation.contains(symbol) else { return nil }
    return Identifier(symbol, advance().span)
  }

  static let punctuation: Set<String> = [
    "(", ")", "{", "}", "[", "]", "<<", ">>", ",", "=", "==", ":=", "!", "<-", "|->",
  ]

  /// word ("!" word)*
  private mutating func name() -> Identifier? {
    guard var name = word() else { return nil }
    while case .symbol("!") = current.kind, case .word = peek(1).kind {
      advance()
      let part = advance()
      name = Identifier("\(name.text)!\(part.span.text)", name.span.joined(with: part.span))
    }
    return name
  }

  mutating func word() -> Identifier? {
    guard case .word(let text) = current.kind, current.keyword == nil, text != "TRUE", text != "FALSE" else {
      return nil
    }
    return Identifier(text, advance().span)
  }

  var current: Token { tokens[index] }

  func peek(_ distance: Int) -> Token { tokens[min(index + distance, tokens.count - 1)] }

  /// Returns the current token and moves to the next one, but not past the end.
  @discardableResult mutating func advance() -> Token {
    let token = tokens[index]
    index = min(index + 1, tokens.count - 1)
    return token
  }

  private mutating func skipToKeyword() {
    while current.kind != .end, current.keyword == nil { advance() }
  }

  private mutating func skipToAssignmentOrKeyword() {
    while current.kind != .end, current.keyword == nil, !isAtAssignment { advance() }
  }

  /// Whether the tokens can only begin an assignment: `x =`, `x <-`, `F(1) =`, `I!F <-`, and the same for an operator like `+`.
  var isAtAssignment: Bool {
    switch current.kind {
    case .word where current.keyword == nil: break
    case .symbol(let symbol) where !Self.punctuation.contains(symbol): break
    default: return false
    }
    var distance = 1
    while case .symbol("!") = peek(distance).kind { distance += 2 }
    if case .symbol("(") = peek(distance).kind {
      while peek(distance).kind != .end, peek(distance).kind != .symbol(")") { distance += 1 }
      return peek(distance + 1).kind == .symbol("=")
    }
    return [.symbol("="), .symbol("<-")].contains(peek(distance).kind)
  }

  // MARK: Messages

  /// The place to report if something is missing after a keyword: the keyword if the file or the section ends there, otherwise the token in
  /// its place.
  private func placeOfMissing(after keyword: Token) -> SourceSpan {
    current.kind == .end || current.keyword != nil ? keyword.span : current.span
  }

  private mutating func checkBehavior() {
    if let specification = configuration.specification,
      let other = configuration.initial ?? configuration.next
    {
      report(
        "The configuration has both SPECIFICATION and \(configuration.initial == nil ? "NEXT" : "INIT")",
        at: other.span,
        notes: [Diagnostic.Note(message: "the specification is named here", span: specification.span)],
        hint: "keep SPECIFICATION, or INIT and NEXT")
    } else if let initial = configuration.initial, configuration.next == nil, firstSeen[.next] == nil {
      report("The configuration has INIT and no NEXT", at: initial.span, hint: "add `NEXT Next`")
    } else if let next = configuration.next, configuration.initial == nil, firstSeen[.initial] == nil {
      report("The configuration has NEXT and no INIT", at: next.span, hint: "add `INIT Init`")
    }
  }

  private mutating func warnOfRepeatedConstants() {
    var seen: [String: SourceSpan] = [:]
    for assignment in configuration.constants where assignment.module == nil {
      if case .point = assignment.meaning { continue }
      if let first = seen[assignment.name.text] {
        diagnostics.append(
          Diagnostic(
            .warning, .configuration, .constant,
            "`\(assignment.name.text)` is assigned twice; the last one counts",
            at: assignment.name.span, notes: [Diagnostic.Note(message: "the first is here", span: first)]))
      }
      seen[assignment.name.text] = assignment.name.span
    }
  }

  /// `INVARIENTS Inv` after a list of names is read as two more names.
  private mutating func warnOfMisspeltKeyword(_ name: Identifier) {
    guard name.text.count > 3, !name.text.contains(where: \.isLowercase),
      let keyword = Keyword.nearest(to: name.text)
    else { return }
    warn(
      "`\(name.text)` is not a keyword, so it is taken for the name of a definition", at: name.span,
      hint: "did you mean `\(keyword.rawValue)`?")
  }

  mutating func report(
    _ message: String, at span: SourceSpan, notes: [Diagnostic.Note] = [], hint: String? = nil
  ) {
    diagnostics.append(
      Diagnostic(.error, .configuration, .configuration, message, at: span, notes: notes, hint: hint))
  }

  private mutating func warn(_ message: String, at span: SourceSpan, hint: String? = nil) {
    diagnostics.append(Diagnostic(.warning, .configuration, .configuration, message, at: span, hint: hint))
  }
}
