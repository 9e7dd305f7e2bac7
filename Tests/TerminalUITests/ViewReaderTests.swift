import Testing
import Traces

@testable import TerminalUI

@Suite struct ViewReaderTests {
  @Test func everythingThatCanBeSaid() {
    let view = ViewReader.read(
      """
      nodes = ["RM", "Acceptor"]
      inboxes = "mail"
      channels = ["net"]
      pools = ["msgs", "log"]
      links = "peers"
      tokens = ["turn"]
      plain = ["sent"]
      senders = ["acc"]
      receivers = ["for"]
      others = "client"

      [messages.Prepared]
      sender = "rm"
      receiver = "TM"

      [actions.TMRcvPrepared]
      by = "TM"
      reads = ["Prepared"]
      [actions.Timeout]
      by = 3

      [[part]]
      name = "TM"
      variables = ["tmState"]
      actions = ["TMCommit"]
      [[part]]
      name = "clock"
      """)
    #expect(view.problems == [])
    #expect(view.nodes == ["RM", "Acceptor"])
    #expect(
      view.roles == [
        "mail": .inboxes, "net": .channels, "msgs": .pools, "log": .pools, "peers": .links, "turn": .tokens,
        "sent": .plain,
      ])
    #expect(view.senders == ["acc"])
    #expect(view.receivers == ["for"])
    #expect(view.others == "client")
    #expect(view.messages == ["Prepared": ProtocolView.Ends(sender: "rm", receiver: "TM")])
    #expect(
      view.actions == [
        "TMRcvPrepared": ProtocolView.Action(by: "TM", reads: ["Prepared"]),
        "Timeout": ProtocolView.Action(by: "3"),
      ])
    #expect(
      view.parts == [
        ProtocolView.Part(name: "TM", variables: ["tmState"], actions: ["TMCommit"]),
        ProtocolView.Part(name: "clock"),
      ])
  }

  @Test func whatIsWrongIsSaidAndTheRestTaken() {
    let view = ViewReader.read(
      """
      nodes = 3
      pols = ["msgs"]
      tokens = ["turn"]
      messages = "x"
      [actions]
      Go = "TM"
      [actions.Stop]
      bye = "TM"
      [[part]]
      variables = ["x"]
      [[part]]
      name = "TM"
      variable = ["x"]
      """)
    #expect(view.roles == ["turn": .tokens])
    #expect(view.parts == [ProtocolView.Part(name: "TM")])
    #expect(
      view.problems == [
        "line 1, column 9: nodes is to be a text or a list of texts, as \"msgs\" or [\"msgs\", \"acks\"]",
        "line 2, column 1: there is no setting pols (did you mean pools?)",
        "line 4, column 12: messages is to have sections: [messages.Name]",
        "line 6, column 1: actions.Go is to be a section: [actions.Go]",
        "line 8, column 1: actions.Stop.bye: there is no such setting (did you mean by?)",
        "line 9, column 3: part: each needs a name = \"…\"",
        "line 13, column 1: part TM: there is no setting variable (did you mean variables?)",
      ])
  }

  @Test("Each name has its place, also after other lines and characters") func places() {
    let view = ViewReader.read(
      """
      senders = ["é", "acc"]
      pools = [
        "msgs", # the network
      \t"log"]
      [messages . Prepared]
      sender = \"""
      rm\"""
      receiver = 'TM'
      [actions.Stop]
      by = "TM"
      reads = ["Prepared", "Commit"]
      [[part]]
      name = "clock"
      variables = "time"
      [[part]]
      name = "TM"
      actions = ["Go"]
      """)
    let expected: [ProtocolView.Mention: (Int, Int)] = [
      .field("é"): (1, 12), .field("acc"): (1, 17), .variable("msgs"): (3, 3), .variable("log"): (4, 2),
      .kind("Prepared"): (5, 13), .end("rm", ofKind: "Prepared"): (6, 10),
      .end("TM", ofKind: "Prepared"): (8, 12), .action("Stop"): (9, 10),
      .actor("TM", ofAction: "Stop"): (10, 6), .readKind("Prepared", byAction: "Stop"): (11, 10),
      .readKind("Commit", byAction: "Stop"): (11, 22), .partVariable("time", ofPart: "clock"): (14, 13),
      .partAction("Go", ofPart: "TM"): (17, 12),
    ]
    #expect(view.problems == [])
    #expect(view.places == expected.mapValues { ProtocolView.Place(line: $0.0, column: $0.1) })
  }

  @Test func aFileThatIsNoTOML() {
    let view = ViewReader.read("nodes = [\n")
    #expect(view.problems.count == 1)
    #expect(view.problems.first?.hasPrefix("line ") ?? false)
  }
}
