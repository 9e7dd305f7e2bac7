/// The result of parsing: the tree, as far as one could be made, and all errors.
package struct ParseResult<Tree: Sendable>: Sendable {
  package let tree: Tree?
  package let diagnostics: [Diagnostic]

  package init(tree: Tree?, diagnostics: [Diagnostic]) {
    self.tree = tree
    self.diagnostics = diagnostics
  }
}

/// Reads TLA+.
///
/// It works by recursive descent, with one function per production, named after it. Operators are read by precedence with an explicit stack
/// (`Parser+Expressions`). In the grammar, `x*,` is a list separated by commas:
///
/// ```
/// module      = dashes MODULE name dashes [EXTENDS name*,] unit* "===="
/// unit        = VARIABLES name*, | CONSTANTS parameter*, | RECURSIVE parameter*, | [LOCAL] definition
///             | [LOCAL] instance | ASSUME [name ==] expression | THEOREM [name ==] statement [proof]
///             | (USE | HIDE) facts | module | dashes
/// definition  = head == (expression | instance)
/// head        = name [( parameter*, )] | name [ bound*, ] | name infix name | prefix name | name postfix
/// parameter   = name [( _*, )] | _ infix _ | prefix _ | _ postfix
/// instance    = INSTANCE name [WITH (name | symbol) <- argument, ...]
///
/// expression  = prefix* operand suffix* {infix expression}            by precedence
/// suffix      = postfix | [ expression*, ] | . name
/// operand     = junction | quantified | choose | IF e THEN e ELSE e | case | let | LAMBDA name*, : e
///             | name | label | number | string | @ | ( e ) | braces | brackets | angles | fairness
/// junction    = (/\ e)+ | (\/ e)+                                     bullets in one column, see Junctions
/// quantified  = (\A | \E) (bound*, | name*,) : e | (\AA | \EE) name*, : e
/// bound       = pattern*, \in e
/// pattern     = name | << name*, >>
/// choose      = CHOOSE pattern [\in e] : e
/// case        = CASE e -> e {[] e -> e} [[] OTHER -> e]
/// let         = LET (definition | RECURSIVE parameter*,)+ IN e
/// name        = component {! component}
/// component   = (identifier | symbol) [( argument*, )] | selector
/// selector    = number | << | >> | @ | : | ( argument*, )
/// argument    = e | symbol
/// label       = identifier [( name*, )] :: e
/// braces      = { e*, } | { pattern \in e : e } | { e : bound*, }
/// brackets    = [ bound*, |-> e ] | [ name |-> e, ... ] | [ name : e, ... ] | [ e -> e ] | [ e EXCEPT update*, ]
///             | [ e ]_ subscript
/// update      = ! ([ e*, ] | . name)+ = e
/// angles      = << e*, >> | << e >>_ subscript
/// fairness    = (WF_ | SF_) subscript ( e )
/// subscript   = name | ( e ) | angles | braces | brackets
/// ```
///
/// An error ends the unit in which it stands, and reading continues at the next unit.
package struct Parser {
  /// Thrown when a production cannot be read. The diagnostic is already recorded.
  struct Failure: Error {}

  /// The deepest nesting of expressions, and the greatest height of their trees: far beyond what people write.
  static let maximumDepth = 1_000

  static let maximumNestedModules = 100

  let file: SourceFile
  let tokens: [Token]
  let comments: [Comment]
  /// See `matchBrackets`.
  let closingTokens: [Int32]
  var diagnostics: [Diagnostic]

  /// The index of the current token. `kind` is its kind under the junction rule.
  private(set) var index = 0
  private(set) var kind = Token.Kind.endOfText
  /// The end of the last token taken.
  private(set) var lastEnd = 0

  var junctions = Junctions()
  /// The column of the current unit; 0 if there is none. A definition's head in this column cannot belong to an expression.
  var unitColumn: Int32 = 0
  /// How many expressions are being read, nested in each other.
  var depth = 0
  /// How many modules are being read, nested in each other.
  var openModules = 0
  /// The height of the highest tree read since this was last set to 0.
  var height = 0
  var stack = OperatorStack()
  /// Whether a proof is being read, in which step names are expressions.
  var isInProof = false
  /// The level of the proof step that is being read, for which `<*>` stands in the name of a step; nil outside of steps.
  var stepLevel: Int?

  init(_ file: SourceFile, from offset: Int) {
    var lexer = Lexer(file, from: offset)
    lexer.run()
    self.file = file
    tokens = lexer.tokens
    comments = lexer.comments
    closingTokens = Self.matchBrackets(lexer.tokens)
    diagnostics = lexer.diagnostics
    kind = tokens[0].kind
  }

  /// Reads the first module of a file. The text before and after it counts as comment.
  package static func parseModule(_ file: SourceFile) -> ParseResult<Module> {
    guard let start = moduleStart(in: file.bytes) else {
      let problem = Diagnostic(
        .error, .specification, .module, "there is no module in this file",
        at: SourceSpan(file: file, start: 0, end: 0),
        hint: "a module opens with a line such as `---- MODULE Name ----`")
      return ParseResult(tree: nil, diagnostics: [problem])
    }
    return DeepStack.run {
      var parser = Parser(file, from: start)
      let module = try? parser.module()
      return ParseResult(tree: module, diagnostics: parser.sortedDiagnostics())
    }
  }

  /// Reads a text that is a single expression.
  package static func parseExpression(_ file: SourceFile) -> ParseResult<Expression> {
    DeepStack.run {
      var parser = Parser(file, from: 0)
      do throws(Failure) {
        let expression = try parser.expression()
        if parser.kind != .endOfText {
          throw parser.fail(expected: "an operator or the end of the expression")
        }
        return ParseResult(tree: expression, diagnostics: parser.sortedDiagnostics())
      } catch {
        return ParseResult(tree: nil, diagnostics: parser.sortedDiagnostics())
      }
    }
  }

  /// The module of that name after `offset` in a file with several. The result is the file with everything before the module blanked, so
  /// that all places stay the same. Nil if there is none.
  package static func laterModule(_ name: String, in file: SourceFile, behind offset: Int) -> SourceFile? {
    let word = Array(name.utf8)
    var offset = offset
    while let start = moduleStart(in: file.bytes, from: offset) {
      var text = file.bytes[start...].drop { $0 == UInt8(ascii: "-") }.drop { !Lexer.isNamePart($0) }
      text = text.dropFirst("MODULE".utf8.count).drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
      if text.prefix(while: Lexer.isNamePart).elementsEqual(word) {
        let blank = file.bytes[..<start].map { $0 == UInt8(ascii: "\n") ? $0 : UInt8(ascii: " ") }
        return SourceFile(
          name: file.name, text: String(decoding: blank + file.bytes[start...], as: UTF8.self))
      }
      offset = text.startIndex
    }
    return nil
  }

  /// The offset of the dashes before the first `MODULE` at or after an offset.
  static func moduleStart(in bytes: [UInt8], from first: Int = 0) -> Int? {
    let word = Array("MODULE".utf8)
    var offset = first
    while offset < bytes.count {
      guard bytes[offset] == UInt8(ascii: "-") else {
        offset += 1
        continue
      }
      let start = offset
      while offset < bytes.count, bytes[offset] == UInt8(ascii: "-") { offset += 1 }
      guard offset - start >= 4 else { continue }
      var next = offset
      while next < bytes.count, bytes[next] == UInt8(ascii: " ") || bytes[next] == UInt8(ascii: "\t") {
        next += 1
      }
      if bytes[next...].starts(with: word), next + 6 < bytes.count, !Lexer.isNamePart(bytes[next + 6]) {
        return start
      }
    }
    return nil
  }

  private func sortedDiagnostics() -> [Diagnostic] {
    diagnostics.enumerated().sorted { left, right in
      (left.element.span?.start ?? 0, left.offset) < (right.element.span?.start ?? 0, right.offset)
    }.map(\.element)
  }
}

