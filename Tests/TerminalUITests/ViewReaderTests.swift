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
      Set(view.problems) == [
        "nodes is to be a text or a list of texts, as \"msgs\" or [\"msgs\", \"acks\"]",
        "there is no setting pols (did you mean pools?)", "messages is to have sections: [messages.Name]",
        "actions.Go is to be a section: [actions.Go]",
        "actions.Stop.bye: there is no such setting (did you mean by?)",
        "part: each needs a name = \"…\"", "part TM: there is no setting variable (did you mean variables?)",
      ])
  }

  @Test func aFileThatIsNoTOML() {
    let view = ViewReader.read("nodes = [\n")
    #expect(view.problems.count == 1)
    #expect(view.problems.first?.hasPrefix("line ") ?? false)
  }
}
