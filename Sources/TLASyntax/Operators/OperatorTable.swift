/// The operators of TLA+ as data: their spellings, precedence ranges and associativities.
///
/// The table follows Lamport's "Summary of TLA+". Where SANY differs (`SUBSET`, `UNION` and `DOMAIN` bind as 10–13), it follows SANY,
/// because specs are written for SANY. An operator binds tighter than another if its whole range lies above the other's. Overlapping ranges
/// need parentheses, unless both are the same left-associative operator.
package struct OperatorTable: Sendable {
  package enum Associativity: Sendable, Hashable { case left, none }

  /// A precedence range, including both ends, from 1 (loosest) to 17.
  package struct Precedence: Sendable, Hashable {
    package let low: Int
    package let high: Int
    package let associativity: Associativity

    init(_ low: Int, _ high: Int, _ associativity: Associativity = .none) {
      self.low = low
      self.high = high
      self.associativity = associativity
    }
  }

  /// An operator symbol with its uses. The prefix use of `-` is under the symbol `-.`.
  package struct Entry: Sendable {
    /// The canonical ASCII spelling, which the tree uses.
    package let symbol: String
    /// All its spellings, the canonical one first.
    package let spellings: [String]
    package let prefix: Precedence?
    package let infix: Precedence?
    package let postfix: Precedence?

    static func infix(
      _ spellings: String..., at low: Int, _ high: Int, _ associativity: Associativity = .none
    )
      -> Entry
    {
      Entry(
        symbol: spellings[0], spellings: spellings, prefix: nil,
        infix: Precedence(low, high, associativity), postfix: nil)
    }

    static func prefix(_ spellings: String..., at low: Int, _ high: Int) -> Entry {
      Entry(
        symbol: spellings[0], spellings: spellings, prefix: Precedence(low, high), infix: nil, postfix: nil)
    }

    static func postfix(_ spellings: String...) -> Entry {
      Entry(
        symbol: spellings[0], spellings: spellings, prefix: nil, infix: nil, postfix: Precedence(15, 15))
    }
  }

  /// All operators; a token refers to one by its index.
  package let entries: [Entry]
  /// The precedences of the entries, by their positions.
  let prefixes: [Precedence?]
  let infixes: [Precedence?]
  let postfixes: [Precedence?]
  private let indexOfSpelling: [String: Int]

  /// The table of TLA+.
  package static let standard = OperatorTable()

  private init() {
    entries =
      Self.prefixOperators + Self.postfixOperators + Self.logicalOperators + Self.relations
      + Self.functionsAndSets + Self.arithmetic
    (prefixes, infixes, postfixes) = (
      entries.map(\.prefix), entries.map(\.infix), entries.map(\.postfix)
    )
    var index: [String: Int] = [:]
    for (position, entry) in entries.enumerated() {
      for spelling in entry.spellings { index[spelling] = position }
    }
    indexOfSpelling = index
  }

  /// The operator with this spelling, canonical or not; nil if there is none.
  package subscript(_ spelling: String) -> Entry? { index(of: spelling).map { entries[$0] } }

  /// The position in `entries` of the operator with this spelling.
  func index(of spelling: String) -> Int? { indexOfSpelling[spelling] }

  /// What a user of another language probably meant by an operator that TLA+ leaves undefined unless a module defines it; nil for other
  /// operators.
  package static func hint(forUndefined symbol: String) -> String? {
    switch symbol {
    case "&&", "&": "conjunction is written `/\\`"
    case "||", "|": "disjunction is written `\\/`"
    case ":=": "in an action, write `x' = e`; a definition is written with `==`"
    case "%%": "the remainder is written `%`"
    case "**", "^^": "a power is written `^`"
    case "//": "integer division is written `\\div`"
    case "++": "concatenation of sequences is written `\\o`"
    default: nil
    }
  }
}

extension OperatorTable {
  private static let prefixOperators: [Entry] = [
    .prefix("-.", at: 12, 12),
    .prefix("~", "\\lnot", "\\neg", "¬", at: 4, 4),
    .prefix("[]", "□", at: 4, 15),
    .prefix("<>", "◇", at: 4, 15),
    .prefix("ENABLED", at: 4, 15),
    .prefix("UNCHANGED", at: 4, 15),
    .prefix("SUBSET", at: 10, 13),
    .prefix("UNION", at: 10, 13),
    .prefix("DOMAIN", at: 10, 13),
  ]

  private static let postfixOperators: [Entry] = [
    .postfix("'", "′"),
    .postfix("^+", "⁺"),
    .postfix("^*"),
    .postfix("^#"),
  ]

  private static let logicalOperators: [Entry] = [
    .infix("=>", "⇒", at: 1, 1),
    .infix("-+->", "⇸", at: 2, 2),
    .infix("\\equiv", "<=>", "≡", "⇔", at: 2, 2),
    .infix("~>", "↝", "⇝", at: 2, 2),
    .infix("/\\", "\\land", "∧", at: 3, 3, .left),
    .infix("\\/", "\\lor", "∨", at: 3, 3, .left),
  ]

