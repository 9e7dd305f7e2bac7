import StateSpace
import TLASemantics
import TLASyntax
import Testing

@Suite("Exploring by hand") struct ExplorerTests {
  private static let mail = """
    EXTENDS Integers, Sequences
    CONSTANT Nodes
    VARIABLES inbox, count
    Init == inbox = {} /\\ count = [n \\in Nodes |-> 0]
    Send(n) == /\\ count[n] < 2
               /\\ inbox' = inbox \\cup {<<n, count[n]>>}
               /\\ count' = [count EXCEPT ![n] = @ + 1]
    Receive(m) == inbox' = inbox \\ {m} /\\ UNCHANGED count
    Lose == inbox # {} /\\ inbox' = {} /\\ UNCHANGED count
    Network == (\\E m \\in inbox : Receive(m)) \\/ Lose
    Step == (\\E n \\in Nodes : Send(n)) \\/ Network
    Next == Step
    Few == \\A n \\in Nodes : count[n] < 2
    """

  private func explorer() throws -> Explorer {
    try Explorer(InMemory.load(Self.mail, "INIT Init\nNEXT Next\nINVARIANT Few\nCONSTANT Nodes = {n1, n2}"))
  }

  private func labels(_ statuses: [ActionStatus]) -> [String] {
    statuses.map { "\($0.label)\($0.successors.isEmpty ? "-" : "+\($0.successors.count)")" }
  }

  @Test("Actions have the names and arguments of their definitions, in order, enabled or not") func actions()
    throws
  {
    let explorer = try explorer()
    let initial = try #require(explorer.initialStates().first)
    #expect(labels(explorer.actions(in: initial)) == ["Send(n1)+1", "Send(n2)+1", "Receive-", "Lose-"])
    let sent = try #require(try explorer.successors(of: initial).first).state
    #expect(
      labels(explorer.actions(in: sent)) == ["Send(n1)+1", "Send(n2)+1", "Receive(<<n1, 0>>)+1", "Lose+1"])
    let twice = try #require(try explorer.successors(of: sent).first).state
    #expect(
      labels(explorer.actions(in: twice))
        == ["Send(n1)-", "Send(n2)+1", "Receive(<<n1, 0>>)+1", "Receive(<<n1, 1>>)+1", "Lose+1"])
    // Asking again, and about an earlier state, gives the same result: no call leaves a trace in the engine.
    #expect(labels(explorer.actions(in: initial)) == ["Send(n1)+1", "Send(n2)+1", "Receive-", "Lose-"])
    #expect(try explorer.successors(of: twice).map(\.label.description).count == 4)
  }

  @Test("A disabled action names its first false conjunct with the values") func disabled() throws {
    let explorer = try explorer()
    var state = try #require(explorer.initialStates().first)
    let lose = try #require(explorer.actions(in: state).last?.disabledBecause)
    #expect(lose.expression == "inbox # {}")
    #expect(lose.values == "{} # {}")
    for _ in 0..<2 { state = try #require(explorer.actions(in: state).first?.successors.first) }
    let send = try #require(explorer.actions(in: state).first?.disabledBecause)
    #expect(send.expression == "count[n] < 2")
    #expect(send.values == "2 < 2")
    guard case .fails(let why) = explorer.status(ofInvariant: 0, in: state) else {
      Issue.record("the invariant should fail")
      return
    }
    #expect(why.witnesses.map { "\($0.name) = \($0.value)" } == ["n = n1"])
    #expect(why.values == "2 < 2")
  }

  @Test("Expressions are evaluated in a state, with primes in the next one, any number of times")
  func evaluation() throws {
    let explorer = try explorer()
    let initial = try #require(explorer.initialStates().first)
    let next = try #require(explorer.successors(of: initial).first).state
    #expect(try explorer.evaluate("inbox' = inbox", in: initial, next: next) == .boolean(false))
    #expect(
      try explorer.evaluate("<<inbox, inbox'>>", in: initial, next: next).description == "<<{}, {<<n1, 0>>}>>"
    )
    #expect(try explorer.evaluate("UNCHANGED inbox", in: initial, next: initial) == .boolean(true))
    #expect(throws: EvaluationFailure.self) { try explorer.evaluate("inbox'", in: initial) }
    #expect(throws: EvaluationFailure.self) { try explorer.evaluate("inbox", in: nil) }
    #expect(throws: Diagnostics.self) { try explorer.evaluate("inbox \\cup", in: initial) }
    // Each use takes bound names and gives them back.
    let names = (0..<60).map { "k\($0)" }.joined(separator: ", ")
    for _ in 0..<1_200 {
      _ = try explorer.evaluate("\\E \(names) \\in inbox' : TRUE", in: initial, next: next)
    }
  }

  @Test("Disjuncts with the same label are one action") func merging() throws {
    let explorer = try Explorer(
      InMemory.load(
        """
        EXTENDS Naturals
        VARIABLE x
        Init == x = 0
        Move(d) == x < 3 /\\ x' = x + d
        Next == Move(1) \\/ (\\E d \\in {1, 2} : Move(d)) \\/ (x = 9 /\\ Move(1))
        """, "INIT Init\nNEXT Next"))
    let state = try #require(explorer.initialStates().first)
    let actions = explorer.actions(in: state)
    #expect(actions.filter { $0.label.description == "Move(1)" }.count == 1)
    #expect(actions.first { $0.label.description == "Move(1)" }?.successors.count == 1)
  }

  @Test("States made from values are the states that the values came from") func roundTrip() throws {
    let explorer = try explorer()
    let initial = try #require(explorer.initialStates().first)
    for successor in try explorer.successors(of: initial) {
      #expect(try explorer.state(of: explorer.values(of: successor.state)) == successor.state)
    }
    #expect(throws: EvaluationFailure.self) { try explorer.state(of: [.boolean(true)]) }
  }

  @Test("Bindings over a set that depends on the state are counted") func choices() throws {
    let explorer = try explorer()
    var state = try #require(explorer.initialStates().first)
    for _ in 0..<2 { state = try #require(explorer.actions(in: state).first?.successors.first) }
    let choices = explorer.actions(in: state).map { status in
      status.choice.map { "\(status.label) \($0.number)/\($0.count)" }
    }
    #expect(choices == [nil, nil, "Receive(<<n1, 0>>) 1/2", "Receive(<<n1, 1>>) 2/2", nil])
    state = try #require(explorer.initialStates().first)
    state = try #require(explorer.actions(in: state).first?.successors.first)
    #expect(explorer.actions(in: state).allSatisfy { $0.choice == nil }, "one way is no choice")
  }

  @Test("A state is within the constraints if and only if the search says so") func constraints() throws {
    let explorer = try Explorer(
      InMemory.load(
        "EXTENDS Naturals\nVARIABLE x\nInit == x = 0\nNext == x' = x + 1\nFew == x < 2",
        "INIT Init\nNEXT Next\nCONSTRAINT Few"))
    var state = try #require(explorer.initialStates().first)
    var answers: [Bool] = []
    for _ in 0..<3 {
      answers.append(try explorer.isWithinConstraints(state))
      state = try #require(explorer.successors(of: state).first).state
    }
    #expect(answers == [true, true, false])
  }
}