// MARK: - Tokens

extension Parser {
  /// The current token.
  var token: Token { tokens[index] }

  /// The token at a distance after the current one, but at most the end of the text.
  func next(_ distance: Int = 1) -> Token { tokens[min(index + distance, tokens.count - 1)] }

  /// Sets the kind of the current token under the open junctions.
  mutating func look() {
    let token = tokens[index]
    kind = token.column <= junctions.column ? .endOfItem : token.kind
  }

  /// Takes the current token.
  mutating func advance() {
    lastEnd = Int(tokens[index].end)
    if index < tokens.count - 1 { index += 1 }
    look()
  }

  /// Moves to a token, forward or back.
  mutating func go(to target: Int) {
    index = min(target, tokens.count - 1)
    lastEnd = index > 0 ? Int(tokens[index - 1].end) : 0
    look()
  }

  /// Takes the current token if it is of this kind.
  mutating func accept(_ wanted: Token.Kind) -> Bool {
    guard kind == wanted else { return false }
    advance()
    return true
  }

  /// Whether the current token is this operator.
  func isAt(_ symbol: KnownSymbol) -> Bool { kind == .operatorSymbol && token.symbol == symbol.index }

  mutating func accept(_ symbol: KnownSymbol) -> Bool {
    guard isAt(symbol) else { return false }
    advance()
    return true
  }