  private static let relations: [Entry] = [
    .infix("=", at: 5, 5),
    .infix("#", "/=", "≠", at: 5, 5),
    .infix("<", at: 5, 5),
    .infix(">", at: 5, 5),
    .infix("\\leq", "<=", "=<", "≤", at: 5, 5),
    .infix("\\geq", ">=", "≥", at: 5, 5),
    .infix("\\in", "∈", at: 5, 5),
    .infix("\\notin", "∉", at: 5, 5),
    .infix("\\subseteq", "⊆", at: 5, 5),
    .infix("\\subset", "⊂", at: 5, 5),
    .infix("\\supseteq", "⊇", at: 5, 5),
    .infix("\\supset", "⊃", at: 5, 5),
    .infix("\\prec", "≺", at: 5, 5),
    .infix("\\preceq", "⪯", at: 5, 5),
    .infix("\\succ", "≻", at: 5, 5),
    .infix("\\succeq", "⪰", at: 5, 5),
    .infix("\\ll", "≪", at: 5, 5),
    .infix("\\gg", "≫", at: 5, 5),
    .infix("\\sqsubset", "⊏", at: 5, 5),
    .infix("\\sqsubseteq", "⊑", at: 5, 5),
    .infix("\\sqsupset", "⊐", at: 5, 5),
    .infix("\\sqsupseteq", "⊒", at: 5, 5),
    .infix("\\sim", "∼", at: 5, 5),
    .infix("\\simeq", "≃", at: 5, 5),
    .infix("\\approx", "≈", at: 5, 5),
    .infix("\\cong", "≅", at: 5, 5),
    .infix("\\asymp", "≍", at: 5, 5),
    .infix("\\doteq", "≐", at: 5, 5),
    .infix("\\propto", "∝", at: 5, 5),
    .infix("|-", "⊢", at: 5, 5),
    .infix("-|", "⊣", at: 5, 5),
    .infix("|=", "⊨", at: 5, 5),
    .infix("=|", "⫤", at: 5, 5),
    .infix(":=", "≔", at: 5, 5),
    .infix("::=", "⩴", at: 5, 5),
    .infix("\\cdot", "⋅", "·", at: 5, 14, .left),
  ]

  private static let functionsAndSets: [Entry] = [
    .infix("@@", at: 6, 6, .left),
    .infix(":>", at: 7, 7),
    .infix("<:", at: 7, 7),
    .infix("\\", "∖", at: 8, 8),
    .infix("\\cup", "\\union", "∪", at: 8, 8, .left),
    .infix("\\cap", "\\intersect", "∩", at: 8, 8, .left),
    .infix("..", "‥", at: 9, 9),
    .infix("...", "…", at: 9, 9),
    .infix("\\X", "\\times", "×", at: 10, 13, .left),
    .infix("\\uplus", "⊎", at: 9, 13, .left),
    .infix("\\sqcap", "⊓", at: 9, 13, .left),
    .infix("\\sqcup", "⊔", at: 9, 13, .left),
    .infix("\\wr", "≀", at: 9, 14),
    .infix("!!", "‼", at: 9, 13),
    .infix("##", at: 9, 13, .left),
    .infix("$", at: 9, 13, .left),
    .infix("$$", at: 9, 13, .left),
    .infix("??", "⁇", at: 9, 13, .left),
  ]

  private static let arithmetic: [Entry] = [
    .infix("+", at: 10, 10, .left),
    .infix("++", at: 10, 10, .left),
    .infix("(+)", "\\oplus", "⊕", at: 10, 10, .left),
    .infix("%", at: 10, 11),
    .infix("%%", at: 10, 11, .left),
    .infix("|", at: 10, 11, .left),
    .infix("||", "‖", at: 10, 11, .left),
    .infix("-", at: 11, 11, .left),
    .infix("--", at: 11, 11, .left),
    .infix("(-)", "\\ominus", "⊖", at: 11, 11, .left),
    .infix("*", at: 13, 13, .left),
    .infix("**", at: 13, 13, .left),
    .infix("/", at: 13, 13),
    .infix("//", at: 13, 13),
    .infix("\\div", "÷", at: 13, 13),
    .infix("&", at: 13, 13, .left),
    .infix("&&", at: 13, 13, .left),
    .infix("(.)", "\\odot", "⊙", at: 13, 13, .left),
    .infix("(/)", "\\oslash", "⊘", at: 13, 13),
    .infix("(\\X)", "\\otimes", "⊗", at: 13, 13, .left),
    .infix("\\o", "\\circ", "∘", at: 13, 13, .left),
    .infix("\\bigcirc", "◯", at: 13, 13, .left),
    .infix("\\bullet", "●", "•", at: 13, 13, .left),
    .infix("\\star", "⋆", at: 13, 13, .left),
    .infix("^", at: 14, 14),
    .infix("^^", at: 14, 14),
  ]
}
