import Testing

/// Writing files that are full, closed, links, pipes or without permission.
@Suite("Writing", .timeLimit(.minutes(8)))
struct OutputTests {
  private static let counter = """
    EXTENDS Naturals
    VARIABLE x
    Init == x = 0
    Next == x < 3 /\\ x' = x + 1
    Small == x < 2
    """
  private static let configuration = "INIT Init\nNEXT Next\nINVARIANT Small\n"

  private func shell(_ script: String, _ module: String = counter) async throws -> SynscopeCommand.Output {
    try await TestFolder.with(module: module, configuration: Self.configuration) { folder in
      try await SynscopeCommand.shell(script, in: folder.path)
    }
  }

  @Test(
    "If standard output cannot be written, every command ends with a message and 255",
    arguments: [
      "check M.tla --quiet", "check M.tla --json", "models", "eval M.tla 1+1", "help", "--version",
      "help check",
      "show t.itf.json", "show t.itf.json --as itf", "replay t.itf.json M.tla",
      "replay t.itf.json M.tla --json",
    ])
  func unwritable(_ arguments: String) async throws {
    let output = try await shell(
      """
      "$SYNSCOPE" check M.tla --quiet --save-trace t.itf.json > /dev/null
      for target in '>/dev/full' '>&-'; do
        eval "\\"\\$SYNSCOPE\\" \(arguments) $target 2>errors"
        echo $?; head -1 errors
      done
      (trap '' PIPE; "$SYNSCOPE" \(arguments) 2>errors; echo $? >code) | true
      cat code errors
      """)
    let lines = output.standardOutput.split(separator: "\n").map(String.init)
    #expect(
      lines.prefix(4) == [
        "255", "error: standard output cannot be written: No space left on device", "255",
        "error: standard output cannot be written: Bad file descriptor",
      ])
    // The reader of the pipe may have been alive long enough.
    if lines.dropFirst(4).first == "255" {
      #expect(lines.last == "error: standard output cannot be written: Broken pipe")
    }
    #expect(!output.text.contains("Fatal"))
  }

  @Test("If standard error cannot be written, the result is the same")
  func standardError() async throws {
    for target in ["2>/dev/full", "2>&-"] {
      let output = try await shell("\"$SYNSCOPE\" check M.tla --verbose \(target)")
      #expect(output.exitCode == 12)
      #expect(output.standardOutput.contains("the invariant Small is violated"))
      let missing = try await shell("\"$SYNSCOPE\" check None.tla \(target)")
      #expect(missing.exitCode == 150)
    }
  }

  @Test("If all three standard files are closed, no other file takes their place")
  func allClosed() async throws {
    let output = try await shell(
      "\"$SYNSCOPE\" check M.tla --save-trace t.itf.json <&- >&- 2>&-; echo $?; tail -c 2 t.itf.json; cat M.tla | wc -l"
    )
    #expect(output.standardOutput == "255\n}\n7\n")
  }

  @Test("Saving a trace follows links, keeps permissions, and writes to devices and pipes directly")
  func savedTrace() async throws {
    let output = try await shell(
      """
      run() { "$SYNSCOPE" check M.tla --quiet --save-trace "$1" >/dev/null 2>&1; echo $?; }
      mkdir there; ln -s there/file link; run link; readlink link; head -c 1 there/file; echo
      ln -s there/none dangling; run dangling; readlink dangling; ls there
      touch private; chmod 600 private; run private; stat -c %a private
      mkfifo pipe; head -c 1 pipe >got & run pipe; wait; cat got; echo; stat -c %F pipe
      run /dev/null; stat -c %F /dev/null
      "$SYNSCOPE" check M.tla --json --quiet --save-trace /dev/stdout > both; head -c 1 both; echo; stat -c %F both
      ls -A | grep synscope
      """)
    #expect(
      output.standardOutput == """
        12
        there/file
        {
        12
        there/none
        file
        none
        12
        600
        12
        {
        fifo
        12
        character special file
        {
        regular file

        """)
  }

  @Test("Writing to a pipe waits for its reader, and says so")
  func waitsForReader() async throws {
    let output = try await shell(
      """
      mkfifo pipe errors
      "$SYNSCOPE" check M.tla --quiet --save-trace pipe >/dev/null 2>errors &
      read -r line <errors; echo "$line"; head -c 1 pipe; echo; wait $!; echo $?
      """)
    #expect(output.standardOutput == "note: pipe is a pipe; waiting for its reader\n{\n12\n")
  }

  @Test(
    "The next writer removes the temporary files of processes that have ended, and nothing else"
  )
  func leftovers() async throws {
    let output = try await shell(
      """
      sleep 0 & gone=$!; wait $gone
      touch .synscope-$gone-17 .synscope-$$-17 .synscope-notes .synscope-$gone-x
      "$SYNSCOPE" check M.tla --quiet --save-trace t.itf.json >/dev/null
      for file in .synscope-$gone-17 .synscope-$$-17 .synscope-notes .synscope-$gone-x; do test -e $file; echo $?; done
      """)
    #expect(output.standardOutput == "1\n0\n0\n0\n")
  }

  @Test("Reading from a pipe waits for input, and says so")
  func waitsForInput() async throws {
    let output = try await shell(
      """
      mkfifo P.cfg errors; cp M.tla P.tla; sed -i 's/MODULE M/MODULE P/' P.tla
      "$SYNSCOPE" check P.tla --quiet >/dev/null 2>errors &
      read -r line <errors; echo "$line"; cat M.cfg >P.cfg; wait $!; echo $?
      "$SYNSCOPE" check M.tla --quiet --save-trace t.itf.json >/dev/null
      mkfifo input
      "$SYNSCOPE" replay - M.tla <input >/dev/null 2>errors &
      exec 5>input; read -r line <errors; echo "$line"; cat t.itf.json >&5; exec 5>&-; wait $!; echo $?
      """)
    #expect(
      output.standardOutput
        == "note: waiting for P.cfg, which is not a file\n12\nnote: waiting for the trace on standard input\n12\n"
    )
  }

  /// Characters in a specification's string that a terminal would obey.
  private static let marks = ["\u{AD}", "\u{202E}", "\u{2028}", "\u{85}", "\u{E0001}", "\u{7F}", "\u{FEFF}"]

  /// A module whose counterexample has a string with the mark.
  private static func module(with mark: String) -> String {
    """
    VARIABLE x
    Init == x = "a\(mark)b"
    Next == x' = x
    Small == x = "c"
    """
  }

  @Test(
    "JSON output is valid for any strings, and no terminal obeys it", arguments: marks)
  func json(_ mark: String) async throws {
    let output = try await shell(
      """
      "$SYNSCOPE" check M.tla --json --quiet --save-trace t.itf.json; echo; echo ----
      "$SYNSCOPE" show t.itf.json --as itf; echo ----
      "$SYNSCOPE" replay t.itf.json M.tla --json
      """, Self.module(with: mark))
    let parts = output.standardOutput.split(separator: "----\n").map(String.init)
    #expect(parts.count == 3)
    #expect(!output.standardOutput.unicodeScalars.contains { mark.unicodeScalars.contains($0) })
    let state = try JSON.read(parts[0])["trace"]["states"].array.first
    #expect(state?["x"].string == "a\(mark)b")
    #expect(try JSON.read(parts[1])["states"].array.first?["x"].string == "a\(mark)b")
    #expect(try JSON.read(parts[2])["outcome"].string == "violation")
  }

  @Test("Text output escapes them in one style, and is read back", arguments: marks)
  func text(_ mark: String) async throws {
    let output = try await shell(
      """
      "$SYNSCOPE" check M.tla --save-trace t.txt >out 2>&1; cat out; echo ----
      "$SYNSCOPE" show out --as itf; echo ----
      "$SYNSCOPE" show t.txt --as itf; echo ----
      "$SYNSCOPE" replay t.txt M.tla
      """, Self.module(with: mark))
    let parts = output.standardOutput.split(separator: "----\n").map(String.init)
    #expect(parts.count == 4)
    let scalar = try #require(mark.unicodeScalars.first)
    let escape = "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
    #expect(parts[0].contains("x = \"a\(escape)b\""))
    let places = parts[0].ranges(of: "\\u").map(\.lowerBound)
    #expect(places.count > 1)
    for place in places { #expect(parts[0][place...].hasPrefix(escape), "\(parts[0])") }
    for part in parts[1...2] {
      #expect(try JSON.read(part)["states"].array.first?["x"].string == "a\(mark)b")
    }
    #expect(parts[3].contains("violated"))
  }
}
