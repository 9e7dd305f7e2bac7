import Foundation
import StateSpace
import TLASemantics
import TLASyntax
import Testing
import Traces

/// The explanation of a failing invariant, in the words for the user.
@Suite struct CausalityTests {
  struct Counterexample: Sendable, CustomTestStringConvertible {
    /// The name of the trace beside the models, without its endings.
    let trace: String
    let model: String
    var constants: [String] = []
    let why: [String]
    var testDescription: String { trace }
  }

  private static let models = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Models")

  private static func violation(in trace: Trace, at step: Int, _ explorer: Explorer) throws -> Trace.Violation
  {
    let structure = ProtocolStructure(of: explorer, from: try explorer.initialStates())
    return try #require(trace.violation(at: step, explorer: explorer, structure: structure))
  }

  @Test("Each bundled counterexample says why", arguments: counterexamples)
  func bundled(_ example: Counterexample) throws {
    var options = SpecificationLoader.Options()
    options.constants = try example.constants.map { text in
      try #require(ConfigurationReader.readAssignment(text).tree)
    }
    let path = Self.models.appendingPathComponent(example.model + ".tla").path
    let explorer = try Explorer(try SpecificationLoader(provider: DiskModules()).load(path, options: options))
    let file = Self.models.appendingPathComponent(example.trace + ".itf.json")
    let read = try TraceReader.read(Array(try Data(contentsOf: file)), file: example.trace)
    let replayer = TraceReplayer(explorer: explorer)
    let report = replayer.replay(read)
    let trace = replayer.trace(of: report, replaying: read)
    let violation = try Self.violation(in: trace, at: try #require(report.step), explorer)
    #expect(violation.why == example.why)
  }

  /// The counterexample of a small model, and its explanation.
  private func why(_ text: String, configuration: String = "", _ steps: [String]) throws -> [String] {
    let explorer = try Explorer(
      SpecificationLoader(
        provider: TextProvider(
          files: ["M.tla": text, "M.cfg": "INIT Init NEXT Next INVARIANT Inv \(configuration)"])
      ).load("M.tla"))
    var state = try #require(try explorer.initialStates().first)
    var trace = Trace(
      variables: explorer.variables, steps: [TraceStep(label: nil, values: explorer.values(of: state))])
    for step in steps {
      let next = try explorer.successors(of: state).first { $0.label.description == step }
      state = try #require(next, "\(step)").state
      trace.steps.append(TraceStep(label: try #require(next).label, values: explorer.values(of: state)))
    }
    return try Self.violation(in: trace, at: steps.count, explorer).why
  }

  @Test func aLockThatTwoHave() throws {
    let text = """
      ---- MODULE M ----
      EXTENDS Integers
      CONSTANT P
      VARIABLES pc, turn
      Init == pc = [p \\in P |-> "out"] /\\ turn = 0
      Try(p) == pc[p] = "out" /\\ pc' = [pc EXCEPT ![p] = "waits"] /\\ turn' = turn + 1
      Enter(p) == pc[p] = "waits" /\\ turn > 0 /\\ pc' = [pc EXCEPT ![p] = "in"] /\\ UNCHANGED turn
      Next == \\E p \\in P : Try(p) \\/ Enter(p)
      Inv == \\A p, q \\in P : p # q => ~(pc[p] = "in" /\\ pc[q] = "in")
      ====
      """
    #expect(
      try why(text, configuration: "CONSTANT P = {a, b}", ["Try(a)", "Try(b)", "Enter(b)", "Enter(a)"]) == [
        "pc[a] = \"in\": written by Enter(a) at 4, when turn was 2",
        "pc[b] = \"in\": written by Enter(b) at 3, when turn was 2",
      ])
  }

  @Test("A conclusion that reads no variable is explained by its premise")
  func twoLeaders() throws {
    let text = """
      ---- MODULE M ----
      CONSTANT Nodes
      VARIABLE role
      Init == role = [n \\in Nodes |-> "follower"]
      Stand(n) == role[n] = "follower" /\\ role' = [role EXCEPT ![n] = "leader"]
      Next == \\E n \\in Nodes : Stand(n)
      Leads(n) == role[n] = "leader"
      Inv == \\A c, d \\in Nodes : Leads(c) /\\ Leads(d) => c = d
      ====
      """
    #expect(
      try why(text, configuration: "CONSTANT Nodes = {a, b, c}", ["Stand(a)", "Stand(c)"]) == [
        "role[a] = \"leader\": written by Stand(a) at 1", "role[c] = \"leader\": written by Stand(c) at 2",
      ])
  }

  @Test func aTokenThatIsThereTwice() throws {
    let text = """
      ---- MODULE M ----
      EXTENDS Integers, Sequences, FiniteSets
      CONSTANT P
      VARIABLES has, inbox
      Init == has = {CHOOSE p \\in P : TRUE} /\\ inbox = [p \\in P |-> <<>>]
      Pass(p, q) == p # q /\\ p \\in has /\\ inbox' = [inbox EXCEPT ![q] = Append(@, [kind |-> "token", to |-> q])]
        /\\ UNCHANGED has
      Take(p) == inbox[p] # <<>> /\\ has' = has \\union {Head(inbox[p]).to} /\\ inbox' = [inbox EXCEPT ![p] = Tail(@)]
      Next == (\\E p, q \\in P : Pass(p, q)) \\/ (\\E p \\in P : Take(p))
      Inv == \\A p, q \\in has : p = q
      ====
      """
    #expect(
      try why(text, configuration: "CONSTANT P = {a, b}", ["Pass(a, b)", "Take(b)"]) == [
        "has has a from the start", "b in has: written by Take(b) at 2, from token b sent by a at 1",
      ])
  }

