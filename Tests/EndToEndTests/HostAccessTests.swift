import Foundation
import Testing

@Suite("What a specification may do to files and programs", .timeLimit(.minutes(8))) struct HostAccessTests {
  private static func module(_ action: String) -> String {
    TestFolder.module(
      "M",
      """
      EXTENDS Naturals, Json, CSV, IOUtils
      VARIABLE x
      Init == x = 0
      Next == x < 2 /\\ x' = x + 1 /\\ \(action)
      """)
  }

  /// Checks a specification with this action in a folder with `data.json`, and with a link that leads out.
  private func check(
    _ action: String, _ options: String..., from place: String? = nil,
    then look: (TestFolder) throws -> Void = { _ in }
  ) async throws -> SynscopeCommand.Output {
    let files = [
      "M.tla": Self.module(action), "M.cfg": "INIT Init\nNEXT Next\nCHECK_DEADLOCK FALSE\n",
      "data.json": "{\"n\": 7}",
    ]
    return try await TestFolder.with(files) { folder in
      try FileManager.default.createSymbolicLink(
        atPath: folder.file("out.json"), withDestinationPath: "/etc/passwd")
      let output = try await SynscopeCommand.run(
        ["check", folder.file("M.tla")] + options, in: place ?? folder.path)
      try look(folder)
      return output
    }
  }

  @Test("Files below its own folder are read, whatever the working folder is") func reading() async throws {
    #expect(try await check("JsonDeserialize(\"data.json\").n = 7", from: "/").exitCode == 0)
  }

  @Test(
    "Other files are read only if that is allowed, also through a link",
    arguments: ["/etc/passwd", "out.json"])
  func outside(path: String) async throws {
    let refused = try await check("JsonDeserialize(\"\(path)\") = 1")
    #expect(refused.exitCode == 75)
    #expect(
      refused.text.contains(
        "reads the file \(path), which is not below its folder: allow it with `check --allow-output`"))
  }

  @Test("Files are written only if that is allowed") func writing() async throws {
    let action = "CSVWrite(\"%s\", <<x>>, \"rows.csv\")"
    let refused = try await check(action) { #expect(!$0.holds("rows.csv")) }
    #expect(refused.exitCode == 75)
    #expect(refused.text.contains("allow it with --allow-output"))
    var rows = ""
    let allowed = try await check(action, "--allow-output") { rows = try $0.text(of: "rows.csv") }
    #expect(allowed.exitCode == 0)
    #expect(rows == "0\n1\n")
  }

  @Test("Programs run only if that is allowed; what they print is their value") func programs() async throws {
    let action = "IOEnvExec([Who |-> \"you\"], <<\"sh\", \"-c\", \"echo hi $Who; echo no >&2; exit 4\">>)"
    let expected = "[exitValue |-> 4, stdout |-> \"hi you\\n\", stderr |-> \"no\\n\"]"
    let refused = try await check("\(action) = \(expected)")
    #expect(refused.exitCode == 75)
    #expect(refused.text.contains("allow it with `check --allow-commands`"))
    let allowed = try await check("\(action) = \(expected)", "--allow-commands")
    #expect(allowed.exitCode == 0)
    #expect(allowed.standardOutput.contains("3 distinct"))
  }
}
