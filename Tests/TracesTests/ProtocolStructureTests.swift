import BigInt
import StateSpace
import TLASemantics
import Testing
import Traces

@Suite struct ProtocolStructureTests {
  func structure(
    _ variables: [String], _ constants: [(name: String, value: PlainValue)], _ states: [[PlainValue]]
  ) -> ProtocolStructure {
    ProtocolStructure(variables: variables, constants: constants, states: states)
  }

  @Test(.timeLimit(.minutes(10))) func aStepWithoutEndEndsTheSample() throws {
    let module = """
      ---- MODULE M ----
      EXTENDS Naturals
      VARIABLE x
      Init == x = 0
      Next == x' = IF x = 4 /\\ \\A a, b, c, d, e \\in 1..5000 : a + b + c + d + e > 0 THEN 0 ELSE x + 1
      ====
      """
    let files = ["M.tla": module, "M.cfg": "INIT Init\nNEXT Next\n"]
    let explorer = try Explorer(SpecificationLoader(provider: TextProvider(files: files)).load("M.tla"))
    let sample = ProtocolSample(of: explorer, from: try explorer.initialStates())
    #expect(sample.states == (0...4).map { [.integer($0)] })
  }

  @Test func theRegistryFromItsInitialStateAlone() {
    let found = structure(Registry.variables, Registry.constants, [Registry.initial])
    #expect(found.nodes == [n1, n2])
    #expect(found.nodeSetName == "Nodes")
    #expect(found.roles == [.shared, .perNode, .inbox, .shared, .links])
  }

  @Test func namesDoNotMatterWhereTheSampleTells() {
    let names = ["a", "b", "c", "d", "e"]
    let constants: [(name: String, value: PlainValue)] = [("S", set(n1, n2))]
    #expect(
      structure(names, constants, [Registry.initial, Registry.registered]).roles
        == [.shared, .perNode, .inbox, .shared, .links])
    #expect(structure(names, constants, [Registry.initial]).roles[2] == .perNode)
  }

  @Test func valuesAndPeers() {
    let found = structure(Registry.variables, Registry.constants, [Registry.initial])
    let state = Registry.state(
      local: each(set(int(1)), set()), inbox: each(tuple(Registry.message("x", name: 1)), tuple()),
      visible: each(set(), set(n1)))
    #expect(found.value(ofVariable: 1, node: n1, in: state) == set(int(1)))
    #expect(found.value(ofVariable: 0, node: n1, in: state) == nil)
    #expect(found.value(ofVariable: 1, node: n3, in: state) == nil)
    #expect(found.value(ofVariable: 9, node: n1, in: state) == nil)
    #expect(found.peers(of: n1, in: state) == [])
    #expect(found.peers(of: n2, in: state) == [n1])
    #expect(found.messages(for: n1, in: state).map(\.message) == [Registry.message("x", name: 1)])
    #expect(found.variables(as: .inbox) == [2])
  }

  @Test func oneNodeWithoutConstantsHasNoNodes() {
    let found = structure(["registered", "next_val"], [], [[set(), int(0)]])
    #expect(found.nodes.isEmpty)
    #expect(found.nodeSetName == nil)
    #expect(found.roles == [.shared, .shared])
    #expect(found.peers(of: n1, in: [set(), int(0)]) == nil)
  }

  @Test func aFunctionOverStringsIsARecordAndIndexes() {
    let state = [record(("a", tuple()), ("b", tuple())), record(("a", set(text("b"))), ("b", set()))]
    let found = structure(["mailbox", "links"], [("Procs", set(text("a"), text("b")))], [state])
    #expect(found.nodes == [text("a"), text("b")])
    #expect(found.roles == [.inbox, .links])
    #expect(found.peers(of: text("a"), in: state) == [text("b")])
  }

  @Test func aFunctionOverNumbersIsATupleAndIndexes() {
    let state = [tuple(text("idle"), text("busy"), text("idle")), int(3)]
    let set3 = set(int(1), int(2), int(3))
    let found = structure(["pc", "x"], [("Proc", set3)], [state])
    #expect(found.roles == [.perNode, .shared])
    #expect(found.value(ofVariable: 0, node: int(2), in: state) == text("busy"))
    let ranged = structure(["pc", "x"], [("N", int(3))], [state])
    #expect(ranged.nodeSetName == "1..N")
    #expect(ranged.nodes.count == 3)
    #expect(ranged.roles == [.perNode, .shared])
  }

  @Test func aFunctionFromZeroIndexes() {
    let state = [function((int(0), text("a")), (int(1), text("b")))]
    let found = structure(["pc"], [("N", int(2))], [state])
    #expect(found.nodeSetName == "0..N-1")
    #expect(found.roles == [.perNode])
  }

  @Test func aGrowingSequenceDoesNotIndex() {
    let set2 = set(int(1), int(2))
    let found = structure(["log"], [("Values", set2)], [[tuple()], [tuple(int(1), int(2))]])
    #expect(found.roles == [.shared])
    #expect(found.nodes.isEmpty)
  }

  @Test func nodesWinOverOtherIndexSets() {
    let data = function((model("d1"), int(0)), (model("d2"), int(0)))
    let found = structure(
      ["store", "cache", "state"],
      [("Data", set(model("d1"), model("d2"))), ("Server", set(n1, n2))],
      [[data, data, each(text("x"), text("y"))]])
    #expect(found.nodeSetName == "Server")
    #expect(found.roles == [.shared, .shared, .perNode])
  }

  @Test func setsOfNodesThatStartEmptyAreNoLinks() {
    let found = structure(
      ["votes"], [("Server", set(n1, n2))], [[each(set(), set())], [each(set(n2), set())]])
    #expect(found.roles == [.perNode])
  }

  @Test func aMatrixOfBooleansMayBeLinks() {
    let row = each(.boolean(false), .boolean(true))
    let state = [each(row, row)]
    let found = structure(["connected"], [("Node", set(n1, n2))], [state])
    #expect(found.roles == [.links])
    #expect(found.peers(of: n1, in: state) == [n2])
  }

  @Test func theFirstArgumentThatIsANodeActs() {
    let found = structure(Registry.variables, Registry.constants, [Registry.initial])
    #expect(found.actingNode(of: ActionLabel(name: "A", arguments: [int(3), n2, n1])) == n2)
    #expect(found.actingNode(of: ActionLabel(name: "A")) == nil)
    #expect(found.actingNode(of: nil) == nil)
  }

  @Test func statesOfAnotherWidthAreLeftOut() {
    #expect(structure(["x"], [("S", set(n1))], [[]]).roles == [.shared])
  }
}
