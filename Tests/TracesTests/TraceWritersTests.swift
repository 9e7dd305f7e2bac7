import StateSpace
import Testing
import Traces

@Suite struct TraceWritersTests {
  let trace = Trace(
    variables: Registry.variables,
    steps: [
      TraceStep(label: nil, values: Registry.initial),
      TraceStep(label: ActionLabel(name: "Register", arguments: [n1]), values: Registry.registered),
      TraceStep(
        label: ActionLabel(name: "Move", arguments: [n1, n2]),
        values: Registry.state(set(int(0)), local: each(set(int(0)), set()), next: 1)),
    ],
    metadata: Trace.Metadata(model: "part5", source: "counterexample to AllRegistered"))
  let structure = ProtocolStructure(
    variables: Registry.variables, constants: Registry.constants, states: [Registry.initial])

  @Test func plainText() {
    #expect(
      TraceFormat.text.write(trace, structure: structure) == """
        0  initial state
           registered         = {}
           locally_registered = (n1 :> {} @@ n2 :> {})
           inbox              = (n1 :> <<>> @@ n2 :> <<>>)
           next_val           = 0
           visible_nodes      = (n1 :> {n2} @@ n2 :> {n1})
        1  Register(n1)  name 0 → n2 sync_register 0
           registered         = {0}
           locally_registered = (n1 :> {0} @@ n2 :> {})
           inbox              = (n1 :> <<>> @@ n2 :> <<[action |-> "sync_register", name |-> 0]>>)
           next_val           = 1
        2  Move(n1, n2)  n2 takes sync_register 0
           inbox              = (n1 :> <<>> @@ n2 :> <<>>)

        """)
  }

  @Test func plainTextWithEveryVariableAndALoop() {
    var lasso = trace
    lasso.loop = 1
    lasso.stepNotes = [1: "what if"]
    let lines = TraceTextWriter.text(lasso, allVariables: true).split(separator: "\n")
    #expect(lines.count == 3 * 6 + 2)
    #expect(lines.last == "   back to state 1")
    #expect(lines.contains("   (what if)"))
    lasso.loop = 2
    #expect(TraceTextWriter.text(lasso).hasSuffix("   stutters for ever\n"))
  }

  @Test func asTLCPrintsIt() {
    let text = TLCTextWriter.text(trace) {
      $0.name == "Register" ? "line 1, col 2 to line 3, col 4 of module m" : nil
    }
    #expect(
      text.hasPrefix(
        """
        State 1: <Initial predicate>
        /\\ registered = {}
        /\\ locally_registered = (n1 :> {} @@ n2 :> {})
        /\\ inbox = (n1 :> <<>> @@ n2 :> <<>>)
        /\\ next_val = 0
        /\\ visible_nodes = (n1 :> {n2} @@ n2 :> {n1})

        State 2: <Register(n1) line 1, col 2 to line 3, col 4 of module m>
        /\\ registered = {0}

        """))
    #expect(text.contains("\nState 3: <Move(n1,n2)>\n"))
  }

  @Test func loopsAsTLCPrintsThem() {
    var lasso = trace
    lasso.loop = 1
    #expect(TLCTextWriter.text(lasso).hasSuffix("\n\nBack to state 2\n"))
    lasso.closing = ActionLabel(name: "Register", arguments: [n2])
    #expect(TLCTextWriter.text(lasso).hasSuffix("\n\nBack to state 2: <Register(n2)>\n"))
    #expect(TraceTextWriter.text(lasso).hasSuffix("\n   back to state 1 by Register(n2)\n"))
    #expect(
      MarkdownWriter.text(lasso).contains(
        "\n\nIt goes back to state 1 by `Register(n2)`.\n\n```mermaid\nsequenceDiagram\n"))
    #expect(MermaidWriter.text(lasso).hasSuffix(": back to state 1 by Register(n2)\n"))
    #expect(SpaceTimeSVGWriter.text(lasso).contains(">back to state 1 by Register(n2)</text>"))
    lasso.loop = 2
    #expect(TLCTextWriter.text(lasso).hasSuffix("\n\nState 4: Stuttering\n"))
    let single = Trace(variables: ["x"], steps: [TraceStep(label: nil, values: [int(1)])])
    #expect(TLCTextWriter.text(single) == "State 1: <Initial predicate>\nx = 1\n\n")
  }

  @Test func markdown() {
    let text = MarkdownWriter.text(trace, structure: structure)
    #expect(
      text.hasPrefix("# Trace of part5\n\ncounterexample to AllRegistered\n\nThe initial state:\n\n```tla\n"))
    let rows = text.split(separator: "\n").filter { $0.hasPrefix("| ") }
    #expect(rows.count == 2 + 3)
    #expect(rows[2] == "| 0 | initial state |  |  |")
    #expect(
      rows[3].hasPrefix("| 1 | `Register(n1)` | name 0 → n2 sync\\_register 0 | `registered' = {0}`<br>"))
    #expect(rows[3].contains("[action \\|-> \"sync_register\", name \\|-> 0]"))
  }

  @Test func asASequenceDiagram() {
    var diagram = trace
    diagram.steps.append(
      TraceStep(
        label: nil,
        values: Registry.state(
          set(int(0)), local: each(set(int(0)), set()), inbox: each(tuple(text("end; #1")), tuple()), next: 1,
          visible: each(set(), set()))))
    diagram.loop = 3
    #expect(
      TraceFormat.mermaid.write(diagram, structure: structure) == """
        sequenceDiagram
          accTitle: Trace of part5: counterexample to AllRegistered
          participant p0 as n1
          participant p1 as n2
          Note over p0: 1 Register(n1)
          p0-)p1: sync_register 0
          Note over p0: 2 Move(n1, n2)
          Note over p1: takes sync_register 0
          Note over p0,p1: 3 step
          Note over p0,p1: ╳ link cut
          Note over p0: gets #34;end#59; #35;1#34;
          Note over p0,p1: stutters for ever

        """)
    #expect(MermaidWriter.text(trace).contains("\n  Note over p0: 2 Move(n1, n2)\n"))
    let ending = Trace(
      variables: ["x"],
      steps: [nil, ActionLabel(name: "end")].map { TraceStep(label: $0, values: [int(1)]) })
    #expect(MermaidWriter.text(ending).contains("1 #101;nd\n"))
  }

  @Test(
    "In a sequence diagram a message that a step puts into the acting node's own inbox comes from the node that it names"
  )
  func sendersInASequenceDiagram() throws {
    let discover = { (node: PlainValue) in
      PlainValue.record([.init(name: "action", value: text("discover")), .init(name: "from", value: node)])
    }
    let healed = Trace(
      variables: trace.variables,
      steps: [
        TraceStep(
          label: nil,
          values: Registry.state(
            set(), local: each(set(), set()), inbox: each(tuple(), tuple()), next: 1,
            visible: each(set(), set()))),
        TraceStep(
          label: ActionLabel(name: "Reconnect", arguments: [n1]),
          values: Registry.state(
            set(), local: each(set(), set()), inbox: each(tuple(discover(n2)), tuple(discover(n1))), next: 1,
            visible: each(set(n2), set(n1)))),
      ])
    let lines = MermaidWriter.text(healed, structure: structure).split(separator: "\n")
    #expect(lines.contains("  p1-)p0: discover") && lines.contains("  p0-)p1: discover"))
  }

  @Test("TLC's form says what is violated, and reading it tells so again", arguments: [nil, 1])
  func violationAsTLCSaysIt(loop: Int?) throws {
    var bad = trace
    bad.loop = loop
    bad.violation = Trace.Violation(name: "AllRegistered", step: 2)
    let written = TraceFormat.tlc.write(bad)
    let kind = loop == nil ? "Invariant" : "Property"
    #expect(written.hasPrefix("Error: \(kind) AllRegistered is violated.\nError: The "))
    let read = try TraceReader.read(written, file: "a.out")
    #expect(read.metadata.source == "counterexample to AllRegistered" && read.steps.count == 3)
    #expect(read.loop == loop)
  }

  @Test func aFileNameTellsTheForm() {
    #expect(TraceFormat(forPath: "a/b.md") == .markdown)
    #expect(TraceFormat(forPath: "b.MMD") == .mermaid)
    #expect(TraceFormat(forPath: "b.svg") == .svg)
    #expect(TraceFormat(forPath: "a.md/b") == nil)
    #expect(TraceFormat(forPath: "b.jpeg") == nil)
    #expect(TraceFormat(forPath: "b.txt") == .text)
    #expect(TraceFormat(forPath: "b.out") == .tlc)
    #expect(TraceFormat(forPath: "b.itf.json") == .itf)
    #expect(TraceFormat(forPath: "md") == nil)
    #expect(TraceFormat(forPath: "b.dot") == .dot)
    #expect(TraceFormat(forPath: "b.tla") == nil)
    #expect(
      TraceFormat.savedEndings == [".txt", ".md", ".mmd", ".svg", ".html", ".itf.json", ".out", ".dot"])
    for format in TraceFormat.table {
      #expect(TraceFormat(named: format.name) == format)
      #expect(!format.help.isEmpty && !format.endings.isEmpty)
      #expect(format.isWritten || TraceReader.formatsHint.contains(format.help))
    }
  }

  @Test func textOfASpecReachesNoTerminalRaw() {
    let nasty = Trace(
      variables: ["x"],
      steps: [
        TraceStep(label: nil, values: [text("\u{1B}[2J `|` \u{9B}")]),
        TraceStep(label: ActionLabel(name: "A\u{7}", arguments: [text("\u{202E}\n")]), values: [text("|")]),
      ],
      metadata: Trace.Metadata(model: "m\u{1B}", source: "s\r", notes: ["n\u{8}"]), stepNotes: [1: "\u{1B}"])
    for format in TraceFormat.written {
      let written = format.write(nasty)
      #expect(!written.unicodeScalars.contains { $0 != "\n" && $0.properties.generalCategory == .control })
      #expect(format == .itf || !written.unicodeScalars.contains("\u{202E}"))
    }
  }

  @Test func stateGraphs() {
    var graph = StateGraph(title: "a \"graph\"")
    let start = graph.add(
      StateGraph.Node(title: "step 0", values: ["x = \"a\\n\"", "y = 1"], isViolating: false))
    let end = graph.add(StateGraph.Node(title: "x 1\n✗ Small", values: ["x = 2"], isViolating: true))
    graph.add(StateGraph.Edge(from: start, to: end, label: "Up(n1)"))
    graph.add(StateGraph.Edge(from: start, to: end, label: "Up(n1)"))
    graph.add(StateGraph.Edge(from: end, to: end, label: "Say(\u{7}\u{AD})"))
    graph.expand(start)
    let lines = StateGraphDOTWriter.text(graph).split(separator: "\n").map(String.init)
    #expect(lines[0] == "digraph states {")
    #expect(lines[1].contains(#"label="a \"graph\"""#))
    #expect(lines[4] == #"  s0 [label="step 0", tooltip="x = \"a\\n\"\ny = 1", penwidth=3];"#)
    #expect(lines[5].contains(#"label="x 1\n✗ Small""#))
    #expect(lines[5].contains("color=\"#cf222e\"") && lines[5].contains("dashed"))
    #expect(lines[6] == #"  s0 -> s1 [label="Up(n1)"];"#)
    #expect(lines[7] == #"  s1 -> s1 [label="Say(\\u{7}\\u{AD})"];"#)
    #expect(lines[8] == "}")
  }
}
