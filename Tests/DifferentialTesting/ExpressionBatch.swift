/// Expressions that are evaluated as the definitions `E0(_)`, `E1(_)`, … of one module.
package struct ExpressionBatch: Sendable {
  package var expressions: [Phrase]
  /// The extended modules, in a random order.
  let extended: [String]
  /// The overrides in the configuration, besides the constants, and the definitions that they use.
  let overrides: Overrides

  /// The replacement of a standard definition.
  enum Overrides: Sendable {
    case none
    /// `Nat` is a small set.
    case numbers

    var definition: String { self == .numbers ? "SmallNat == 0..3" : "" }
    var configuration: String { self == .numbers ? "Nat <- SmallNat" : "" }
  }

  private static let needed = ["Integers", "Sequences", "FiniteSets", "TLC", "Bags"]

  /// Makes `count` expressions. A seed always gives the same ones.
  package init(seed: UInt64, count: Int) {
    var random = RandomGenerator(seed: seed)
    extended = random.shuffled(Self.needed)
    overrides = random.oneIn(8) ? .numbers : .none
    var generator = WideExpressionGenerator(seed: random.next())
    expressions = []
    while expressions.count < count {
      let phrase =
        switch generator.random.below(3) {
        case 0: generator.mismatched(depth: 1)
        case 1: generator.mismatched(depth: 2)
        default: generator.wellTyped(depth: 4)
        }
      if Self.isModest("\(phrase)", isEverySetFinite: overrides == .numbers) { expressions.append(phrase) }
    }
  }

  /// Makes `count` choices among strings and model values, in a module that extends random modules.
  package init(ordersOf seed: UInt64, count: Int) {
    var random = RandomGenerator(seed: seed)
    extended = ["TLC"] + random.shuffled(Self.standard).prefix(random.below(6))
    overrides = .none
    expressions = (0..<count).map { _ in
      let words = random.shuffled(Self.words).prefix(random.number(in: 2...5)).map { "\"\($0)\"" }
      let models = random.shuffled(["U", "V", "P", "R", "Q"]).prefix(random.below(3))
      let elements = (random.oneIn(3) ? words + models.prefix(2).filter { "UV".contains($0) } : words).map {
        Phrase(parts: [.text($0)])
      }
      switch random.below(4) {
      case 0: return "(CHOOSE x \\in {\(elements, separator: ", ")} : TRUE)"
      case 1: return "[x \\in {\(elements, separator: ", ")} |-> x]"
      case 2: return "(CHOOSE x \\in SUBSET {\(elements, separator: ", ")} : x # {})"
      default: return "{\(elements, separator: ", ")}"
      }
    }
  }

  private static let standard = [
    "Naturals", "Integers", "Sequences", "FiniteSets", "Bags", "Reals", "Randomization", "TLCExt", "Json",
  ]

  /// Names of the standard modules and of this module, names of their parameters, and others.
  private static let words = [
    "a", "b", "zz", "Nat", "Int", "Seq", "Len", "Head", "s", "t", "m", "n", "S", "e", "i", "elts", "EmptyBag",
    "B",
    "x", "U", "A_1", "M", "Itself", "Id", "F", "Repeat", "SubSeq", "seq", "Test", "Cardinality", "TRUE",
    "Real",
    "TLC", "Bags", "Print", "out", "val", "f", "g", "d", "CHOOSE", "given", "E0", "E1", "SortSeq", "SetToBag",
  ]

  /// Makes a batch of these expressions.
  init(_ expressions: [Phrase]) {
    self.expressions = expressions
    extended = Self.needed
    overrides = .none
  }

  private init(_ expressions: [Phrase], like other: ExpressionBatch) {
    self.expressions = expressions
    extended = other.extended
    overrides = other.overrides
  }

  /// Other expressions in the same module.
  package func with(_ expressions: [Phrase]) -> ExpressionBatch { ExpressionBatch(expressions, like: self) }

  /// Whether every set in the expression is so small that its elements can be visited quickly.
  private static func isModest(_ text: String, isEverySetFinite: Bool) -> Bool {
    let families = ["SUBSET", "->", "Permutations", "Seq("]
    let count = families.reduce(0) { $0 + text.ranges(of: $1).count } - text.ranges(of: "|->").count
    if isEverySetFinite, text.contains("SUBSET") { return false }
    if text.utf8.count > 600 || text.ranges(of: "SUBSET").count > 2 || count > 4 { return false }
    return !text.contains("2147483647")
      || !text.contains("..") && !text.contains("SubSeq") && !text.contains("SetToBag")
  }

  /// The definitions that the expressions refer to.
  static let definitions = """
    CONSTANTS U, V, P, R, Q, Overridden(_)
    Models == {U, V, P, R}
    Id(x) == x
    Itself(x) == x
    Early(x, y) == x
    Apply1(F(_), x) == F(x)
    Apply2(F(_, _), x, y) == F(x, y)
    RECURSIVE Repeat(_, _)
    Repeat(n, x) == IF n = {} THEN x ELSE Repeat(UNION n, x)
    RECURSIVE RepeatWith(_, _, _)
    RepeatWith(F(_), n, x) == IF n = {} THEN x ELSE RepeatWith(F, UNION n, F(x))
    Same(given) == INSTANCE Given
    """

  /// The constants in the configuration: `U` and `V` are untyped, `P` and `R` have one type, `Q` has another.
  static let constants = """
    CONSTANTS U = U
    V = V
    P = A_1
    R = A_2
    Q = B_1
    Overridden <- Itself
    Replaced <- [Given]Itself
    """

  /// A module that is instantiated with an expression.
  static let given = """
    ---- MODULE Given ----
    CONSTANT given
    Value == given
    Paired(other) == <<given, other>>
    Applied(F(_)) == F(given)
    Replaced(x) == <<x>>
    ReplacedGiven == Replaced(given)
    ====

    """

  /// The expressions on these lines of the module.
  func expressions(onLines lines: [Int]) -> Set<Int> {
    let first =
      (files["M.tla"] ?? "").split(separator: "\n", omittingEmptySubsequences: false)
      .firstIndex { $0.hasPrefix("E0(") } ?? 0
    return Set(lines.map { $0 - 1 - first }.filter(expressions.indices.contains))
  }

  /// The files of the module `M`.
  package var files: [String: String] {
    let named = expressions.enumerated().map { "E\($0.offset)(ignored) == \($0.element)" }
    return [
      "M.tla": """
      ---- MODULE M ----
      EXTENDS \(extended.joined(separator: ", "))
      \(Self.definitions)
      \(overrides.definition)
      \(named.joined(separator: "\n"))
      ====

      """,
      "M.cfg": "\(Self.constants)\n\(overrides.configuration)\n",
      "Given.tla": Self.given,
    ]
  }
}