  /// Takes a token of this kind. `what` names it in the message.
  mutating func expect(_ wanted: Token.Kind, _ what: String, hint: String? = nil) throws(Failure) {
    if kind == wanted { return advance() }
    throw fail(expected: what, hint: hint)
  }

  /// Takes the token that closes the bracket at `opening`.
  mutating func close(_ wanted: Token.Kind, _ what: String, opening: Int) throws(Failure) {
    if kind == wanted { return advance() }
    let bracket = span(of: tokens[opening])
    throw fail(
      expected: "\(what) or an operator", code: kind == .definedAs ? .equality : .unclosed,
      notes: [Diagnostic.Note(message: "this `\(bracket.text)` is not closed", span: bracket)])
  }

  mutating func identifier(_ what: String = "a name") throws(Failure) -> Identifier {
    guard kind == .identifier else { throw fail(expected: what) }
    let identifier = name(of: token)
    advance()
    return identifier
  }

  /// Reads items separated by commas.
  mutating func list<Item>(_ item: (inout Parser) throws(Failure) -> Item) throws(Failure) -> [Item] {
    var items = [try item(&self)]
    while accept(.comma) { items.append(try item(&self)) }
    return items
  }

  func span(of token: Token) -> SourceSpan {
    SourceSpan(file: file, start: Int(token.start), end: Int(token.end))
  }

  /// The span from the start of a token to the end of the last one taken.
  func span(from first: Int) -> SourceSpan {
    SourceSpan(file: file, start: Int(tokens[first].start), end: lastEnd)
  }

  func text(of token: Token) -> String {
    String(decoding: file.bytes[Int(token.start)..<Int(token.end)], as: UTF8.self)
  }

  func name(of token: Token) -> Identifier {
    if token.kind == .operatorSymbol { return Identifier(entry(of: token).symbol, span(of: token)) }
    let text = text(of: token)
    // Only the names of the number sets contain bytes outside ASCII.
    if file.bytes[Int(token.start)] >= 0x80, let ascii = Token.unicodeNames[text] {
      return Identifier(ascii, span(of: token))
    }
    return Identifier(text, span(of: token))
  }

  func entry(of token: Token) -> OperatorTable.Entry { OperatorTable.standard.entries[Int(token.symbol)] }
}

/// An operator that the grammar itself mentions.
struct KnownSymbol: Sendable {
  let index: UInt8

  private init(_ symbol: String) { index = UInt8(OperatorTable.standard.index(of: symbol) ?? 0) }

  static let and = KnownSymbol("/\\")
  static let or = KnownSymbol("\\/")
  static let isIn = KnownSymbol("\\in")
  static let equals = KnownSymbol("=")
  static let minus = KnownSymbol("-")
  static let negative = KnownSymbol("-.")
  static let box = KnownSymbol("[]")
  static let product = KnownSymbol("\\X")
  static let lessThan = KnownSymbol("<")
}
