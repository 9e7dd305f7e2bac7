import StateSpace
import Testing
import Traces

@testable import Workbench

/// A system's log beside the behavior that explains it.
@Suite("Logs")
struct LogPaneTests {
  private static func line(_ event: String, _ node: String) -> String {
    #"{"ts":"t","event":"\#(event)","n":"\#(node)","more":[1]}"#
  }

  /// A name is registered and unregistered; the link was cut in between, which no line tells.
  private static let healed = [
    line("Register", "n1"), line("noise", "n1"), line("Unregister", "n1"), line("Reconnect", "n1"),
  ]
  /// The same, and then a message is read that is not there.
  private static let departing = healed + [line("AckSync", "n2"), line("Discover", "n1")]
  private static let phantom = [
    ("Register", "n1"), ("Unregister", "n1"), ("Reconnect", "n1"), ("Discover", "n1"),
    ("SyncRegister", "n2"), ("Discover", "n2"), ("AckSync", "n1"), ("AckSync", "n2"),
  ].map { line($0, $1) }

  private static func stage(_ lines: [String], width: Int = 120, height: Int = 40) throws -> Stage {
    var stage = try Stage("syn/part5", width: width, height: height)
    stage.press(":log x.ndjson", "Enter")
    try stage.judgeLog(lines)
    return stage
  }

  /// The row of the screen that shows a line of the log.
  private static func row(_ stage: Stage, _ number: Int) -> String {
    // The log stands at the right.
    stage.screen.split(separator: "\n").map { String($0.split(separator: "│").last ?? "") }
      .first { $0.trimmingBlanks.hasPrefix("\(number) ") || $0.contains(" \(number) ") && $0.contains(" n") }
      ?? ""
  }

  @Test("Each line stands beside its step; steps without a line are shown, and lines that no rule reads")
  func explained() throws {
    let stage = try Self.stage(Self.healed)
    #expect(stage.session.step == 4)
    #expect(stage.session.branchName == "x.ndjson")
    #expect(stage.shows("Log ─ x.ndjson"))
    #expect(stage.shows("1  1  n1 Register"))
    #expect(stage.shows("2     n1 noise"))
    #expect(stage.shows("3  2  n1 Unregister  more [1]"))
    #expect(stage.shows("   3  Disconnect(n1)  no line"))
    #expect(stage.shows("▸  4  4  n1 Reconnect"))
    #expect(stage.shows("x.ndjson is a behavior of syn/part5"))
    // Trace tells the lines.
    #expect(stage.shows("1  :1   Register(n1)"))
    #expect(stage.shows("3       Disconnect(n1)"))
  }

  @Test("Moving in the log moves in the behavior, and the reverse")
  func moving() throws {
    var stage = try Self.stage(Self.healed)
    stage.press(":log", "Enter", "Up")
    #expect(stage.session.step == 3)
    stage.press("Up")
    #expect(stage.session.step == 2)
    // A line that no rule reads belongs to the state that was reached.
    stage.press("Up")
    #expect(stage.session.step == 1)
    #expect(stage.session.position(.log).selected == 1)
    stage.press("Up")
    #expect(stage.session.step == 1)
    #expect(stage.session.position(.log).selected == 0)
    stage.press("End")
    #expect(stage.session.position(.log).selected == 4)
    stage.press("b", "b")
    #expect(stage.session.position(.log).selected == 2)
    stage.press("Home")
    #expect(stage.session.step == 0)
    stage.press("f")
    stage.press("Enter")
    #expect(stage.shows(#"{"ts":"t","event":"Register","n":"n1","more":[1]}"#))
    #expect(stage.shows("It stands for step 1: Register(n1)."))
  }

  @Test("Where the log departs, the line is marked, and Actions says why; one key goes on by hand")
  func departure() throws {
    var stage = try Self.stage(Self.departing, width: 160)
    #expect(stage.bottom.contains("✗ x.ndjson departs at line 5 (AckSync"))
    #expect(stage.shows("✗  5"))
    #expect(stage.shows("AckSync  departs here"))
    #expect(stage.shows("✗ line 5 (AckSync of n2) does not fit:"))
    #expect(stage.shows("AckSync(n2) is disabled: first is"))
    #expect(stage.shows("✗ the log departs"))
    stage.press("Home", "d")
    #expect(stage.session.screen.focus == .actions)
    #expect(stage.session.refusalsHere.count == 1)
    let here = stage.session.step
    stage.press("Enter")
    #expect(stage.session.step == here + 1)
    #expect(stage.session.refusalsHere.isEmpty)
    #expect(stage.shows("left after step \(here)"))
    // The state in which the log departs is a branch of its own where there are several.
    stage.press("b", "d")
    let frontier = try #require(stage.session.log).frontierNodes(in: stage.session.tree)
    #expect(frontier.count == stage.session.log?.judged.frontier.count)
    #expect(stage.session.log?.frontier(ofNode: stage.session.cursor, in: stage.session.tree) != nil)
  }

