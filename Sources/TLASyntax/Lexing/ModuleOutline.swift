/// An outline of a module, read from its tokens alone: the modules that it names, and its words and strings.
package struct ModuleOutline: Sendable {
  package let name: String
  /// The modules that it extends.
  package internal(set) var extends: [String] = []
  /// The modules that it instantiates anywhere, including in proofs but not in inner modules.
  package internal(set) var instances: [String] = []
  /// The inner modules, and how many instances precede each.
  package internal(set) var inner: [(outline: ModuleOutline, instancesBefore: Int)] = []
  /// Its tokens except strings, including those of inner modules. Each occurs once, in the order of the text.
  package internal(set) var words: [String] = []
  /// The contents of its strings. Each occurs once, in the order in which TLC's analysis meets them: in `{e : x \in S}`, the sets come
  /// before `e`.
  package internal(set) var strings: [String] = []

  package init(
    name: String, extends: [String] = [], instances: [String] = [], words: [String] = [],
    strings: [String] = []
  ) {
    self.name = name
    self.extends = extends
    self.instances = instances
    self.words = words
    self.strings = strings
  }

  /// The outline of a file's first module; nil if there is no module.
  package init?(of file: SourceFile) {
    guard let start = Parser.moduleStart(in: file.bytes) else { return nil }
    var lexer = Lexer(file, from: start)
    lexer.run()
    var reader = OutlineReader(bytes: file.bytes, tokens: lexer.tokens)
    guard let outline = reader.module() else { return nil }
    self = outline
    words = reader.words()
    strings = reader.strings()
  }
}

/// Reads an outline from the tokens of a text.
private struct OutlineReader {
  let bytes: [UInt8]
  let tokens: [Token]
  private var place = 0

  init(bytes: [UInt8], tokens: [Token]) {
    self.bytes = bytes
    self.tokens = tokens
  }

  private func text(_ token: Token) -> String {
    String(decoding: bytes[Int(token.start)..<Int(token.end)], as: UTF8.self)
  }

  // MARK: Modules

  /// Reads a module from its opening dashes past its closing line; nil if there is none.
  mutating func module() -> ModuleOutline? {
    guard isModuleStart(place) else { return nil }
    var result = ModuleOutline(name: text(tokens[place + 2]))
    place += 3
    while place < tokens.count, tokens[place].kind != .moduleEnd {
      switch tokens[place].kind {
      case .dashes where isModuleStart(place):
        if let inner = module() { result.inner.append((inner, result.instances.count)) }
        continue
      case .extends where result.extends.isEmpty:
        repeat {
          place += 1
          if tokens[place].kind == .identifier { result.extends.append(text(tokens[place])) }
          place += 1
        } while place + 1 < tokens.count && tokens[place].kind == .comma
        continue
      case .instance where place + 1 < tokens.count && tokens[place + 1].kind == .identifier:
        result.instances.append(text(tokens[place + 1]))
      default: break
      }
      place += 1
    }
    place += 1
    return result
  }

  private func isModuleStart(_ place: Int) -> Bool {
    place + 2 < tokens.count && tokens[place].kind == .dashes && tokens[place + 1].kind == .module
  }

  // MARK: Words and strings

  func words() -> [String] {
    var seen: Set<ArraySlice<UInt8>> = []
    return tokens.compactMap { token in
      if token.kind == .string || token.kind == .endOfText { return nil }
      let word = bytes[Int(token.start)..<Int(token.end)]
      return seen.insert(word).inserted ? String(decoding: word, as: UTF8.self) : nil
    }
  }

  func strings() -> [String] {
    var found: [Token] = []
    var open: [OpenBracket] = []
    for place in tokens.indices {
      switch tokens[place].kind {
      case .string: found.append(tokens[place])
      case .leftBrace:
        open.append(OpenBracket(stringsBefore: found.count, isSet: !isFilter(place + 1)))
      case .leftParenthesis, .leftBracket, .leftAngle:
        open.append(OpenBracket(stringsBefore: found.count, isSet: false))
      case .forAll, .exists, .temporalForAll, .temporalExists, .choose, .lambda:
        if !open.isEmpty { open[open.count - 1].colonsToCome += 1 }
      case .colon:
        if !open.isEmpty { open[open.count - 1].meetColon(stringsBefore: found.count) }
      case .rightBrace, .rightParenthesis, .rightBracket, .rightBracketSubscript, .rightAngle,
        .rightAngleSubscript:
        guard let closed = open.popLast(), let colon = closed.stringsBeforeColon else { continue }
        let (element, sets) = (found[closed.stringsBefore..<colon], found[colon...])
        found.replaceSubrange(closed.stringsBefore..., with: sets + element)
      default: break
      }
    }
    var seen: Set<String> = []
    return found.map { $0.contents(in: bytes) }.filter { seen.insert($0).inserted }
  }

  /// Whether `x \in S` or `<<x, y>> \in S` begins there. Then a predicate follows the colon.
  private func isFilter(_ place: Int) -> Bool {
    var end = place
    if tokens[end].kind == .leftAngle {
      repeat { end += 1 } while tokens[end].kind == .identifier || tokens[end].kind == .comma
      if tokens[end].kind != .rightAngle { return false }
    } else if tokens[end].kind != .identifier {
      return false
    }
    return end + 1 < tokens.count && ["\\in", "∈"].contains(text(tokens[end + 1]))
  }
}

/// An open bracket, while strings are collected.
private struct OpenBracket {
  let stringsBefore: Int
  /// Whether it is a brace in which a colon separates an element from its sets.
  let isSet: Bool
  /// How many colons belong to open quantifiers inside.
  var colonsToCome = 0
  var stringsBeforeColon: Int?

  mutating func meetColon(stringsBefore count: Int) {
    if colonsToCome > 0 {
      colonsToCome -= 1
    } else if isSet, stringsBeforeColon == nil {
      stringsBeforeColon = count
    }
  }
}
