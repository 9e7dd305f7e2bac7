import TLASyntax
import Testing

@Suite struct PrecedenceTests {
  static let rows = [
    Row("a + b * c", "(+ a (* b c))"), Row("a - b - c", "(- (- a b) c)"), Row("a + b - c", "(+ a (- b c))"),
    Row("a - b + c", "(+ (- a b) c)"), Row(#"-a \div b"#, #"(-. (\div a b))"#), Row("-a + b", "(+ (-. a) b)"),
    Row("a * -b", "(* a (-. b))"), Row("a = -1", "(= a (-. 1))"), Row("a ^ b * c", "(* (^ a b) c)"),
    Row(#"a \in b \cup c"#, #"(\in a (\cup b c))"#), Row("~a = b", "(~ (= a b))"),
    Row(#"~a /\ b"#, #"(/\ (~ a) b)"#), Row("x' = ~x", "(= (x ') (~ x))"), Row("~~a", "(~ (~ a))"),
    Row(#"a /\ b /\ c"#, #"(/\ a b c)"#), Row(#"a /\ b => c \/ d"#, #"(=> (/\ a b) (\/ c d))"#),
    Row("-a'", "(-. (a '))"), Row("DOMAIN f[1]", "(DOMAIN (app f 1))"),
    Row(#"DOMAIN f \cup g"#, #"(\cup (DOMAIN f) g)"#), Row(#"SUBSET S \ {}"#, #"(\ (SUBSET S) {})"#),
    Row(#"A \X B \X C"#, #"(\X A B C)"#), Row(#"(A \X B) \X C"#, #"(\X (\X A B) C)"#),
    Row(#"A \X (B \X C)"#, #"(\X A (\X B C))"#),
    Row("a :> b @@ c :> d @@ e", "(@@ (@@ (:> a b) (:> c d)) e)"),
    Row("1 .. n + 1", "(.. 1 (+ n 1))"), Row("a ^+ = b", "(= (a ^+) b)"), Row("R^*[x]", "(app (R ^*) x)"),
    Row(#"[]P /\ Q"#, #"(/\ ([] P) Q)"#), Row("ENABLED A => B", "(=> (ENABLED A) B)"),
    Row(#"a \cdot b \cdot c"#, #"(\cdot (\cdot a b) c)"#), Row("a -+-> b", "(-+-> a b)"),
    Row(#"S\T"#, #"(\ S T)"#), Row(#"S \intersect T"#, #"(\cap S T)"#), Row("a % b = c", "(= (% a b) c)"),
  ]

  @Test(arguments: rows) func reads(_ row: Row) { #expect(read(row.source) == row.tree) }

  static let conflicts = [
    (#"a /\ b \/ c"#, #"/\"#, #"\/"#), ("a => b => c", "=>", "=>"), ("a = b = c", "=", "="),
    (#"a \in b = c"#, #"\in"#, "="), (#"a \cup b \cap c"#, #"\cup"#, #"\cap"#), ("a * b / c", "*", "/"),
    ("[] a = b", "[]", "="), ("a ~> b ~> c", "~>", "~>"), (#"a \X b + c"#, #"\X"#, "+"),
    ("a ^ b ^ c", "^", "^"),
    ("a .. b .. c", "..", ".."), ("UNCHANGED a + b", "UNCHANGED", "+"), (#"SUBSET S \X T"#, "SUBSET", #"\X"#),
    ("a % b % c", "%", "%"), ("a = b && c = d", "&&", "="),
  ]

  @Test(arguments: conflicts.dropLast()) func overlappingRangesAreErrors(
    _ source: String, _ left: String, _ right: String
  ) {
    #expect(read(source) == "`\(left)` and `\(right)` cannot meet without parentheses: neither binds tighter")
  }

  /// Only the ranges of the two operators decide about a pair.
  @Test func everyPairFollowsItsRanges() throws {
    let infix = OperatorTable.standard.entries.filter { $0.infix != nil }
    for left in infix {
      for right in infix {
        let (first, second) = (try #require(left.infix), try #require(right.infix))
        let text = read("a \(left.symbol) b \(right.symbol) c")
        let isChain = left.symbol == right.symbol && first.associativity == .left
        if first.low > second.high || isChain {
          let chain =
            isChain && ["\\X", "/\\", "\\/"].contains(left.symbol)
            ? "(\(left.symbol) a b c)" : "(\(right.symbol) (\(left.symbol) a b) c)"
          #expect(text == chain)
        } else if first.high < second.low {
          #expect(text == "(\(left.symbol) a (\(right.symbol) b c))")
        } else {
          #expect(text.contains("cannot meet without parentheses"), "\(left.symbol) \(right.symbol)")
        }
      }
    }
  }

  @Test func everySpellingIsRead() {
    for entry in OperatorTable.standard.entries {
      for spelling in entry.spellings {
        if entry.infix != nil, entry.symbol != "\\X" {
          #expect(read("a \(spelling) b") == "(\(entry.symbol) a b)")
        } else if entry.prefix != nil, entry.symbol != "-." {
          #expect(read("\(spelling) a") == "(\(entry.symbol) a)")
        } else if entry.postfix != nil {
          #expect(read("a\(spelling)") == "(a \(entry.symbol))")
        }
      }
    }
  }

  @Test func theTableIsSound() {
    for entry in OperatorTable.standard.entries {
      #expect(OperatorTable.standard[entry.symbol]?.symbol == entry.symbol)
      for range in [entry.prefix, entry.infix, entry.postfix].compactMap({ $0 }) {
        #expect(range.low >= 1 && range.low <= range.high && range.high <= 15, "\(entry.symbol)")
      }
    }
    #expect(OperatorTable.standard.entries.count < 256)
    #expect(OperatorTable.hint(forUndefined: "&&") == #"conjunction is written `/\`"#)
  }
}
