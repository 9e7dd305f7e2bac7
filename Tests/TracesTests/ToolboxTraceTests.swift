import StateSpace
import Testing
import Traces

/// Traces written as TLA+: exported by the Toolbox, and in the modules that TLC writes.
@Suite struct ToolboxTraceTests {
  private static let place = "line 9, col 3 to line 11, col 20 of module Wire"

  private func read(_ text: String) throws -> Trace { try TraceReader.read(text, file: "t.txt") }

  private func message(_ text: String) -> String {
    do {
      _ = try read(text)
      return "(no error)"
    } catch { return "\(error)" }
  }

  @Test func anExportedTrace() throws {
    let text = """
      <<
      [
       _TEAction |-> [
         position |-> 1,
         name |-> "Initial predicate",
         location |-> "Unknown location"
       ],
       box |-> (n1 :> <<>> @@ n2 :> <<>>),
       said |-> "a >> b, [c |-> \\"d\\"]"
      ],
      [
       _TEAction |-> [
         position |-> 2,
         name |-> "Send(n1,n2)",
         location |-> "\(Self.place)"
       ],
       box |-> (n1 :> <<>> @@ n2 :> <<[kind |-> "up"]>>),
       said |-> ""
      ]
      >>
      """
    let trace = try read(text)
    #expect(trace.variables == ["box", "said"])
    #expect(trace.steps.map(\.label) == [nil, ActionLabel(name: "Send", arguments: [n1, n2])])
    #expect(trace.steps[0].values == [each(tuple(), tuple()), self.text("a >> b, [c |-> \"d\"]")])
    #expect(
      trace.steps[1].values == [each(tuple(), tuple(record(("kind", self.text("up"))))), self.text("")])
    #expect(trace.metadata.model == "Wire")
    // The Toolbox's text, quoted in a mail.
    let quoted = text.split(separator: "\n").map { "> \($0)" }.joined(separator: "\n")
    #expect(try read(quoted) == trace)
    #expect(try read("The trace was\n\n" + text + "\n\nand that is wrong.") == trace)
  }

  private func text(_ text: String) -> PlainValue { .string(text) }

  @Test func olderPositionsAndNone() throws {
    let old =
      "<<[_TEPosition |-> 1, x |-> 0], [_TEPosition |-> 2, x |-> {1}], [_TEPosition |-> 5, x |-> -1]>>"
    let trace = try read(old)
    #expect(trace.steps.map(\.values) == [[int(0)], [set(int(1))], [int(-1)]])
    #expect(trace.steps.allSatisfy { $0.label == nil })
    #expect(trace.omissions == [2: .states(2)])
    #expect(try read("<<[x |-> 0], [x |-> 1]>>").steps.count == 2)
    #expect(try read("<<([x |-> 0]),\n([x |-> 1])>>").steps.count == 2)
    let cutOut = try read("<<[_TEAction |-> [position |-> 3, name |-> \"Up\", location |-> \"\"], x |-> 2]>>")
    #expect(cutOut.steps[0].label?.name == "Up")
    #expect(cutOut.omissions == [0: .states(2)])
  }

  @Test func aModuleOfTLC() throws {
    let text = """
      ---- MODULE Wire_TTrace_1700000000 ----
      EXTENDS Sequences, TLCExt, Wire, Toolbox, Naturals, TLC

      _expression ==
          LET Wire_TEExpression == INSTANCE Wire_TEExpression
          IN Wire_TEExpression!expression
      ----

      _inv ==
          ~(
              TLCGet("level") = Len(_TETrace)
              /\\
              x = (3)
          )
      ----
      \\* JsonSerialize: LET J == INSTANCE Json IN J!JsonSerialize("t.json", _TETrace), <<such>>

      =============================================================================

      ---- MODULE Wire_TETrace ----
      EXTENDS TLC, Wire

      trace ==
          <<
          ([x |-> 1,who |-> a]),
          ([x |-> 2,who |-> b]),
          ([x |-> 3,who |-> a])
          >>
      ----

      =============================================================================

      ---- CONFIG Wire_TTrace_1700000000 ----
      CONSTANTS
          a = a
          b = b
          _TTraceLassoStart = 2
          _TTraceLassoEnd = 3

      INVARIANT
          _inv
      =============================================================================
      """
    let trace = try read(text)
    #expect(trace.variables == ["x", "who"])
    #expect(
      trace.steps.map(\.values) == [
        [int(1), .modelValue("a")], [int(2), .modelValue("b")], [int(3), .modelValue("a")],
      ])
    #expect(trace.loop == 1)
    #expect(trace.metadata.model == "Wire")
    #expect(
      message(text.replacing("_TTraceLassoEnd = 3", with: "_TTraceLassoEnd = 9")).contains(
        "the lasso goes from state 9 back to state 2, and the trace has 3 states"))
    let binary =
      "---- MODULE W_TTrace_1 ----\n_TETrace == trace\ntrace == IODeserialize(\"W.bin\", TRUE)\n===="
    #expect(
      message(binary)
        == "t.txt: the module does not spell its trace out (it is in a binary file: save what TLC printed instead)"
    )
  }

  @Test func malformedOnes() {
    #expect(message("<<[x |-> 0], [x |-> 1]").hasPrefix("t.txt:1: the trace that begins here is not closed"))
    #expect(message("<<[x |-> 0], [y |-> 1]>>").contains("y is no variable of the first state"))
    #expect(
      message("<<[x |-> 0, y |-> 1],\n[x |-> 1]>>").hasPrefix("t.txt:2:1: the state has no value for y"))
    #expect(message("<<[x |-> 0, x |-> 1]>>").contains("stands here for the second time"))
    #expect(message("<<[x |-> 0], 3>>").contains("a record with the variables is expected here"))
    #expect(message("<<[_TEPosition |-> 1]>>").contains("the state has no variables"))
    #expect(message("<<[x |-> f(1)]>>").contains("f(1) is no value"))
    #expect(
      message("<<[_TEPosition |-> 2, x |-> 0], [_TEPosition |-> 2, x |-> 1]>>").contains(
        "state 2 comes after state 2"))
    #expect(message("<<1, 2>>").contains("cannot be read as a trace"))
  }
}
