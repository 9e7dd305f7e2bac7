/// A way to make an expression from others, of any kind.
struct OperatorForm: Sendable {
  let arity: Int
  private let make: @Sendable ([Phrase]) -> Phrase

  /// The form with these operands. `number` distinguishes its bound names from those of the forms around it.
  func applied(to operands: [Phrase], number: Int) -> Phrase {
    var phrase = make(operands)
    phrase.parts = phrase.parts.map { part in
      guard case .text(let text) = part else { return part }
      return .text(text.replacing(/\b[xy]\b/) { "\($0.output)\(number)" })
    }
    return phrase
  }

  private static func unary(_ make: @escaping @Sendable (Phrase) -> Phrase) -> OperatorForm {
    OperatorForm(arity: 1) { make($0[0]) }
  }

  private static func binary(_ make: @escaping @Sendable (Phrase, Phrase) -> Phrase) -> OperatorForm {
    OperatorForm(arity: 2) { make($0[0], $0[1]) }
  }

  private static func ternary(_ make: @escaping @Sendable (Phrase, Phrase, Phrase) -> Phrase) -> OperatorForm
  {
    OperatorForm(arity: 3) { make($0[0], $0[1], $0[2]) }
  }

  /// Infix operators of the language and the standard modules. They take expressions of any kind, or fail.
  static let infixSymbols = [
    "=", "#", "\\in", "\\notin", "\\subseteq", "\\cup", "\\cap", "\\", "+", "-", "*", "\\div", "%", "..", "<",
    ">", "<=", ">=", "/\\", "\\/", "=>", "<=>", "\\o", ":>", "@@", "(+)", "(-)", "\\sqsubseteq",
  ]

  static let membershipSymbols = ["=", "#", "\\in", "\\notin", "\\subseteq", "\\cup", "\\cap", "\\"]

  static let all: [OperatorForm] =
    infixSymbols.map { symbol in .binary { "(\($0) \(symbol) \($1))" } }
    + membershipSymbols.map { symbol in .binary { "(\($0) \(symbol) \($1))" } }
    + unaryForms + binaryForms + ternaryForms

  private static let unaryForms: [OperatorForm] = [
    .unary { "(~ \($0))" }, .unary { "(- \($0))" }, .unary { "(DOMAIN \($0))" }, .unary { "(UNION \($0))" },
    .unary { "(SUBSET \($0))" }, .unary { "Cardinality(\($0))" }, .unary { "IsFiniteSet(\($0))" },
    .unary { "Len(\($0))" }, .unary { "Head(\($0))" }, .unary { "Tail(\($0))" }, .unary { "Seq(\($0))" },
    .unary { "(\($0)).f" }, .unary { "(\($0))[1]" }, .unary { "(\($0))[\"f\"]" },
    .unary { "BagToSet(\($0))" }, .unary { "SetToBag(\($0))" }, .unary { "IsABag(\($0))" },
    .unary { "BagCardinality(\($0))" }, .unary { "BagUnion(\($0))" }, .unary { "ToString(\($0))" },
    .unary { "Permutations(\($0))" }, .unary { "TLCEval(\($0))" },
    .unary { "(CHOOSE x \\in \($0) : TRUE)" }, .unary { "(\\E x \\in \($0) : FALSE)" },
    .unary { "(\\A x \\in \($0) : x = x)" }, .unary { "{x \\in \($0) : TRUE}" },
    .unary { "{x : x \\in \($0)}" },
    .unary { "[x \\in \($0) |-> x]" }, .unary { "(\\A <<x, y>> \\in \($0) : x = y)" },
    .unary { "{<<x, y>> \\in \($0) : TRUE}" }, .unary { "Cardinality(SUBSET \($0))" },
    .unary { "IsFiniteSet(SUBSET \($0))" }, .unary { "(LET d == \($0) IN d = d)" },
    .unary { "(LET d == \($0) IN {d} \\subseteq {d})" }, .unary { "(LET d == \($0) IN d \\in SUBSET d)" },
    .unary { "SortSeq(\($0), LAMBDA x, y : x < y)" }, .unary { "SelectSeq(\($0), LAMBDA x : x = 1)" },
    .unary { "(\($0) \\in BOOLEAN)" }, .unary { "[f |-> \($0)].f" }, .unary { "<<\($0)>>[1]" },
  ]

