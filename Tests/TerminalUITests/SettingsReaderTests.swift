import Testing
import Workbench

@testable import TerminalUI

/// The user's configuration file.
@Suite("The configuration file")
struct SettingsReaderTests {
  @Test("Every setting is read")
  func everything() {
    let settings = SettingsReader.read(
      """
      # how I like it
      [colors]
      accent = "#1F9FBF"
      wrong = "bright-red"
      dim = 244
      background = "light"
      good = "terminal"

      [keys]
      back = ["b", "Left"]
      zoom = "Ctrl-F"
      save = []

      [panes]
      focus = "nodes"
      upper = "Trace"
      lower = "state"

      [play]
      pace = 250
      """)
    #expect(settings.problems == [])
    #expect(
      settings.colors == [
        .accent: .direct(0x1F9FBF), .wrong: .indexed(9), .dim: .indexed(244), .good: .terminal,
      ])
    #expect(
      settings.keys == ["back": [.character("b"), .left], "zoom": [.control("f")], "save": []])
    #expect(settings.focus == .nodes)
    #expect(settings.upper == .trace)
    #expect(settings.lower == .state)
    #expect(settings.pace == 250)
    #expect(settings.background == .light)
  }

  @Test("Mistakes are reported with their places; correct entries are used")
  func wrong() {
    let settings = SettingsReader.read(
      """
      [colours]
      [colors]
      acent = "red"
      wrong = "reddish"
      good = 300
      [keys]
      bakc = "b"
      back = ["b", "Leftmost"]
      take-number = "x"
      zoom = 3
      [panes]
      focus = "nods"
      hidden = "state"
      [play]
      pace = "fast"
      """)
    let expected = [
      "no section colours (did you mean colors?)",
      "colors.acent: there is no such role (did you mean accent?)",
      "colors.wrong: a colour is", "colors.good: a colour is",
      "keys.bakc: there is no such command (did you mean back?)", "keys.back: \"Leftmost\" is no key",
      "keys.take-number: the digits stay", "keys.zoom: a key's name", "panes.focus is to be one of nodes",
      "panes.hidden: there is no such setting", "play.pace is the pause",
    ]
    for text in expected {
      #expect(settings.problems.contains { $0.contains(text) }, "\(text) in \(settings.problems)")
    }
    #expect(settings.problems.count == expected.count)
    #expect(settings.keys == ["back": [.character("b")]])
    #expect(settings.pace == Settings().pace)
  }

  @Test("A file that is not TOML is refused with the line")
  func notTOML() {
    let settings = SettingsReader.read("[keys]\nback = \n")
    #expect(settings.problems.count == 1)
    #expect(settings.problems.first?.hasPrefix("line 2: ") ?? false, "\(settings.problems)")
    #expect(SettingsReader.read("").problems == [])
  }

  @Test("The user's colours become the nearest colours of the terminal")
  func colors() {
    func color(_ color: Settings.Color, _ depth: Palette.Depth) -> Int32? {
      Palette(depth: depth, colors: [.accent: color]).color(of: .accent)
    }
    #expect(color(.direct(0xFF0000), .direct) == 0xFF0000)
    #expect(color(.direct(0xFF0000), .indexed) == 196)
    #expect(color(.direct(0xE01010), .eight) == 1)
    #expect(color(.indexed(12), .eight) == 4)
    #expect(color(.indexed(196), .direct) == 0xFF0000)
    #expect(color(.indexed(38), .indexed) == 38)
    #expect(color(.terminal, .indexed) == nil)
    #expect(color(.direct(0xFF0000), .none) == nil)
    // Black is a colour of its own, not the first of the terminal's palette.
    #expect(color(.direct(0), .direct) == 8)
  }
}
