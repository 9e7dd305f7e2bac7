@testable import StateSpace
import Testing

@Suite("Random behaviors show what a layout needs, and change nothing else") struct FlatSurveyTests {
  /// Sixty counters to 49. Steps from 30 on warn, and the step from 40 fails.
  private static let counter = """
    EXTENDS Integers, Sequences
    VARIABLES name, n, q
    Init == name \\in 1..60 /\\ n = 0 /\\ q = <<>>
    Next ==
      /\\ n < 49 /\\ n' = n + 1 /\\ name' = name
      /\\ q' = IF n < 30 THEN Append(q, n) ELSE IF n < 40 THEN [q EXCEPT ![99] = 0] ELSE q[n - 100]
    """

  private func check(_ body: String, mostStates: Int, looksAhead: Bool) throws -> CheckResult {
    var options = CheckOptions()
    options.statesBeforeFlatCode = 12
    options.maxStates = mostStates
    options.flatCode.looksAhead = looksAhead
    return try InMemory.check(body, "INIT Init\nNEXT Next\nCHECK_DEADLOCK FALSE", options: options)
  }

  @Test("A layout has room for values that only a later state has") func room() throws {
    let surveyed = try check(Self.counter, mostStates: 600, looksAhead: true)
    let other = try check(Self.counter, mostStates: 600, looksAhead: false)
    #expect(surveyed.flatCode?.layoutChanges == 0)
    #expect(try #require(other.flatCode).layoutChanges > 0)
    #expect(surveyed.progress.distinct == other.progress.distinct)
    #expect(surveyed.progress.generated == other.progress.generated)
  }

  @Test("What later steps would warn about or fail at is not told before the search is there")
  func silence() throws {
    let result = try check(Self.counter, mostStates: 600, looksAhead: true)
    #expect(result.warnings.isEmpty)
    guard case .limit = result.outcome else {
      Issue.record("\(result.outcome)")
      return
    }
    #expect(try check(Self.counter, mostStates: 60 * 35, looksAhead: true).warnings.count == 1)
  }

  /// Doubles sixty numbers: the later ones are outside 32 bits.
  private static let doubles = """
    EXTENDS Integers
    VARIABLES name, n
    Init == name \\in 1..60 /\\ n = 1
    Next == n < 2000000000 /\\ n' = 2 * n /\\ name' = name
    """

  @Test("Integers that only a survey meets have not left TLC's range") func integers() throws {
    #expect(try !check(Self.doubles, mostStates: 600, looksAhead: true).leftTLCIntegers)
    #expect(try check(Self.doubles, mostStates: 60 * 40, looksAhead: true).leftTLCIntegers)
  }

  /// Strings are in the order in which they were made, and `CHOOSE` takes the first.
  private static let strings = """
    EXTENDS Integers, TLC
    VARIABLES n, log, pick
    Init == n = 0 /\\ log = {} /\\ pick = ""
    Next == n < 9 /\\ \\E d \\in {2, 5} : /\\ n' = n + d /\\ log' = log \\cup {ToString(n + d)}
                                     /\\ pick' = CHOOSE text \\in log' : TRUE
    """

  @Test("A survey makes no strings, which are in the order of their making") func order() throws {
    let surveyed = try check(Self.strings, mostStates: 10_000, looksAhead: true)
    let other = try check(Self.strings, mostStates: 10_000, looksAhead: false)
    #expect(surveyed.flatCode != nil)
    #expect(surveyed.progress.generated == other.progress.generated)
    #expect(surveyed.progress.distinct == other.progress.distinct)
  }

  /// The steps of later states take for ever.
  private static let subsets = """
    EXTENDS Integers, FiniteSets
    VARIABLE s
    Init == s = {}
    Next == \\E x \\in 1..40 : s' = s \\cup {x} /\\ \\A t \\in SUBSET s' : Cardinality(t) >= 0
    """

  @Test("A survey leaves states whose steps take long", .timeLimit(.minutes(10))) func long() throws {
    #expect(try check(Self.subsets, mostStates: 900, looksAhead: true).progress.distinct == 900)
  }
}

@Suite("Flat code is given up only if it takes longer for the same work") struct FlatPaceTests {
  private func work(_ steps: Int) {
    var bits: UInt64 = 1
    for _ in 0..<steps { bits = bits &* 0x5851_F42D_4C95_7F2D &+ 1 }
    #expect(bits != 0)
  }

  @Test("The time for the same work decides") func sameWork() {
    var pace = FlatPace()
    let withSlowTree = pace.isSlower(onTree: { work(1_000_000) }, inFlatCode: {})
    let withSlowCode = pace.isSlower(onTree: {}, inFlatCode: { work(1_000_000) })
    #expect(!withSlowTree && withSlowCode)
  }
}