  @Test("The states in which the model can be are branches; the key goes from one to the next")
  func frontier() throws {
    // Nobody told whether the link was cut.
    var stage = try Self.stage([Self.line("Register", "n1"), Self.line("AckSync", "n2")])
    let nodes = try #require(stage.session.log).frontierNodes(in: stage.session.tree)
    #expect(nodes.count > 1)
    #expect(Set(nodes.map { stage.session.tree.branchName(of: $0) }).count == nodes.count)
    var seen: Set<Int> = [stage.session.cursor]
    for _ in nodes.dropFirst() {
      stage.press("d")
      seen.insert(stage.session.cursor)
    }
    #expect(seen == Set(nodes))
    #expect(stage.bottom.contains("of \(nodes.count)"))
  }

  @Test("A log that breaks an invariant is shown where it does, and the line is marked")
  func violation() throws {
    var stage = try Self.stage(Self.phantom, width: 160)
    #expect(stage.session.step == 9)
    #expect(stage.shows("▸  8  9  n2 AckSync  ✗ AllRegistered"))
    #expect(stage.bottom.contains("✗ x.ndjson: AllRegistered fails in every behavior"))
    stage.press("Home", "d")
    #expect(stage.session.step == 9)
    #expect(stage.bottom.contains("AllRegistered"))
  }

  @Test("A log whose beginning fits no state has its lines, and no behavior")
  func nothing() throws {
    var stage = try Self.stage([Self.line("AckSync", "n2")])
    #expect(stage.shows("✗  1"))
    stage.press(":log", "Enter", "Down", "Up", "d")
    #expect(stage.session.refusalsHere.count == 1)
  }

  @Test(
    "The pane is there only with a log, on every size", arguments: [(60, 16), (80, 24), (100, 24), (200, 60)])
  func sizes(_ width: Int, _ height: Int) throws {
    var stage = try Stage("syn/part5", width: width, height: height)
    for _ in Pane.allCases {
      stage.press("Tab")
      #expect(stage.session.screen.focus != .log)
    }
    stage.press(":log x.ndjson", "Enter")
    try stage.judgeLog(Self.departing)
    stage.press(":log", "Enter")
    #expect(stage.session.layout.place(of: .log) != nil)
    #expect(stage.session.screen.focus == .log)
    #expect(stage.shows("Reconnect"))
    stage.press("z")
    #expect(stage.shows("departs here"))
    stage.press("z", "Tab", "Shift-Tab")
    #expect(stage.session.screen.focus == .log)
    stage.press(":present", "Enter")
    #expect(stage.shows("departs here"))
  }

  @Test("With other constants the model is loaded first; those of the log give way to the user's")
  func constants() throws {
    var stage = try Stage("syn/part5")
    stage.press(":log x.ndjson", "Enter")
    try stage.judgeLog(Self.healed, constants: ["MaxValues=1"])
    guard
      case .reload(let constants, let startsOver)? = stage.effects.last(where: {
        if case .reload = $0 { true } else { false }
      })
    else { throw Missing() }
    #expect(constants == ["MaxValues=1"])
    #expect(startsOver)
    let other = try Stage("syn/part5", constants: constants)
    _ = stage.session.adopt(other.session.model, constants: constants, startsOver: startsOver)
    #expect(stage.session.step == 4)
    #expect(!stage.shows("starts over"))
    stage.press(":log y.ndjson", "Enter")
    #expect(stage.lastLogTask?.constants == [])
  }

  private struct Missing: Error {}

  @Test("An edited model judges the log again, and the user stays where they are")
  func reloaded() throws {
    var stage = try Self.stage(Self.healed)
    stage.press("b")
    let other = try Stage("syn/part5")
    _ = stage.session.adopt(other.session.model, constants: [], startsOver: false)
    stage.send(.tick)
    #expect(stage.lastLogTask?.path == "/logs/x.ndjson")
    try stage.judgeLog(Self.healed)
    #expect(stage.session.step == 3)
    #expect(stage.shows("Disconnect(n1)  no line"))
    let branches = stage.session.tree.branches.count
    #expect(branches == Set(stage.session.tree.nodes.map(\.branch)).count + 1 || branches <= 2)
  }

