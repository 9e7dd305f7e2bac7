import DifferentialTesting
import StateSpace
import TLASemantics
import Testing

/// A specification with a name.
struct FlatSample: Sendable, CustomTestStringConvertible {
  let name: String
  let body: String
  var configuration = "INIT Init\nNEXT Next\nINVARIANT Inv\nCHECK_DEADLOCK FALSE"
  /// Whether the check ends with flat rows.
  var usesFlatCode = true
  var testDescription: String { name }
}

/// Small specifications, each for a way in which flat code could differ from the node tree.
@Suite("Flat code, machine code and the node tree agree on small specifications") struct FlatAgreementTests {
  /// Everything that a user sees of a check.
  private func report(
    _ specification: Specification, statesBeforeFlatCode: Int?, usesNativeCode: Bool = false,
    workers: Int = 0
  ) throws -> (text: String, usesFlatCode: Bool) {
    var options = CheckOptions()
    options.statesBeforeFlatCode = statesBeforeFlatCode
    options.flatCode.usesNativeCode = usesNativeCode
    options.workers = workers
    options.continueAfterViolation = true
    options.maxStates = 5_000
    let result = try Checker(specification, options: options).run(
      progress: { _ in true }, onViolation: { _ in })
    var text = "\(result.progress.generated) \(result.progress.distinct) \(result.progress.depth)"
    if case .limit(let limit) = result.outcome { text += " \(limit)" }
    for violation in result.violations {
      text += "\n\(violation.kind) \(violation.name ?? "") \(violation.message)"
      text += "\n\(violation.trace.map { "\(String(describing: $0.label)) \($0.values)" })"
    }
    return (text, result.flatCode != nil)
  }

