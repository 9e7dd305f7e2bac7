@testable import StateSpace
import TLASemantics
import Testing

/// Described sets, such as `SUBSET S` and `[S -> T]`. Their elements are visited, and membership is tested, without making the sets.
@Suite("Described sets") struct DescribedSetTests {
  private let explorer: Explorer

  init() throws {
    explorer = try Explorer(
      InMemory.load(
        "EXTENDS Integers, Sequences, FiniteSets, FiniteSetsExt, SequencesExt, Functions\nCONSTANTS m, A_1",
        "CONSTANTS m = m\nA_1 = A_1"))
  }

  private func value(_ text: String) -> String {
    do { return try explorer.evaluate(text, in: nil).description } catch let error as EvaluationFailure {
      return "no value: \(error.message)"
    } catch { return "\(error)" }
  }

  /// The bodies make values, find values in caches, keep values in outer `LET`s, and call one another with them. None of these may refer to
  /// a value that was freed after its visit.
  private static let sets: [(set: String, bodies: [String])] = {
    let ofSets = [
      "Cardinality(x) = 3 /\\ 2 \\in x", "x \\cup {1} = x", "x \\cap {2, 3} # {} /\\ x \\subseteq 1..4",
      "{x} \\cup {{1}} # {{1}}", "\\E y \\in SUBSET (1..4) : y \\cup x = x /\\ Cardinality(y) = 2",
      "(CHOOSE y \\in SUBSET (1..4) : y \\cap x = {} /\\ y # {}) = {1}", "x \\in {{1, 2}, {3}, {2, 4}}",
      "LET z == x \\cup {9} IN z \\ x = {9} /\\ Cardinality(z) = 3", "UNION {x, {1}} = {1, 3}", "x = {}",
    ]
    let ofFunctions = [
      "x[1] = x[2]", "{x[i] : i \\in 1..2} = {1, 2}", "[x EXCEPT ![1] = 2] = x",
      "x \\in {<<1, 2, 3>>, <<3, 2, 1>>}",
      "x @@ <<1>> = x /\\ x[2] > 2", "<<x, x>>[2] = <<2, 2, 2>>",
      "\\E y \\in [1..3 -> 1..3] : y # x /\\ y[1] = x[2]",
    ].map { $0.replacing("@@", with: "\\o") }
    return [
      ("SUBSET (1..5)", ofSets), ("kSubset(2, 1..6)", ofSets), ("[1..3 -> 1..3]", ofFunctions),
      ("{1, 2, 3} \\X (1..2) \\X {2, 3}", ofFunctions), ("Injection(1..3, 1..4)", ofFunctions),
      ("SetToSeqs(1..4)", ofFunctions),
      ("[{\"a\", \"b\"} -> SUBSET {1, 2}]", ["x.a = {1}", "x[\"b\"] \\cup x.a = {1, 2}"]),
      (
        "[a : 1..3, b : {<<1>>, <<>>, <<2>>}]",
        ["x.b = <<x.a>>", "[x EXCEPT !.a = 2] = x", "x.b \\in {<<1>>}"]
      ),
      (
        "BoundedSeq({1, 2}, 4)",
        ["Len(x) = 2", "x \\o <<1>> \\in BoundedSeq({1}, 3)", "x # <<>> => Head(x) = 1"]
      ),
      ("1..3000", ["x % 7 = 3", "x * x > 8000000", "x > 5000"]),
    ]
  }()

