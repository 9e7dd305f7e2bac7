import Testing

@testable import Workbench

/// The effect of the configuration file on the workbench.
@Suite("Settings")
struct SettingsTests {
  private func stage(_ change: (inout Settings) -> Void) throws -> Stage {
    var options = Session.Options()
    change(&options.settings)
    return try Stage("syn/part5", options: options)
  }

  @Test("A command has the keys that the user gave it, and the help says so")
  func keys() throws {
    var stage = try stage { $0.keys = ["back": [.character("p")], "zoom": [.function(2), .character("b")]] }
    stage.press("1", "p")
    #expect(stage.session.step == 0)
    stage.press("1", "h")
    #expect(stage.session.step == 1)
    stage.send(.key(.function(2)))
    #expect(stage.session.screen.isZoomed)
    stage.press("b")
    #expect(!stage.session.screen.isZoomed)
    #expect(stage.bottom.contains("p→ step"))
    stage.press("?", "End", "Home")
    let help = stage.session.helpLines.map(\.text)
    #expect(help.contains { $0.contains("  p ") && $0.contains(":back") })
    #expect(help.contains { $0.contains("F2 b") && $0.contains(":zoom") })
  }

  @Test("Messages name the keys that the user gave")
  func messages() throws {
    var stage = try stage {
      $0.keys = ["check": [.character("m")], "link": [.character("w")], "violation": [.character("n")]]
    }
    #expect(stage.bottom.contains("w cuts a link, m checks"))
    stage.press("m")
    try stage.runChecker()
    #expect(stage.bottom.contains("n shows it"))
  }

  @Test("A key given to another command is taken from its former command")
  func stolenKey() throws {
    let bindings = KeyBindings(["zoom": [.character("c")]])
    #expect(bindings.command(for: .character("c"), in: .nodes)?.id == .zoom)
    #expect(bindings.command(.check)?.keys == [])
    #expect(bindings.key(.check) == ":check")
    // In State the arrow still closes a value. Elsewhere it has the user's meaning.
    let arrow = KeyBindings(["close": [.character("c")]])
    #expect(arrow.command(for: .character("c"), in: .state)?.id == .close)
    #expect(arrow.command(for: .character("c"), in: .nodes)?.id == .check)
  }

  @Test("Without settings the bindings are the table")
  func table() {
    for command in CommandTable.all {
      for key in command.keys {
        for pane in Pane.allCases {
          let isHere = command.panes?.contains(pane) ?? false
          let others = CommandTable.all.filter { $0.keys.contains(key) && $0.panes?.contains(pane) ?? false }
          let isMeant = isHere || command.panes == nil && others.isEmpty
          #expect((KeyBindings().command(for: key, in: pane)?.id == command.id) == isMeant)
        }
      }
    }
  }

  @Test("Every key can be read from its own text")
  func names() {
    let keys: [Key] = [
      .character("x"), .character("X"), .control("r"), .function(12), .pageUp, .enter, .backTab,
    ]
    for key in keys { #expect(Key(name: key.text) == key, "\(key)") }
    #expect(Key(name: "Left") == .left)
    #expect(Key(name: "space") == .character(" "))
    for name in ["", "xy", "Ctrl-", "Ctrl-1", "F0", "F13", "Return-ish"] { #expect(Key(name: name) == nil) }
  }

  @Test("The panes at the start are the user's")
  func panes() throws {
    var stage = try stage {
      $0.focus = .trace
      $0.upper = .trace
      $0.lower = .state
    }
    #expect(stage.session.screen.focus == .trace)
    #expect(stage.shows("State"))
    stage.resize(80, 24)
    #expect(stage.row(0).contains("[Trace]"))
  }

  @Test("Mistakes in the file are shown, and the session works")
  func problems() throws {
    var stage = try stage { $0.problems = ["keys.bakc: there is no such command"] }
    #expect(stage.bottom.contains("config.toml: keys.bakc: there is no such command"))
    stage.session.offer([
      LeftSession(path: "/left", model: "syn/part5", constants: [], steps: 2, when: "14:03")
    ])
    #expect(stage.bottom.contains("r restores it"))
    #expect(stage.shows("keys.bakc"))
    stage.press("Esc", "1")
    #expect(stage.session.step == 1)
    stage = try self.stage { $0.problems = ["one", "two"] }
    #expect(stage.shows("config.toml"))
    #expect(stage.shows("two"))
  }
}
