import TLASemantics
import Testing

@testable import StateSpace

/// Walks through logs that are given as rules and lines.
@Suite("Log search", .timeLimit(.minutes(10)))
struct LogSearchTests {
  /// Lines in strands; nothing is read from anywhere.
  private final class Lines: LogSource {
    private let strands: [[LogLine]]
    init(_ strands: [[LogLine]]) { self.strands = strands }
    var strandCount: Int { strands.count }
    func line(_ index: Int, of strand: Int) -> LogLine? {
      strands[strand].indices.contains(index) ? strands[strand][index] : nil
    }
  }

  /// Steps of an action with the arguments and conditions that are given as text.
  private func rule(_ action: String, _ arguments: [String] = [], where conditions: [String] = []) -> LogRule
  {
    LogRule(
      meaning: .steps([[LogRule.Step(action: action, arguments: arguments.map { $0 })]]),
      conditions: conditions.map { LogRule.Condition(text: $0, shown: $0) })
  }

  private func judge(
    _ module: String, _ rules: [LogRule], _ strands: [[Int]], initial: [String] = [],
    unlogged: [UnloggedAction] = [], keepsBehavior: Bool = true, pace: LogPace = LogPace(),
    invariant: String? = nil, inTurns: Bool = false
  ) throws -> (verdict: LogVerdict, progress: CheckProgress) {
    let configuration = "INIT Init\nNEXT Next\n" + (invariant.map { "INVARIANT \($0)\n" } ?? "")
    let files = [
      "M.tla": "---- MODULE M ----\nEXTENDS Integers, Sequences\n\(module)\n====", "M.cfg": configuration,
    ]
    let explorer = try Explorer(SpecificationLoader(provider: TextProvider(files: files)).load("M.tla"))
    let start = LogRule(
      meaning: .state, conditions: initial.map { LogRule.Condition(text: $0, shown: $0) })
    let search = try LogSearch(
      explorer, rules: rules, initial: start, unlogged: unlogged, options: CheckOptions(), pace: pace,
      matches: { $0 == $1 })
    let lines = strands.enumerated().map { number, strand in
      strand.enumerated().map { place, rule in
        let rank = inTurns ? place * strands.count + number : number * strand.count + place
        return LogLine(rule: rule, values: [], rank: rank)
      }
    }
    return (try search.judge(Lines(lines), keepsBehavior: keepsBehavior) { _ in true }, search.progress)
  }

  private func isExplained(_ verdict: LogVerdict) -> Bool {
    if case .explained = verdict { true } else { false }
  }

  /// A pace at which every change comes soon.
  private static let quick: LogPace = {
    var pace = LogPace()
    (pace.patience, pace.stretch, pace.pairsBeforeForgetting, pace.mostPairsInDepth) = (3, 2, 8, 16)
    return pace
  }()

  @Test("A state that the log excludes as the first one may come later")
  func excludedInitialState() throws {
    let module = """
      VARIABLES x, done
      Init == x \\in 0..1 /\\ done = FALSE
      Toggle == x' = 1 - x /\\ UNCHANGED done
      Go == x = 1 /\\ done' = TRUE /\\ UNCHANGED x
      Next == Toggle \\/ Go
      """
    for unlogged in [
      [UnloggedAction(name: "Toggle", budget: nil)], [UnloggedAction(name: "Toggle", budget: 1)],
    ] {
      let verdict = try judge(
        module, [rule("Go")], [[0]], initial: ["x = 0"], unlogged: unlogged
      ).verdict
      guard case .explained(let explanation) = verdict else {
        Issue.record("\(verdict)")
        continue
      }
      #expect(explanation.steps.first?.values.first?.description == "0")
      #expect(explanation.stepCount == 2)
    }
    #expect(!isExplained(try judge(module, [rule("Go")], [[0]], initial: ["x = 0"]).verdict))
  }

