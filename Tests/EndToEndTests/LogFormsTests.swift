import Foundation
import Testing

/// What loggers write, and what is told of it.
@Suite("Forms of logs", .timeLimit(.minutes(5)))
struct LogFormsTests {
  private static let counter = """
    EXTENDS Naturals
    CONSTANT Nodes
    VARIABLE total
    Init == total = 0
    Add(n) == total' = total + 1
    Twice(n) == total' = total + 2
    Step(n) == Add(n) \\/ Twice(n)
    Next == \\E n \\in Nodes : Step(n)
    """

  private static let mapping = """
    order = "total"
    [fields]
    event = "event"
    node = "node"
    clock = "ts"
    [events.add]
    action = "Add($.node)"
    "total'" = "$.total"

    """

  /// Judges the files of a log.
  private static func judge(
    _ files: [String: String], mapping: String? = mapping, module: String = counter,
    configuration: String = "INIT Init\nNEXT Next\nCONSTANT Nodes = {a, b}\n", _ options: String...
  ) async throws -> (output: SynscopeCommand.Output, mapping: String) {
    try await TestFolder.with(module: module, configuration: configuration) { folder in
      for (name, text) in files { try folder.write(text, to: name) }
      if let mapping { try folder.write(mapping, to: "M.log.toml") }
      var log = files.keys.sorted()[0]
      if files.count > 1 {
        log = "logs"
        try FileManager.default.createDirectory(
          atPath: folder.file("logs"), withIntermediateDirectories: true)
        for name in files.keys {
          try FileManager.default.moveItem(atPath: folder.file(name), toPath: folder.file("logs/\(name)"))
        }
      }
      let output = try await SynscopeCommand.run(["validate", log, "M"] + options, in: folder.path)
      return (output, (try? folder.text(of: "M.log.toml")) ?? "")
    }
  }

  private static func line(_ clock: String, _ total: Int, node: String = "a") -> String {
    "{\"ts\": \(clock), \"event\": \"add\", \"node\": \"\(node)\", \"total\": \(total)}"
  }

  // MARK: Clocks

  @Test(
    "The texts of clocks are compared as what they mean",
    arguments: [
      ["Nov 30 10:00:00", "Dec  1 09:00:00"], ["30/Nov/2026:10:00:00 +0000", "01/Dec/2026:09:00:00 +0000"],
      ["Mon Nov 30 10:00:00 2026", "Tue Dec  1 09:00:00 2026"],
      ["Mon, 30 Nov 2026 10:00:00 +0100", "Mon, 30 Nov 2026 09:30:00 GMT"],
      ["2026/11/30 10:00:00 +01:00", "2026-11-30T09:30:00Z"], ["9.5", "10.25"],
      ["9223372036854775808", "18446744073709551615"],
    ])
  func texts(_ clocks: [String]) async throws {
    let lines = zip(clocks, 1...).map { Self.line("\"\($0)\"", $1) }
    for order in [lines, lines.reversed()] {
      let output = try await Self.judge(["x.ndjson": order.joined(separator: "\n")]).output
      #expect(output.exitCode == 0, "\(output.text)")
    }
  }

  @Test(
    "Clocks without a date go on after midnight, and those without a year in January",
    arguments: [
      ["23:59:59.9", "00:00:01"], ["Dec 31 23:59:59", "Jan  1 00:00:01"],
      // Three nights.
      ["22:00:00", "09:00:00", "22:00:00", "09:00:00", "22:00:00", "09:00:00"],
      // A long pause by day.
      ["08:00:00", "22:00:00"],
    ])
  func midnight(_ clocks: [String]) async throws {
    let lines = zip(clocks, 1...).map { Self.line("\"\($0)\"", $1) }
    let output = try await Self.judge(["x.ndjson": lines.joined(separator: "\n")]).output
    #expect(output.exitCode == 0, "\(output.text)")
    #expect(!output.standardOutput.contains("later clock"), "\(output.text)")
    let turns = clocks[0] != "08:00:00"
    #expect(output.standardOutput.contains("begin anew (first at line 2)") == turns, "\(output.text)")
    var lied = lines
    lied.swapAt(0, 1)
    lied[0] = Self.line("\"\(clocks[0])\"", 2)
    let refused = try await Self.judge(["x.ndjson": lied.joined(separator: "\n")]).output
    #expect(refused.exitCode == 1, "\(refused.text)")
  }

