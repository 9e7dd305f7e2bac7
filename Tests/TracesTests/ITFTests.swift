import BigInt
import StateSpace
import Testing
import Traces

@Suite struct ITFTests {
  func roundTrip(_ trace: Trace) throws -> Trace {
    try TraceReader.read(ITFWriter.text(trace), file: "trace.itf.json")
  }

  func roundTrip(_ value: PlainValue) throws -> PlainValue? {
    let step = TraceStep(label: nil, values: [value])
    return try roundTrip(Trace(variables: ["x"], steps: [step])).steps.first?.values.first
  }

  static let values: [PlainValue] = [
    .boolean(true), .boolean(false),
    int(0), int(-1), int(1 << 53),
    .integer(BigInt(10).power(60)), .integer(-BigInt(10).power(60)),
    text(""), text("a \"quoted\" \\ back\nline\ttab\u{0}\u{1B}[31m\u{7F}\u{9B}"),
    text("ünïcödé 東京 👩‍👩‍👧 \u{2028}"),
    n1, set(n1, n2),
    set(), tuple(), set(set(), set(set())), tuple(tuple(), tuple(tuple())),
    set(int(1), int(2), int(3)), set(text("zz"), text("aa")),
    tuple(int(1), text("a")), each(set(int(0)), tuple()),
    function((tuple(int(1), int(2)), int(3)), (tuple(int(2), int(2)), set())),
    function((int(0), int(1)), (int(1), int(2))),
    record(("zeta", int(1)), ("alpha", int(2))),
    record(("from", n1), ("tag", text("x"))),
    record(("tag", text("Some")), ("value", int(1))),
    record(("#set", tuple()), ("with blank", tuple()), ("_x", n1)),
    record(("#set", tuple())), record(("#unknown", int(1))),
    tuple(record(("action", text("discover")), ("from", n2)), record(("from", n1), ("name", int(1)))),
    .symbolicSet("Nat"),
  ]

  @Test(arguments: values) func aValueSurvives(_ value: PlainValue) throws {
    #expect(try roundTrip(value) == value)
  }

  @Test func aTraceSurvives() throws {
    let trace = Trace(
      variables: Registry.variables,
      steps: [
        TraceStep(label: nil, values: Registry.initial),
        TraceStep(label: ActionLabel(name: "Register", arguments: [n1]), values: Registry.registered),
        TraceStep(
          label: ActionLabel(name: "Pick", arguments: [int(3), text("n2x"), set(n2)]),
          values: Registry.registered),
        TraceStep(label: nil, values: Registry.initial),
      ],
      loop: 1,
      metadata: Trace.Metadata(
        model: "part5", digest: ModelDigest.of("---- MODULE part5 ----"),
        source: "counterexample to AllRegistered",
        notes: ["one", "two"]),
      stepNotes: [3: "a what-if change"])
    #expect(try roundTrip(trace) == trace)
  }

  @Test func aStringNamedAsAModelValueStaysAString() throws {
    let value = tuple(n1, text("n1"), text("n1_OF_MODEL"), record(("n2", n2)))
    #expect(try roundTrip(value) == value)
  }

