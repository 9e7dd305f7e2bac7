import StateSpace
import TLASyntax
import Testing
import Traces

/// Written traces can be read again.
@Suite struct OwnFormatsTests {
  private static let trace = Trace(
    variables: ["box", "long_name", "x"],
    steps: [
      TraceStep(label: nil, values: [each(tuple(), set()), text("a | b `c`\n\"d\" \\| (e)"), int(0)]),
      TraceStep(
        label: ActionLabel(name: "Say", arguments: [n1, text("x  = 2) |")]),
        values: [each(tuple(record(("k", text("``")))), set(int(1))), text("|"), int(0)]),
      TraceStep(label: nil, values: [each(tuple(), set()), text("|"), int(-12)]),
      TraceStep(label: ActionLabel(name: "Inner!Rest"), values: [each(tuple(), set()), text("|"), int(-12)]),
      TraceStep(label: ActionLabel(name: "Back"), values: [each(tuple(), set()), text(""), int(3)]),
    ], loop: 1, closing: ActionLabel(name: "Say", arguments: [n2, text("")]),
    violation: Trace.Violation(
      name: "Small", step: 4, explanation: "x < 3 (3 < 3)", why: ["x = 3: written by Back at 4"]),
    metadata: Trace.Metadata(model: "My_Model", source: "counterexample to Small"),
    stepNotes: [2: Trace.whatIfNote("x = -12")], omissions: [3: .states(2), 4: .unknown])

  @Test(arguments: [TraceFormat.text, .markdown])
  func aTraceComesBack(_ format: TraceFormat) throws {
    let written = format.write(Self.trace)
    let read = try TraceReader.read(written, file: "t")
    #expect(read.variables == Self.trace.variables)
    for (one, other) in zip(read.steps, Self.trace.steps) { #expect(one == other) }
    #expect(read.steps.count == Self.trace.steps.count)
    #expect(read.loop == 1 && read.closing == Self.trace.closing)
    #expect(read.stepNotes == Self.trace.stepNotes)
    #expect(read.omissions == Self.trace.omissions)
    var stuttering = Self.trace
    stuttering.loop = 4
    stuttering.closing = nil
    #expect(try TraceReader.read(format.write(stuttering), file: "t").loop == 4)
  }

  @Test func everythingComesBackInITF() throws {
    #expect(try TraceReader.read(TraceFormat.itf.write(Self.trace), file: "t") == Self.trace)
  }

  @Test(
    "Characters that are escaped for a terminal come back",
    arguments: [TraceFormat.text, .markdown, .tlc, .itf])
  func marksComeBack(_ format: TraceFormat) throws {
    let marks = [
      "\u{AD}", "\u{202E}", "\u{2028}", "\u{85}", "\u{E0001}", "\u{7F}", "\u{FEFF}", "\u{1B}[2J", "\u{0}",
    ]
    let strings = marks.map { text("a\($0)b\\") } + [text("\\u{AD} \\u202e \\\\u{AD}")]
    let trace = Trace(
      variables: ["x", "y"],
      steps: [
        TraceStep(label: nil, values: [.tuple(strings), int(0)]),
        TraceStep(
          label: ActionLabel(name: "Say", arguments: strings),
          values: [.set(strings), record(("k", strings[1]))]),
      ])
    let written = format.write(trace)
    #expect(format == .itf || !written.unicodeScalars.contains { $0 != "\n" && Printable.needsEscape($0) })
    #expect(format == .itf || written.contains("a\\u{202E}b"))
    let read = try TraceReader.read(written, file: "t")
    for (one, other) in zip(read.steps, trace.steps) {
      #expect(one.values.map(\.canonical) == other.values.map(\.canonical))
      #expect(one.label == other.label)
    }
    #expect(read.steps.count == 2)
  }

  @Test func headsOfMarkdown() throws {
    let read = try TraceReader.read(TraceFormat.markdown.write(Self.trace), file: "t")
    #expect(read.metadata.model == "My_Model")
    #expect(read.metadata.source == "counterexample to Small")
  }

  @Test(arguments: ["part3a.out", "part4.out", "part5.out", "relay-lasso.out", "relay-stutter.out"])
  func tracesOfTLCComeBack(_ name: String) throws {
    let trace = try Fixtures.trace("tlc/" + name)
    let structure = ProtocolStructure(of: trace)
    for format in [TraceFormat.text, .markdown, .tlc, .itf] {
      let read = try TraceReader.read(format.write(trace, structure: structure), file: "t")
      #expect(read.steps == trace.steps && read.loop == trace.loop, "\(format.name)")
      #expect(read.closing == trace.closing, "\(format.name)")
    }
  }

  @Test func whatCheckPrints() throws {
    let text = """
      warning: M.cfg:3: something
      0  initial state
         x = 0
      1  Up(n1)  x 0 → 1  ✗ Small
         x = 1

      Small is violated
        for n = n1: x < 1  (1 < 1) is false
        because x = 1: +1 by Up(n1) at 1

      2 states generated, 2 distinct, 0 left on the queue, depth 2; 0.01 s, 9 MiB.

      """
    let trace = try TraceReader.read(text, file: "t")
    #expect(trace.steps.map(\.values) == [[int(0)], [int(1)]])
    #expect(trace.steps[1].label == ActionLabel(name: "Up", arguments: [n1]))
    #expect(trace.metadata.source == "counterexample to Small")
    let json =
      ##"{"outcome": "invariant", "trace": {"vars": ["x"], "states": [{"x": 0}, {"x": 1}]}}"##
    #expect(try TraceReader.read(json, file: "t").steps.count == 2)
    #expect(throws: TraceReadingError.self) {
      try TraceReader.read(##"{"outcome": "success", "trace": null}"##, file: "t")
    }
  }

  @Test func aCutTextGivesItsWholeStates() throws {
    let whole =
      "0  initial state\n   x = 0\n   y = {1}\n1  Up  x 0 → 1\n   x = 1\n2  Up  x 1 → 2\n   y = {1, 2}\n"
    let states = try TraceReader.read(whole, file: "t").steps
    for length in 1...whole.count {
      guard let trace = try? TraceReader.read(String(whole.prefix(length)), file: "t") else { continue }
      #expect(trace.steps.dropLast() == states.prefix(trace.steps.count).dropLast(), "\(length)")
    }
    let cut = try TraceReader.read(String(whole.prefix(whole.count - 4)), file: "t")
    #expect(cut.steps.count == 2)
    #expect(cut.metadata.notes == ["the text ends in the middle of state 2, which is left out"])
    #expect(try TraceReader.read("0  initial state\n   x = 0\n1  Up", file: "t").steps.count == 1)
  }

  @Test func aViolationAndWhyStandInEveryFormThatPeopleRead() {
    for format in [TraceFormat.text, .markdown, .svg] {
      let text = format.write(Self.trace)
      #expect(text.contains("✗ Small"), "\(format.name)")
      #expect(text.contains("x = 3: written by Back at 4"), "\(format.name)")
    }
    #expect(TraceFormat.text.write(Self.trace).contains("4  Back  ✗ Small\n"))
    #expect(TraceFormat.mermaid.write(Self.trace).contains("✗ Small"))
    #expect(TraceFormat.dot.write(Self.trace).contains("✗ Small"))
  }
}