  @Test("A line that is a little late stands before midnight, and files begin at about the same time")
  func lateAtMidnight() async throws {
    let late = [
      Self.line("\"23:59:58\"", 1), Self.line("\"00:00:01\"", 3), Self.line("\"23:59:59\"", 2),
      Self.line("\"00:00:02\"", 4),
    ]
    let one = try await Self.judge(["x.ndjson": late.joined(separator: "\n")]).output
    #expect(one.exitCode == 0, "\(one.text)")
    #expect(one.standardOutput.contains("1 line comes after a line with a later clock"), "\(one.text)")
    let files = try await Self.judge([
      "a.ndjson": Self.line("\"23:59:58\"", 1) + "\n" + Self.line("\"00:00:02\"", 3),
      "b.ndjson": Self.line("\"00:00:01\"", 2, node: "b") + "\n" + Self.line("\"00:00:03\"", 4, node: "b"),
    ]).output
    #expect(files.exitCode == 0, "\(files.text)")
    let mixed = try await Self.judge([
      "x.ndjson": Self.line("\"13:00:00\"", 1) + "\n" + Self.line("\"2026-11-30T13:00:01Z\"", 2)
    ]).output
    #expect(mixed.exitCode == 65, "\(mixed.text)")
  }

  // MARK: Values

  @Test("Numbers are exact, however large, and 2.0 is 2")
  func numbers() async throws {
    let whole = try await Self.judge([
      "x.ndjson":
        "{\"event\": \"add\", \"node\": \"a\", \"total\": 1.0}\n{\"event\": \"add\", \"node\": \"b\", \"total\": 2e0}"
    ]).output
    #expect(whole.exitCode == 0, "\(whole.text)")
    let part = try await Self.judge([
      "x.ndjson": "{\"event\": \"add\", \"node\": \"a\", \"total\": 1.5}"
    ]).output
    #expect(part.exitCode == 1, "\(part.text)")
    let large = Self.mapping.replacing(
      "\"total'\" = \"$.total\"", with: "where = [\"total' = $.id - 18446744073709551600\"]")
    for (id, code) in [("18446744073709551601", 0), ("18446744073709551602", 1)] as [(String, Int32)] {
      let output = try await Self.judge(
        ["x.ndjson": "{\"event\": \"add\", \"node\": \"a\", \"id\": \(id)}"], mapping: large
      ).output
      #expect(output.exitCode == code, "\(id): \(output.text)")
    }
  }

