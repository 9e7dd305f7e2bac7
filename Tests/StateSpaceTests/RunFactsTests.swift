import BigInt
import StateSpace
import TLASemantics
import Testing

@Suite("What a specification asks of the check") struct RunFactsTests {
  private func check(_ body: String, _ configuration: String, more: String = "") throws -> (
    result: CheckResult, output: [String]
  ) {
    let specification = try InMemory.load(
      "EXTENDS Integers, Sequences, TLC, TLCExt\(more)\nVARIABLE x\n\(body)", configuration)
    var output: [String] = []
    let result = try Checker(specification, options: CheckOptions()).run(
      output: { output.append($0) }, progress: { _ in true }, onViolation: { _ in })
    return (result, output)
  }

  /// TLC of April 2026 prints exactly this.
  @Test("Each state is handled as soon as it is generated, and knows its level") func order() throws {
    let (result, output) = try check(
      """
      Init == x = 0 /\\ PrintT(<<"init", TLCGet("level")>>)
      A == x < 2 /\\ x' = x + 1 /\\ PrintT(<<"A", x, TLCGet("level"), TLCGet("level")'>>)
      B == x < 1 /\\ x' = x + 2
      Next == A \\/ B
      Inv == PrintT(<<"inv", x, TLCGet("level"), Len(Trace), Trace[Len(Trace)].x>>)
      Con == PrintT(<<"con", x, TLCGet("level")>>)
      Act == PrintT(<<"act", x, x', TLCGet("level")>>)
      Post == PrintT(<<"post", TLCGet("level")>>)
      """,
      "INIT Init\nNEXT Next\nINVARIANT Inv\nCONSTRAINT Con\nACTION_CONSTRAINT Act\nPOSTCONDITION Post\nCHECK_DEADLOCK FALSE"
    )
    guard case .success = result.outcome else {
      Issue.record("nothing is violated")
      return
    }
    #expect(
      output.drop { $0.contains("post") } == [
        "<<\"init\", 0>>", "<<\"con\", 0, 1>>", "<<\"inv\", 0, 1, 1, 0>>",
        "<<\"A\", 0, 1, 2>>", "<<\"con\", 1, 2>>", "<<\"act\", 0, 1, 1>>", "<<\"inv\", 1, 2, 2, 1>>",
        "<<\"con\", 2, 2>>", "<<\"act\", 0, 2, 1>>", "<<\"inv\", 2, 2, 2, 2>>",
        "<<\"A\", 1, 2, 3>>", "<<\"con\", 2, 3>>", "<<\"act\", 1, 2, 2>>", "<<\"post\", 0>>",
      ])
  }

  @Test("A constraint on the level keeps as many states as in TLC") func levelConstraint() throws {
    let (result, _) = try check(
      "Init == x = 0\nNext == x' \\in {x + 1, x + 2}\nShort == TLCGet(\"level\") < 5",
      "INIT Init\nNEXT Next\nCONSTRAINT Short")
    #expect(result.progress.distinct == 7)
    #expect(result.progress.generated == 15)
    #expect(result.progress.depth == 4)
  }

  @Test("TLCSet(\"exit\", TRUE) ends the search after the state's successors, and what was left is told")
  func exit() throws {
    let (result, _) = try check(
      """
      Init == x = 0
      Next == x < 20 /\\ x' \\in {x + 1, x + 2} /\\ TLCSet("exit", x = 5)
      Inv == x < 15
      Done == <>(x = 19)
      """, "INIT Init\nNEXT Next\nINVARIANT Inv\nPROPERTY Done\nCHECK_DEADLOCK FALSE")
    guard case .success = result.outcome else {
      Issue.record("nothing is violated")
      return
    }
    #expect(result.progress.generated == 13)
    #expect(result.progress.distinct == 8)
    #expect(result.progress.queue == 2)
    #expect(result.progress.depth == 5)
    #expect(
      result.unchecked.map(\.text) == [
        "not checked: Done, a temporal property",
        "not explored: what follows the 2 states left when TLCSet(\"exit\", TRUE) ended the search",
      ])
  }

  /// Trace specifications ask so whether the search got stuck before a log's end. The verdicts are those of TLC of April 2026.
  @Test(
    "A temporal property sees the queue as it was when the state's successors had been found",
    arguments: [
      ("l < 5 /\\ l' = l + 1 /\\ UNCHANGED x", "= 1", true),
      ("l < 4 /\\ l' = l + 1 /\\ UNCHANGED x", "= 1", false),
      ("l < 5 /\\ l' = l + 1 /\\ x' \\in {x, x + 1}", "= 1", false),
      ("l < 5 /\\ l' = l + 1 /\\ x' \\in {x, x + 1}", "> 0", true),
      ("l < 5 /\\ l' = l + 1 /\\ (x = 0 \\/ l < 3) /\\ x' \\in {0, 1}", "> 0", true),
      ("l < 4 /\\ l' = l + 1 /\\ x' \\in {x, x + 1}", "> 0", false),
      ("l < 5 /\\ (l # 3 \\/ x = 1) /\\ l' = l + 1 /\\ x' \\in {0, 1}", "> 0", true),
      (
        "\\/ l < 5 /\\ l' = l + 1 /\\ UNCHANGED x\n  \\/ l = 3 /\\ x = 0 /\\ x' = 1 /\\ UNCHANGED l", "= 1",
        false
      ),
      (
        "\\/ l < 3 /\\ l' = l + 1 /\\ x' \\in {0, 1}\n  \\/ l = 3 /\\ x = 1 /\\ l' = 5 /\\ UNCHANGED x",
        "> 0", true
      ),
      (
        "\\/ l < 3 /\\ l' = l + 1 /\\ x' \\in {0, 1}\n  \\/ l = 3 /\\ x = 0 /\\ l' = 5 /\\ UNCHANGED x",
        "> 0", true
      ),
    ])
  func queue(_ next: String, _ wanted: String, _ holds: Bool) throws {
    let (result, _) = try check(
      """
      VARIABLE l
      Init == l = 1 /\\ x = 0
      Next ==
        \(next)
      Spec == Init /\\ [][Next]_<<l, x>>
      Matched == [](l <= 4 => [](TLCGet("queue") \(wanted) \\/ l > 4))
      """, "SPECIFICATION Spec\nPROPERTY Matched\nCHECK_DEADLOCK FALSE")
    if case .success = result.outcome { #expect(holds) } else { #expect(!holds) }
  }

  @Test("A postcondition sees the counterexample, with places, and the first violation stays the outcome")
  func counterexample() throws {
    let (result, output) = try check(
      """
      Init == x = 0
      Up(d) == x' = x + d
      Next == \\E d \\in {2} : Up(d)
      Inv == x < 4
      Post == /\\ PrintT(ToTrace(CounterExample))
              /\\ Assert(Cardinality(CounterExample.state) = 3, "states")
              /\\ \\A edge \\in CounterExample.action :
                    /\\ edge[2].name = "Up"
                    /\\ edge[2].location = [beginLine |-> 5, beginColumn |-> 10, endLine |-> 5, endColumn |-> 19, module |-> "M"]
                    /\\ edge[2].context = [d |-> 2] /\\ edge[2].parameters = <<"d">>
              /\\ TLCGet("spec").invariants = {[name |-> "Inv", location |-> [beginLine |-> 7, beginColumn |-> 8, endLine |-> 7, endColumn |-> 12, module |-> "M"]]}
              /\\ FALSE
      """, "INIT Init\nNEXT Next\nINVARIANT Inv\nPOSTCONDITION Post", more: ", FiniteSets")
    guard case .violation(let violation) = result.outcome else {
      Issue.record("Inv is violated")
      return
    }
    #expect(violation.name == "Inv")
    #expect(output.last == "<<[x |-> 0], [x |-> 2], [x |-> 4]>>")
    #expect(result.violations.map(\.message).last == "the postcondition Post is false")
  }

  @Test("Without a violation there is no counterexample, and nobody knows a trace before the first state")
  func noCounterexample() throws {
    let (result, _) = try check(
      "Init == x = 0\nNext == x' = 1\nPost == CounterExample = [action |-> {}, state |-> {}]",
      "INIT Init\nNEXT Next\nPOSTCONDITION Post")
    guard case .success = result.outcome else {
      Issue.record("nothing is violated")
      return
    }
    let (failed, _) = try check("Init == x = Len(Trace)\nNext == x' = 1", "INIT Init\nNEXT Next")
    #expect(failed.violations.first?.message == "Trace has no value before every variable has one")
  }

  @Test("Who steps by hand is told how each state was first reached") func stepping() throws {
    let specification = try InMemory.load(
      """
      EXTENDS Integers, Sequences, TLC, TLCExt
      VARIABLE x
      Init == x = 0
      Next == \\E d \\in {1, 2} : x' = (x + d) % 10
      Bound == TLCGet("level") < 3 /\\ TLCGet("distinct") < 1000
      """, "INIT Init\nNEXT Next\nCONSTRAINT Bound", modules: [:])
    let explorer = try Explorer(specification)
    func facts(_ state: State) throws -> String {
      try explorer.evaluate(#"<<TLCGet("level"), [i \in DOMAIN Trace |-> Trace[i].x]>>"#, in: state)
        .description
    }
    let initial = try explorer.initialStates()[0]
    let byHand = try explorer.state(of: [.integer(4)])
    #expect(try facts(byHand) == "<<1, <<4>>>>")
    #expect(try facts(initial) == "<<1, <<0>>>>")
    let next = try explorer.successors(of: initial).map(\.state)
    #expect(try next.map(facts) == ["<<2, <<0, 1>>>>", "<<2, <<0, 2>>>>"])
    // A state keeps the way by which it was reached first.
    let afterOne = try explorer.successors(of: next[0]).map(\.state)
    #expect(try afterOne.map(facts) == ["<<2, <<0, 2>>>>", "<<3, <<0, 1, 3>>>>"])
    #expect(try explorer.successors(of: next[1]).map(\.state).map(facts).last == "<<3, <<0, 2, 4>>>>")
    #expect(try facts(byHand) == "<<3, <<0, 2, 4>>>>")
    #expect(try afterOne.map(explorer.isWithinConstraints) == [true, false])
    // A loop leads no state back to itself.
    var state = byHand
    for _ in 0..<12 { state = try explorer.successors(of: state)[0].state }
    #expect(try facts(initial) == "<<1, <<0>>>>")
  }

  @Test("The trace modules show each state of a counterexample its own position and vector clock")
  func aliases()
    throws
  {
    let specification = try InMemory.load(
      """
      EXTENDS Integers, Sequences, TLC, TLCExt, ShiViz
      VARIABLE pc
      Init == pc = [a |-> 0, b |-> 0]
      Next == \\E p \\in {"a", "b"} : pc[p] < 1 /\\ pc' = [pc EXCEPT ![p] = 1]
      Shown == [level |-> TLCGet("level"), seen |-> Len(_TETrace), host |-> Host, clock |-> Clock, next |-> pc']
      """, "INIT Init\nNEXT Next\nALIAS Shown", modules: [:])
    let explorer = try Explorer(specification)
    var states = try explorer.initialStates()
    while let next = try explorer.successors(of: states[states.count - 1]).first { states.append(next.state) }
    let shown = try explorer.aliases(of: states)?.map(\.description)
    #expect(
      shown == [
        #"[level |-> 1, seen |-> 1, host |-> "--", clock |-> "{\"a\":0,\"b\":0}", next |-> [a |-> 1, b |-> 0]]"#,
        #"[level |-> 2, seen |-> 2, host |-> "a", clock |-> "{\"a\":1,\"b\":0}", next |-> [a |-> 1, b |-> 1]]"#,
        #"[level |-> 3, seen |-> 3, host |-> "b", clock |-> "{\"a\":1,\"b\":1}", next |-> [a |-> 1, b |-> 1]]"#,
      ])
  }
}