  /// Lists that grow, and that may be cut off and copied, without a line.
  private static let ledger = """
    VARIABLES lists, seen
    Init == lists = <<<<>>>> /\\ seen = 0
    Append1 == \\E i \\in DOMAIN lists : lists' = [lists EXCEPT ![i] = Append(@, i)] /\\ UNCHANGED seen
    Cut == \\E i \\in DOMAIN lists : \\E k \\in 0..Len(lists[i]) :
             lists' = Append(lists, SubSeq(lists[i], 1, k)) /\\ UNCHANGED seen
    See(n) == Len(lists[Len(lists)]) = n /\\ seen' = n /\\ UNCHANGED lists
    Next == Append1 \\/ Cut \\/ \\E n \\in 0..12 : See(n)
    """

  @Test("A loose budget costs little: few steps without a line are tried first")
  func looseBudget() throws {
    let rules = [rule("See", ["9"]), rule("See", ["3"])]
    func search(_ most: Int, _ cuts: Int) throws -> Int {
      let unlogged = [
        UnloggedAction(name: "Append1", budget: most), UnloggedAction(name: "Cut", budget: cuts),
      ]
      let (verdict, progress) = try judge(Self.ledger, rules, [[0, 1]], unlogged: unlogged)
      #expect(isExplained(verdict))
      return progress.distinct
    }
    let tight = try search(9, 1)
    let loose = try search(12, 3)
    #expect(loose < 10 * tight, "\(tight), \(loose)")
  }

  @Test("What failed with more of a budget left is not tried with less")
  func dominance() throws {
    let module = """
      VARIABLES x, y
      Init == x = 0 /\\ y = 0
      Up == x < 40 /\\ x' = x + 1 /\\ UNCHANGED y
      Reset == x' = 0 /\\ UNCHANGED y
      Go == x = 41 /\\ y' = 1 /\\ UNCHANGED x
      Next == Up \\/ Reset \\/ Go
      """
    func search(_ budget: Int) throws -> Int {
      let unlogged = [
        UnloggedAction(name: "Up", budget: nil), UnloggedAction(name: "Reset", budget: budget),
      ]
      let (verdict, progress) = try judge(module, [rule("Go")], [[0]], unlogged: unlogged)
      #expect(!isExplained(verdict))
      return progress.distinct
    }
    #expect(try search(50) == search(0))
  }

  @Test("What failed with less of a budget left is tried with more", arguments: [true, false])
  func dominated(_ keeps: Bool) throws {
    let module = """
      VARIABLES x, y
      Init == x = 1 /\\ y = 0
      Up == x' = x + 1 /\\ UNCHANGED y
      Double == x' = 2 * x /\\ UNCHANGED y
      See(n) == x = n /\\ y' = n /\\ UNCHANGED x
      Next == Up \\/ Double \\/ See(6) \\/ See(7)
      """
    let rules = [rule("Double"), rule("See", ["6"]), rule("See", ["7"])]
    // Two steps after the second line reach 6, and then none is left; one before it does, too.
    for (budget, explained) in [(2, 4), (1, 3)] {
      for pace in [LogPace(), Self.quick] {
        let verdict = try judge(
          module, rules, [[0, 0, 1, 2]], unlogged: [UnloggedAction(name: "Up", budget: budget)],
          keepsBehavior: keeps, pace: pace
        ).verdict
        switch verdict {
        case .explained(let found): #expect(explained == 4 && found.stepCount == 6)
        case .departs(let departure): #expect(departure.explained == explained)
        case .limit, .stopped: Issue.record("\(verdict)")
        }
      }
    }
  }

  /// Nodes that count, each for itself.
  private static let counters = """
    VARIABLE x
    Init == x = [n \\in 1..3 |-> 0]
    Add(n) == x' = [x EXCEPT ![n] = (@ + 1) % 5]
    Next == \\E n \\in 1..3 : Add(n)
    """