  @Test("A cell in quotes may have line breaks; one that does not end is refused")
  func cells() async throws {
    let rows = "event,node,note,total\nadd,a,\"two\nlines, and a \"\"word\"\"\",1\nadd,b,\"\n\n\",2\nadd,a,,3"
    let mapping = Self.mapping.replacing("clock = \"ts\"\n", with: "")
    for text in [rows, rows.replacing("\n", with: "\r\n"), rows + "\n"] {
      let good = try await Self.judge(["x.csv": text], mapping: mapping).output
      #expect(good.exitCode == 0, "\(good.text)")
      #expect(good.standardOutput.contains("3 events, 3 steps"), "\(good.text)")
    }
    let lied = try await Self.judge(["x.csv": rows.replacing(",3", with: ",4")], mapping: mapping).output
    #expect(lied.exitCode == 1, "\(lied.text)")
    #expect(lied.standardOutput.contains("departs at line 7 (add of a)"), "\(lied.text)")
    #expect(
      lied.standardOutput.contains("the log says total' = $.total, which is 4: the model has 3"),
      "\(lied.text)")
    let open = try await Self.judge(
      ["x.csv": rows.replacing("\n\n\",2", with: "\n\n,2")], mapping: mapping
    ).output
    #expect(open.exitCode == 65, "\(open.text)")
    #expect(open.standardError.contains("line 4: a cell in quotes does not end"), "\(open.text)")
    let followed = try await TestFolder.with(
      module: Self.counter, configuration: "INIT Init\nNEXT Next\nCONSTANT Nodes = {a, b}\n"
    ) { folder in
      try folder.write(mapping, to: "M.log.toml")
      return try await SynscopeCommand.shell(
        "(printf 'event,node,note,total\\nadd,a,\"x\\n'; sleep 0.4; printf 'y\",1\\nadd,b,,2\\n') | "
          + "timeout 60 \"$SYNSCOPE\" validate - M --follow", in: folder.path)
    }
    #expect(followed.exitCode == 0, "\(followed.text)")
    #expect(followed.standardOutput.contains("2 events, 2 steps"), "\(followed.text)")
  }

  @Test(
    "An argument that only the state gives must be that of the line", arguments: [(1, 0), (2, 1), (3, 1)])
  func boundArguments(_ taken: Int, _ code: Int32) async throws {
    let module = """
      EXTENDS Naturals
      VARIABLE box
      Init == box = {}
      Put(i) == i \\notin box /\\ box' = box \\cup {i}
      Take(i) == box' = box \\ {i}
      Next == (\\E i \\in 1..3 : Put(i)) \\/ (\\E i \\in box : Take(i))
      """
    let log = "{\"event\": \"Put\", \"i\": 1}\n{\"event\": \"Take\", \"i\": \(taken)}"
    let output = try await Self.judge(
      ["x.ndjson": log], mapping: "order = \"total\"\n", module: module,
      configuration: "INIT Init\nNEXT Next\n"
    ).output
    #expect(output.exitCode == code, "\(output.text)")
  }

  // MARK: What is told

  @Test("It is told how many lines an event without an end has swallowed")
  func unended() async throws {
    let mapping = Self.mapping.replacing("clock = \"ts\"\n", with: "") + "[spans]\nadd = \"done\"\n"
    func event(_ name: String, _ total: Int) -> String {
      "{\"event\": \"\(name)\", \"node\": \"a\", \"total\": \(total)}"
    }
    let lines = [
      event("add", 1), event("note", 0), event("note", 0), event("add", 2), event("note", 0),
      event("done", 0),
    ]
    let output = try await Self.judge(["x.ndjson": lines.joined(separator: "\n")], mapping: mapping).output
    #expect(output.exitCode == 0, "\(output.text)")
    #expect(
      output.standardOutput.contains(
        "1 event has no end before the next one begins (first at line 1); 2 lines count as part of it"),
      "\(output.text)")
  }

  @Test("A line of an event without a name is named by its number only")
  func namelessEvent() async throws {
    let mapping = "[fields]\nevent = []\n[events.\"*\"]\naction = \"Add(_)\"\n\"total'\" = \"$.total\"\n"
    let output = try await Self.judge(["x.ndjson": "{\"total\": 1}\n{\"total\": 3}"], mapping: mapping).output
    #expect(output.exitCode == 1)
    #expect(output.standardOutput.contains("departs at line 2\n"), "\(output.text)")
  }

  @Test("An error in an expression of the mapping says that it is one")
  func wrongExpression() async throws {
    let mapping = Self.mapping.replacing("\"$.total\"", with: "\"$.total + none\"")
    let output = try await Self.judge(["x.ndjson": Self.line("1", 1)], mapping: mapping).output
    #expect(output.exitCode == 65, "\(output.text)")
    #expect(output.standardError.contains("this expression is one of the log's mapping"), "\(output.text)")
  }

  @Test("An invariant without a value is told as in a check")
  func invariantWithoutValue() async throws {
    let output = try await Self.judge(
      ["x.ndjson": Self.line("1", 1)],
      module: Self.counter.replacing("Next ==", with: "Bad == total = 0 \\/ total \\div 0 = 1\nNext =="),
      configuration: "INIT Init\nNEXT Next\nINVARIANT Bad\nCONSTANT Nodes = {a, b}\n"
    ).output
    #expect(output.exitCode == 75, "\(output.text)")
    #expect(output.standardError.contains("in Bad"), "\(output.text)")
    #expect(!output.text.contains("ConditionFailure"), "\(output.text)")
  }

  // MARK: Proposals

  @Test(
    "A proposal writes constants as the configuration does, names all actions of a definition, and marks what nobody reads"
  )
  func proposal() async throws {
    let module = Self.counter.replacing("CONSTANT Nodes", with: "CONSTANT Thread, Few")
      .replacing("Nodes", with: "Thread")
    let log = [("t1", 2), ("t2", 3)].map {
      "{\"event\": \"Step\", \"thread\": \"\($0)\", \"total\": \($1), \"colour\": 3}"
    }
    let (output, mapping) = try await Self.judge(
      ["x.ndjson": log.joined(separator: "\n")], mapping: nil, module: module,
      configuration:
        "INIT Init\nNEXT Next\nCONSTANT Few = {\"t1\"}\nCONSTANT Thread = {\"t1\", \"t2\", \"t3\"}\n")
    #expect(output.exitCode == 0, "\(output.text)\n\(mapping)")
    for part in [
      "node = \"thread\"", "Thread = { values = \"thread\", strings = true }",
      "action = [\"Add($.thread)\", \"Twice($.thread)\"]  # any of them", "\"total'\" = \"$.total\"",
      "# TODO: nothing is named like colour: what the lines say there is not judged", "# Add = 1",
    ] {
      #expect(mapping.contains(part), "\(part) in \(mapping)")
    }
    // What was written can be read.
    let again = try await Self.judge(
      ["x.ndjson": log.joined(separator: "\n")], mapping: mapping, module: module,
      configuration:
        "INIT Init\nNEXT Next\nCONSTANT Few = {\"t1\"}\nCONSTANT Thread = {\"t1\", \"t2\", \"t3\"}\n"
    ).output
    #expect(again.exitCode == 0, "\(again.text)")
  }

  // MARK: Definitions that consist of actions

  private static let whole = """
    EXTENDS Naturals
    CONSTANT Nodes
    VARIABLES total, last
    Init == total = 0 /\\ last = "none"
    Add(n, most) == total < most /\\ total' = total + 1 /\\ last' = n
    Twice(n, most) == total < most /\\ total' = total + 2 /\\ last' = n
    Step(n, most) == Add(n, most) \\/ Twice(n, most)
    Next == \\E n \\in Nodes : Step(n, 3) \\/ Add(n, 9)
    """

  @Test(
    "An event's action may be a definition that consists of actions: it is true of the step",
    arguments: [
      ("action = \"Step($.node, 3)\"", [("a", 1), ("b", 3)], 0, "2 events"),
      // Without arguments it is any of the actions.
      ("action = \"Step\"", [("a", 1), ("b", 3), ("b", 4)], 0, "3 events"),
      // Add alone may be taken later, but that is no Step.
      (
        "action = \"Step($.node, 3)\"", [("a", 1), ("b", 3), ("b", 4)], 1,
        "is possible, but it is no Step($.node, 3)"
      ),
      // One of several, and one after the other.
      (
        "action = [\"Step($.node, 3)\", \"Add($.node)\"]", [("a", 1), ("b", 3), ("b", 4)], 0, "3 events"
      ),
      ("action = [[\"Step($.node, 3)\", \"Step($.node, 4)\"]]", [("a", 4)], 0, "2 steps"),
      // It was another node.
      (
        "action = \"Step(\\\"a\\\", 3)\"\n\"last'\" = \"$.node\"", [("a", 1), ("b", 3)], 1,
        "departs at line 2"
      ),
      (
        "action = \"Step($.node, _)\"", [("a", 1)], 65,
        "Step consists of several actions: the mapping must give all of its 2 arguments, or none"
      ),
      ("action = \"Step($.node, 1, 2)\"", [("a", 1)], 65, "gives Step 3 arguments, but it has 2"),
      ("action = \"Add($.node)\"\n[unlogged]\nStep = 1", [("a", 3)], 0, "1 of them without a line"),
    ] as [(String, [(String, Int)], Int32, String)])
  func whole(_ action: String, _ lines: [(String, Int)], _ status: Int32, _ message: String) async throws {
    let log = lines.map { "{\"event\": \"step\", \"node\": \"\($0)\", \"total\": \($1)}" }
    let mapping = """
      order = "total"
      [fields]
      event = "event"
      [events.step]
      "total'" = "$.total"
      \(action)
      """
    let output = try await Self.judge(
      ["x.ndjson": log.joined(separator: "\n")], mapping: mapping, module: Self.whole,
      configuration: "INIT Init\nNEXT Next\nCONSTANT Nodes = {\"a\", \"b\"}\n"
    ).output
    #expect(output.exitCode == status, "\(output.text)")
    #expect(output.text.contains(message), "\(output.text)")
    #expect(!output.text.contains("is no action of the model"), "\(output.text)")
  }

  // MARK: Remedies

  @Test(
    "Under the causal order a line still comes after its causes when others are taken twice or swapped",
    arguments: [
      (["", "\"total\": 4"], "{\"a\": 2, \"b\": 1}", 3, "counts twice"),
      (["\"total\": 3", "\"total\": 1"], "{\"a\": 1, \"b\": 1}", 2, "change places"),
    ])
  func remedies(_ own: [String], _ causes: String, _ total: Int, _ remedy: String) async throws {
    func line(_ node: String, _ clock: String, _ rest: String) -> String {
      let parts = ["\"event\": \"add\"", "\"node\": \"\(node)\"", "\"ts\": \(clock)", rest]
      return "{" + parts.filter { !$0.isEmpty }.joined(separator: ", ") + "}"
    }
    let mapping = Self.mapping.replacing("order = \"total\"", with: "order = \"causal\"")
    let first = zip(own, 1...).map { line("a", "{\"a\": \($1)}", $0) }
    func judge(_ total: Int) async throws -> SynscopeCommand.Output {
      try await Self.judge(
        ["x.ndjson": (first + [line("b", causes, "\"total\": \(total)")]).joined(separator: "\n")],
        mapping: mapping
      ).output
    }
    // It would fit only if it came before its cause.
    let wrong = try await judge(total)
    #expect(wrong.exitCode == 1, "\(wrong.text)")
    #expect(!wrong.standardOutput.contains("\(remedy), the rest fits"), "\(wrong.text)")
  }

  // MARK: Signals

  @Test("A judgement that is stopped before its first line tells its counts", arguments: [[], ["--json"]])
  func stoppedEarly(_ options: [String]) async throws {
    let output = try await TestFolder.with(
      module: Self.counter, configuration: "INIT Init\nNEXT Next\nCONSTANT Nodes = {a, b}\n"
    ) { folder in
      try folder.write(Self.mapping, to: "M.log.toml")
      return try await SynscopeCommand.shell(
        """
        set -m  # so that SIGINT is not ignored in the background
        mkfifo p; exec 3<>p
        "$SYNSCOPE" validate p M --follow \(options.joined(separator: " ")) & pid=$!
        until [ $((0x$(awk '/SigCgt/ {print $2}' /proc/$pid/status) & 2)) -ne 0 ]; do sleep 0.05; done
        kill -INT $pid
        wait $pid
        """, in: folder.path)
    }
    #expect(output.exitCode == 130, "\(output.text)")
    #expect(output.standardOutput.contains("up to then 0 events were explained"), "\(output.text)")
    if !options.isEmpty {
      #expect(try JSON.read(output.standardOutput)["outcome"].string == "stopped")
    }
  }
}
