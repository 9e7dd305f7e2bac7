import Foundation
import StateSpace
import TLASemantics
import Testing
import TextMutation

@testable import Traces

/// Sends, receipts and splits, inferred from states alone.
@Suite struct SpaceTimeTests {
  /// The steps of a diagram as words.
  static func words(_ diagram: SpaceTime) -> [String] {
    diagram.arrows.map { arrow in
      let from = arrow.from.map { diagram.lanes[$0] } ?? "?"
      let to = arrow.to.map { diagram.lanes[$0] } ?? "?"
      let end = arrow.received.map { arrow.isLost ? "lost \($0)" : String($0) } ?? "…"
      return "\(from) \(arrow.sent) → \(to) \(end): \(arrow.text)"
        + (arrow.isLost ? "" : arrow.suspicion.map { " (\($0))" } ?? "")
    }
  }

  static func phantom() throws -> (trace: Trace, structure: ProtocolStructure) {
    let explorer = try BundledModels.explorer("syn/part5")
    let trace = try BundledModels.walk(explorer, SynReplayTests.phantom)
    return (
      trace,
      ProtocolStructure(
        variables: explorer.variables, constants: explorer.constants, states: [trace.steps[0].values])
    )
  }

  @Test func thePhantom() throws {
    let (trace, structure) = try Self.phantom()
    let diagram = try #require(SpaceTime(trace, structure: structure))
    #expect(diagram.lanes == ["n1", "n2"])
    #expect(
      Self.words(diagram) == [
        "n1 1 → n2 6: sync_register 0 (late: sent before the split)", "n2 4 → n1 5: discover",
        "n1 4 → n2 7: discover", "n1 5 → n2 9: ack_sync {}", "n2 7 → n1 8: ack_sync {0}",
      ])
    #expect(diagram.splits == [SpaceTime.Split(first: 0, second: 1, cut: 2, healed: 4)])
    let notes = diagram.steps.map { $0.notes.map { "\($0.lane) \($0.text)" }.joined(separator: "; ") }
    #expect(
      notes == [
        "", "0 +0", "", "0 −0", "", "", "1 +0", "",
        "0 +0", "1 changes nothing",
      ])
    #expect(diagram.arrows.map(\.slot) == [0, 0, 1, 2, 0])
  }

  /// Two nodes with several variables, and a message with an effect, one without, and one beside a change.
  private static let mail = """
    ---- MODULE M ----
    EXTENDS Integers, Sequences
    CONSTANT Nodes
    VARIABLES inbox, known, done, mode
    Init == /\\ inbox = [n \\in Nodes |-> <<>>] /\\ known = [n \\in Nodes |-> {}]
            /\\ done = [n \\in Nodes |-> {}] /\\ mode = [n \\in Nodes |-> "idle"]
    Tell(n) == /\\ mode' = [mode EXCEPT ![n] = "has told everybody"] /\\ UNCHANGED <<known, done>>
               /\\ inbox' = [m \\in Nodes |-> IF m = n THEN inbox[m] ELSE Append(inbox[m], [word |-> "a long word"])]
    Read(n) == /\\ inbox[n] # <<>> /\\ inbox' = [inbox EXCEPT ![n] = Tail(@)]
               /\\ known' = [known EXCEPT ![n] = @ \\union {Head(inbox[n]).word}] /\\ UNCHANGED <<done, mode>>
    Next == \\E n \\in Nodes : Tell(n) \\/ Read(n)
    ====
    """

  @Test("A note names its place, says that nothing changes, and gets a row beside a long message")
  func notes() throws {
    let explorer = try Explorer(
      SpecificationLoader(
        provider: TextProvider(files: [
          "M.tla": Self.mail,
          "M.cfg": "INIT Init\nNEXT Next\nCONSTANT n1 = n1\nCONSTANT n2 = n2\nCONSTANT Nodes = {n1, n2}",
        ])
      ).load("M.tla"))
    let (n1, n2) = (PlainValue.modelValue("n1"), PlainValue.modelValue("n2"))
    let trace = try BundledModels.walk(
      explorer, [("Tell", n1), ("Tell", n1), ("Read", n2), ("Read", n2)])
    let structure = ProtocolStructure(of: explorer, from: try explorer.initialStates())
    let diagram = try #require(SpaceTime(trace, structure: structure))
    let notes = diagram.steps.map { $0.notes.map(\.wordings) }
    #expect(notes[1][0].first == "mode → \"has told everybody\"")
    #expect(notes[1][0].contains("mode → has told everybody"))
    #expect(notes[1][0].last == "→ has told everybody")
    #expect(notes[3][0].first == "known +\"a long word\"")
    #expect(notes[4] == [["changes nothing", "no change"]])
    // The note does not fit beside the message.
    #expect(diagram.steps[1].rows.count == 2)
    #expect(diagram.steps[1].notes[0].row == diagram.steps[1].rows.lowerBound + 1)
    #expect(diagram.steps[3].rows.count == 1)
  }

  @Test func rowsAndStepsBelongTogether() throws {
    let (trace, structure) = try Self.phantom()
    let diagram = try #require(SpaceTime(trace, structure: structure))
    for (number, step) in diagram.steps.enumerated() {
      for row in step.rows { #expect(diagram.step(atRow: row) == number) }
    }
    #expect(diagram.steps[0].rows == 0..<1)
    #expect(diagram.step(atRow: 1_000) == 9)
    #expect(diagram.arrows(inRows: 0..<diagram.rowCount + 1) == [0, 1, 2, 3, 4])
    #expect(diagram.arrows(inRows: 0..<2) == [0])
  }

  /// Cutting a diagram back and extending it gives the same diagram as building it from the start.
  @Test func itCanBeCutBackAnywhere() throws {
    let explorer = try BundledModels.explorer("syn/part5")
    var state = try explorer.initialStates()[0]
    var steps = [TraceStep(label: nil, values: explorer.values(of: state))]
    for number in 0..<200 {
      let successors = try explorer.successors(of: state).filter { $0.state != state }
      let next = successors[number * 7919 % successors.count]
      state = next.state
      steps.append(TraceStep(label: next.label, values: explorer.values(of: state)))
    }
    let structure = ProtocolStructure(
      variables: explorer.variables, constants: explorer.constants, states: [steps[0].values])
    let whole = try #require(
      SpaceTime(Trace(variables: explorer.variables, steps: steps), structure: structure))
    for count in [1, 63, 64, 65, 130, 199] {
      var diagram = whole
      let kept = diagram.cut(toCount: count)
      #expect(kept <= count)
      if kept == 0 {
        diagram = SpaceTime(structure, initial: steps[0].values)
      }
      for (before, after) in zip(steps, steps.dropFirst()).dropFirst(max(1, kept) - 1) {
        diagram.append(from: before.values, to: after.values, label: after.label)
      }
      #expect(diagram.arrows == whole.arrows)
      #expect(diagram.steps == whole.steps)
      #expect(diagram.splits == whole.splits)
      #expect(diagram.arrows(inRows: 100..<120) == whole.arrows(inRows: 100..<120))
    }
  }

  @Test func noTwoArrowsAreInASlotAtATime() throws {
    let (trace, structure) = try Self.phantom()
    let diagram = try #require(SpaceTime(trace, structure: structure))
    for (index, one) in diagram.arrows.enumerated() {
      for other in diagram.arrows.dropFirst(index + 1)
      where one.to == other.to && one.comesFromLeft == other.comesFromLeft && one.slot == other.slot {
        #expect((one.received ?? Int.max) < other.sent)
      }
    }
  }

  // MARK: Pictures

  @Test func asSVG() throws {
    let (trace, structure) = try Self.phantom()
    let text = TraceFormat.svg.write(trace, structure: structure)
    #expect(XMLCheck.isWellFormed(text))
    #expect(text.components(separatedBy: "class=\"head").count - 1 == 5)
    #expect(text.components(separatedBy: "class=\"shade\" x").count - 1 == 2)
    #expect(text.contains(">late: sent before the split</text>"))
  }

  @Test func namesInPicturesAreEscaped() throws {
    let name = "</text><script>\u{1B}[2J & \"#;"
    let trace = Trace(
      variables: ["pc"],
      steps: [
        TraceStep(label: nil, values: [each(text("a"), text("b"))]),
        TraceStep(
          label: ActionLabel(name: name, arguments: [n1]), values: [each(text(name), text("b"))]),
      ], metadata: Trace.Metadata(model: name))
    for structure in [ProtocolStructure(of: trace), nil] {
      let svg = SpaceTimeSVGWriter.text(trace, structure: structure)
      #expect(XMLCheck.isWellFormed(svg))
      #expect(!svg.contains("<script"))
      #expect(!svg.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
    }
  }

  // MARK: Pools of messages

  private func message(_ kind: String, from: PlainValue, to: PlainValue) -> PlainValue {
    record(("from", from), ("kind", text(kind)), ("to", to))
  }

  private func pooled(_ states: [(String, [PlainValue], [PlainValue])]) throws -> SpaceTime {
    let idle = each(text("idle"), text("idle"))
    let trace = Trace(
      variables: ["state", "messages"],
      steps: states.enumerated().map { index, state in
        TraceStep(
          label: index == 0 ? nil : ActionLabel(name: state.0, arguments: state.1),
          values: [idle, .set(state.2)])
      })
    let structure = ProtocolStructure(
      variables: trace.variables, constants: [("Node", set(n1, n2))], states: trace.steps.map(\.values))
    return try #require(SpaceTime(trace, structure: structure))
  }

  @Test func aSetOfMessagesThatAreConsumed() throws {
    let ask = message("ask", from: n1, to: n2)
    let answer = message("answer", from: n2, to: n1)
    let diagram = try pooled([
      ("", [], []), ("Ask", [n1], [ask]), ("Answer", [n2], [answer]), ("Take", [n1], []),
    ])
    #expect(diagram.lanes == ["n1", "n2", "others"])
    #expect(Self.words(diagram) == ["n1 1 → n2 2: ask", "n2 2 → n1 3: answer"])
  }

  @Test func whoConsumesAMessageWithoutAnAddressReceivesIt() throws {
    let note = record(("kind", text("note")))
    let diagram = try pooled([
      ("", [], []), ("Send", [n1], [note]), ("Tick", [n1], [note]), ("Take", [n2], []),
    ])
    #expect(Self.words(diagram) == ["n1 1 → n2 3: note"])
    #expect(diagram.arrows[0].slot == 0)
  }

  @Test func aMessageThatStaysIsReceivedByWhomTheActionNames() throws {
    let note = record(("kind", text("note")))
    let diagram = try pooled([
      ("", [], []), ("Send", [n1], [note]), ("Handle", [n2, note], [note]), ("Handle", [n1, note], [note]),
    ])
    #expect(Self.words(diagram) == ["n1 1 → n2 2: note", "n1 1 → n1 3: note"])
    #expect(diagram.steps[1].sent == [0, 1])
  }

  @Test func aStepOfNoNodeIsTheOthers() throws {
    let order = record(("kind", text("order")))
    let diagram = try pooled([("", [], []), ("Order", [], [order]), ("Obey", [n1], [])])
    #expect(Self.words(diagram) == ["others 1 → n1 2: order"])
  }

  @Test func aMessageThatAnotherTakesAwayIsLost() throws {
    let ask = message("ask", from: n1, to: n2)
    let diagram = try pooled([("", [], []), ("Ask", [n1], [ask]), ("Drop", [n1], [])])
    #expect(Self.words(diagram) == ["n1 1 → n2 lost 2: ask"])
  }

  @Test func whatTheCutItselfSendsIsNotSuspect() throws {
    let explorer = try BundledModels.explorer("syn/part7")
    let trace = try BundledModels.walk(explorer, [("Disconnect", n1), ("Down", n1), ("Down", n2)])
    let structure = ProtocolStructure(
      variables: explorer.variables, constants: explorer.constants, states: [trace.steps[0].values])
    let diagram = try #require(SpaceTime(trace, structure: structure))
    #expect(Self.words(diagram) == ["n2 1 → n1 2: DOWN", "n1 1 → n2 3: DOWN"])
    #expect(diagram.steps[3].cutLanes == [0, 1])
  }

  @Test func aMessageAcrossACutIsSuspect() throws {
    let links = each(set(), set())
    let sent = each(tuple(), tuple(Registry.message("x", name: 1)))
    let trace = Trace(
      variables: Registry.variables,
      steps: [
        TraceStep(label: nil, values: Registry.state(visible: links)),
        TraceStep(
          label: ActionLabel(name: "Send", arguments: [n1]),
          values: Registry.state(inbox: sent, visible: links)),
      ])
    let structure = ProtocolStructure(
      variables: trace.variables, constants: Registry.constants, states: [Registry.initial])
    let diagram = try #require(SpaceTime(trace, structure: structure))
    #expect(Self.words(diagram) == ["n1 1 → n2 …: x 1 (sent across the cut)"])
    #expect(diagram.inFlightCount == 1)
  }
}

/// Whether tags are closed in order and entities are known. This is the part of XML that a picture needs.
enum XMLCheck {
  static func isWellFormed(_ text: String) -> Bool {
    var open: [Substring] = []
    var rest = text[...]
    while let start = rest.firstIndex(of: "<") {
      guard entitiesAreKnown(rest[..<start]), let end = rest[start...].firstIndex(of: ">") else {
        return false
      }
      let tag = rest[rest.index(after: start)..<end]
      if tag.first == "/" {
        guard open.popLast() == tag.dropFirst() else { return false }
      } else if tag.last != "/" {
        open.append(tag.prefix { $0 != " " })
      }
      rest = rest[rest.index(after: end)...]
    }
    return open.isEmpty && rest == "\n"
  }

  private static func entitiesAreKnown(_ text: Substring) -> Bool {
    text.split(separator: "&", omittingEmptySubsequences: false).dropFirst().allSatisfy { part in
      ["amp;", "lt;", "gt;", "quot;", "#39;"].contains { part.hasPrefix($0) }
    }
  }
}
