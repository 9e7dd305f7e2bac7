import StateSpace
import TLASemantics
import TLASyntax
import Testing
import Traces

@Suite struct StepSummaryTests {
  let structure = ProtocolStructure(
    variables: Registry.variables, constants: Registry.constants,
    states: [Registry.initial, Registry.registered])

  func summary(_ action: String, _ before: [PlainValue], _ after: [PlainValue]) -> String {
    StepSummary(from: before, to: after, label: ActionLabel(name: action, arguments: [n1]), in: structure)
      .text()
  }

  @Test func aMessageSentSaysWhatItIsAbout() {
    #expect(summary("Register", Registry.initial, Registry.registered) == "name 0 → n2 sync_register 0")
  }

  @Test func linksAreCutAndHealed() {
    let split = Registry.state(visible: each(set(), set()))
    let healed = Registry.state(
      inbox: each(tuple(Registry.discover(from: n2)), tuple(Registry.discover(from: n1))))
    #expect(summary("Disconnect", Registry.initial, split) == "n1 ╳ n2")
    #expect(summary("Reconnect", split, healed) == "n1 ── n2, +discover ×2")
    #expect(summary("Reconnect", split, Registry.initial) == "n1 ── n2")
  }

  @Test func oneSidedLinksCountToo() {
    #expect(
      summary("Drop", Registry.initial, Registry.state(visible: each(set(), set(n1)))) == "n1 ╳ n2")
  }

  @Test func gainsAndLossesOfSeveralVariablesAreSaidOnce() {
    let before = Registry.state(set(int(0)), local: each(set(int(0)), set()))
    let after = Registry.state(set(), local: each(set(), set()), next: 1)
    #expect(summary("Unregister", before, after) == "registered −0, next_val 0 → 1")
    #expect(summary("Register", Registry.initial, Registry.state(set(int(7)))) == "registered +7")
  }

  @Test("A set that gains very many elements is summed up in a moment", .timeLimit(.minutes(10)))
  func veryManyChanges() {
    let many = Registry.state(PlainValue.set((0..<300_000).map { int($0) }))
    #expect(summary("Register", Registry.initial, many) == "registered +0, registered +1, registered +2, …")
  }

  @Test func aMessageTakenSaysItsContents() {
    let waiting = Registry.state(inbox: each(tuple(Registry.message("sync_register", name: 3)), tuple()))
    let after = Registry.state(local: each(set(int(3)), set()))
    #expect(summary("SyncRegister", waiting, after) == "name 3")
  }

  @Test func takenAndAnswered() {
    let answer = record(("action", text("ack_sync")), ("local_data", set()))
    let waiting = Registry.state(inbox: each(tuple(Registry.discover(from: n2)), tuple()))
    let after = Registry.state(inbox: each(tuple(), tuple(answer)))
    #expect(summary("Discover", waiting, after) == "from n2 → n2 ack_sync {}")
  }

  @Test func aMessageLostElsewhereNamesItsNode() {
    let waiting = Registry.state(inbox: each(tuple(), tuple(Registry.message("sync_register", name: 3))))
    #expect(summary("Lose", waiting, Registry.initial) == "n2 loses sync_register 3")
  }

  @Test func aPlainChangeIsOldAndNew() {
    #expect(summary("Tick", Registry.state(next: 1), Registry.state(next: 2)) == "next_val 1 → 2")
    #expect(summary("Stutter", Registry.initial, Registry.initial).isEmpty)
  }

  @Test func withoutUnicode() {
    let split = Registry.state(visible: each(set(), set()))
    let label = ActionLabel(name: "Disconnect", arguments: [n2])
    let summary = StepSummary(from: Registry.initial, to: split, label: label, in: structure)
    #expect(summary.text(marks: .ascii) == "n2 X n1")
  }

  @Test func manyPhrasesEndInAnEllipsis() {
    let variables = ["a", "b", "c", "d"]
    let structure = ProtocolStructure(variables: variables, constants: [], states: [])
    let summary = StepSummary(
      from: variables.map { _ in int(0) }, to: variables.map { _ in int(1) }, label: nil, in: structure)
    #expect(summary.text() == "a 0 → 1, b 0 → 1, c 0 → 1, …")
  }

  @Test func statesOfAnotherShapeSayNothing() {
    #expect(summary("Register", [int(1)], Registry.initial).isEmpty)
  }
}

@Suite("Links between some of the nodes") struct PartialLinkTests {
  @Test("A node without links sees every node, and is seen: only a link that is there can be cut")
  func clients() throws {
    let module = """
      ---- MODULE M ----
      EXTENDS Sequences
      CONSTANTS Databases, Clients
      VARIABLES links, inbox
      Init == /\\ links = [d \\in Databases |-> Databases \\ {d}]
              /\\ inbox = [n \\in Databases \\cup Clients |-> <<>>]
      Cut(d) == links[d] # {} /\\ links' = [e \\in Databases |-> {}] /\\ UNCHANGED inbox
      Answer(d, c) == /\\ inbox[c] = <<>>
                      /\\ inbox' = [inbox EXCEPT ![c] = Append(@, [kind |-> "stored", from |-> d])]
                      /\\ UNCHANGED links
      Next == \\E d \\in Databases : Cut(d) \\/ \\E c \\in Clients : Answer(d, c)
      ====
      """
    let configuration = "INIT Init\nNEXT Next\nCONSTANTS Databases = {d1, d2}\nClients = {c1}\n"
    let explorer = try Explorer(
      SpecificationLoader(provider: TextProvider(files: ["M.tla": module, "M.cfg": configuration])).load(
        "M.tla"))
    let initial = try explorer.initialStates()
    let structure = ProtocolStructure(of: explorer, from: initial)
    let (one, other, client) = (model("d1"), model("d2"), model("c1"))
    #expect(Set(structure.nodes) == [one, other, client])
    let linked = explorer.values(of: initial[0])
    let cut = try #require(
      try explorer.successors(of: initial[0]).first { $0.label.name == "Cut" }.map {
        explorer.values(of: $0.state)
      })
    #expect(structure.sees(one, other, in: linked))
    #expect(!structure.sees(one, other, in: cut))
    for database in [one, other] {
      #expect(structure.sees(database, client, in: cut))
      #expect(structure.sees(client, database, in: cut))
    }
  }
}
