import Foundation
import Testing

/// The page allows one script, by its digest.
@Suite("The script of the page")
struct PageDigestTests {
  @Test("The digest in the policy is that of the script in the page")
  func digest() async throws {
    try await TestFolder.with { folder in
      let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
      let page = try await SynscopeCommand.run([
        "show", root.appendingPathComponent("Models/syn/part5.itf.json").path, "--as", "html",
      ]).standardOutput
      let script = try #require(page.firstMatch(of: #/<script>((?s:.*?))<\/script>/#)?.1)
      let allowed = try #require(page.firstMatch(of: #/script-src 'sha256-([^']+)'/#)?.1)
      try folder.write(String(script), to: "script.js")
      let output = try await SynscopeCommand.shell(
        "openssl dgst -sha256 -binary script.js | base64", in: folder.path)
      #expect(output.standardOutput.trimmingCharacters(in: .whitespacesAndNewlines) == String(allowed))
    }
  }
}