  @Test("A session that is restored judges its log again")
  func restored() throws {
    var options = Session.Options()
    options.sessionFile = "s.jsonl"
    var stage = try Stage("syn/part5", options: options)
    stage.press(":log x.ndjson", "Enter")
    try stage.judgeLog(Self.healed)
    stage.press("b")
    let text = stage.effects.map { if case .append(_, let text, _) = $0 { text } else { "" } }.joined()
    #expect(text.contains(#"{"log": "/logs/x.ndjson"}"#))
    #expect(try SessionFileReader.read(text, file: "s").log == "/logs/x.ndjson")
    var next = try Stage("syn/part5")
    next.session.offer([LeftSession(path: "s.jsonl", model: "syn/part5", constants: [], steps: 4, when: "")])
    next.press("r")
    next.send(.fileOpened(path: "s.jsonl", contents: text))
    #expect(next.lastLogTask?.path == "/logs/x.ndjson")
    try next.judgeLog(Self.healed)
    #expect(next.session.step == 3)
    #expect(next.session.log?.node(ofStep: 3, in: next.session.tree) == next.session.cursor)
    var other = try Stage("syn/part5")
    other.session.open(try SessionFileReader.read(stage.session.demonstration, file: "d"), path: "d")
    other.send(.tick)
    #expect(other.lastLogTask?.path == "/logs/x.ndjson")
  }

  @Test("Undo takes the behavior away, redo brings it back; the log stays")
  func undone() throws {
    var stage = try Self.stage(Self.healed)
    stage.press("u", ":log", "Enter", "Up")
    #expect(stage.bottom.contains("was undone"))
    stage.press("Ctrl-R", "Up")
    #expect(stage.session.log?.step(ofNode: stage.session.cursor, in: stage.session.tree) != nil)
  }

  @Test("Judging can be stopped, and says why it failed")
  func failing() throws {
    var stage = try Stage("syn/part5")
    stage.press("d")
    #expect(stage.bottom.contains("no log is open"))
    stage.press(":log x.ndjson", "Enter")
    #expect(stage.bottom.contains("judging x.ndjson"))
    stage.press("Esc")
    #expect(stage.effects.contains { if case .stopLog = $0 { true } else { false } })
    try stage.judgeLog(Self.healed)
    #expect(stage.session.log == nil)
    stage.press(":log x.ndjson", "Enter")
    stage.send(.logFailed(run: stage.session.runs.log.run, "line 3: not JSON"))
    #expect(stage.bottom.contains("line 3: not JSON"))
    stage.press(":log", "Enter")
    #expect(stage.bottom.contains("log needs"))
  }
}

extension Stage {
  /// The last log that was to be judged.
  fileprivate var lastLogTask: LogTask? {
    guard
      case .judgeLog(_, let task)? = effects.last(where: { if case .judgeLog = $0 { true } else { false } })
    else { return nil }
    return task
  }

  /// Judges the last log that was to be judged, as one with these lines. One cut of a link needs no line.
  fileprivate mutating func judgeLog(_ lines: [String], constants: [String] = []) throws {
    var run = 0
    for case .judgeLog(let number, _) in effects { run = number }
    var mapping = LogMapping()
    mapping.event = [LogField(["event"])]
    mapping.node = LogField(["n"])
    mapping.clock = LogField(["ts"])
    mapping.ignored = [LogMapping.Pattern("noise")]
    mapping.unlogged = [("Disconnect", .number(1))]
    let file = LogLines.File(name: "x.ndjson", bytes: Array(lines.joined(separator: "\n").utf8))
    let explorer = try Explorer(session.specification)
    let log = try MappedLog(try LogIndex(LogLines([file]), mapping), explorer, order: .total)
    let search = try LogSearch(
      explorer, rules: log.rules, unlogged: log.unlogged, options: CheckOptions(),
      matches: { MappedLog.matches(state: $0, logged: $1) })
    let report = LogReport(try search.judge(log) { _ in true }, of: log, explorer, search.progress)
    send(
      .logJudged(
        run: run,
        JudgedLog(report, path: "/logs/x.ndjson", constants: constants, constantsOfLog: constants)))
  }
}
