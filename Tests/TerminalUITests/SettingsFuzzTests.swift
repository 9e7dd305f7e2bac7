import Testing
import TextMutation
import Traces
import Workbench

@testable import TerminalUI

/// Whatever stands in a settings file or a view file, the answer is a setting or a problem that can be shown.
@Suite("Mutated settings and view files") struct SettingsFuzzTests {
  private static let settings = """
    # my colours
    [colors]
    accent = "#1f9fbf"
    wrong = 196
    [keys]
    back = ["b", "Left"]
    "next-pane" = "F2"
    [panes]
    focus = "nodes"
    [play]
    pace = 500

    """
  private static let view = #"""
    nodes = ["RM", '{"a"}']
    inboxes = [
      "mail", # for each node
    ]
    [[part]]
    name = "TM"
    variables = ["tmState", "tmPrepared"]
    [messages."Prepared"]
    sender = "rm"
    [actions]
    TMRcvPrepared = { by = "TM", reads = ["Prepared"] }
    other.by = """others"""

    """#
  private static let words = [
    "[", "]", "[[", "]]", "=", "\"", "\"\"\"", "'", "'''", "#", ".", ",", "{", "}", "\\u0000", "\\U0010FFFF",
    "0x",
    "1e9", "1979-05-27", "inf", "nan", "true", "\u{FEFF}", "\u{202E}", "é", "\r\n", "\t",
  ]

  private static func problems(of text: String, isView: Bool) -> [String] {
    isView ? ViewReader.read(text).problems : SettingsReader.read(text).problems
  }

  @Test("No file ends the program, and every problem is one line", arguments: [false, true])
  func mutated(isView: Bool) {
    let seed = Array((isView ? Self.view : Self.settings).utf8)
    let other = Array((isView ? Self.settings : Self.view).utf8)
    var refused = 0
    for number in 0..<4_000 {
      var mutator = TextMutator(seed: UInt64(number), dictionary: Self.words)
      let text = String(decoding: mutator.mutate(seed, other: other), as: UTF8.self)
      let problems = Self.problems(of: text, isView: isView)
      if !problems.isEmpty { refused += 1 }
      for problem in problems {
        #expect(!problem.isEmpty && !problem.contains("\n"), "input \(number)")
      }
    }
    #expect(refused > 1_000 && refused < 4_000, "\(refused) were refused")
  }

  @Test("The files that are mutated have no mistakes") func seeds() {
    #expect(Self.problems(of: Self.settings, isView: false) == [])
    #expect(Self.problems(of: Self.view, isView: true) == [])
  }
}