  private static let binaryForms: [OperatorForm] = [
    .binary { "(\($0) \\X \($1))" }, .binary { "(\($0))[\($1)]" }, .binary { "[\($0) EXCEPT ![\($1)] = 1]" },
    .binary { "[\($0) EXCEPT ![1] = \($1)]" }, .binary { "[\($0) EXCEPT !.f = \($1)]" },
    .binary { "[\($0) EXCEPT ![1] = @ + \($1)]" }, .binary { "[\($0) -> \($1)]" },
    .binary { "Append(\($0), \($1))" }, .binary { "SubSeq(\($0), 1, \($1))" },
    .binary { "BagIn(\($0), \($1))" }, .binary { "CopiesIn(\($0), \($1))" },
    .binary { "{x \\in \($0) : x = \($1)}" }, .binary { "{x \\in \($0) : x \\in \($1)}" },
    .binary { "(\\E x \\in \($0) : x = \($1))" }, .binary { "(\\A x \\in \($0) : x \\in \($1))" },
    .binary { "(CHOOSE x \\in \($0) : x # \($1))" }, .binary { "(CHOOSE x \\in \($0) : x \\notin \($1))" },
    .binary { "[x \\in \($0) |-> \($1)]" }, .binary { "[f : \($0), g : \($1)]" },
    .binary { "{\($0), \($1)}" },
    .binary { "(\($0) \\in {\($1)})" }, .binary { "({\($0)} = {\($1)})" },
    .binary { "({\($0)} \\subseteq \($1))" },
    .binary { "(<<\($0)>> = <<\($1)>>)" }, .binary { "([f |-> \($0)] = [f |-> \($1)])" },
    .binary { "([f |-> \($0)] \\in [f : \($1)])" }, .binary { "(<<\($0), 1>> \\in \($1) \\X {1})" },
    .binary { "(<<\($0)>> \\in Seq(\($1)))" }, .binary { "(\($0) \\in Seq(\($1)))" },
    .binary { "(\($0) \\in SUBSET \($1))" }, .binary { "({\($0)} \\in SUBSET \($1))" },
    .binary { "(\($0) \\in [f : \($1)])" }, .binary { "(\($0) \\in [f : \($1), g : \($1)])" },
    .binary { "([x \\in {1} |-> \($0)] \\in [{1} -> \($1)])" }, .binary { "(\($0) \\in \($1) \\X \($1))" },
    .binary { "([x \\in \($0) |-> 1] \\in [\($1) -> {1}])" }, .binary { "(\($0) \\in UNION {\($1)})" },
    .binary { "(\($0) \\in DOMAIN \($1))" }, .binary { "(\($0) \\in {x : x \\in \($1)})" },
    .binary { "(SUBSET \($0) \\subseteq SUBSET \($1))" }, .binary { "(SUBSET \($0) = SUBSET \($1))" },
    .binary { "([\($0) -> {1}] = [\($1) -> {1}])" }, .binary { "([{1} -> \($0)] = [{1} -> \($1)])" },
    .binary { "(Seq(\($0)) = Seq(\($1)))" }, .binary { "(Seq(\($0)) \\subseteq Seq(\($1)))" },
    .binary { "([f : \($0)] \\subseteq [f : \($1)])" }, .binary { "(\($0) \\X {1} = \($1) \\X {1})" },
    .binary { "Apply2(LAMBDA x, y : x = y, \($0), \($1))" },
  ]

  private static let ternaryForms: [OperatorForm] = [
    .ternary { "(IF \($0) THEN \($1) ELSE \($2))" }, .ternary { "(CASE \($0) -> \($1) [] OTHER -> \($2))" },
    .ternary { "[\($0) EXCEPT ![\($1)] = \($2)]" }, .ternary { "SubSeq(\($0), \($1), \($2))" },
    .ternary { "(\($0) \\in [\($1) -> \($2)])" }, .ternary { "(\($0) \\in \($1) \\cup \($2))" },
    .ternary { "(\($0) \\in \($1) \\cap \($2))" }, .ternary { "(\($0) \\in \($1) \\ \($2))" },
    .ternary { "(\($0) \\cup \($1) = \($2))" }, .ternary { "(\($0) \\ \($1) = \($2))" },
    .ternary { "(\($0) \\cap \($1) \\subseteq \($2))" }, .ternary { "(\($0) \\in {\($1), \($2)})" },
    .ternary { "{\($0), \($1), \($2)}" }, .ternary { "(\($0) \\in UNION {\($1), \($2)})" },
    .ternary { "(\($0) \\in \($1) \\X \($2))" }, .ternary { "(\($0) \\in [f : \($1), g : \($2)])" },
    .ternary { "[\($0) EXCEPT ![\($1)][\($2)] = 1]" }, .ternary { "(\($0) = \($1) /\\ \($1) = \($2))" },
    .ternary { "(<<\($0), \($1)>> \\in {<<\($2), \($2)>>})" },
  ]
}