  private func compare(_ specification: Specification, _ text: String) throws -> Bool {
    let tree = try report(specification, statesBeforeFlatCode: nil).text
    var usesFlatCode = false
    for (states, workers) in [(1, 0), (3, 3), (8, 1), (40, 2)] {
      for isNative in [false, true] {
        let flat = try report(
          specification, statesBeforeFlatCode: states, usesNativeCode: isNative, workers: workers)
        #expect(
          flat.text == tree,
          "\(isNative ? "machine" : "flat") code after \(states) states, \(workers) workers\n\(text)")
        usesFlatCode = usesFlatCode || flat.usesFlatCode
      }
    }
    return usesFlatCode
  }

  @Test("Specifications by hand", arguments: FlatAgreementTests.samples) func byHand(_ sample: FlatSample)
    throws
  {
    let specification = try InMemory.load(sample.body, sample.configuration)
    #expect(try compare(specification, sample.body) == sample.usesFlatCode, "flat code is used to the end")
  }

  /// Random modules of the differential test, whose actions and conditions have all kinds of values.
  @Test("Random specifications with values of all kinds", arguments: 1...12) func random(batch: Int) throws {
    var used = 0
    for number in 0..<20 {
      let module = WideModule(seed: UInt64(batch * 1_000 + number))
      let loader = SpecificationLoader(provider: TextProvider(files: module.files))
      guard let specification = try? loader.load("M.tla") else { continue }
      if try compare(specification, module.files.values.joined()) { used += 1 }
    }
    #expect(used > 2)
  }

  /// More results than are remembered at first.
  private static let many = FlatSample(
    name: "many evaluations",
    body: """
      EXTENDS Integers, Sequences
      VARIABLES n, s
      RECURSIVE Sum(_)
      Sum(t) == IF t = <<>> THEN 0 ELSE Head(t) + Sum(Tail(t))
      Init == n = 0 /\\ s = 0
      Next == n < 3000 /\\ n' = n + 1 /\\ s' = Sum(<<n, s>>) % 1000
      Inv == Sum(<<n, s>>) < 3950
      """)

  static let samples: [FlatSample] =
    [many] + conditional + alternatives + comparisons + evaluated + steps + temporal + recursive + subsets
    + larger + recursiveActions + identities + sequences + singleValues

  // MARK: Conditions on steps

  private static let steps: [FlatSample] =
    [
      ("an action constraint", "ACTION_CONSTRAINT Limit", "x' # 3 \\/ y = 1"),
      (
        "an action constraint with IF", "ACTION_CONSTRAINT Limit",
        "IF x = 2 /\\ y' = 1 THEN x' < 5 ELSE x' >= x \\/ x = 6"
      ),
      ("an action constraint on a set", "ACTION_CONSTRAINT Limit", "Cardinality(s') < 3 \\/ x \\in s"),
      ("an action constraint that the tree evaluates", "ACTION_CONSTRAINT Limit", "Sum(s') < 9"),
      ("an action constraint without a value", "ACTION_CONSTRAINT Limit", "x # 5 \\/ f[x'] = 1"),
      ("a violated property of steps", "PROPERTY Property", "x' # 4 \\/ y = 0"),
      ("a property of steps that holds", "PROPERTY Property", "x' = x \\/ x' = x + 1 \\/ x = 6"),
      ("a property of steps that the tree evaluates", "PROPERTY Property", "Sum(s') < 11 \\/ y = 1"),
      ("a property of steps without a value", "PROPERTY Property", "x # 5 \\/ f[x'] = 1"),
      ("a refinement", "PROPERTY Refined", "TRUE"),
      ("a refinement that does not hold", "PROPERTY RefinedWrongly", "TRUE"),
      (
        "a property and an action constraint", "PROPERTY Property\nACTION_CONSTRAINT Limit",
        "x' # 5 \\/ y = 1"
      ),
    ].map { name, line, condition in
      FlatSample(
        name: name,
        body: """
          EXTENDS Integers, FiniteSets
          VARIABLES x, y, s
          vars == <<x, y, s>>
          RECURSIVE Sum(_)
          Sum(t) == IF t = {} THEN 0 ELSE LET i == CHOOSE i \\in t : TRUE IN i + Sum(t \\ {i})
          f == [i \\in 0..4 |-> 1]
          Init == x = 0 /\\ y = 0 /\\ s = {}
          Next == \\/ x' = (x + 1) % 7 /\\ y' = y /\\ s' = s \\cup {x}
                  \\/ y' \\in 0..1 /\\ s' = s \\ {x} /\\ UNCHANGED x
          Limit == \(condition)
          Property == [][\(condition)]_vars
          Counted(n) == [][n' = n \\/ n' = (n + 1) % 7]_n
          Refined == x = 0 /\\ Counted(x)
          RefinedWrongly == Counted(x + y)
          Inv == y < 2
          """,
        configuration: "INIT Init\nNEXT Next\nINVARIANT Inv\nCHECK_DEADLOCK FALSE\n\(line)")
    }

  // MARK: Temporal properties and ENABLED

  private static let temporal: [FlatSample] =
    [
      ("a property that holds", "WF_vars(Up) /\\ WF_vars(Flip)", "[]<>(x = 0)"),
      ("a property that does not hold", "WF_vars(Up)", "<>[](y = 1)"),
      ("a property of steps that come again", "WF_vars(Up)", "[]<><<x' = 0>>_x"),
      ("strong fairness", "WF_vars(Up) /\\ SF_vars(Rare)", "<>(z = 2)"),
      ("strong fairness that is missing", "WF_vars(Up) /\\ WF_vars(Rare)", "<>(z = 2)"),
      ("a predicate that the tree evaluates", "WF_vars(Up)", "[]<>(Sum({x, y, z}) > 4)"),
      ("a predicate without a value", "WF_vars(Up)", "[]<>(f[x] = 1)"),
      ("ENABLED in a property", "WF_vars(Up)", "[]<>(ENABLED Rare)"),
      ("ENABLED in an implication", "WF_vars(Up)", "[](ENABLED Rare => x = 5)"),
      ("ENABLED of a step that changes something", "WF_vars(Up)", "[](ENABLED <<Flip>>_vars)"),
      ("ENABLED below a LET", "WF_vars(Up)", "[](LET low == x < 3 IN ENABLED (low /\\ Up) => x # 3)"),
    ].map { name, fairness, property in
      FlatSample(
        name: name,
        body: """
          EXTENDS Integers, FiniteSets
          VARIABLES x, y, z
          vars == <<x, y, z>>
          RECURSIVE Sum(_)
          Sum(t) == IF t = {} THEN 0 ELSE LET i == CHOOSE i \\in t : TRUE IN i + Sum(t \\ {i})
          f == [i \\in 0..4 |-> 1]
          Init == x = 0 /\\ y = 0 /\\ z = 0
          Up == x' = (x + 1) % 7 /\\ UNCHANGED <<y, z>>
          Flip == \\E i \\in 0..1 : y' = i /\\ y' # y /\\ UNCHANGED <<x, z>>
          Rare == x = 5 /\\ y = 1 /\\ z < 2 /\\ z' = z + 1 /\\ UNCHANGED <<x, y>>
          Next == Up \\/ Flip \\/ Rare
          Spec == Init /\\ [][Next]_vars /\\ \(fairness)
          Property == \(property)
          Inv == IF ENABLED Rare THEN y = 1 ELSE z < 3
          """,
        configuration: "SPECIFICATION Spec\nINVARIANT Inv\nPROPERTY Property\nCHECK_DEADLOCK FALSE")
    }

  // MARK: What is known where ways meet

  private static let conditional: [FlatSample] =
    [
      ("IF as a value", "p' = IF x = 1 /\\ y = 1 THEN 2 ELSE y"),
      ("IF as a value with \\/", "p' = IF x = 1 \\/ y = 1 THEN y ELSE y + 2"),
      ("IF as an action", "IF x = 1 /\\ y = 1 THEN p' = 5 ELSE p' = 2 * y + x"),
      ("CASE as a value", "p' = CASE x = 1 /\\ y = 1 -> 5 [] y = 1 -> 6 [] OTHER -> 7 + y"),
      ("CASE as an action", "CASE x = 1 /\\ y = 1 -> p' = 5 [] x = 0 /\\ y = 1 -> p' = 6 [] OTHER -> p' = y"),
      ("IF after IF", "(IF x = 1 /\\ y = 1 THEN TRUE ELSE x = 0) /\\ p' = y"),
      ("IF after =>", "(x = 1 /\\ y = 1 => x < 2) /\\ p' = y"),
      ("IF with LET", "LET z == y * 2 IN p' = IF x = 1 /\\ z > 1 THEN z ELSE z + 1"),
      ("IF in IF", "p' = IF (IF x = 1 THEN y = 1 ELSE FALSE) THEN y ELSE y + x"),
      ("a quantifier in IF", "p' = IF \\E i \\in 0..1 : x = i /\\ y = i THEN y ELSE y + 3"),
      ("CHOOSE", "p' = CHOOSE i \\in 0..3 : IF x = 1 /\\ y = 1 THEN i = y ELSE i = y + 2"),
      ("equivalence", "((x = 1 /\\ y = 1) <=> (y = 1 /\\ x = 1)) /\\ p' = x + y"),
    ].map { name, part in
      FlatSample(
        name: name,
        body: """
          EXTENDS Integers
          VARIABLES x, y, p
          Init == x = 0 /\\ y = 0 /\\ p = 0
          Next == /\\ x' \\in 0..1 /\\ y' \\in 0..1
                  /\\ \(part)
          Inv == IF x = 1 /\\ y = 1 THEN p < 7 ELSE y # 5 /\\ (x = 0 \\/ p < 9)
          """)
    }
    + [
      ("an invariant with IF", "IF x = 1 /\\ y > 2 THEN TRUE ELSE y # 3"),
      ("an invariant with LET and IF", "LET z == y * 2 IN IF x = 1 /\\ z > 4 THEN TRUE ELSE z # 6"),
    ].map { name, invariant in
      FlatSample(
        name: name,
        body: """
          EXTENDS Integers
          VARIABLES x, y
          Init == x = 1 /\\ y = 0
          Next == x' = 0 /\\ y' = (y + 1) % 4
          Inv == \(invariant)
          """)
    }

  // MARK: Values of several kinds

  private static let alternatives: [FlatSample] = [
    (
      "functions, sequences and tuples", "5 :> 3",
      [
        "(1 :> 3) @@ (2 :> 1) @@ (7 :> 1)", "<<n, 2, 3>>", "<<>>", "<<n>>", "<<2>>", "5 :> n",
        "<<n, 300, n>>", "<<7000>>",
      ]
    ),
    (
      "sequences of sets and tuples of sets", "<<>>",
      [
        "IF Len(v) < 3 THEN Append(v, {n}) ELSE <<>>", "<<{n}, {\"a\"}>>", "<<{1}, {2}, {3}, {4}, {n}>>",
        "<<{n}, {1}>>", "<<>>",
      ]
    ),
    ("records and functions", "[a |-> 1]", ["<<{}>>", "5 :> n", "[a |-> n]", "<<n>>", "[a |-> 1, b |-> n]"]),
    ("model values and functions", "m1", ["IF n = 0 THEN n :> 0 ELSE m2", "n :> 1", "m1", "<<m1, n>>"]),
    ("numbers, strings and sets", "1", ["\"one\"", "{n}", "{}", "n", "{\"a\"}", "TRUE", "{{n}}"]),
    (
      "functions whose values have no common form", "1 :> {2}",
      ["(1 :> {n}) @@ (2 :> {2})", "3 :> {\"a\"}", "<<{\"a\"}>>", "2 :> {2}", "<<{1}, {2}>>"]
    ),
    ("sets of several kinds", "{}", ["{n}", "{<<n>>}", "{[a |-> n]}", "{{n}}", "{m1, m2}", "{m1}"]),
  ].map { name, first, others in
    FlatSample(
      name: name,
      body: """
        EXTENDS Integers, Sequences, TLC
        CONSTANTS m1, m2
        VARIABLES v, n
        Init == v = \(first) /\\ n = 0
        Next == /\\ n' = (n + 1) % \(others.count)
                /\\ \(others.enumerated().map { "(n = \($0.offset) /\\ v' = \($0.element))" }
                  .joined(separator: " \\/ "))
        Inv == n >= 0
        """,
      configuration: "INIT Init\nNEXT Next\nINVARIANT Inv\nCONSTANT m1 = m1\nCONSTANT m2 = m2")
  }

  // MARK: Comparisons that TLC refuses

  private static let comparisons: [FlatSample] = [
    (
      "a record that cannot be compared with a member", "[a |-> n, b |-> IF n = 3 THEN \"x\" ELSE 1]",
      "n # 4 \\/ v \\in {[a |-> 1, b |-> 1], [a |-> 2, b |-> \"x\"], [a |-> 3, b |-> 1]}"
    ),
    ("equal sets without an order", "{1, \"a\"}", "n # 3 \\/ v = {\"a\", 1}"),
    ("the same without variables", "n", "n # 3 \\/ {1, \"a\"} = {\"a\", 1}"),
    ("numbers and strings", "IF n = 2 THEN \"a\" ELSE n", "n # 3 \\/ v # \"a\""),
    ("a set and a number", "IF n = 3 THEN {n} ELSE n", "v # n + 7"),
  ].map { name, value, invariant in
    FlatSample(
      name: name,
      body: """
        EXTENDS Integers
        VARIABLES v, n
        Init == v = 1 /\\ n = 0
        Next == n < 5 /\\ n' = n + 1 /\\ v' = \(value)
        Inv == \(invariant)
        """)
  }

  // MARK: What the node tree evaluates

  private static let evaluated: [FlatSample] = [
    ("recursion", "s' = Sum(q) % 5 /\\ q' = q", "Sum(q) < 30"),
    ("a recursive function", "s' = Fact[n] % 7 /\\ q' = q", "Fact[s % 4] < 25"),
    ("SUBSET", "s' = Cardinality({t \\in SUBSET {1, 2, n} : n \\in t}) /\\ q' = q", "s # 3"),
    ("a choice from SUBSET", "\\E t \\in SUBSET {1, n} : s' = Cardinality(t) /\\ q' = q", "s < 3"),
    ("UNION", "s' = Cardinality(UNION {{n, i} : i \\in 1..2}) /\\ q' = q", "s < 4"),
    ("SelectSeq", "q' = SelectSeq(q, LAMBDA e : e # n) \\o <<n>> /\\ s' = s", "Len(q) < 4"),
    ("SubSeq", "q' = SubSeq(q, 1, n) \\o <<n>> /\\ s' = Len(q')", "s < 4"),
    ("ENABLED with a bound name", "s' = n /\\ q' = q", "\\A i \\in 0..3 : ENABLED Stay(i) => i # 4"),
    (
      "a set with ENABLED", "s' = Cardinality({i \\in 0..4 : ENABLED Stay(i)}) /\\ q' = q",
      "\\A j \\in 0..1 : Cardinality({i \\in 0..4 : ENABLED Stay(i + j)}) = 5 - j"
    ),
    (
      "LET that is used twice",
      "LET a == Sum(q) b == a + n IN s' = (a + b) % 6 /\\ q' = IF a > 9 THEN <<>> ELSE q",
      "LET a == Sum(q) IN \\A i \\in 0..2 : a + i # 50 /\\ a # 60"
    ),
    ("an operator as an argument", "s' = Twice(LAMBDA e : e + Len(q) + n, 0) % 9 /\\ q' = q", "s # 30"),
    ("primed variables", "q' = Append(q, n) /\\ s' = Sum(q') % 5", "s # 7"),
    ("a function that is applied", "q' = q /\\ s' = [i \\in 0..9 |-> Sum(q) + i][n]", "s # 40"),
    (
      "a quantifier over what is evaluated", "q' = q /\\ s' = s + 1",
      "\\A t \\in SUBSET {1, s} : Cardinality(t) < 3 /\\ (s = 6 => Cardinality(t) < 2)"
    ),
    ("an error", "q' = Append(q, n) /\\ s' = Head(SubSeq(q', 1, IF n = 3 THEN 0 ELSE 1))", "s >= 0"),
    ("an error in an invariant", "q' = q /\\ s' = s", "n = 3 => Head(SubSeq(q, 2, n)) = Sum(<<\"a\">>)"),
  ].map { name, part, invariant in
    FlatSample(
      name: name,
      body: """
        EXTENDS Integers, Sequences, FiniteSets
        VARIABLES n, s, q
        RECURSIVE Sum(_)
        Sum(t) == IF t = <<>> THEN 0 ELSE Head(t) + Sum(Tail(t))
        Fact[i \\in 0..20] == IF i = 0 THEN 1 ELSE i * Fact[i - 1]
        Twice(F(_), x) == F(F(x))
        Stay(i) == n <= i /\\ n' = n /\\ s' = s /\\ q' = q
        Init == n = 0 /\\ s = 0 /\\ q \\in {<<>>, <<1, 2>>, <<3>>}
        Next == n < 5 /\\ n' = n + 1 /\\ Len(q) < 6 /\\ \(part)
        Inv == \(invariant)
        """)
  }
}
