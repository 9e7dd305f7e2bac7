import Testing

/// `replay`, `show` and `eval` on saved traces, good and bad.
@Suite("Saved traces", .timeLimit(.minutes(8)))
struct TraceCommandTests {
  /// A folder with the counterexample of part5 in `trace.json`.
  private func withTrace(_ body: (TestFolder) async throws -> Void) async throws {
    try await TestFolder.with { folder in
      let output = try await SynscopeCommand.run(
        ["check", "syn/part5", "--quiet", "--save-trace", folder.file("trace.json")])
      #expect(output.exitCode == 12)
      try await body(folder)
    }
  }

  private func run(_ arguments: String..., in folder: TestFolder) async throws -> SynscopeCommand.Output {
    try await SynscopeCommand.run(arguments, in: folder.path)
  }

  @Test("A saved counterexample replays to its violation")
  func violation() async throws {
    try await withTrace { folder in
      let text = try await run("replay", "trace.json", "syn/part5", in: folder)
      #expect(text.exitCode == 12)
      #expect(text.standardOutput.hasPrefix("step 9, AckSync(n2): AllRegistered is violated"))
      let json = try await run("replay", "trace.json", "syn/part5", "--json", in: folder)
      #expect(json.exitCode == 12)
      let report = try JSON.read(json.standardOutput)
      #expect(report["outcome"].string == "violation")
      #expect(report["step"].integer == 9)
      #expect(report["action"].string == "AckSync(n2)")
      #expect(report["message"].string?.contains("AllRegistered") == true)
      let byAction = try await run("replay", "trace.json", "syn/part5", "--by", "action", in: folder)
      #expect(byAction.exitCode == 12)
      let piped = try await SynscopeCommand.shell(
        "\"$SYNSCOPE\" replay - syn/part5 < trace.json", in: folder.path)
      #expect(piped.exitCode == 12)
      #expect(piped.standardOutput == text.standardOutput)
    }
  }