  @Test func whatNobodySentAndWhatWasLost() throws {
    func text(_ send: String) -> String {
      """
      ---- MODULE M ----
      EXTENDS Integers, Sequences
      CONSTANT P
      VARIABLES knows, inbox, done
      Init == knows = [p \\in P |-> {}] /\\ inbox = [p \\in P |-> <<>>] /\\ done = FALSE
      Learn(p) == knows[p] = {} /\\ knows' = [knows EXCEPT ![p] = {7}] /\\ UNCHANGED done
        /\\ \(send)
      Read(p) == inbox[p] # <<>> /\\ knows' = [knows EXCEPT ![p] = @ \\union {Head(inbox[p]).what}]
        /\\ inbox' = [inbox EXCEPT ![p] = Tail(@)] /\\ UNCHANGED done
      Crash(p) == inbox[p] # <<>> /\\ inbox' = [inbox EXCEPT ![p] = <<>>] /\\ UNCHANGED <<knows, done>>
      End == ~done /\\ done' = TRUE /\\ UNCHANGED <<knows, inbox>>
      Next == (\\E p \\in P : Learn(p) \\/ Read(p) \\/ Crash(p)) \\/ End
      Inv == done => \\A p, q \\in P : knows[p] = knows[q]
      ====
      """
    }
    let nodes = "CONSTANT P = {a, b}"
    #expect(
      try why(text("UNCHANGED inbox"), configuration: nodes, ["Learn(a)", "End"]) == [
        "7 in knows[a]: written by Learn(a) at 1",
        "knows[b] never had 7, knows[a] has 7 since Learn(a) at 1, which told b nothing of it",
      ])
    let send =
      "inbox' = [q \\in P |-> IF q = p THEN inbox[q] ELSE Append(inbox[q], [kind |-> \"new\", what |-> 7])]"
    #expect(
      try why(text(send), configuration: nodes, ["Learn(b)", "Crash(a)", "End"]) == [
        "knows[a] never had 7, knows[b] has 7 since Learn(b) at 1, new 7 sent to a at 1 was lost by Crash(a) at 2"
      ])
    #expect(
      try why(text(send), configuration: nodes, ["Learn(b)", "End"]) == [
        "knows[a] never had 7, knows[b] has 7 since Learn(b) at 1, new 7 sent to a at 1 waits to be read"
      ])
  }

  @Test func countersThatDoNotTally() throws {
    let text = """
      ---- MODULE M ----
      EXTENDS Integers, FiniteSets
      VARIABLES room, came
      Init == room = {} /\\ came = 0
      Come(x) == x \\notin room /\\ room' = room \\union {x} /\\ came' = came + 1
      Slip(x) == x \\in room /\\ room' = room \\ {x} /\\ UNCHANGED came
      Next == \\E x \\in {1, 2} : Come(x) \\/ Slip(x)
      Inv == Cardinality(room) = came
      ====
      """
    #expect(
      try why(text, ["Come(2)", "Come(1)", "Slip(2)"]) == [
        "came = 2: +1 by Come(2) at 1, +1 by Come(1) at 2",
        "Slip(2) at 3 took 2 out of room and no counter followed",
      ])
  }

  @Test func eachAlternativeAndNestedPlaces() throws {
    let text = """
      ---- MODULE M ----
      EXTENDS Integers
      VARIABLES box
      Init == box = [inner |-> [a |-> 1, b |-> 1], top |-> 0]
      Set(k) == box' = [box EXCEPT !.inner[k] = 5, !.top = @ + 1]
      Next == \\E k \\in {"a", "b"} : Set(k)
      Inv == box.inner["a"] < 3 \\/ box.inner["b"] < 3
      ====
      """
    let chains = try why(text, ["Set(\"a\")", "Set(\"b\")"])
    #expect(
      chains == [
        "box.inner.a = 5: +4 by Set(\"a\") at 1", "box.inner.b = 5: +4 by Set(\"b\") at 2",
      ])
  }

  @Test(
    "A property's counterexample says what became of the messages",
    arguments: [
      (
        "pool/part1",
        [
          "request c1 sent to p1 at 1 was lost by Crash(p1) at 2",
          "fair to WF_vars(ReadAnswer(c)) with c = c1, c2, c3; WF_vars(Handle(p)) with p = p1; "
            + "WF_vars(Restart(p)) with p = p1; WF_vars(Admit(d) \\/ Run(d) \\/ Gone(d)) with d = db: "
            + "they are not enabled there",
        ]
      ),
      (
        "replication/part5",
        [
          "change provider currencies 1 \"migration\" 1 waits for ever in subscriber's inbox: "
            + "Apply(subscriber) cannot take it, because <<other.table, other.key>> # <<row.table, row.key>> "
            + "(<<currencies, 1>> # <<currencies, 1>>) is false, other = currencies 1 \"migration\" 1",
          "fair to WF_vars(Apply(Subscriber) \\/ Advance(Subscriber)); "
            + "WF_vars(\\E t \\in Tables : Migrate(Subscriber, t)); WF_vars(Reconnect(Provider)): "
            + "they are not enabled there",
        ]
      ),
    ])
  func properties(model: String, sentences: [String]) throws {
    let path = Self.models.appendingPathComponent(model + ".tla").path
    let specification = try SpecificationLoader(provider: DiskModules()).load(path, options: .init())
    let explorer = try Explorer(specification)
    let result = try Checker(specification, options: CheckOptions()).run(
      progress: { _ in true }, onViolation: { _ in })
    let violation = try #require(result.violations.first)
    let structure = ProtocolStructure(of: explorer, from: try explorer.initialStates())
    let found = LassoCauses.sentences(violation, explorer: explorer, structure: structure)
    #expect(Array(found.dropFirst()) == sentences)
  }

  static let counterexamples: [Counterexample] = [
    Counterexample(
      trace: "syn/part3a", model: "syn/part3a",
      why: [
        "added = 1: +1 by Register(n1) at 1",
        "removed = 2: +1 by Unregister(n1) at 2, +1 by Unregister(n2) at 4",
        "0 is counted as gone twice: by Unregister(n1) at 2 and by Unregister(n2) at 4, "
          + "registered[n2] has 0 since SyncRegister(n2) at 3, from sync_register 0 sent by n1 at 1, "
          + "gone from registered[n1] since Unregister(n1) at 2, while sync_unregister 0 sent at 2 "
          + "waited for n2",
      ]),
    Counterexample(
      trace: "syn/part4", model: "syn/part4",
      why: [
        "locally_registered[n2] never had 0, registered has 0 since Register(n1) at 2, which told "
          + "n2 nothing of it, cut off since Disconnect(n1) at 1"
      ]),
    Counterexample(
      trace: "syn/part5", model: "syn/part5",
      why: [
        "0 in locally_registered[n1]: written by AckSync(n1) at 8, from ack_sync {0} sent by n2 "
          + "at 7, which holds 0 since SyncRegister(n2) at 6, from sync_register 0 sent by n1 at 1, "
          + "gone from locally_registered[n1] since Unregister(n1) at 3, which told n2 nothing of it, "
          + "cut off since Disconnect(n1) at 2",
        "0 in registered: taken out by Unregister(n1) at 3",
      ]),
    Counterexample(
      trace: "syn/part6", model: "syn/part6",
      why: [
        "0 in locally_registered[n2][n1]: written by AckSync(n2) at 15, from ack_sync {0} sent "
          + "by n1 at 6, which holds 0 since Register(n1) at 2, gone from locally_registered[n1][n1] "
          + "since Unregister(n1) at 7, which told n2 nothing of it, cut off since Disconnect(n1) at "
          + "5",
        "0 in registered: taken out by Unregister(n1) at 7",
      ]),
    Counterexample(
      trace: "syn/part8", model: "syn/part8",
      why: [
        "a in locally_registered[n1][n2]: written by SyncRegister(n1) at 3, from sync_register 1 "
          + "a sent by n2 at 2",
        "a in registered: taken out by Unregister(n1) at 4",
      ]),
    Counterexample(
      trace: "syn/part9", model: "syn/part9",
      why: [
        "a in locally_registered[n2][n1]: written by SyncRegister(n2) at 6, from sync_register 0 "
          + "a sent by n1 at 1, gone from locally_registered[n1][n1] since SyncRegister(n1) at 3, "
          + "which told n2 nothing of it",
        "a in registered: taken out by Unregister(n2) at 4",
      ]),
    Counterexample(
      trace: "syn/part10", model: "syn/part10",
      why: [
        "a in locally_registered[n1][n2]: written by SyncRegister(n1) at 7, from sync_register 1 "
          + "a sent by n2 at 5, from register_or_update_on_node a sent by n2 at 2",
        "a in registered: taken out by UnregisterOnNode(n1) at 6, from unregister_on_node a sent "
          + "by n1 at 4",
      ]),
    Counterexample(
      trace: "syn/part11", model: "syn/part11",
      why: [
        "a in locally_registered[n1][n2]: taken out by SyncUnregister(n1) at 15, from "
          + "sync_unregister a sent by n2 at 14, from unregister_on_node a sent by n2 at 10",
        "a in locally_registered[n1][n1]: taken out by AckSync(n1) at 12, from ack_sync (a :> "
          + "1) sent by n2 at 11, which holds a since RegisterOrUpdateOnNode(n2) at 7, from "
          + "register_or_update_on_node a sent by n2 at 5",
        "registered[a] = 1: +1 by RegisterOrUpdateOnNode(n1) at 3, +1 by "
          + "RegisterOrUpdateOnNode(n2) at 7, −1 by UnregisterOnNode(n2) at 14",
        "AckSync(n1) at 12 took a out of locally_registered[n1][n1] and no counter followed",
      ]),
    Counterexample(
      trace: "syn/part12", model: "syn/part12",
      why: [
        "a in locally_registered[n2][n1]: written by AckSync(n2) at 15, from ack_sync (a :> 0) "
          + "sent by n1 at 10, which holds a since RegisterOrUpdateOnNode(n1) at 3, from "
          + "register_or_update_on_node a sent by n1 at 1, gone from locally_registered[n1][n1] since "
          + "AckSync(n1) at 12, which told n2 nothing of it",
        "registered[a] = 0: +1 by RegisterOrUpdateOnNode(n1) at 3, +1 by "
          + "RegisterOrUpdateOnNode(n2) at 7, −1 by AckSync(n1) at 12, −1 by UnregisterOnNode(n2) at "
          + "13",
      ]),
    Counterexample(
      trace: "syn/part13-two-splits", model: "syn/part13", constants: ["MaxDisconnections=2"],
      why: [
        "a in locally_registered[n2][n1]: written by AckSync(n2) at 17, from ack_sync (a :> 0) "
          + "sent by n1 at 8, which holds a since RegisterOrUpdateOnNode(n1) at 3, from "
          + "register_or_update_on_node a sent by n1 at 1, gone from locally_registered[n1][n1] since "
          + "UnregisterOnNode(n1) at 9, which told n2 nothing of it, cut off since Disconnect(n1) at "
          + "7",
        "registered[a] = 0: +1 by RegisterOrUpdateOnNode(n1) at 3, −1 by UnregisterOnNode(n1) at "
          + "9",
      ]),
    Counterexample(
      trace: "syn/part14-three-nodes", model: "syn/part14",
      constants: ["MaxDisconnections=1", "Nodes={n1,n2,n3}"],
      why: [
        "a in locally_registered[n3][n2]: taken out by SyncUnregister(n3) at 12, from "
          + "sync_unregister a sent by n2 at 9, from unregister_on_node a sent by n2 at 8",
        "a in locally_registered[n3][n1]: taken out by SyncRegister(n3) at 11, from sync_register "
          + "1 a sent by n2 at 7, from register_or_update_on_node a sent by n2 at 5, gone from "
          + "locally_registered[n2][n2] since UnregisterOnNode(n2) at 9",
        "registered[a] = 1: +1 by RegisterOrUpdateOnNode(n1) at 3, +1 by "
          + "RegisterOrUpdateOnNode(n2) at 7, −1 by UnregisterOnNode(n2) at 9",
      ]),
    Counterexample(
      trace: "syn/library-three-nodes", model: "syn/library",
      constants: ["MaxDisconnections=1", "Nodes={n1,n2,n3}"],
      why: [
        "a in table[n3]: taken out by SyncUnregister(n3, n2) at 9, from sync_unregister a sent by "
          + "n2 at 5, where SyncRegister(n3, n2) at 8 had replaced [time |-> 0, node |-> n1], from "
          + "sync_register 1 a sent by n2 at 4, gone from table[n2] since Unregister(n2) at 5",
        "registered[a] = 1: +1 by Register(n1) at 1, +1 by Register(n2) at 4, −1 by "
          + "Unregister(n2) at 5",
      ]),
    Counterexample(
      trace: "bookings/part1", model: "bookings/part1",
      why: [
        "c1 r1 1 in memory[c1].acknowledged: written by Accepted(c1) at 5, from accepted c1 r1 1 "
          + "sent by service at 2, from book c1 r1 1 sent by c1 at 1, gone from memory[service].view "
          + "since Crash(service) at 3, which told c1 nothing of it",
        "c1 r1 1 in memory[service].view: taken out by Crash(service) at 3",
      ]),
    Counterexample(
      trace: "bookings/part3", model: "bookings/part3",
      why: [
        "c1 r1 1 in memory[c1].acknowledged: written by Accepted(c1) at 7, from accepted c1 r1 1 "
          + "sent by service at 3, from book c1 r1 1 sent by c1 at 1",
        "memory[service].view never had c1 r1 1, disk[service].log has c1 r1 1 since "
          + "Book(service) at 3, from book c1 r1 1 sent by c1 at 1, book c1 r1 1 sent to service at 1 "
          + "was read by Book(service) at 3, apply c1 r1 1 sent to service at 3 was lost by "
          + "Crash(service) at 5",
      ]),
    Counterexample(
      trace: "bookings/part5", model: "bookings/part5",
      why: [
        "c1 r1 1 in memory[c1].acknowledged: written by Accepted(c1) at 5, from accepted c1 r1 1 "
          + "sent by service at 2, from book c1 r1 1 sent by c1 at 1",
        "c2 r1 1 in memory[c2].acknowledged: written by Accepted(c2) at 8, from accepted c2 r1 1 "
          + "sent by service at 7, from book c2 r1 1 sent by c2 at 6",
      ]),
    Counterexample(
      trace: "deploy/part1", model: "deploy/part1",
      why: [
        "target[t1] = \"unused\": written by Stop(t1) at 3, when wanted was \"v2\"",
        "status[t1] = \"stopped\": written by Stop(t1) at 3, when wanted was \"v2\"",
      ]),
    Counterexample(
      trace: "deploy/part2", model: "deploy/part2",
      why: [
        "request c1 sent to t2 at 5 was lost by Listen(t2) at 6, and balancer had it from request sent "
          + "by c1 at 1"
      ]),
    Counterexample(
      trace: "deploy/part3", model: "deploy/part3",
      why: [
        "request c1 sent to t1 at 2 was lost by Stop(t1) at 8, and balancer had it from request sent "
          + "by c1 at 1"
      ]),
    Counterexample(
      trace: "pool/part2", model: "pool/part2",
      why: [
        "inbox[p2][1].action = \"too_many\": written by Admit(db) at 9, when "
          + "memory[db].connections was (p1 :> 2 @@ p2 :> 0) since Admit(db) at 8, from connect sent by "
          + "p2 at 6, from request sent by c3 at 3"
      ]),
    Counterexample(
      trace: "pool/part4", model: "pool/part4",
      why: [
        "inbox[c1][1].action = \"refused\": written by Refuse(p1) at 9, from denied sent by db at 8, "
          + "when memory[db].accepted was {2} since Rotated(db) at 7, from connect 1 sent by p1 at 5"
      ]),
    Counterexample(
      trace: "replication/part1", model: "replication/part1",
      why: [
        "invoices 1 c1 1 in acknowledged[c1]: written by Stored(c1) at 4, from stored "
          + "invoices 1 c1 1 sent by provider at 3",
        "rows[subscriber] never had invoices 1 c1 1, rows[provider] has invoices 1 c1 1 "
          + "since Insert(provider) at 3, which told subscriber nothing of it, as published[provider] = "
          + "{orders} lacks invoices",
      ]),
    Counterexample(
      trace: "replication/part2", model: "replication/part2",
      why: [
        "invoices 1 c1 1 in acknowledged[c1]: written by Stored(c1) at 5, from stored "
          + "invoices 1 c1 1 sent by provider at 4",
        "rows[subscriber] never had invoices 1 c1 1, rows[provider] has invoices 1 c1 1 "
          + "since Insert(provider) at 4, which told subscriber nothing of it, as published[provider] = "
          + "{orders} lacks invoices",
      ]),
    Counterexample(
      trace: "replication/part3", model: "replication/part3",
      why: [
        "orders 1 c1 1 in rows[subscriber]: written by Apply(subscriber) at 3, from change "
          + "orders 1 c1 1 sent by provider at 2, when sequence[provider][orders] was 1, from write orders 1 "
          + "sent by c1 at 1",
        "orders 1 c2 1 in rows[subscriber]: written by Insert(subscriber) at 8, when "
          + "sequence[subscriber][orders] was 1, from write orders 1 sent by c2 at 7",
      ]),
    Counterexample(
      trace: "replication/part4", model: "replication/part4",
      why: [
        "orders 1 c1 1 in rows[subscriber]: written by Apply(subscriber) at 6, from change "
          + "orders 1 c1 1 sent by provider at 4, when sequence[provider][orders] was 1, from write orders 1 "
          + "sent by c1 at 1",
        "orders 1 c2 1 in rows[subscriber]: written by Insert(subscriber) at 9, when "
          + "sequence[subscriber][orders] was 1, from write orders 1 sent by c2 at 8",
      ]),
  ]
}
