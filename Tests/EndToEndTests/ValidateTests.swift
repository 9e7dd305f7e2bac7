import Foundation
import Testing

/// `validate` on the logs of a real Syn cluster, as they are and forged.
@Suite("Real logs", .timeLimit(.minutes(5)))
struct ValidateTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Models/syn/real")

  private static func path(_ name: String) -> String { folder.appendingPathComponent(name + ".ndjson").path }

  private static func lines(_ name: String) throws -> [String] {
    try String(contentsOfFile: path(name), encoding: .utf8).split(separator: "\n").map(String.init)
  }

  /// What is known of a log.
  struct Known: Sendable, CustomTestStringConvertible {
    let name: String
    let exitCode: Int32
    let outcome: String
    let violated: String?
    /// Where the log departs, or what it says of the state in which the invariant fails.
    let line: Int?
    var model = "syn/library"
    var testDescription: String { "\(name) \(model)" }
  }

  @Test(
    "Each log is judged as it was by hand",
    arguments: [
      Known(name: "two-nodes", exitCode: 0, outcome: "explained", violated: nil, line: nil),
      Known(
        name: "three-nodes-partitions-prevented", exitCode: 0, outcome: "explained", violated: nil, line: nil),
      Known(name: "three-nodes", exitCode: 12, outcome: "violation", violated: "AllRegistered", line: 55),
      Known(
        name: "three-nodes-dropped-packets", exitCode: 12, outcome: "violation", violated: "AllRegistered",
        line: 105),
      Known(name: "three-nodes-with-update", exitCode: 1, outcome: "departs", violated: nil, line: 96),
      Known(
        name: "three-nodes-with-update", exitCode: 12, outcome: "violation", violated: "AllRegistered",
        line: 55, model: "syn/library-update"),
    ])
  func known(_ known: Known) async throws {
    let output = try await SynscopeCommand.run(["validate", Self.path(known.name), known.model, "--json"])
    #expect(output.exitCode == known.exitCode, "\(output.text)")
    let report = try JSON.read(output.standardOutput)
    #expect(report["outcome"].string == known.outcome)
    #expect(report["violated"].string == known.violated)
    #expect(report["notes"].array.isEmpty)
    #expect(report["line"].integer == known.line)
  }

  @Test("A departure names the line, the action, and why it is disabled")
  func departure() async throws {
    let output = try await SynscopeCommand.run([
      "validate", Self.path("three-nodes-with-update"), "syn/library",
    ])
    #expect(output.exitCode == 1)
    #expect(output.standardOutput.contains("departs at line 96 (handle register of n1)"))
    #expect(output.standardOutput.contains("Register(n1) is disabled: names[n] \\ DOMAIN table[n]"))
  }

  @Test("The behavior that was found is saved with the lines, and replays")
  func saved() async throws {
    try await TestFolder.with { folder in
      let judged = try await SynscopeCommand.run(
        ["validate", Self.path("two-nodes"), "syn/library", "--save-trace", folder.file("found.itf.json")])
      #expect(judged.exitCode == 0, "\(judged.text)")
      let states = try JSON.read(try folder.text(of: "found.itf.json"))["states"].array
      #expect(states.count == 14)
      #expect(states[1]["#meta"]["lines"].array.first?.integer == 3)
      let replayed = try await SynscopeCommand.run(
        [
          "replay", folder.file("found.itf.json"), "syn/library", "--constant", "Names={a}", "--constant",
          "MaxDisconnections=1",
        ])
      #expect(replayed.exitCode == 0, "\(replayed.text)")
    }
  }

  @Test("A folder with a file for each node is judged as the one file")
  func folderOfNodes() async throws {
    try await TestFolder.with { folder in
      let lines = try Self.lines("three-nodes")
      try FileManager.default.createDirectory(atPath: folder.file("logs"), withIntermediateDirectories: true)
      for node in ["n1", "n2", "n3"] {
        let own = lines.filter { $0.contains("\"node\":\"\(node)\"") }
        try own.joined(separator: "\n").write(
          toFile: folder.file("logs/\(node).ndjson"), atomically: true, encoding: .utf8)
      }
      let output = try await SynscopeCommand.run(["validate", folder.file("logs"), "syn/library"])
      #expect(output.exitCode == 12, "\(output.text)")
      #expect(output.standardOutput.contains("n3.ndjson:"))
    }
  }

  @Test("What loggers put around the lines is taken off, and told")
  func wrapped() async throws {
    try await TestFolder.with { folder in
      let lines = try Self.lines("two-nodes").map { "syn1  | 12:00:01 \u{1B}[32m\($0)\u{1B}[0m" }
      try (["starting"] + lines).joined(separator: "\r\n").write(
        toFile: folder.file("x.log"), atomically: true, encoding: .utf8)
      let output = try await SynscopeCommand.run(["validate", folder.file("x.log"), "syn/library"])
      #expect(output.exitCode == 0, "\(output.text)")
      #expect(output.standardOutput.contains("71 lines begin with text before the record, such as `syn1"))
      #expect(output.standardOutput.contains("1 line holds no record"))
    }
  }

  @Test("A limit ends the search with 152")
  func limit() async throws {
    let output = try await SynscopeCommand.run(
      ["validate", Self.path("three-nodes-dropped-packets"), "syn/library", "--max-states", "20"])
    #expect(output.exitCode == 152)
    #expect(output.standardOutput.contains("the search reached 20 states"))
  }

  @Test("What cannot be read ends with 65, with every place")
  func unreadable() async throws {
    try await TestFolder.with { folder in
      var lines = try Self.lines("two-nodes")
      lines[4] = "{\"ts\": }"
      lines[9] = String(lines[9].dropLast(20))
      try lines.joined(separator: "\n").write(toFile: folder.file("x.log"), atomically: true, encoding: .utf8)
      let log = try await SynscopeCommand.run(["validate", folder.file("x.log"), "syn/library", "--json"])
      #expect(log.exitCode == 65)
      #expect(log.standardError.contains("error: line 5: not JSON"))
      #expect(log.standardError.contains("error: line 10: "))
      #expect(try JSON.read(log.standardOutput)["outcome"].string == "unreadable")

      try "order = \"none\"\n[events.lookup]\naction = 3\n[evnts]".write(
        toFile: folder.file("x.toml"), atomically: true, encoding: .utf8)
      let mapping = try await SynscopeCommand.run(
        ["validate", Self.path("two-nodes"), "syn/library", "--map", folder.file("x.toml")])
      #expect(mapping.exitCode == 65)
      #expect(mapping.standardError.contains("line 1, column 9: order is one of total, per-node, causal"))
      #expect(mapping.standardError.contains("line 3, column 10: action is to be a step"))
      #expect(mapping.standardError.contains("there is no setting evnts (did you mean events?)"))

      try "[fields]\nevent = \"event\"\n[events.handle]\naction = \"Register($.node\"".write(
        toFile: folder.file("y.toml"), atomically: true, encoding: .utf8)
      let step = try await SynscopeCommand.run(
        ["validate", Self.path("two-nodes"), "syn/library", "--map", folder.file("y.toml")])
      #expect(step.exitCode == 65)
      #expect(step.standardError.contains("expected `)`"))

      // The same if the fields must be found first, or the whole mapping.
      let broken = "{\"event\": \"add\", \"node\": \"a\"}\n{\"event\":\n{\"event\": \"add\" 1}\n"
      for mapping in [nil, "[events.add]\naction = \"Add($.node)\"\n"] {
        let output = try await Self.judge(broken, mapping: mapping).output
        #expect(output.exitCode == 65)
        #expect(output.standardError.contains("error: line 2: "), "\(output.text)")
        #expect(output.standardError.contains("error: line 3: "), "\(output.text)")
      }

      let missing = try await SynscopeCommand.run(["validate", folder.file("none"), "syn/library"])
      #expect(missing.exitCode == 65)
    }
  }

  private static let counter = """
    EXTENDS Naturals
    CONSTANT Nodes
    VARIABLE x, total
    Init == x = [n \\in Nodes |-> 0] /\\ total = 0
    Add(n) == x' = [x EXCEPT ![n] = (@ + 1) % 7] /\\ total' = total + 1
    Reset(n) == x[n] > 3 /\\ x' = [x EXCEPT ![n] = 0] /\\ UNCHANGED total
    Next == \\E n \\in Nodes : Add(n) \\/ Reset(n)
    """

  private static func judge(
    _ log: String, named name: String = "x.ndjson", _ options: String..., mapping: String? = nil
  ) async throws -> (output: SynscopeCommand.Output, mapping: String) {
    try await TestFolder.with(
      module: counter, configuration: "INIT Init\nNEXT Next\nCONSTANT Nodes = {a, b}\n"
    ) {
      folder in
      try folder.write(log, to: name)
      if let mapping { try folder.write(mapping, to: "M.log.toml") }
      let output = try await SynscopeCommand.run(["validate", name, "M"] + options, in: folder.path)
      return (output, (try? folder.text(of: "M.log.toml")) ?? "")
    }
  }

  @Test("Without a mapping one is written, as far as names tell")
  func proposal() async throws {
    let log = """
      {"ts": 1, "event": "add", "node": "c", "x": 1}
      {"ts": 2, "event": "add", "node": "d", "x": 1}
      {"ts": 3, "event": "tick"}
      """
    let (output, mapping) = try await Self.judge(log)
    #expect(output.exitCode == 0, "\(output.text)")
    #expect(output.standardError.contains("M.log.toml was written"))
    #expect(output.standardError.contains("no action was found for the events tick"))
    #expect(output.standardOutput.contains("1 line is not judged: it is of the event tick"))
    for part in [
      "event = \"event\"", "node = \"node\"", "clock = \"ts\"", "Nodes = { values = \"node\" }",
      "action = \"Add($.node)\"", "\"x'[$.node]\" = \"$.x\"", "# TODO: no action has this name",
    ] {
      #expect(mapping.contains(part), "\(part) in \(mapping)")
    }
    let again = try await Self.judge(
      log.replacing("\"x\": 1}\n{\"ts\": 3", with: "\"x\": 2}\n{\"ts\": 3"), mapping: mapping)
    #expect(again.output.exitCode == 1)
    #expect(again.output.standardOutput.contains("departs at line 2 (add of d)"))
    #expect(again.output.standardOutput.contains("the model has 1"))
  }

  @Test(
    "Other forms of logs are read as they are",
    arguments: [
      "{\"action\": \"Add\", \"n\": \"a\", \"x\": {\"a\": 1, \"b\": 0}, \"total\": 1}\n{\"action\": \"Add\", \"n\": \"b\", \"total\": 2}",
      "{\"tag\":\"trace\",\"event\":{\"name\":\"Add\",\"nid\":\"a\"}}\n{\"tag\":\"trace\",\"event\":{\"name\":\"Add\",\"nid\":\"b\"}}",
      "{\"x\": {\"a\": 0, \"b\": 0}}\n{\"x\": {\"a\": 1, \"b\": 0}}\n{\"total\": 2}",
      "event,node,x\r\nadd,a,1\r\nadd,b,1\r\n",
      "{\"x.a\": 1}\n{\"b.x\": 1}",
      "{\"a\": {\"x\": 1}}\n{\"x\": {\"b\": 1}, \"total\": 2}",
      "{\"action\": \"Add\", \"x.a\": 1}\n{\"action\": \"Add\", \"x\": {\"b\": 1}}",
      "{\"event\": \"Add\", \"node\": \"a\", \"state\": {\"total\": 1}}\n{\"event\": \"Add\", \"node\": \"a\", \"state\": {\"total\": 2, \"x\": {\"a\": 2}}}",
      "{\"event.name\": \"Add\", \"node\": \"a\"}\n{\"event.name\": \"Add\", \"node\": \"b\"}",
      "INFO {main} 10:00 {\"event\": \"Add\", \"node\": \"a\"}\n{\"event\": \"Add\", \"node\": \"b\"}",
      "INFO 10:00 {\"event\": \"Add\", \"node\": \"a\"}\nINFO 10:01 started\nINFO 10:02 {\"event\": \"Add\", \"node\": \"b\"}",
    ])
  func forms(_ log: String) async throws {
    let (output, mapping) = try await Self.judge(log)
    #expect(output.exitCode == 0, "\(output.text) \(mapping)")
    #expect(output.standardOutput.contains("2 steps"), "\(output.text) \(mapping)")
    #expect(!output.standardOutput.contains("not judged"))
  }

  @Test("Constants, the initial state, sequences of steps and unlogged actions come from the mapping")
  func mapping() async throws {
    let mapping = """
      initial = ["total = 0"]
      [fields]
      event = "what"
      [names]
      "node-1" = "a"
      "node-2" = "b"
      [constants]
      Nodes = { values = "at" }
      [unlogged]
      Reset = 1
      [events.twice]
      action = [["Add($.at)", "Add($.at)"]]
      "x[$.at]" = "$.before"
      "x'[$.at]" = "$.after"
      [events.look]
      action = false
      where = ["x[$.at] = $.value"]
      """
    let log = """
      {"what": "twice", "at": "node-1", "before": 0, "after": 2}
      {"what": "twice", "at": "node-1", "before": 2, "after": 4}
      {"what": "look", "at": "node-1", "value": 0}
      {"what": "look", "at": "node-2", "value": 0}
      """
    let good = try await Self.judge(log, mapping: mapping)
    #expect(good.output.exitCode == 0, "\(good.output.text)")
    #expect(good.output.standardOutput.contains("5 steps, 1 of them without a line"))
    let tight = try await Self.judge(log, mapping: mapping.replacing("Reset = 1", with: "Reset = 0"))
    #expect(tight.output.exitCode == 1)
    #expect(
      tight.output.standardOutput.contains("if Reset may happen once more without a line, the rest fits"))
    let never = try await Self.judge(log, mapping: mapping.replacing("total = 0", with: "total = 3"))
    #expect(never.output.exitCode == 1)
    #expect(never.output.standardOutput.contains("no initial state"))
  }

  @Test(
    "An update of a part of a variable that is not so departs at its line",
    arguments: [
      "{\"x.a\": 1}\n{\"b.x\": 2}", "{\"a\": {\"x\": 1}}\n{\"x\": {\"b\": 2}}",
      "{\"x\": {\"a\": 1}}\n{\"x\": {\"a\": 1, \"b\": 2}}",
      "{\"action\": \"Add\", \"x.a\": 1}\n{\"action\": \"Add\", \"x\": {\"b\": 2}}",
      "{\"event\": \"Add\", \"node\": \"a\", \"state\": {\"x\": {\"a\": 1}}}\n{\"event\": \"Add\", \"node\": \"a\", \"state\": {\"x\": {\"a\": 1}}}",
    ])
  func wrongUpdates(_ log: String) async throws {
    let output = try await Self.judge(log).output
    #expect(output.exitCode == 1, "\(output.text)")
    #expect(output.standardOutput.contains("departs at line 2"), "\(output.text)")
    #expect(output.standardOutput.contains("but the log says x"), "\(output.text)")
  }

  @Test("A condition on two states compares the first and the last of several steps")
  func longSteps() async throws {
    let mapping = """
      [fields]
      event = "what"
      [events.twice]
      action = [["Add($.at)", "Add($.at)"]]
      where = ["total' = total + $.by"]
      """
    func judge(_ by: Int) async throws -> SynscopeCommand.Output {
      try await Self.judge(
        "{\"what\": \"twice\", \"at\": \"a\", \"by\": 2}\n{\"what\": \"twice\", \"at\": \"a\", \"by\": \(by)}",
        mapping: mapping
      ).output
    }
    let good = try await judge(2)
    #expect(good.exitCode == 0, "\(good.text)")
    let bad = try await judge(1)
    #expect(bad.exitCode == 1, "\(bad.text)")
    #expect(bad.standardOutput.contains("departs at line 2"))
  }

  @Test("Fields with like names are told apart, and names may have any characters")
  func fieldNames() async throws {
    let mapping = """
      [fields]
      event = "what"
      [events.add]
      action = "Add($.a.b)"
      where = ["$.a_b = 7", "$.\\"the-sum\\" = total'"]
      """
    let log = "{\"what\": \"add\", \"a\": {\"b\": \"a\"}, \"a_b\": 7, \"the-sum\": 1}"
    let good = try await Self.judge(log, mapping: mapping).output
    #expect(good.exitCode == 0, "\(good.text)")
    for lie in [log.replacing("7", with: "8"), log.replacing("1}", with: "2}")] {
      #expect(try await Self.judge(lie, mapping: mapping).output.exitCode == 1, "\(lie)")
    }
    let missing = try await Self.judge(log.replacing("the-sum", with: "sum"), mapping: mapping).output
    #expect(
      missing.standardOutput.contains("no line that was read for add has $.\"the-sum\""), "\(missing.text)")
  }

  @Test(
    "Texts that tell the time are compared as times",
    arguments: [
      ("2026-11-26T13:55:28Z", "2026-11-26T13:55:28.1Z"), ("13:55:28.12345", "13:55:28.5"),
      ("2026-11-26T14:55:28+01:00", "2026-11-26T13:55:28,5Z"), ("2", "10"),
      ("2026-02-28 23:59:59", "2026-03-01 00:00:00"),
    ])
  func times(_ first: String, _ second: String) async throws {
    let log = [(first, 1), (second, 2)].map {
      "{\"ts\": \"\($0)\", \"event\": \"add\", \"node\": \"a\", \"total\": \($1)}"
    }
    let mapping = "order = \"total\"\n[fields]\nevent = \"event\"\nnode = \"node\"\nclock = \"ts\""
    for lines in [log, log.reversed()] {
      let output = try await Self.judge(lines.joined(separator: "\n"), mapping: mapping).output
      #expect(output.exitCode == 0, "\(output.text)")
    }
  }

  @Test("Lines out of the order of their clocks are told; clocks of several kinds are refused")
  func clocks() async throws {
    func line(_ clock: String, _ total: Int) -> String {
      "{\"ts\": \(clock), \"event\": \"add\", \"node\": \"a\", \"total\": \(total)}"
    }
    let mapping = "order = \"total\"\n[fields]\nevent = \"event\"\nnode = \"node\"\nclock = \"ts\""
    let late = try await Self.judge(
      [line("1", 1), line("3", 3), line("2", 2)].joined(separator: "\n"), mapping: mapping
    ).output
    #expect(late.exitCode == 0, "\(late.text)")
    #expect(late.standardOutput.contains("1 line comes after a line with a later clock (first at line 3)"))
    let inOrder = try await Self.judge(
      [line("1", 1), line("2", 2)].joined(separator: "\n"), mapping: mapping
    ).output
    #expect(inOrder.exitCode == 0 && !inOrder.standardOutput.contains("later clock"), "\(inOrder.text)")
    let mixed = try await Self.judge(
      [line("3", 1), line("\"x\"", 2), line("1", 3)].joined(separator: "\n"), mapping: mapping
    ).output
    #expect(mixed.exitCode == 65, "\(mixed.text)")
    #expect(mixed.standardError.contains("line 2: its clock is of another kind"), "\(mixed.text)")
  }

  @Test("A mapping that names what the model does not have is refused")
  func unknownActions() async throws {
    let log = "{\"event\": \"add\", \"node\": \"a\"}"
    for (mapping, message) in [
      (
        "[events.add]\naction = \"Rezet($.node)\"",
        "the mapping names the action Rezet, which the model does not have (did you mean Reset?)"
      ),
      (
        "[unlogged]\nRest = 1",
        "the mapping names the action Rest, which the model does not have (did you mean Reset?)"
      ),
      ("[events.add]\naction = \"Add($.node, 1)\"", "the mapping gives Add 2 arguments, but it has 1"),
    ] {
      let output = try await Self.judge(log, mapping: mapping).output
      #expect(output.exitCode == 65, "\(output.text)")
      #expect(output.standardError.contains(message), "\(output.text)")
    }
  }

  @Test("Names that the mapping translates order lines by their vector clocks")
  func causalNames() async throws {
    let mapping = """
      order = "causal"
      [fields]
      event = "event"
      node = "node"
      clock = "vc"
      [names]
      "a@host" = "a"
      "b@host" = "b"
      """
    func line(_ node: String, _ one: Int, _ other: Int, total: Int) -> String {
      "{\"vc\": {\"a@host\": \(one), \"b@host\": \(other)}, \"event\": \"Add\", \"node\": \"\(node)@host\", \"total\": \(total)}"
    }
    let good = try await Self.judge(
      line("b", 1, 1, total: 2) + "\n" + line("a", 1, 0, total: 1), mapping: mapping)
    #expect(good.output.exitCode == 0, "\(good.output.text)")
    let wrong = try await Self.judge(
      line("b", 1, 1, total: 1) + "\n" + line("a", 1, 0, total: 2), mapping: mapping)
    #expect(wrong.output.exitCode == 1, "\(wrong.output.text)")
    let without = try await Self.judge(
      line("b", 1, 1, total: 1) + "\n{\"event\": \"Add\", \"node\": \"a@host\"}", mapping: mapping)
    #expect(without.output.exitCode == 65)
    #expect(without.output.standardError.contains("line 2: the causal order needs a clock in every line"))
  }

  @Test("A log is judged while it is written")
  func followed() async throws {
    try await TestFolder.with(
      module: Self.counter.replacing("Next ==", with: "Small == total < 3\nNext =="),
      configuration: "INIT Init\nNEXT Next\nINVARIANT Small\nCONSTANT Nodes = {a, b}\n"
    ) { folder in
      try folder.write(
        "[fields]\nevent = \"event\"\nnode = \"node\"\n[events.add]\naction = \"Add($.node)\"\n\"total'\" = \"$.total\"",
        to: "M.log.toml")
      func line(_ node: String, _ total: Int) -> String {
        "{\"event\": \"add\", \"node\": \"\(node)\", \"total\": \(total)}\\n"
      }
      // The pipe stays open: the program ends by itself.
      func open(_ lines: String) async throws -> SynscopeCommand.Output {
        try await SynscopeCommand.shell(
          "rm -f p; mkfifo p; exec 3<>p; printf '\(lines)' >&3; \"$SYNSCOPE\" validate p M --follow",
          in: folder.path)
      }
      let departed = try await open(line("a", 1) + line("b", 2) + line("a", 4))
      #expect(departed.exitCode == 1, "\(departed.text)")
      #expect(departed.standardOutput.contains("departs at line 3 (add of a)"))
      let violated = try await open(line("a", 1) + line("b", 2) + line("a", 3))
      #expect(violated.exitCode == 12, "\(violated.text)")
      #expect(violated.standardOutput.contains("Small fails in every behavior"))
      let ended = try await open(line("a", 1) + line("b", 2) + "EOF\\n")
      #expect(ended.exitCode == 0, "\(ended.text)")
      #expect(ended.standardOutput.contains("2 events, 2 steps"))
      let piped = try await SynscopeCommand.shell(
        "printf '\(line("a", 1))\(line("a", 2))' | \"$SYNSCOPE\" validate - M --follow", in: folder.path)
      #expect(piped.exitCode == 0, "\(piped.text)")
      // The last line has no line break, and an event of which nothing was known.
      let broken = try await SynscopeCommand.shell(
        "(printf '\(line("a", 1))'; sleep 0.3; printf '{\"event\": \"other\", \"node\": \"a\"}') | "
          + "timeout 60 \"$SYNSCOPE\" validate - M --follow", in: folder.path)
      #expect(broken.exitCode == 0, "\(broken.text)")
      #expect(broken.standardOutput.contains("it is of the event other"))
      let table = try await open("event,node,total\\nadd,a,1\\nadd,b,2\\nEOF\\n")
      #expect(table.exitCode == 0, "\(table.text)")
      #expect(table.standardOutput.contains("2 events, 2 steps"))

      // A file to which a line is added after the program has said that it waits.
      func growing(_ then: String) async throws -> SynscopeCommand.Output {
        try await SynscopeCommand.shell(
          """
          set -m  # so that SIGINT is not ignored in the background
          printf '\(line("a", 1))' > x.ndjson
          rm -f notes; touch notes  # those of a former run would tell too early that it waits
          "$SYNSCOPE" validate x.ndjson M --follow 2> notes & pid=$!
          while kill -0 $pid && ! grep -q 'waiting for more' notes; do sleep 0.1; done
          \(then)
          wait $pid
          """, in: folder.path)
      }
      let lied = try await growing("printf '\(line("b", 3))' >> x.ndjson")
      #expect(lied.exitCode == 1, "\(lied.text)")
      #expect(lied.standardOutput.contains("departs at line 2 (add of b)"))
      let stopped = try await growing("kill -INT $pid")
      #expect(stopped.exitCode == 130, "\(stopped.text)")
      #expect(
        stopped.standardOutput.contains("up to then 1 of 1 events were explained"), "\(stopped.text)")
    }
  }

  @Test("A log of many lines takes no more memory than one of a few")
  func manyLines() async throws {
    try await TestFolder.with(
      module: Self.counter, configuration: "INIT Init\nNEXT Next\nCONSTANT Nodes = {a, b}\n"
    ) { folder in
      try folder.write(
        "[fields]\nevent = \"event\"\n[events.add]\naction = \"Add($.node)\"\n\"total'\" = \"$.total\"",
        to: "M.log.toml")
      func judge(_ count: Int, lie: Int = 0) async throws -> SynscopeCommand.Output {
        try folder.write(
          (1...count).map { number in
            "{\"event\": \"add\", \"node\": \"\(number % 3 == 0 ? "a" : "b")\", \"total\": \(number + (number == lie ? 1 : 0))}"
          }.joined(separator: "\n"), to: "x.ndjson")
        // A small limit on memory is reached if the memory grows with the lines.
        return try await SynscopeCommand.run(
          ["validate", "x.ndjson", "M", "--memory", "256M"], in: folder.path)
      }
      let whole = try await judge(40_000)
      #expect(whole.exitCode == 0, "\(whole.text)")
      #expect(whole.standardOutput.contains("40000 events, 40000 steps"))
      let lied = try await judge(40_000, lie: 39_990)
      #expect(lied.exitCode == 1, "\(lied.text)")
      #expect(lied.standardOutput.contains("departs at line 39990 (add)"))
      #expect(lied.standardOutput.contains("39989 of 40000 events are explained at most"))
    }
  }

  @Test("The causal order follows vector clocks")
  func causal() async throws {
    let first = "{\"vc\": {\"a\": 1, \"b\": 0}, \"event\": \"Add\", \"node\": \"a\", \"total\": 1}"
    let second = "{\"vc\": {\"a\": 1, \"b\": 1}, \"event\": \"Add\", \"node\": \"b\", \"total\": 2}"
    let unordered = second.replacing("\"a\": 1", with: "\"a\": 0").replacing(
      "\"total\": 2", with: "\"total\": 1")
    let good = try await Self.judge("\(second)\n\(first)", "--order", "causal")
    #expect(good.output.exitCode == 0, "\(good.output.text)")
    let free = try await Self.judge(
      "\(unordered)\n\(first.replacing("1}", with: "2}").replacing("\"total\": 1", with: "\"total\": 2"))",
      "--order", "causal")
    #expect(free.output.exitCode == 0, "\(free.output.text)")
    let wrong = try await Self.judge(
      "\(second.replacing("\"total\": 2", with: "\"total\": 1"))\n\(first)", "--order", "causal")
    #expect(wrong.output.exitCode == 1)
    let none = try await Self.judge("{\"event\": \"Add\", \"node\": \"a\"}", "--order", "causal")
    #expect(none.output.exitCode == 65)
  }

  @Test("Logs that are packed by gzip are unpacked", arguments: ["gzip -1", "gzip -9", "gzip -n"])
  func packed(_ command: String) async throws {
    try await TestFolder.with { folder in
      try folder.write(try Self.lines("two-nodes").joined(separator: "\n"), to: "x.ndjson")
      let judged = try await SynscopeCommand.shell(
        "\(command) x.ndjson && \"$SYNSCOPE\" validate x.ndjson.gz syn/library", in: folder.path)
      #expect(judged.exitCode == 0, "\(judged.text)")
      // Random bytes are stored, a short text has the fixed code, and a file may have several members.
      let parts = try await SynscopeCommand.shell(
        """
        (head -c 3000 /dev/urandom | base64 -w 0 | tr -d '\\n' | sed 's/^/{"pad": "/; s/$/"}/'; echo) | gzip > y.gz
        echo '{"event": "call register"}' | gzip >> y.gz
        "$SYNSCOPE" validate y.gz syn/library
        """, in: folder.path)
      #expect(parts.exitCode == 65)
      #expect(parts.standardError.contains("no line of the log can be judged"), "\(parts.text)")
      let cut = try await SynscopeCommand.shell(
        "head -c 500 x.ndjson.gz > z.gz; \"$SYNSCOPE\" validate z.gz syn/library", in: folder.path)
      #expect(cut.exitCode == 65)
      #expect(cut.standardError.contains("it is cut off, or no gzip file"), "\(cut.text)")
      let second = try await SynscopeCommand.shell(
        "(cat x.ndjson.gz; head -c 12 x.ndjson.gz) > w.gz; \"$SYNSCOPE\" validate w.gz syn/library",
        in: folder.path)
      #expect(second.exitCode == 65, "\(second.text)")
    }
  }
}