  @Test("Visiting a described set gives the same as visiting its elements", arguments: sets.indices)
  func goingThrough(index: Int) {
    let (set, bodies) = Self.sets[index]
    let made = "(\(set)) \\cup {}"
    // The second round meets what the first one left in caches.
    for body in bodies + bodies {
      for form in [
        "\\E x \\in D : \(body)", "\\A x \\in D : \(body)", "\\A x \\in D : ~(\(body))",
        "LET found == {x \\in D : \(body)} IN <<Cardinality(found), found>>",
        "{<<\(body), x>> : x \\in D}", "{\(body) : x \\in D}", "{x : x \\in D}",
        "IF \\E x \\in D : \(body) THEN CHOOSE x \\in D : \(body) ELSE <<>>",
        "LET known == {1, 2} u == <<1, 2, 3>> IN \\E x \\in D : (\(body)) /\\ x # u /\\ x # known",
      ] {
        #expect(
          value(form.replacing("D", with: "(\(set))")) == value(form.replacing("D", with: "(\(made))")),
          "\(form), \(set)")
      }
    }
  }

  @Test("A search stops at the first deciding element, however large the set is")
  func lazily() {
    let answers = [
      "\\E s \\in SUBSET (1..60) : 2 \\in s": "TRUE", "CHOOSE s \\in SUBSET (1..60) : 2 \\in s": "{2}",
      "\\A f \\in [1..40 -> 1..9] : f[40] # 2": "FALSE",
      "CHOOSE f \\in [1..4 -> 1..999] : f[4] = 3": "<<1, 1, 1, 3>>",
      "CHOOSE r \\in [a : 1..9999, b : 1..9999] : r.b = 7": "[a |-> 1, b |-> 7]",
      "CHOOSE p \\in (1..9999) \\X (1..9999) : p[2] = 7": "<<1, 7>>",
      "CHOOSE n \\in 1..1000000000 : n * n > 10000": "101",
      "\\E s \\in BoundedSeq(1..9, 30) : Len(s) = 1": "TRUE",
      "CHOOSE s \\in kSubset(3, 1..99) : 4 \\in s": "{1, 2, 4}",
    ]
    for (text, answer) in answers { #expect(value(text) == answer, "\(text)") }
  }

  @Test("A visited element takes no memory, and a kept one stays") func memory() throws {
    let store = try ValueStore()
    let set = try store.symbolic(.functions, [store.interval(1, 6), store.interval(1, 7)])
    let before = store.memoryBytes
    var sum = 0
    try store.forEachElement(of: set) { element in
      sum += store.functionValue(element, 5).integer
      return true
    }
    #expect(sum == 7 * 7 * 7 * 7 * 7 * (1 + 2 + 3 + 4 + 5 + 6 + 7))
    #expect(store.memoryBytes - before < 1000)
    // These are three ways to keep visited elements: put them into a set, return one, list all.
    let (made, found, all) = try (
      store.filterDescribed(set) { store.functionValue($0, 0).integer == 3 },
      store.first(in: set) {
        store.functionValue($0, 5).integer == 2
      }, store.enumerated(set)
    )
    #expect(store.length(made) == 7 * 7 * 7 * 7 * 7)
    #expect(try #require(found.map(store.plain)).description == "<<1, 1, 1, 1, 1, 2>>")
    #expect(store.length(all) == 7 * 7 * 7 * 7 * 7 * 7)
    #expect(try store.isSubset(made, of: all))
  }

  @Test("A model value is in no described set; sets of sets and typed values give errors")
  func modelValues() {
    for set in [
      "[a : 1..2]", "[a : Nat]", "[1..2 -> 1..2]", "[1..2 -> Nat]", "Seq(1..2)", "(1..2) \\X Nat", "Nat",
      "Int", "STRING",
      "1..9999", "Nat \\ {3}", "BoundedSeq(1..2, 2)", "Injection(1..2, 1..3)", "{x \\in Nat : x > 2}",
    ] {
      #expect(value("m \\in \(set)") == "FALSE", "\(set)")
      #expect(value("m \\notin \(set)") == "TRUE", "\(set)")
      #expect(value("m \\in (\(set)) \\cup {m}") == "TRUE", "\(set)")
      #expect(value("<<m>> \\in Seq(\(set))") == "FALSE", "\(set)")
      #expect(value("[x |-> m] \\in [x : (\(set)) \\cup {m}]") == "TRUE", "\(set)")
      #expect(value("[i \\in 1..2 |-> m] \\in [1..2 -> (\(set)) \\cup {m}]") == "TRUE", "\(set)")
      #expect(value("A_1 \\in \(set)").hasPrefix("no value"), "\(set)")
    }
    for set in ["SUBSET (1..2)", "kSubset(1, 1..2)"] {
      #expect(value("m \\in \(set)").hasPrefix("no value"), "\(set)")
    }
  }

  @Test("Equal sets are one element, however they are written") func equality() {
    let answers = [
      "Cardinality({{n \\in 1..3000 : TRUE}, 1..3000})": "1", "1..3000 = {n \\in 1..3000 : TRUE}": "TRUE",
      "SUBSET (1..60) = SUBSET {n \\in 1..60 : n > 0}": "TRUE", "SUBSET (1..60) = SUBSET (1..59)": "FALSE",
      "[1..30 -> 1..30] = [1..30 -> 1..31]": "FALSE",
      "[1..30 -> 1..30] = [{n \\in 1..30 : TRUE} -> 1..30]": "TRUE",
      "[{} -> {1}] = [{} -> {2}]": "TRUE", "[{} -> {1}] \\subseteq [{} -> {2}]": "TRUE",
      "[{1} -> {}] = {}": "TRUE",
      "[a : {}, b : Nat] = {}": "TRUE", "IsFiniteSet([a : {}, b : Nat])": "TRUE", "Nat = Int": "FALSE",
      "Seq(Nat) = Seq(Int)": "FALSE",
      "[a : 1..9] \\X Nat = [a : 1..9] \\X Nat": "TRUE", "1..5000 \\subseteq Nat": "TRUE",
      "-3..5000 \\subseteq Nat": "FALSE",
      "Cardinality({SUBSET (1..3), {s \\in SUBSET (1..3) : TRUE}})": "1",
    ]
    for (text, answer) in answers { #expect(value(text) == answer, "\(text)") }
    for text in [
      "Nat \\cap Int = Nat", "Nat \\subseteq Int", "Nat = {}", "{1} = (1..2) \\X Nat", "Int \\in {{1}}",
      "IsFiniteSet(Nat \\cap Int)", "Cardinality(Nat \\cap Int)",
      "Nat = Nat \\cup Int",
      "CHOOSE s \\in {Nat, STRING} : TRUE",
    ] { #expect(value(text).hasPrefix("no value"), "\(text)") }
    #expect(value("CHOOSE s \\in {Seq({2}), Seq({1})} : TRUE") == "Seq({1})")
    #expect(value("CHOOSE s \\in {Int, Nat} : TRUE") == "Nat")
  }

  @Test("Equal sets are one state, however they are written, even if they are empty") func states() throws {
    let sets = [
      "{} \\X Nat", "[f : {}, g : Nat]", "[{1} -> {}]", "{} \\cap Nat", "SUBSET {}", "{{}}", "1..3",
      "{1, 2, 3}",
      "{1, 2} \\X {3}", "{<<1, 3>>, <<2, 3>>}", "[{1} -> {1, 2}]", "{<<1>>, <<2>>}", "[1..3000 -> {1}]",
      "{[i \\in 1..3000 |-> 1]}", "1..3000", "(1..2999) \\cup {3000}",
    ]
    let result = try InMemory.check(
      """
      EXTENDS Naturals
      VARIABLE x
      Init == x = {}
      Next == \(sets.map { "x' = \($0)" }.joined(separator: " \\/ "))
      """, "INIT Init\nNEXT Next")
    #expect([result.progress.generated, result.progress.distinct, result.progress.depth] == [113, 7, 2])
  }

  @Test("Cardinality is exact at any size, and a set that is too large is not listed") func sizes() {
    #expect(value("Cardinality(SUBSET (1..40))") == "1099511627776")
    #expect(value("Cardinality([1..20 -> 1..10])") == "100000000000000000000")
    #expect(value("Cardinality((SUBSET (1..40)) \\X {1, 2, 3})") == "3298534883328")
    #expect(
      value("(SUBSET (1..40)) \\cup {{99}}") == "no value: SUBSET (1..40) has too many elements to enumerate")
    #expect(value("UNION {SUBSET {i * i : i \\in 1..40}, {}}").count < 120)
  }

  @Test("A defined set is tested, not built") func defined() throws {
    let result = try InMemory.check(
      """
      EXTENDS Integers, Sequences, FiniteSets
      CONSTANT Given
      VARIABLES n, f
      Small == {S \\in SUBSET (1..40) : Cardinality(S) < 3}
      Wide == {g \\in [1..n -> SUBSET (1..40)] : \\A i \\in DOMAIN g : g[i] # {}}
      Records == [at : Small, other : 1..n] \\cup [at : Small]
      Chosen(k) == {g \\in [1..k -> Small] : TRUE}
      Pairs == {<<a, b>> \\in Int \\X Int : a < b}
      Either == IF n > 1 THEN Wide ELSE Wide \\cup {<<>>}
      Init == n \\in 1..3 /\\ f = [i \\in 1..n |-> {i}]
      Next == n' = n /\\ \\E i \\in 1..n : f' = [f EXCEPT ![i] = {1}]
      Inv ==
        LET Local == {g \\in [1..n -> SUBSET (1..40)] : TRUE} IN
        /\\ f \\in Wide /\\ f \\in Chosen(n) /\\ f \\notin Chosen(n + 1) /\\ f \\in Either /\\ f \\in Local
        /\\ [at |-> f[1], other |-> n] \\in Records /\\ [at |-> {1, 2, 3}] \\notin Records
        /\\ <<n, n + 1>> \\in Pairs /\\ <<n, n>> \\notin Pairs /\\ {<<1, 2>>, <<2, 2>>} \\cap Pairs = {<<1, 2>>}
        /\\ {<<1, 2>>, <<2, 2>>} \\ Pairs = {<<2, 2>>} /\\ {f} \\subseteq Wide \\cup Chosen(2)
        /\\ <<f, f[1]>> \\in Chosen(n) \\X Small /\\ {f[1]} \\in SUBSET Small /\\ <<f[1]>> \\in Seq(Small)
        /\\ f[1] \\in Given /\\ {1, 2, 3} \\notin Given
      """, "INIT Init\nNEXT Next\nINVARIANT Inv\nCONSTANT Given <- Small\nCHECK_DEADLOCK FALSE")
    guard case .success = result.outcome else {
      Issue.record("\(result.outcome)")
      return
    }
    #expect([result.progress.generated, result.progress.distinct, result.progress.depth] == [20, 7, 3])
  }

  @Test("No set operation accepts a value that is not a set") func nonSets() {
    let others = [
      "3", "TRUE", "\"a\"", "m", "<<1, 2>>", "<<>>", "[a |-> 1]", "[x \\in {2, 3} |-> x]", "-5",
      "1000000000000",
    ]
    for other in others {
      for set in ["{1, 2}", "{<<1>>}", "1..2000", "SUBSET {1}", "Nat", "[1..2 -> 1..2]", "Seq({1})"] {
        for operation in ["\\cup", "\\cap", "\\", "\\subseteq"] {
          for text in ["(\(set)) \(operation) (\(other))", "(\(other)) \(operation) (\(set))"] {
            #expect(value(text).hasPrefix("no value"), "\(text)")
          }
        }
        #expect(value("UNION {\(set), \(other)}").hasPrefix("no value"))
      }
      for text in [
        "UNION {\(other)}", "UNION \(other)", "1 \\in (\(other))", "SUBSET (\(other)) = {}",
        "Cardinality(\(other))",
        "\\A x \\in \(other) : TRUE", "{x \\in \(other) : TRUE}", "{x : x \\in \(other)}",
        "CHOOSE x \\in \(other) : TRUE",
        "[x \\in \(other) |-> x]", "<<1>> \\in Seq(\(other))", "<<1>> \\in [\(other) -> {1}]",
        "<<1>> \\in [{1} -> \(other)]",
        "<<1>> \\in {1} \\X (\(other))", "[a |-> 1] \\in [a : \(other)]", "kSubset(1, \(other))",
        "BoundedSeq(\(other), 2)",
      ] {
        #expect(value(text).hasPrefix("no value"), "\(text)")
      }
    }
  }

  @Test("A record is not an empty sequence, function or bag") func emptyFunctions() {
    for text in [
      "[a |-> 1] = <<>>", "<<>> = [a |-> 1]", "[a |-> 1] = [x \\in {} |-> x]",
      "[x \\in {2, 3} |-> x] = [a |-> 1]",
    ] {
      #expect(value(text) == "FALSE", "\(text)")
    }
    #expect(value("[a |-> 1] # <<>>") == "TRUE")
    #expect(value("Cardinality({[a |-> 1], <<>>})") == "2")
    #expect(value("[a |-> 1] = <<1>>").hasPrefix("no value"))
  }
}
