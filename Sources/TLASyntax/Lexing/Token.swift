/// The kind and the place of a token. Its text stays in the file.
struct Token: Sendable {
  enum Kind: UInt8, Sendable {
    case endOfText
    /// `====`, four characters or more.
    case moduleEnd
    /// `----`, four characters or more.
    case dashes
    case identifier, number, decimal, string
    /// `<1>2.`, the start of a proof step or a reference to one.
    case proofStep
    /// A symbol of the operator table; `symbol` says which.
    case operatorSymbol
    /// Text that is not a token; the lexer has reported it.
    case invalid
    /// Never in the lexer's output. It stands for a token that the junction rule hides from the current item.
    case endOfItem

    case leftParenthesis, rightParenthesis, leftBracket, rightBracket, rightBracketSubscript
    case leftBrace, rightBrace, leftAngle, rightAngle, rightAngleSubscript
    case comma, colon, doubleColon, dot, exclamation, at, underscore
    case definedAs, arrow, mapsTo, substitutes
    case forAll, exists, temporalForAll, temporalExists
    case weakFairness, strongFairness

    case assume, caseKeyword, choose, constants, elseKeyword, except, extends, ifKeyword, inKeyword, instance
    case lambda, letKeyword, local, module, other, recursive, then, theorem, variables, with
    case action, by, def, define, have, hide, new, obvious, omitted, only, pick, proof, prove, qed, state
    case suffices, take, temporal, use, witness
  }

  let kind: Kind
  /// The index in the operator table, for an operator symbol.
  let symbol: UInt8
  /// Whether only blanks and comments precede it on its line.
  let isFirstOnLine: Bool
  let start: Int32
  let end: Int32
  /// The column that the junction rule compares. It counts from 1; a tab advances to the next multiple of 8.
  let column: Int32
}

/// A comment, including its marks.
struct Comment: Sendable {
  let start: Int
  let end: Int
  /// Whether it is `(* … *)`; otherwise it is `\* …` to the end of the line.
  let isBlock: Bool
  let isFirstOnLine: Bool
}

extension Token {
  /// The words that cannot be names. `DOMAIN` and the like are operators; `TRUE`, `BOOLEAN` and `STRING` are names.
  static let keywords: [String: Kind] = [
    "ASSUME": .assume, "ASSUMPTION": .assume, "AXIOM": .assume,
    "CASE": .caseKeyword, "CHOOSE": .choose, "CONSTANT": .constants, "CONSTANTS": .constants,
    "ELSE": .elseKeyword, "EXCEPT": .except, "EXTENDS": .extends, "IF": .ifKeyword, "IN": .inKeyword,
    "INSTANCE": .instance, "LAMBDA": .lambda, "LET": .letKeyword, "LOCAL": .local, "MODULE": .module,
    "OTHER": .other, "RECURSIVE": .recursive, "THEN": .then,
    "THEOREM": .theorem, "LEMMA": .theorem, "PROPOSITION": .theorem, "COROLLARY": .theorem,
    "VARIABLE": .variables, "VARIABLES": .variables, "WITH": .with,
    "ACTION": .action, "ACTIONS": .action, "BY": .by, "DEF": .def, "DEFS": .def, "DEFINE": .define,
    "HAVE": .have, "HIDE": .hide, "NEW": .new, "OBVIOUS": .obvious, "OMITTED": .omitted, "ONLY": .only,
    "PICK": .pick, "PROOF": .proof, "PROVE": .prove, "QED": .qed, "STATE": .state, "SUFFICES": .suffices,
    "TAKE": .take, "TEMPORAL": .temporal, "TEMPORALS": .temporal, "USE": .use, "WITNESS": .witness,
  ]

  /// The symbols that are not operators, with every spelling.
  static let delimiters: [(spelling: String, kind: Kind)] = [
    ("(", .leftParenthesis), (")", .rightParenthesis), ("[", .leftBracket), ("]", .rightBracket),
    ("]_", .rightBracketSubscript), ("{", .leftBrace), ("}", .rightBrace),
    ("<<", .leftAngle), ("⟨", .leftAngle), (">>", .rightAngle), ("⟩", .rightAngle),
    (">>_", .rightAngleSubscript), ("⟩_", .rightAngleSubscript),
    (",", .comma), (":", .colon), ("::", .doubleColon), ("∷", .doubleColon), (".", .dot), ("!", .exclamation),
    ("@", .at), ("==", .definedAs), ("≜", .definedAs), ("->", .arrow), ("→", .arrow), ("⟶", .arrow),
    ("|->", .mapsTo), ("↦", .mapsTo), ("<-", .substitutes), ("←", .substitutes),
    ("\\A", .forAll), ("\\forall", .forAll), ("∀", .forAll),
    ("\\E", .exists), ("\\exists", .exists), ("∃", .exists),
    ("\\AA", .temporalForAll), ("∀∀", .temporalForAll), ("\\EE", .temporalExists), ("∃∃", .temporalExists),
  ]

  /// The number sets with a letter of their own.
  static let unicodeNames: [String: String] = ["ℕ": "Nat", "ℤ": "Int", "ℝ": "Real"]
}

extension Token {
  /// The string's contents without quotation marks, with escapes resolved. An escape that TLA+ does not know stays as it is.
  func contents(in text: [UInt8]) -> String {
    StringEscapes.resolved(text[Int(start) + 1..<Int(end) - 1])
  }
}

/// The escapes in a string of TLA+.
package enum StringEscapes {
  /// The contents of a string in quotation marks, as a trace lists it: there, also the escapes of `Printable` are resolved.
  package static func contents(ofPrinted string: String) -> String {
    resolved(Array(string.utf8).dropFirst().dropLast(), restoring: true)
  }

  /// The text between quotation marks, with escapes resolved. An escape that TLA+ does not know stays as it is, unless `restoring` is set and
  /// it is one of `Printable`.
  fileprivate static func resolved(_ inside: ArraySlice<UInt8>, restoring: Bool = false) -> String {
    if !inside.contains(UInt8(ascii: "\\")) { return String(decoding: inside, as: UTF8.self) }
    var bytes: [UInt8] = []
    var rest = inside
    while let byte = rest.first {
      if restoring, let mark = Printable.restored(rest) {
        bytes += String(mark.scalar).utf8
        rest = rest.dropFirst(mark.length)
        continue
      }
      rest = rest.dropFirst()
      guard byte == UInt8(ascii: "\\") else {
        bytes.append(byte)
        continue
      }
      switch rest.popFirst() {
      case UInt8(ascii: "n"): bytes.append(UInt8(ascii: "\n"))
      case UInt8(ascii: "t"): bytes.append(UInt8(ascii: "\t"))
      case UInt8(ascii: "r"): bytes.append(UInt8(ascii: "\r"))
      case UInt8(ascii: "f"): bytes.append(0x0C)
      case UInt8(ascii: "\\"): bytes.append(UInt8(ascii: "\\"))
      case UInt8(ascii: "\""): bytes.append(UInt8(ascii: "\""))
      case let other: bytes += [UInt8(ascii: "\\")] + (other.map { [$0] } ?? [])
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
