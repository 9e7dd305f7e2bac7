import Foundation
import Testing

/// The chapters that come with the program, and the check of chapters.
@Suite("The check of chapters", .timeLimit(.minutes(10))) struct TourCheckTests {
  /// A chapter with one task of each kind, about a light.
  static let chapter = #"""
    title = "A light"
    summary = "Switch a light."

    [[beat]]
    title = "Predict"
    text = "A *light* is off. What does {take} do?"
    hints = ["Read the action."]
    spec = '''
    ---- MODULE Light ----
    EXTENDS Naturals
    VARIABLES on, count
    Init == on = FALSE /\ count = 0
    On == ~on /\ count < 3 /\ on' = TRUE /\ count' = count + 1
    Off == on /\ on' = FALSE /\ UNCHANGED count
    Next == On \/ Off
    Small == count < 2
    ====
    '''
    config = '''
    INIT Init
    NEXT Next
    INVARIANT Small
    CHECK_DEADLOCK FALSE
    '''
    [beat.choose]
    question = "What is the light after one step?"
    then = ["take On"]
    options = [
      { text = "off", claim = "~on", because = "It was switched." },
      { text = "on", claim = "on" },
    ]

    [[beat]]
    title = "Do"
    text = "The light is on. Switch it twice more."
    [beat.do]
    task = "Let the light be on with count 2."
    goal = 'on /\ count = 2'
    within = 2
    solution = ["take Off", "take On"]

    [[beat]]
    title = "Write"
    text = "Write what you see. Any words will do."
    [beat.write]
    task = "Write a predicate that holds when the count is 2 or more."
    target = "~Small"
    wrong = ["count > 2", "on"]

    [[beat]]
    title = "Mend"
    text = "The count grows too large. Mend that."
    start = true
    [beat.mend]
    task = "Let `Small` hold."
    hidden = "Small"
    possible = ["count = 1"]
    actions = ["Off"]
    solution = [{ replace = "count < 3", with = "count < 1" }]
    wrong = [{ replace = "count < 3", with = "count < 0" }, { replace = "Small == count < 2", with = "Small == TRUE" }]
    """#

  private func check(_ text: String) async throws -> SynscopeCommand.Output {
    try await TestFolder.with(["01-light.toml": text]) { folder in
      try await SynscopeCommand.run(["tour", "--check", "01-light.toml"], in: folder.path)
    }
  }

  @Test("Every chapter that comes with the program is right")
  func bundled() async throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Models/tour").path
    let files = ((try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []).filter {
      $0.hasSuffix(".toml")
    }.sorted()
    #expect(files.count > 20)
    let output = try await SynscopeCommand.run(["tour", "--check"] + files.map { "\(root)/\($0)" })
    #expect(output.exitCode == 0, "\(output.text)")
  }

  @Test("The chapter that the guide shows to writers is right")
  func guide() async throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let guide = try String(contentsOf: root.appending(path: "GUIDE.md"), encoding: .utf8)
    let section = try #require(guide.components(separatedBy: "### A chapter of your own").last)
    let chapter = try #require(section.components(separatedBy: "```").dropFirst().first).dropFirst(
      "toml\n".count)
    let output = try await check(String(chapter))
    #expect(
      output.exitCode == 0 && output.standardOutput.contains("4 beats, nothing wrong"), "\(output.text)")
  }

  @Test("A chapter with each kind of task is right")
  func allKinds() async throws {
    let output = try await check(Self.chapter)
    #expect(
      output.exitCode == 0 && output.standardOutput.contains("4 beats, nothing wrong"), "\(output.text)")
  }

  @Test(
    "Whatever is wrong in a chapter is told with its line and column",
    arguments: [
      ("then = [\"take On\"]", "then = [\"take Off\"]", "27:9: `take Off` is refused"),
      ("then = [\"take On\"]", "then = [\"tak On\"]", "27:9: `tak On` is refused: there is no command tak"),
      ("claim = \"on\" }", "claim = \"count = 0\" }", "25:7: no option is right"),
      ("claim = \"~on\"", "claim = \"count = 1\"", "more than one option is right"),
      ("claim = \"~on\"", "claim = \"off\"", "25:7: off is not defined (did you mean Off?)"),
      ("count = 2'", "count = 1'", "36:7: the beat is solved before anything is done"),
      ("within = 2", "within = 1", "the solution does not solve the beat"),
      ("\"take Off\", \"take On\"]", "\"take Off\"]", "40:13: the solution does not solve the beat"),
      ("\"count > 2\", \"on\"", "\"count > 2\", \"count >= 2\"", "48:23: `count >= 2` is not wrong"),
      ("target = \"~Small\"", "target = \"~Smal\"", "47:10: the target"),
      ("with = \"count < 1\"", "with = \"count < 3 \"", "the solution does not mend it: Small does not hold"),
      ("with = \"count < 0\"", "with = \"count < 1\"", "this edit is not wrong"),
      (
        "replace = \"count < 3\", with = \"count < 1\"", "replace = \"count\", with = \"x\"",
        "times, and not once"
      ),
      (
        "replace = \"count < 3\", with = \"count < 1\"", "replace = \"count < 3\", with = \"cuont < 1\"",
        "cannot be loaded"
      ),
      ("hidden = \"Small\"", "hidden = \"TRUE\"", "the beat is solved before anything is mended"),
      (
        "possible = [\"count = 1\"]", "possible = [\"count = 9\"]", "the solution does not mend it: count = 9"
      ),
      (
        "What does {take} do?", "What does {tak} do?",
        "6:8: {tak} names no command"
      ),
      ("What does {take} do?", "", "6:8: the text has 1 sentence"),
      (
        "Any words will do.", "a a a a a a a a a a a a a a a a a a a a a a a a a a.",
        "a sentence has 26 words"
      ),
      ("The light is on.", "The *light* is on.", "the term light is marked twice"),
      ("summary = \"Switch a light.\"", "sumary = \"x\"", "2:1: a chapter has no setting sumary"),
      ("start = true", "start = true\nat = 77", "54:6: `goto 77` is refused"),
      ("start = true", "model = \"syn/part99\"", "the scene cannot be set"),
      ("start = true", "start = true\nselect = \"nothing\"\npane = \"trace\"", "Trace has no nothing"),
      ("start = true", "start = true\ntrace = \"none.itf.json\"", "there is no trace none.itf.json"),
    ])
  func wrong(_ text: String, _ replacement: String, _ message: String) async throws {
    let changed = Self.chapter.replacing(text, with: replacement, maxReplacements: 1)
    #expect(changed != Self.chapter)
    let output = try await check(changed)
    #expect(output.exitCode == 1, "\(output.text)")
    #expect(
      output.standardError.contains(message) && output.standardError.contains("01-light.toml:"),
      "\(output.text)")
  }

  @Test("Wrong arguments and files")
  func arguments() async throws {
    #expect(try await SynscopeCommand.run(["tour", "--check"]).exitCode == 64)
    let missing = try await SynscopeCommand.run(["tour", "--check", "none.toml"])
    #expect(missing.exitCode == 65 && missing.standardError.contains("none.toml"))
    let unknown = try await SynscopeCommand.run(["tour", "frist-step"])
    #expect(unknown.exitCode == 64 && unknown.standardError.contains("there is no chapter frist-step"))
  }
}

extension RealTerminalTests {
  /// A learner goes through a chapter, key by key.
  @Suite("The tour on a terminal")
  struct TourWalkTests {
    @Test("Predict, do, write and mend", arguments: [(80, 24), (200, 60)])
    func chapter(width: Int, height: Int) async throws {
      try await TestFolder.with(["01-light.toml": TourCheckTests.chapter]) { folder in
        try folder.write(
          "#!/bin/sh\nfor last; do :; done\nsed -i 's/count < 3/count < 1/' \"$last\"\n", to: "editor")
        try FileManager.default.setAttributes(
          [.posixPermissions: 0o755], ofItemAtPath: folder.file("editor"))
        let environment = ["EDITOR": folder.file("editor"), "XDG_STATE_HOME": folder.path]
        try await TmuxTerminal.with(
          arguments: ["tour", "01-light.toml"], width: width, height: height, environment: environment,
          in: folder.path
        ) { terminal in
          try await terminal.wait(for: "1/4 Predict")
          try await terminal.wait(for: "A answer")
          try await terminal.press("A")
          try await terminal.wait(for: "a–b choose")
          try await terminal.press("a")
          try await terminal.wait(for: "It was switched.")
          try await terminal.press("A", "b")
          try await terminal.wait(for: "✓ Right.")
          try await terminal.press("Space")
          try await terminal.wait(for: "2/4 Do")
          try await terminal.press("Enter", step: 2)
          try await terminal.press("Enter", step: 3)
          try await terminal.wait(for: "✓ Done.")
          try await terminal.press("Space")
          try await terminal.wait(for: "3/4 Write")
          try await terminal.press("A")
          try await terminal.wait(for: "Enter judge")
          try await terminal.type("on")
          try await terminal.press("Enter")
          try await terminal.wait(for: "your expression is TRUE")
          try await terminal.press("A")
          try await terminal.wait(for: "Enter judge")
          try await terminal.press("C-u")
          try await terminal.type("count > 1")
          try await terminal.press("Enter")
          try await terminal.wait(for: "in all 7 states")
          try await terminal.press("Space")
          try await terminal.wait(for: "4/4 Mend")
          try await terminal.press("e")
          try await terminal.wait(for: "✓ Mended")
          try await terminal.press("Space")
          try await terminal.wait(for: "The tour")
          try await terminal.press("q")
          #expect(try await terminal.exitCode() == 0)
        }
        #expect(try folder.text(of: "synscope/tour/progress.toml").contains("done = [1, 2, 3, 4]"))
      }
    }

    @Test("A copy of another version of the original gives way to a new one, and is kept")
    func staleCopy() async throws {
      func chapter(_ limit: Int) -> String {
        """
        title = "A light"
        summary = "Mend a light."
        [[beat]]
        title = "Mend"
        text = "The light is switched too often. It is your turn."
        spec = '''
        ---- MODULE Light ----
        EXTENDS Naturals
        VARIABLE count
        Init == count = 0
        Next == count < \(limit) /\\ count' = count + 1
        ====
        '''
        config = "INIT Init\\nNEXT Next\\nCHECK_DEADLOCK FALSE"
        [beat.mend]
        task = "Switch it once."
        hidden = "count < 2"
        solution = [{ replace = "count < \(limit)", with = "count < 1" }]
        """
      }
      try await TestFolder.with(["light.toml": chapter(3)]) { folder in
        try folder.write(
          "#!/bin/sh\nfor last; do :; done\nsed -i 's/count < [0-9]/count < 2/' \"$last\"\n", to: "editor")
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder.file("editor"))
        let environment = ["EDITOR": folder.file("editor"), "XDG_STATE_HOME": folder.path]
        func begin(_ body: @escaping (TmuxTerminal) async throws -> Void) async throws {
          try await TmuxTerminal.with(
            arguments: ["tour", "light.toml"], environment: environment, in: folder.path, body)
        }
        try await begin { terminal in
          try await terminal.wait(for: "1/1 Mend")
          try await terminal.press("e")
          try await terminal.wait(for: "Not yet.")
        }
        // The same version: the learner goes on with the copy.
        try await begin { terminal in try await terminal.wait(for: "Not yet.") }
        try folder.write(chapter(4), to: "light.toml")
        try await begin { terminal in
          try await terminal.wait(for: "This is the original again. Your version is kept in")
        }
        let mine = "synscope/tour/light-1/"
        #expect(try folder.text(of: mine + "before-1/Light.tla").contains("count < 2"))
        #expect(try folder.text(of: mine + "mine/Light.tla").contains("count < 4"))
      }
    }

    @Test("The speaker's notes follow the tour")
    func notes() async throws {
      let text = TourCheckTests.chapter.replacing(
        "text = \"The light is on.", with: "notes = \"Wait for the class.\"\ntext = \"The light is on.")
      try await TestFolder.with(["01-light.toml": text]) { folder in
        let environment = ["XDG_STATE_HOME": folder.path]
        try await TmuxTerminal.with(
          arguments: ["tour", "--notes", "01-light.toml"], width: 80, height: 24, environment: environment,
          in: folder.path
        ) { speaker in
          try await speaker.wait(for: "1/4 Predict")
          try await speaker.wait(for: "next: Do")
          try await TmuxTerminal.with(
            arguments: ["tour", "01-light.toml"], environment: environment, in: folder.path
          ) { terminal in
            try await terminal.wait(for: "A answer")
            try await terminal.press("A", "b")
            try await terminal.wait(for: "✓ Right.")
            try await terminal.press("Space")
            try await terminal.wait(for: "2/4 Do")
          }
          try await speaker.wait(for: "2/4 Do")
          try await speaker.wait(for: "Wait for the class.")
          try await speaker.press("q")
          #expect(try await speaker.exitCode() == 0)
        }
      }
    }

    @Test("A trace, a step, a pane and a file of commands are given on the command line")
    func demonstration() async throws {
      try await TestFolder.with(["demo": "# a demonstration\nback\n\nstate\n"]) { folder in
        try await TmuxTerminal.with(
          arguments: ["syn/part5", "syn/part5.itf.json", "--at", "3", "--run", "demo"], in: folder.path
        ) { terminal in
          try await terminal.waitForStep(2)
          try await terminal.wait(for: "▸State")
        }
        try folder.write("take Register(n1)\ntake Nothing(n1)\n", to: "wrong")
        try await TmuxTerminal.with(
          arguments: ["syn/part5", "--pane", "trace", "--run", "wrong"], width: 140, in: folder.path
        ) { terminal in
          try await terminal.waitForStep(1)
          try await terminal.wait(for: "take Nothing(n1): there is no action Nothing(n1)")
          try await terminal.wait(for: "▸Trace")
        }
        for (arguments, code) in [
          (["syn/part5", "none.itf.json"], Int32(65)), (["syn/part5", "--run", "none"], 65),
          (["syn/part5", "--pane", "none"], 64), (["--at", "3"], 64),
        ] {
          #expect(try await SynscopeCommand.run(arguments, in: folder.path).exitCode == code, "\(arguments)")
        }
      }
    }
  }
}