  @Test("Lines of nodes that are not ordered need bounded memory, too", arguments: [true, false])
  func unordered(_ inTurns: Bool) throws {
    var pace = LogPace()
    pace.pairsBeforeForgetting = 100
    let count = 2_000
    let rules = (1...3).map { rule("Add", ["\($0)"]) }
    let strands = (0..<3).map { Array(repeating: $0, count: count) }
    let verdict = try judge(
      Self.counters, rules, strands, keepsBehavior: false, pace: pace, inTurns: inTurns
    ).verdict
    guard case .explained(let explanation) = verdict else {
      Issue.record("\(verdict)")
      return
    }
    #expect(explanation.stepCount == 3 * count)
    #expect(explanation.forgottenCount > 3 * count - 500)
  }

  @Test("A way that haste has forgotten is found by the second walk")
  func hasteIsNoProof() throws {
    // The first choice matters only at the end.
    let module = """
      VARIABLES good, n
      Init == good = FALSE /\\ n = 0
      Choose == n = 0 /\\ n' = 1 /\\ good' \\in BOOLEAN
      Work == n > 0 /\\ n' = n + 1 /\\ UNCHANGED good
      End == good /\\ n' = -1 /\\ UNCHANGED good
      Next == Choose \\/ Work \\/ End
      """
    let rules = [rule("Choose"), rule("Work"), rule("End")]
    for (keeps, good) in [(true, "good"), (false, "good"), (true, "~good"), (false, "~good")] {
      let module = module.replacing("End == good", with: "End == \(good)")
      let lines = [0] + Array(repeating: 1, count: 300) + [2]
      let verdict = try judge(module, rules, [lines], keepsBehavior: keeps, pace: Self.quick).verdict
      guard case .explained(let explanation) = verdict else {
        Issue.record("\(verdict)")
        continue
      }
      #expect(explanation.stepCount == 302)
      if keeps { #expect(explanation.steps.count == 303) }
    }
  }

  @Test("Breadth finds every state in which the model can be at the furthest line", arguments: [true, false])
  func furthestStates(_ keeps: Bool) throws {
    let module = """
      VARIABLES set, n
      Init == set = {} /\\ n = 0
      Add == \\E e \\in 1..6 \\ set : set' = set \\cup {e} /\\ n' = n + 1
      Stop == n = 7 /\\ n' = 0 /\\ UNCHANGED set
      Next == Add \\/ Stop
      """
    let rules = [rule("Add"), rule("Stop")]
    for pace in [LogPace(), Self.quick] {
      let verdict = try judge(module, rules, [[0, 0, 0, 1, 0]], keepsBehavior: keeps, pace: pace).verdict
      guard case .departs(let departure) = verdict else {
        Issue.record("\(verdict)")
        continue
      }
      #expect(departure.explained == 3)
      #expect(departure.states.count == 20)
      if keeps { #expect(departure.behaviors.allSatisfy { $0.steps.count == 4 }) }
    }
  }

  @Test("An invariant that fails on every way is named, however the walk goes", arguments: [true, false])
  func violation(_ keeps: Bool) throws {
    let rules = (1...3).map { rule("Add", ["\($0)"]) }
    let strands = (0..<3).map { strand in Array(repeating: strand, count: 12) }
    let module = Self.counters + "\nSmall == x[1] + x[2] + x[3] < 11"
    for pace in [LogPace(), Self.quick] {
      let verdict = try judge(
        module, rules, strands, keepsBehavior: keeps, pace: pace, invariant: "Small"
      ).verdict
      guard case .explained(let explanation) = verdict else {
        Issue.record("\(verdict)")
        continue
      }
      #expect(explanation.stepCount == 36)
      // With counters below 5, some ways keep the invariant.
      #expect(explanation.violation == nil)
      let all = try judge(
        module.replacing("< 11", with: "< 7").replacing("% 5", with: ""), rules, strands,
        keepsBehavior: keeps, pace: pace,
        invariant: "Small"
      ).verdict
      guard case .explained(let failing) = all else {
        Issue.record("\(all)")
        continue
      }
      #expect(failing.violation?.invariant == "Small")
      #expect(failing.violation?.step == 7)
    }
  }
}