  @Test("A recording plays the trace in the workbench, at the pace that is asked for")
  func recording() async throws {
    try await withTrace { folder in
      let shown = try await run(
        "show", "trace.json", "--model", "syn/part5", "--pace", "4", "-o", "x.cast", in: folder)
      #expect(shown.exitCode == 0, "\(shown.text)")
      let lines = try folder.text(of: "x.cast").split(separator: "\n")
      #expect(lines.count == 12)
      let head = try JSON.read(String(lines[0]))
      #expect(head["version"].integer == 2)
      for line in lines.dropFirst() { #expect(try JSON.read(String(line)).array.count == 3) }
      #expect(lines[2].hasPrefix("[0.500,"))
      #expect(lines[10].contains("AllRegistered"))
      let alone = try await run("show", "trace.json", "--as", "cast", in: folder)
      #expect(alone.exitCode == 64)
      #expect(alone.standardError.contains("--model MODEL"))
    }
  }

  @Test("The part before the violation is valid")
  func valid() async throws {
    try await withTrace { folder in
      let whole = try folder.text(of: "trace.json")
      let lines = whole.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      // Each state begins on its own line with the same bracket.
      let starts = lines.indices.filter { lines[$0] == "    {" }
      try #require(starts.count == 10)
      var kept = Array(lines[..<starts[4]])
      kept[kept.count - 1] = kept[kept.count - 1].replacing("},", with: "}")
      try folder.write((kept + ["  ]", "}"]).joined(separator: "\n"), to: "short.json")
      let output = try await run("replay", "short.json", "syn/part5", in: folder)
      #expect(output.exitCode == 0, "\(output.text)")
      #expect(output.standardOutput.contains("3 steps are allowed"))
    }
  }

  @Test("On part4 the replay names the step at which that model differs")
  func otherModel() async throws {
    try await withTrace { folder in
      let byAction = try await run("replay", "trace.json", "syn/part4", "--by", "action", in: folder)
      #expect(byAction.exitCode == 1)
      #expect(byAction.standardOutput.hasPrefix("step 5, Discover(n1), is not allowed: "))
      let byValue = try await run("replay", "trace.json", "syn/part4", in: folder)
      #expect(byValue.exitCode == 1)
      #expect(byValue.standardOutput.hasPrefix("step 4, Reconnect(n1), is not allowed: "))
      #expect(byValue.standardOutput.contains("inbox"))
      let json = try JSON.read(
        try await run("replay", "trace.json", "syn/part4", "--by", "action", "--json", in: folder)
          .standardOutput)
      #expect(json["outcome"].string == "illegal")
      #expect(json["step"].integer == 5)
      #expect(json["action"].string == "Discover(n1)")
    }
  }

  @Test("A changed value makes its step illegal")
  func tampered() async throws {
    try await withTrace { folder in
      let text = try folder.text(of: "trace.json")
      try folder.write(
        text.replacing("\"next_val\": {\"#bigint\": \"1\"}", with: "\"next_val\": {\"#bigint\": \"2\"}"),
        to: "bad.json")
      let output = try await run("replay", "bad.json", "syn/part5", in: folder)
      #expect(output.exitCode == 1)
      #expect(output.standardOutput.contains("step 1, Register(n1), is not allowed"))
      #expect(output.standardOutput.contains("next_val"))
    }
  }

  @Test("A trace is shown in every format")
  func show() async throws {
    try await withTrace { folder in
      let text = try await run("show", "trace.json", in: folder)
      #expect(text.exitCode == 0)
      #expect(text.standardOutput.hasPrefix("0  initial state\n"))
      #expect(text.standardOutput.contains("1  Register(n1)      name 0 → n2 sync_register 0\n"))
      #expect(text.standardOutput.contains("2  Disconnect(n1)    n1 ╳ n2\n"))
      let markdown = try await run("show", "trace.json", "--as", "markdown", in: folder)
      #expect(markdown.standardOutput.contains("| 9 | `AckSync(n2)` |"))
      let tlc = try await run("show", "trace.json", "--as", "tlc", in: folder)
      #expect(tlc.standardOutput.hasPrefix("Error: Invariant AllRegistered is violated.\n"))
      #expect(tlc.standardOutput.contains("\nState 1: <Initial predicate>\n/\\ registered = {}\n"))
      #expect(tlc.standardOutput.contains("State 10: <AckSync(n2)>\n"))
      let itf = try await run("show", "trace.json", "--as", "itf", "-o", "copy.json", in: folder)
      #expect(itf.exitCode == 0 && itf.standardOutput == "")
      let original = try JSON.read(folder.text(of: "trace.json"))
      let copy = try JSON.read(folder.text(of: "copy.json"))
      #expect(copy["states"].array.count == 10)
      #expect(copy["vars"] == original["vars"])
      for (one, other) in zip(copy["states"].array, original["states"].array) {
        for name in one.keys.union(other.keys) where name != "#meta" { #expect(one[name] == other[name]) }
        #expect(one["#meta"]["action"] == other["#meta"]["action"])
      }
      #expect(try await run("replay", "copy.json", "syn/part5", in: folder).exitCode == 12)
    }
  }

  @Test("One of several traces in a log can be chosen")
  func several() async throws {
    try await TestFolder.with { folder in
      try folder.write(
        ["Up", "Leap"].map { "State 1: <Initial predicate>\nx = 0\n\nState 2: <\($0)>\nx = 4\n\n" }.joined(),
        to: "two.out")
      let list = try await run("show", "two.out", in: folder)
      #expect(list.exitCode == 0)
      #expect(
        list.standardOutput
          == "1  2 states, the last by Up\n2  2 states, the last by Leap\n--number N shows one of them\n")
      let second = try await run("show", "two.out", "--number", "2", in: folder)
      #expect(second.standardOutput.contains("1  Leap"))
      let unclear = try await run("replay", "two.out", "syn/part1", in: folder)
      #expect(unclear.exitCode == 64)
      #expect(unclear.standardError.contains("two.out holds 2 traces; --number N chooses one"))
      #expect(try await run("show", "two.out", "--number", "3", in: folder).exitCode == 64)
      let saved = try await run("show", "two.out", "--number", "1", "-o", "t.svg", in: folder)
      #expect(saved.exitCode == 0)
      #expect(try folder.text(of: "t.svg").hasPrefix("<svg"))
      let foreign = try await run("replay", "two.out", "syn/part1", "--number", "1", in: folder)
      #expect(foreign.exitCode == 1)
      #expect(
        foreign.standardOutput.hasPrefix(
          "the trace shares no variable with the model: it has x, and the model"))
      #expect(foreign.standardOutput.split(separator: "\n").count == 1)
    }
  }

