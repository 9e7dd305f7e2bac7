import Foundation
import Testing

/// A session survives the end of the program, and its model may change meanwhile.
@Suite("The session on disk, in a real terminal", .timeLimit(.minutes(8)))
struct SessionOnDiskTests {
  /// Makes a folder with a copy of a model. The variables keep all files of the program in it.
  private func inFolder(_ body: (URL, [String: String]) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "synscope-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let models = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Models/syn")
    for name in ["part5.tla", "part5.cfg"] {
      try FileManager.default.copyItem(
        at: models.appendingPathComponent(name), to: folder.appendingPathComponent(name))
    }
    try await body(
      folder,
      [
        "XDG_STATE_HOME": folder.appendingPathComponent("state").path,
        "XDG_CONFIG_HOME": folder.appendingPathComponent("config").path,
        "EDITOR": "\(folder.path)/editor",
      ])
  }

  private func sessions(in folder: URL) throws -> [URL] {
    try FileManager.default.contentsOfDirectory(
      at: folder.appendingPathComponent("state/synscope/sessions"), includingPropertiesForKeys: nil)
  }

  @Test("After kill -9 the session is offered and restored")
  func killed() async throws {
    try await inFolder { folder, environment in
      try await TmuxTerminal.with(
        arguments: ["part5.tla"], environment: environment, in: folder.path
      ) { terminal in
        try await terminal.wait(for: "Register(n1)")
        for step in 1...5 {
          try await terminal.type("1")
          try await terminal.wait(for: "step \(step)")
        }
        kill(try await terminal.processIdentifier, SIGKILL)
        _ = try await terminal.exitCode()
      }
      #expect(try sessions(in: folder).count == 1)
      try await TmuxTerminal.with(
        arguments: ["part5.tla"], environment: environment, in: folder.path
      ) { terminal in
        let screen = try await terminal.wait(for: "was left: r restores it")
        // At most the last step may be lost.
        #expect(screen.contains("with 5 steps") || screen.contains("with 4 steps"))
        try await terminal.press("r")
        try await terminal.wait(for: "restored")
        try await terminal.wait(until: "the last steps") { $0.contains("step 5") || $0.contains("step 4") }
      }
    }
  }

  @Test("The editor opens at the action, and the steps are replayed on the edited spec")
  func edit() async throws {
    try await inFolder { folder, environment in
      let editor = folder.appendingPathComponent("editor")
      try """
      #!/bin/sh
      echo "$1" > line
      sed -i 's/next_val < MaxValues/next_val < 2/' "$2"
      """.write(to: editor, atomically: true, encoding: .utf8)
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: editor.path)
      try await TmuxTerminal.with(
        arguments: ["part5.tla"], environment: environment, in: folder.path
      ) { terminal in
        try await terminal.wait(for: "Register(n1)")
        for step in 1...3 {
          try await terminal.type("1")
          try await terminal.wait(for: "step \(step)")
        }
        try await terminal.press("e")
        try await terminal.wait(for: "replayed 2 of 3 steps: Register(n1) is not enabled any more")
        try await terminal.wait(for: "step 2")
        let line = try String(contentsOf: folder.appendingPathComponent("line"), encoding: .utf8)
        #expect(line.hasPrefix("+"))
        // Changes by other programs are noticed.
        let model = folder.appendingPathComponent("part5.tla")
        let text = try String(contentsOf: model, encoding: .utf8)
        try text.replacing("next_val < 2", with: "next_val < 9").write(
          to: model, atomically: true, encoding: .utf8)
        try await terminal.wait(for: "part5.tla changed on disk: R reloads the model")
        try await terminal.press("R")
        try await terminal.wait(for: "replayed all 2 steps")
      }
    }
  }

  @Test("The configuration file sets keys and panes, and its mistakes are shown")
  func configuration() async throws {
    try await inFolder { folder, environment in
      let config = folder.appendingPathComponent("config/synscope")
      try FileManager.default.createDirectory(at: config, withIntermediateDirectories: true)
      try "[keys]\nzoom = \"w\"\nfly = \"f\"\n[panes]\nfocus = \"trace\"\n".write(
        to: config.appendingPathComponent("config.toml"), atomically: true, encoding: .utf8)
      try await TmuxTerminal.with(
        arguments: ["part5.tla"], environment: environment, in: folder.path
      ) { terminal in
        try await terminal.wait(for: "config.toml: keys.fly: there is no such command")
        try await terminal.wait(for: "▸Trace")
        try await terminal.press("w")
        try await terminal.waitUntilGone("Nodes ─")
      }
    }
  }
}
