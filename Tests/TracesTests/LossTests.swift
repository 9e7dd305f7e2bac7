import Foundation
import StateSpace
import TLASemantics
import TLASyntax
import Testing

@testable import Traces

/// A message that a step removes from an inbox without reading it is lost.
@Suite struct LossTests {
  /// Two nodes with inboxes that can crash, forget or read. The link loses the messages under way when it is cut.
  private static let module = """
    ---- MODULE M ----
    EXTENDS Sequences
    CONSTANTS Nodes
    VARIABLES inbox, peers, heard
    Init ==
      /\\ inbox = [n \\in Nodes |-> <<>>]
      /\\ peers = [n \\in Nodes |-> Nodes \\ {n}]
      /\\ heard = [n \\in Nodes |-> 0]
    Send(n) ==
      /\\ \\E m \\in peers[n] : inbox' = [inbox EXCEPT ![m] = Append(@, [kind |-> "hello", from |-> n])]
      /\\ UNCHANGED <<peers, heard>>
    Read(n) ==
      /\\ inbox[n] # <<>>
      /\\ Head(inbox[n]).kind = "hello"
      /\\ inbox' = [inbox EXCEPT ![n] = Tail(@)]
      /\\ heard' = [heard EXCEPT ![n] = 1]
      /\\ UNCHANGED peers
    Crash(n) ==
      /\\ inbox' = [m \\in Nodes |-> IF m = n THEN <<>> ELSE inbox[m]]
      /\\ heard' = [heard EXCEPT ![n] = 0]
      /\\ UNCHANGED peers
    Cut(n) ==
      /\\ peers[n] # {}
      /\\ peers' = [m \\in Nodes |-> {}]
      /\\ inbox' = [m \\in Nodes |-> SelectSeq(inbox[m], LAMBDA x : x.from = m)]
      /\\ UNCHANGED heard
    Next == \\E n \\in Nodes : Send(n) \\/ Read(n) \\/ Crash(n) \\/ Cut(n)
    ====
    """

  /// The summary of each step, and the arrows of the diagram.
  private func walk(_ steps: [(action: String, node: PlainValue)]) throws -> (
    steps: [String], arrows: [String]
  ) {
    let files = [
      "M.tla": Self.module,
      "M.cfg": "INIT Init\nNEXT Next\nCONSTANT n1 = n1\nCONSTANT n2 = n2\nCONSTANT Nodes = {n1, n2}",
    ]
    let explorer = try Explorer(SpecificationLoader(provider: TextProvider(files: files)).load("M.tla"))
    let trace = try BundledModels.walk(explorer, steps)
    return try words(trace, ProtocolStructure(of: explorer, from: try explorer.initialStates()))
  }

  private func words(_ trace: Trace, _ structure: ProtocolStructure) throws -> (
    steps: [String], arrows: [String]
  ) {
    let diagram = try #require(SpaceTime(trace, structure: structure))
    let steps = trace.steps.indices.dropFirst().map {
      trace.summary(ofStep: $0, structure: structure)?.text() ?? ""
    }
    return (steps, SpaceTimeTests.words(diagram))
  }

  @Test func whoReadsTakes() throws {
    let (steps, arrows) = try walk([("Send", n1), ("Read", n2)])
    #expect(steps == ["→ n2 hello", "reads hello n1"])
    #expect(arrows == ["n1 1 → n2 2: hello"])
  }

  @Test func whoCrashesLoses() throws {
    let (steps, arrows) = try walk([("Send", n1), ("Send", n2), ("Crash", n2)])
    #expect(steps.last == "n2 loses hello n1")
    #expect(arrows == ["n1 1 → n2 lost 3: hello", "n2 2 → n1 …: hello"])
  }

  @Test func equalLostMessagesAreCounted() throws {
    let (steps, _) = try walk([("Send", n1), ("Send", n1), ("Crash", n2)])
    #expect(steps.last == "n2 loses hello n1 ×2")
  }

  @Test func aLinkThatIsCutLosesWhatIsUnderWay() throws {
    let (steps, arrows) = try walk([("Send", n1), ("Cut", n2)])
    #expect(steps.last == "n2 ╳ n1, n2 loses hello n1")
    #expect(arrows == ["n1 1 → n2 lost 2: hello"])
  }

  /// The counterexamples of the bookings in which the service crashes while a message waits for it.
  @Test(arguments: [
    (
      "bookings/part3",
      "service loses apply c1 r1 1, up TRUE → FALSE",
      "service 3 → service lost 5: apply c1 r1 1"
    ),
    (
      "bookings/part4",
      "service loses book c1 r1 1, up TRUE → FALSE",
      "c1 3 → service lost 5: book c1 r1 1"
    ),
  ])
  func bookings(name: String, step: String, arrow: String) throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Models/\(name).itf.json")
    let trace = try TraceReader.read(Array(Data(contentsOf: file)), file: name)
    let explorer = try BundledModels.explorer(name)
    let structure = ProtocolStructure(of: explorer, from: try explorer.initialStates())
    let (steps, arrows) = try words(trace, structure)
    #expect(steps[4] == step)
    #expect(arrows.filter { $0.contains("lost") } == [arrow])
    let svg = TraceFormat.svg.write(trace, structure: structure)
    #expect(svg.components(separatedBy: ">lost</text>").count - 1 == 1)
    #expect(TraceFormat.mermaid.write(trace, structure: structure).contains("Note over p0: loses "))
    #expect(TraceFormat.text.write(trace, structure: structure).contains("  service loses "))
    #expect(TraceFormat.markdown.write(trace, structure: structure).contains("| service loses "))
  }
}