  @Test("A line says what was removed from a log")
  func wrapped() async throws {
    try await TestFolder.with { folder in
      try folder.write("tlc-1  | State 1: <Init>\r\ntlc-1  | x = 0\r\n", to: "wrapped.log")
      let output = try await run("show", "wrapped.log", in: folder)
      #expect(output.standardOutput == "0  initial state\n   x = 0\n")
      #expect(
        output.standardError
          == "note: removed to read the trace: Windows line endings, `tlc-1  | ` before each line\n")
    }
  }

  @Test("Every form of the report says why an invariant fails")
  func why() async throws {
    try await TestFolder.with { folder in
      let reason = "removed = 2: +1 by Unregister(n1) at 2, +1 by Unregister(n2) at 4"
      let text = try await run("check", "syn/part3a", "--quiet", "--save-trace", "t.md", in: folder)
      #expect(text.standardOutput.contains("  because \(reason)\n"))
      #expect(text.standardOutput.contains("5  SyncUnregister(n1)"))
      #expect(text.standardOutput.contains("  ✗ AllRegistered\n"))
      let markdown = try folder.text(of: "t.md")
      #expect(markdown.contains("**✗ AllRegistered**") && markdown.contains("\n- removed = 2: "))
      let json = try JSON.read(
        try await run("check", "syn/part3a", "--quiet", "--json", "--save-trace", "t.svg", in: folder)
          .standardOutput)
      #expect(json["why"].array.count == 3 && json["why"].array[1].string == reason)
      #expect(try folder.text(of: "t.svg").contains(reason))
      // The text report of a check can be read as a trace.
      try folder.write(text.standardOutput, to: "t.txt")
      #expect(try await run("replay", "t.txt", "syn/part3a", in: folder).exitCode == 12)
      #expect(try await run("replay", "t.md", "syn/part3a", in: folder).exitCode == 12)
    }
  }

  @Test("An expression is evaluated without a state, in one, and over a step")
  func eval() async throws {
    try await withTrace { folder in
      func expect(_ arguments: String..., gives value: String) async throws {
        let output = try await SynscopeCommand.run(["eval", "syn/part5"] + arguments, in: folder.path)
        #expect(output.exitCode == 0, "\(output.text)")
        #expect(output.standardOutput == value + "\n")
      }
      try await expect("{x * x : x \\in 1..MaxValues}", gives: "{1, 4, 9, 16, 25}")
      try await expect("--constant", "MaxValues=2", "MaxValues", gives: "2")
      try await expect("--", "-3 + 1", gives: "-2")
      try await expect("--in", "trace.json:9", "AllRegistered", gives: "FALSE")
      try await expect("--in", "trace.json:8", "AllRegistered", gives: "TRUE")
      try await expect(
        "--in", "trace.json:3", "[n \\in Nodes |-> Len(inbox[n])]", gives: "(n1 :> 0 @@ n2 :> 1)")
      try await expect("--in", "trace.json:0", "<<next_val, next_val'>>", gives: "<<0, 1>>")
    }
  }

  @Test("An expression without a value is reported with its place")
  func evalFailures() async throws {
    try await withTrace { folder in
      func fails(_ arguments: String..., exitCode: Int32, says: String) async throws {
        let output = try await SynscopeCommand.run(["eval", "syn/part5"] + arguments, in: folder.path)
        #expect(output.exitCode == exitCode, "\(arguments)")
        #expect(output.standardError.contains(says), "\(output.standardError)")
        #expect(output.standardOutput == "")
      }
      try await fails("1 +", exitCode: 150, says: ":1:4: error: expected an expression")
      try await fails("nothing", exitCode: 150, says: "nothing is not defined")
      try await fails("1 = \"a\"", exitCode: 75, says: "  1 | 1 = \"a\"\n    | ^~~~~~~")
      try await fails("next_val", exitCode: 75, says: "next_val has no value here")
      try await fails("--in", "trace.json:10", "1", exitCode: 64, says: "the states 0 to 9")
      try await fails("--in", "trace.json", "1", exitCode: 64, says: "TRACE:N")
      try await fails(
        "--in", "missing.json:1", "1", exitCode: 65, says: "missing.json cannot be read: No such file")
    }
  }

  /// A file that is not a trace, and the expected message.
  struct Unreadable: Sendable, CustomTestStringConvertible {
    let name: String
    let text: String
    let says: String

    var testDescription: String { name }
  }

  static let unreadableFiles = [
    Unreadable(name: "an empty file", text: "", says: "the file is empty"),
    Unreadable(name: "a word", text: "hello", says: "bad.json:1: "),
    Unreadable(
      name: "half a value", text: "{\"vars\": [\"x\"], \"states\": [{\"x\":\n 1", says: "bad.json:2:3: "),
    Unreadable(name: "no states", text: "{\"vars\": [\"x\"]}", says: "\"states\""),
    Unreadable(
      name: "a state without a value", text: "{\"vars\":[\"x\"],\"states\":[{}]}", says: "states[0]: "),
    Unreadable(
      name: "a map of no pairs", text: "{\"vars\":[\"x\"],\"states\":[{\"x\":{\"#map\":[[1]]}}]}",
      says: "states[0].x[\"#map\"][0]: "),
    Unreadable(
      name: "endless nesting", text: String(repeating: "[", count: 300_000), says: "nested more than"),
    Unreadable(
      name: "a number that is none", text: "{\"vars\":[\"x\"],\"states\":[{\"x\":{\"#bigint\":\"twelve\"}}]}",
      says: "states[0].x"),
    Unreadable(name: "zeros", text: String(repeating: "\0", count: 1000), says: "bad.json"),
  ]

  @Test(
    "For a file that is not a trace, the program ends with 65 and says what is wrong and where",
    arguments: unreadableFiles)
  func badFile(_ file: Unreadable) async throws {
    try await TestFolder.with(["bad.json": file.text]) { folder in
      for arguments in [["replay", "bad.json", "syn/part5"], ["show", "bad.json"]] {
        let output = try await SynscopeCommand.run(arguments, in: folder.path)
        #expect(output.exitCode == 65)
        #expect(output.standardError.hasPrefix("error: bad.json"))
        #expect(output.standardError.contains(file.says), "\(output.standardError)")
        #expect(output.standardError.split(separator: "\n").count == 1)
      }
      let json = try await run("replay", "bad.json", "syn/part5", "--json", in: folder)
      #expect(json.exitCode == 65)
      #expect(try JSON.read(json.standardOutput)["outcome"].string == "unreadable")
    }
  }

  @Test("For missing files and folders, the program ends with 65, too")
  func missing() async throws {
    try await TestFolder.with { folder in
      let missing = try await run("show", "missing.json", in: folder)
      #expect(missing.exitCode == 65)
      #expect(missing.standardError == "error: missing.json cannot be read: No such file or directory\n")
      let place = try await run("show", ".", in: folder)
      #expect(place.exitCode == 65)
      #expect(place.standardError == "error: . cannot be read: it is a folder\n")
    }
  }
}
