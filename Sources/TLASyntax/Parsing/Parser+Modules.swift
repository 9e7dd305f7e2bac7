// Modules and their units.

extension Parser {
  /// Reads a module; the current token is its opening dashes.
  mutating func module() throws(Failure) -> Module {
    let first = index
    openModules += 1
    defer { openModules -= 1 }
    if openModules > Self.maximumNestedModules {
      throw fail("modules are nested too deeply", code: .tooLarge)
    }
    advance()
    try expect(.module, "`MODULE`")
    let name = try identifier("the module's name")
    if !accept(.dashes) {
      _ = fail(expected: "`----` after the module's name")
    }
    var extends: [Identifier] = []
    if accept(.extends) {
      do throws(Failure) {
        extends = try list { (parser) throws(Failure) in try parser.identifier("a module's name") }
      } catch {
        skipToUnit(after: index)
      }
    }
    let outerColumn = unitColumn
    var units: [Module.Unit] = []
    while kind != .moduleEnd, kind != .endOfText {
      let start = index
      unitColumn = token.column
      do throws(Failure) {
        try unit(&units)
      } catch {
        skipToUnit(after: start)
      }
    }
    unitColumn = outerColumn
    if !accept(.moduleEnd), tokens[tokens.count - 2].kind != .invalid {
      _ = fail(
        "the module `\(name.text)` is not closed", code: .unclosed,
        notes: [Diagnostic.Note(message: "it opens here", span: name.span)],
        hint: "close it with a line `====`")
    }
    return Module(name: name, extends: extends, units: units, span: span(from: first))
  }

  private mutating func unit(_ units: inout [Module.Unit]) throws(Failure) {
    let first = index
    switch kind {
    case .dashes:
      if next().kind == .module { return units.append(.submodule(try module())) }
      advance()
    case .variables:
      advance()
      units.append(
        .variables(
          try declarations { (parser) throws(Failure) in
            try parser.identifier("a variable's name")
          }))
    case .constants:
      advance()
      units.append(.constants(try declarations { (parser) throws(Failure) in try parser.parameter() }))
    case .recursive:
      advance()
      units.append(.recursive(try declarations { (parser) throws(Failure) in try parser.parameter() }))
    case .assume:
      units.append(try assumption())
    case .theorem:
      units.append(try theorem())
    case .local:
      if next().kind == .instance {
        advance()
        units.append(.instance(try instance(), isLocal: true))
      } else {
        units.append(.definition(try definition()))
      }
    case .instance:
      units.append(.instance(try instance(), isLocal: false))
    case .use:
      advance()
      units.append(.use(try facts()))
    case .hide:
      advance()
      units.append(.hide(try facts()))
    case .extends:
      throw fail("`EXTENDS` must come first in the module, and only once", code: .module)
    default:
      guard isDefinitionHead(at: index, orMistyped: token.isFirstOnLine) else { throw strayToken(first) }
      units.append(.definition(try definition()))
    }
  }

  /// Reports a token at the start of a unit that begins no unit. An operator may be missing before it.
  private mutating func strayToken(_ first: Int) -> Failure {
    switch kind {
    case .elseKeyword, .then, .inKeyword:
      return fail("`\(text(of: token))` without its beginning")
    case .rightParenthesis, .rightBracket, .rightBrace, .rightAngle:
      return fail("\(found) closes nothing", code: .unclosed)
    case .definedAs:
      return fail(
        "`==` stands inside an expression", code: .equality,
        hint: "`==` defines an operator; equality is written `=`")
    default:
      if let name = mistypedDefinition {
        return fail(
          "expected an operator or a new definition, found \(found)", code: .define,
          hint: "a definition is written `\(name) == …`")
      }
      return fail(expected: "an operator or a new definition")
    }
  }

  /// The name that a line seems to define with a sign other than `==`, or after a word that TLA+ does not have: `Next: …`, `def Next == …`.
  private var mistypedDefinition: String? {
    guard kind == .identifier, token.isFirstOnLine else { return nil }
    switch next().kind {
    case .colon, .arrow, .substitutes, .mapsTo: return text(of: token)
    case .identifier where next(2).kind == .definedAs: return text(of: next())
    case .operatorSymbol where ["=>", "<=>", "|-", "|=", "=|", ":>"].contains(entry(of: next()).symbol):
      return text(of: token)
    default: return nil
    }
  }

  /// Reads a list of declared names, which ends where a unit starts.
  private mutating func declarations<Item>(
    _ item: (inout Parser) throws(Failure) -> Item
  ) throws(Failure) -> [Item] {
    let items = try list { (parser) throws(Failure) in
      if parser.startsNextUnit() { throw parser.fail(expected: "a name to declare") }
      return try item(&parser)
    }
    if kind == .identifier, !isDefinitionHead(at: index, orMistyped: token.isFirstOnLine) {
      throw fail(expected: "`,` or a new definition", hint: "declared names are separated by commas")
    }
    return items
  }

  private mutating func assumption() throws(Failure) -> Module.Unit {
    let first = index
    let isAxiom = text(of: token) == "AXIOM"
    advance()
    var name: Identifier?
    if kind == .identifier, next().kind == .definedAs {
      name = self.name(of: token)
      advance()
      advance()
    }
    let expression = try expression()
    return .assumption(name: name, expression, isAxiom: isAxiom, span: span(from: first))
  }

  /// Reads `INSTANCE M WITH a <- e, …`.
  mutating func instance() throws(Failure) -> Instance {
    let first = index
    advance()
    let module = try identifier("a module's name")
    var substitutions: [(name: Identifier, value: Expression)] = []
    if accept(.with) {
      substitutions = try list { (parser) throws(Failure) in
        guard parser.kind == .identifier || parser.kind == .operatorSymbol else {
          throw parser.fail(expected: "the name of a constant or variable")
        }
        let name = parser.name(of: parser.token)
        parser.advance()
        try parser.expect(.substitutes, "`<-`", hint: "a substitution is written `name <- expression`")
        return (name: name, value: try parser.substitute())
      }
    }
    return Instance(module: module, substitutions: substitutions, span: span(from: first))
  }

  /// Reads the replacement of a constant: an expression, or an operator's bare symbol.
  private mutating func substitute() throws(Failure) -> Expression {
    guard kind == .operatorSymbol else { return try expression() }
    switch next().kind {
    case .identifier, .number, .decimal, .string, .leftParenthesis, .leftBracket, .leftBrace, .leftAngle, .at,
      .forAll, .exists, .choose, .ifKeyword, .caseKeyword, .letKeyword, .operatorSymbol:
      if !next().isFirstOnLine { return try expression() }
    default: break
    }
    let first = index
    let component = NamePath.Component(name: name(of: token))
    advance()
    return Expression(.name(NamePath([component])), span(from: first))
  }
}
