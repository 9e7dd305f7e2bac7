import Foundation
import StateSpace
import Testing

@testable import Workbench

/// The keys of lists and boxes are in the table, too.
@Suite("Keys of boxes")
struct BoxKeyTests {
  private func stage(_ keys: [String: [Key]], _ model: String = "syn/part5") throws -> Stage {
    var options = Session.Options()
    options.settings.keys = keys
    return try Stage(model, options: options)
  }

  @Test("A box shows and obeys the user's keys")
  func branches() throws {
    var stage = try stage([
      "undo": [.function(5)], "take": [.control("t")], "box-rename": [.character("m")],
      "branches": [.character("L")],
      "box-mark": [.character("*")], "escape": [.function(9)],
    ])
    stage.press("1", "L")
    #expect(stage.shows("Ctrl-T go   m rename   d delete   F5 undo   * mark   c compare"))
    stage.send(.key(.function(5)))
    #expect(stage.session.step == 0)
    stage.press("m")
    #expect(stage.bottom.contains("Name of the branch"))
    stage.send(.key(.function(9)))
    #expect(stage.session.screen.dialog == nil)
    // The usual keys still work if they have no other meaning.
    stage.press("L", "*", "Esc")
    #expect(stage.session.screen.dialog == nil)
    stage.press("?")
    #expect(stage.shows("F9 closes"))
  }

  @Test("A key that the user gave to something else is not named for its former command")
  func shadowed() throws {
    // Ctrl-D deletes, d goes back, and in the list of branches u means compare.
    let bindings = KeyBindings([
      "box-delete": [.control("d")], "back": [.character("d")], "box-compare": [.character("u")],
    ])
    #expect(bindings.key(.box(.delete), in: .branches) == "Ctrl-D")
    #expect(bindings.command(for: .character("d"), in: .branches) == .back)
    #expect(bindings.command(for: .character("u"), in: .branches) == .box(.compare))
    #expect(bindings.key(.undo, in: .branches) == "")
    #expect(bindings.command(for: .character("u"), in: .help) == .undo)
  }

  @Test("Each box leaves nothing to guess: every key that it names does something there")
  func everyBox() throws {
    for keys in [
      [:],
      [
        "quit": [Key.function(10)], "save": [.function(2)], "link": [.character("K")],
        "up": [.character("i")],
      ],
    ] {
      var stage = try stage(keys)
      let bindings = stage.session.bindings
      stage.press("1", "2")
      stage.session.screen.dialog = .quitConfirmation
      #expect(stage.shows("\(bindings.key(.quit)) ") && stage.shows("\(bindings.key(.saveTrace)) "))
      for box in BoxKind.allCases {
        for id in [Command.ID.up, .down, .activate, .escape] {
          let key = bindings.key(id, in: box)
          #expect(!key.isEmpty, "\(id) in \(box)")
          let pressed = try #require(Key(name: Self.name(ofText: key)))
          #expect(bindings.command(for: pressed, in: box) == id)
        }
      }
    }
  }

  private static func name(ofText text: String) -> String {
    ["↑": "Up", "↓": "Down", "←": "Left", "→": "Right"][text] ?? text
  }

  @Test("In a box no key means two things")
  func unambiguous() {
    for box in BoxKind.allCases {
      let own = CommandTable.boxes.filter { $0.boxes?.contains(box) ?? false }.flatMap(\.keys)
      #expect(Set(own).count == own.count, "\(box)")
    }
  }

  @Test("A play obeys the user's keys and names them")
  func play() throws {
    var stage = try stage(["play-pause": [.character("o")], "back": [.character("[")]])
    stage.press("1", "1", "p")
    #expect(stage.bottom.contains("o pauses   [→ step   + - pace"), "\(stage.bottom)")
    stage.press("o")
    #expect(stage.bottom.contains("paused"))
    stage.press("Right", "[")
    #expect(stage.session.step == 0 && stage.bottom.contains("paused"))
  }

  @Test("The start screen obeys the user's keys, and deletes a left session")
  func startScreen() throws {
    let left = LeftSession(path: "/left", model: "syn/part5", constants: [], steps: 2, when: "14:03")
    var screen = StartScreen(
      choices: [StartScreen.Choice(name: "syn/part1", title: "One")], sessions: [left],
      bindings: KeyBindings(["down": [.character("n")], "box-delete": [.character("x")]]))
    _ = screen.update(.key(.character("n")))
    let text = screen.view(Size(width: 100, height: 24)).text
    #expect(text.contains("Enter restore   x delete   ↑n choose   ? help   q quit"), "\(text)")
    guard case .restore(left) = screen.update(.key(.enter)) else {
      Issue.record("it is not restored")
      return
    }
    _ = screen.update(.key(.character("x")))
    guard case .delete(left) = screen.update(.key(.character("y"))) else {
      Issue.record("it is not deleted")
      return
    }
    #expect(screen.sessions.isEmpty && screen.selection == 0)
    guard case .open("syn/part1") = screen.update(.key(.enter)) else {
      Issue.record("the model is not opened")
      return
    }
  }

  @Test("No text of the workbench names a key by itself")
  func sources() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let folder = root.appending(path: "Sources/Workbench")
    let tables = ["CommandTable.swift", "ExploringCommands.swift", "BoxCommands.swift", "KeyName.swift"]
    let files = try #require(FileManager.default.enumerator(atPath: folder.path)?.allObjects as? [String])
    var count = 0
    for file in files where file.hasSuffix(".swift") && !tables.contains(where: file.hasSuffix) {
      count += 1
      let text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
      for line in text.split(separator: "\n") where !line.trimmingPrefix(while: { $0 == " " }).hasPrefix("//")
      {
        let found = line.firstMatch(of: /"[^"]*\b(Esc|Enter|Tab|Space|Ctrl-.|PgUp|PgDn|F[0-9])\b( [a-z]|")/)
        #expect(found == nil, "\(file): \(line)")
        #expect(!line.contains("case .character(\""), "\(file): \(line)")
      }
    }
    #expect(count > 80)
  }
}
