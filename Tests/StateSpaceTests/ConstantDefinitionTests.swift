import StateSpace
import TLASemantics
import Testing

@Suite("Constant definitions are evaluated once, when they are needed") struct ConstantDefinitionTests {
  private func check(_ body: String, _ more: String = "") throws -> (result: CheckResult, output: [String]) {
    let specification = try InMemory.load(
      "EXTENDS Integers, FiniteSets, TLC\nVARIABLE x\n\(body)",
      "INIT Init\nNEXT Next\nCHECK_DEADLOCK FALSE\n\(more)")
    var output: [String] = []
    let result = try Checker(specification, options: CheckOptions()).run(
      output: { output.append($0) }, progress: { _ in true }, onViolation: { _ in })
    return (result, output)
  }

  /// The bijections of 1..9. Computing them takes too long for a test.
  private let huge =
    "Huge == Cardinality({f \\in [1..9 -> 1..9] : \\A i, j \\in 1..9 : i # j => f[i] # f[j]})"

  @Test(
    "A definition that no state needs is not evaluated",
    arguments: [
      "Init == x = 0\nNext == IF x > 5 THEN x' = Huge ELSE x < 3 /\\ x' = x + 1",
      "Init == x = 0\nNext == x < 3 /\\ x' = LET h == Huge IN IF x > 5 THEN h ELSE x + 1",
      "Op(n, h) == IF n > 5 THEN h ELSE n + 1\nInit == x = 0\nNext == x < 3 /\\ x' = Op(x, Huge)",
      "Init == x = 0\nNext == x < 3 /\\ x' = x + 1 /\\ (x > 5 => Huge > 3)",
      "Init == x = 0\nNext == x < 3 /\\ x' = x + 1 /\\ (x > 5 => \\E n \\in 1..Huge : n = x)",
      "f[n \\in 0..3] == IF n > 5 THEN Huge ELSE n + 1\nInit == x = 0\nNext == x < 3 /\\ x' = f[x]",
      "RECURSIVE R(_)\nR(n) == IF n > 5 THEN Huge ELSE n + 1\nInit == x = 0\nNext == x < 3 /\\ x' = R(x)",
      "Init == x = 0\nNext == x < 3 /\\ x' = CASE x > 5 -> Huge [] OTHER -> x + 1",
      "S == SUBSET (1..40)\nInit == x = 0\nNext == x < 3 /\\ x' = x + 1 /\\ (x > 5 => \\A s \\in S : s = {})",
    ])
  func unneeded(body: String) throws {
    let (result, _) = try check("\(huge)\n\(body)")
    #expect(result.progress.distinct == 4)
  }

  @Test("A costly definition has its value wherever it is used") func costly() throws {
    let (result, _) = try check(
      """
      Perms == {f \\in [1..6 -> 1..6] : \\A i, j \\in 1..6 : i # j => f[i] # f[j]}
      CONSTANT C
      Init == x = 0
      Next == \\/ x = 0 /\\ x' = Cardinality(Perms)
              \\/ x = 720 /\\ x' \\in {Cardinality({p \\in Perms : p[1] = k}) : k \\in 1..6}
              \\/ x = 120 /\\ \\E p \\in C : p[1] = 6 /\\ x' = p[6]
      """, "CONSTANT C <- Perms")
    #expect(result.progress.distinct == 8)
    #expect(result.progress.generated == 1 + 1 + 1 + 120)
  }

  @Test("A definition without a value fails only where it is used") func failing() throws {
    let unused = try check(
      "Bad == 1 \\div 0\nInit == x = 0\nNext == x < 3 /\\ x' = IF x > 5 THEN Bad ELSE x + 1")
    #expect(unused.result.progress.distinct == 4)
    let used = try check("Bad == 1 \\div 0\nInit == x = 0\nNext == IF x > 1 THEN x' = Bad ELSE x' = x + 1")
    guard case .violation(let violation) = used.result.outcome else {
      Issue.record("\(used.result.outcome)")
      return
    }
    #expect(violation.trace.count == 3)
  }

  @Test("Its output is printed once, at the start, whether or not it is used") func printing() throws {
    let (_, output) = try check(
      """
      Used == PrintT("used")
      Unused == PrintT("unused")
      Init == x = 0
      Next == x < 3 /\\ Used /\\ x' = x + 1
      """)
    #expect(output == ["\"used\"", "\"unused\""])
  }

  @Test("A `LET` inside an operator is evaluated at each use") func printingInLet() throws {
    let (_, output) = try check(
      "Op(n) == LET c == PrintT(\"let\") IN c /\\ n < 3\nInit == x = 0\nNext == Op(x) /\\ x' = x + 1")
    #expect(output == Array(repeating: "\"let\"", count: 4))
  }

  @Test("TLCSet in it takes effect at each use, as in TLC") func registers() throws {
    let (result, _) = try check(
      """
      K == TLCSet(1, 5)
      ASSUME TLCSet(1, 0)
      Init == x = 0
      Next == x < 3 /\\ K /\\ x' = TLCGet(1)
      """)
    #expect(result.progress.distinct == 2)
    let (inside, _) = try check(
      """
      K == TLCSet(1, 3) /\\ TRUE
      L == K /\\ TRUE
      ASSUME TLCSet(1, 0)
      Init == x = 0
      Next == x < 4 /\\ L /\\ x' = TLCGet(1)
      """)
    #expect(inside.progress.distinct == 2)
  }

  @Test("A register is read at each use") func reading() throws {
    let (result, _) = try check(
      """
      N == TLCGet(1)
      ASSUME TLCSet(1, 2)
      Init == x = 0
      Next == x < 10 /\\ TLCSet(1, TLCGet(1) + 1) /\\ x' = N
      """)
    #expect(result.progress.distinct == 9)
  }

  @Test("A file is read once") func files() throws {
    let specification = try InMemory.load(
      """
      EXTENDS Integers, Json
      VARIABLE x
      K == JsonDeserialize("f.json").n
      Init == x = 0
      Next == x < K /\\ x' = x + 1 /\\ K = 3
      """, "INIT Init\nNEXT Next\nCHECK_DEADLOCK FALSE")
    let host = MemoryHost(["f.json": "{\"n\": 3}"])
    var options = CheckOptions()
    options.host = host
    let result = try Checker(specification, options: options).run(
      progress: { _ in true }, onViolation: { _ in })
    #expect(result.progress.distinct == 4)
    #expect(host.readCount == 1)
  }

  @Test("A random value in a definition stays; one in place of a constant is drawn again") func random()
    throws
  {
    let drawn = try check("R == RandomElement(1..1000)\nInit == x = R\nNext == x' = R")
    #expect(drawn.result.progress.distinct == 1)
    let anew = try check(
      "CONSTANT C\nR == RandomElement(1..1000)\nInit == x = 0\nNext == x < 900 /\\ x' = C", "CONSTANT C <- R")
    #expect(anew.result.progress.distinct > 2)
  }
}
