import Foundation
import Testing

/// What an installation consists of beside the program.
@Suite("The program as it is installed", .timeLimit(.minutes(5))) struct InstallationTests {
  @Test("The models are found beside the program, wherever it is, also through a link")
  func models() async throws {
    try await TestFolder.with { folder in
      let places = """
        set -e
        mkdir -p 'some place/bin' 'some place/share/synscope/Models/syn' elsewhere
        cp "$SYNSCOPE" 'some place/bin/synscope'
        ln -s ../'some place/bin/synscope' elsewhere/synscope
        for path in 'some place/bin/synscope' elsewhere/synscope; do (cd / && "$OLDPWD/$path" models); done
        """
      try FileManager.default.createDirectory(
        atPath: folder.file("some place/share/synscope/Models/syn"), withIntermediateDirectories: true)
      try folder.write(
        TestFolder.module(
          "only", "(* The one model that is here. *)\nVARIABLE x\nInit == x = 0\nNext == x' = x"),
        to: "some place/share/synscope/Models/syn/only.tla")
      try folder.write("INIT Init\nNEXT Next\n", to: "some place/share/synscope/Models/syn/only.cfg")
      let output = try await SynscopeCommand.shell(
        places, environment: ["SYNSCOPE_MODELS": nil], in: folder.path)
      #expect(output.exitCode == 0, "\(output.text)")
      let lines = output.standardOutput.split(separator: "\n").filter { $0.contains("syn/") }
      #expect(lines.count == 2 && lines.allSatisfy { $0.contains("syn/only") }, "\(output.text)")
    }
  }

  @Test("The manual page has every command and every option of the help") func manual() async throws {
    let page = try await SynscopeCommand.run(["manual"])
    #expect(page.exitCode == 0)
    #expect(page.standardOutput.hasPrefix(".TH SYNSCOPE 1 "))
    let text = page.standardOutput.replacing("\\-", with: "-")
    let help = try await SynscopeCommand.run(["--help"]).standardOutput
    let commands = help.split(separator: "\n").drop { !$0.hasPrefix("SUBCOMMANDS") }.dropFirst().compactMap {
      line in
      line.hasPrefix("  ") && !line.hasPrefix("   ") && !line.contains("synscope help")
        ? line.split(separator: " ").first.map(String.init) : nil
    }
    #expect(commands.count >= 10 && commands.contains("explain"))
    for command in commands where command != "help" {
      #expect(text.contains(".SS synscope \(command)\n"), "\(command)")
      let help = try await SynscopeCommand.run(["help", command]).standardOutput
      for option in help.matches(of: /\n  (--[a-z-]+)/) {
        #expect(text.contains(".B \(option.1)"), "\(command) \(option.1)")
      }
    }
    // A line of text that begins with a dot or an apostrophe would be a command of roff.
    let requests = Set(
      text.split(separator: "\n").filter { $0.hasPrefix(".") }.map { $0.prefix { $0 != " " } })
    #expect(requests.isSubset(of: [".TH", ".SH", ".SS", ".B", ".br", ".PP", ".TP"]), "\(requests)")
  }

  @Test("The shells complete commands, models, codes and chapters") func completions() async throws {
    for shell in ["bash", "zsh", "fish"] {
      let script = try await SynscopeCommand.run(["--generate-completion-script", shell])
      #expect(script.exitCode == 0 && script.standardOutput.contains("explain"), "\(shell)")
      // A line of its own.
      let lines = script.standardOutput.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
      #expect(lines.contains("# A model may stand in place of a subcommand"), "\(shell)")
    }
    try await TestFolder.with(["Mine.tla": "", "Mine.cfg": "", "other.txt": ""]) { folder in
      let cases: [(words: [String], completed: Set<String>)] = [
        (["expl"], ["explain"]), (["syn/part5"], ["syn/part5"]), (["Mi"], ["Mine.tla", "Mine.cfg"]),
        (["syn/part5", "--la"], []), (["syn/part5", "--pa"], ["--pane"]), (["explain", "unp"], ["unprimed"]),
        (["check", "syn/part5"], ["syn/part5"]), (["check", "Mi"], ["Mine.tla", "Mine.cfg"]),
        (["tour", "first"], ["first-step"]), (["new", "My", "--from", "el"], ["election"]),
      ]
      let script = try await SynscopeCommand.run(["--generate-completion-script", "bash"])
      try folder.write(script.standardOutput, to: "completions.bash")
      for (words, expected) in cases {
        let completed = try await completions(of: words, in: folder)
        #expect(Set(completed) == expected, "\(words)")
      }
    }
  }

  /// What bash offers for the last of these words.
  private func completions(of words: [String], in folder: TestFolder) async throws -> [String] {
    let typed = words.map { "'\($0)'" }.joined(separator: " ")
    let output = try await SynscopeCommand.shell(
      """
      mkdir -p bin && ln -sf "$SYNSCOPE" bin/synscope
      PATH="$PWD/bin:$PATH"
      source completions.bash
      COMP_WORDS=(synscope \(typed))
      COMP_CWORD=\(words.count)
      COMP_LINE="${COMP_WORDS[*]}"
      COMP_POINT=${#COMP_LINE}
      function=$(complete -p synscope | sed 's/.*-F \\([^ ]*\\).*/\\1/')
      "$function" synscope "${COMP_WORDS[-1]}" "${COMP_WORDS[-2]}" 2>/dev/null
      printf '%s\\n' "${COMPREPLY[@]}"
      """, in: folder.path)
    return output.standardOutput.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
  }
}