  @Test func theFormIsThatOfTheStandard() throws {
    let trace = Trace(
      variables: ["x", "f"],
      steps: [
        TraceStep(
          label: ActionLabel(name: "Go", arguments: [int(1), n2]),
          values: [set(int(1)), each(tuple(), record(("a", .boolean(true))))])
      ],
      metadata: Trace.Metadata(digest: "00ff"))
    let json = ITFWriter.json(trace)
    #expect(json["vars"] == .array([.string("x"), .string("f")]))
    #expect(json["loop"] == nil)
    #expect(json["#meta"]?["format"] == .string("ITF"))
    #expect(json["#meta"]?["modelValues"] == .array([.string("n2"), .string("n1")]))
    guard case .array(let states) = json["states"], let state = states.first else {
      Issue.record("no states")
      return
    }
    #expect(state["x"]?.text() == ##"{"#set": [{"#bigint": "1"}]}"##)
    #expect(state["f"]?.text() == ##"{"#map": [["n1", []], ["n2", {"a": true}]]}"##)
    #expect(
      state["#meta"]?.text()
        == ##"{"index": 0, "action": "Go", "arguments": [{"#bigint": "1"}, "n2"], "node": "n2", "modelDigest": "00ff"}"##
    )
  }

  @Test func theNodeIsThatOfTheStructure() {
    let structure = ProtocolStructure(
      variables: ["x"], constants: [("Nodes", set(n1, n2))], states: [[each(int(0), int(0))]])
    let label = ActionLabel(name: "Go", arguments: [n3, n2])
    let trace = Trace(variables: ["x"], steps: [TraceStep(label: label, values: [each(int(0), int(0))])])
    guard case .array(let states) = ITFWriter.json(trace, structure: structure)["states"] else {
      Issue.record("no states")
      return
    }
    #expect(states.first?["#meta"]?["node"] == .string("n2"))
  }

  @Test func noControlCharacterIsWritten() {
    let nasty = text("\u{1B}]0;title\u{7}\u{9B}2J\u{7F}")
    let written = ITFWriter.text(Trace(variables: ["x"], steps: [TraceStep(label: nil, values: [nasty])]))
    #expect(!written.unicodeScalars.contains { $0 != "\n" && $0.properties.generalCategory == .control })
  }

  @Test func filesOfOtherToolsAreRead() throws {
    let file = """
      {"#meta": {"varTypes": {"pc": "Str"}}, "params": ["N"], "vars": ["N", "pc", "m", "e", "s"],
       "states": [{"N": 3, "pc": {"#tup": [1, "n1_OF_NODE"]}, "m": {"#map": [[2, "b"], [1, "a"]]}, "e": {"#map": []},
                   "s": {"#set": [3, {"#bigint": "2"}, 3]}, "extra": null}]}
      """
    let trace = try TraceReader.read(file, file: "apalache.itf.json")
    #expect(
      trace.steps.map(\.values) == [
        [
          tuple(int(1), text("n1_OF_NODE")), tuple(text("a"), text("b")), tuple(),
          set(int(2), int(3)),
        ]
      ])
    #expect(trace.reTyped(against: [set(n1, n2)]).steps[0].values[0] == tuple(int(1), n1))
  }

  @Test func retypingFollowsTheSpecification() {
    let trace = Trace(
      variables: ["x"],
      steps: [
        TraceStep(
          label: ActionLabel(name: "Go", arguments: [text("n1")]),
          values: [tuple(record(("n1", text("n2")), ("n2", text("other"))), record(("a", model("idle"))))])
      ])
    let typed = trace.reTyped(against: [set(n1, n2), text("idle"), record(("a", int(0)))])
    #expect(typed.steps[0].label?.arguments == [n1])
    #expect(typed.steps[0].values == [tuple(each(n2, text("other")), record(("a", text("idle"))))])
    #expect(trace.reTyped(against: [n1, text("n1")]).steps[0].label?.arguments == [text("n1")])
  }

  @Test func aLongTraceIsReadInReasonableTime() throws {
    let steps = (0..<2_000).map { index in
      TraceStep(
        label: index == 0 ? nil : ActionLabel(name: "Register", arguments: [n1]),
        values: Registry.state(set(int(index)), inbox: each(tuple(Registry.discover(from: n2)), tuple())))
    }
    let trace = Trace(variables: Registry.variables, steps: steps)
    #expect(try roundTrip(trace) == trace)
  }

  @Test func theDigestIsStable() {
    #expect(ModelDigest.of() == "cbf29ce484222325")
    #expect(ModelDigest.of("a", "b") != ModelDigest.of("ab", ""))
    #expect(ModelDigest.of("a") == "089be207b544f1e4")
  }
}
