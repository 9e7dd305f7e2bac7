import Foundation
import Testing

/// Every page of `synscope explain`: its examples are checked as a reader would check them.
@Suite("What the pages on messages say is what the program says", .timeLimit(.minutes(5)))
struct ExplanationTests {
  /// An example of a page, as printed.
  struct Example {
    let name: String
    var module: String
    var configuration = "INIT Init\nNEXT Next\n"
    var message = ""
    var change: [String] = []

    /// The files with the lines of the change taken out and put in; nil if a line to take out is not there.
    var mended: (module: String, configuration: String)? {
      var files = [module, configuration].map {
        $0.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      }
      var place: (file: Int, line: Int)?
      for line in change {
        let text = String(line.dropFirst(2))
        if line.hasPrefix("- ") {
          guard let file = files.firstIndex(where: { $0.contains(text) }),
            let index = files[file].firstIndex(of: text)
          else { return nil }
          files[file].remove(at: index)
          place = (file, index)
        } else if let (file, index) = place {
          files[file].insert(text, at: index)
          place = (file, index + 1)
        }
      }
      return (files[0].joined(separator: "\n"), files[1].joined(separator: "\n"))
    }
  }

  private static func codes() async throws -> [String] {
    let list = try await SynscopeCommand.run(["explain"])
    #expect(list.exitCode == 0, "\(list.text)")
    return list.standardOutput.split(separator: "\n").map { String($0.prefix { $0 != " " }) }
  }

  /// The examples of a printed page.
  private static func examples(_ page: String) -> [Example] {
    var examples: [Example] = []
    var part: Substring?
    for line in page.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("  "), !line.hasPrefix("   ") {
        part = line.dropFirst(2)
        if let name = part, name.hasSuffix(".tla") {
          examples.append(Example(name: String(name.dropLast(4)), module: ""))
        } else if part?.hasSuffix(".cfg") == true {
          examples[examples.count - 1].configuration = ""
        }
      } else if line.hasPrefix("    "), let part, !examples.isEmpty {
        let last = examples.count - 1
        let text = line.dropFirst(4) + "\n"
        if part.hasSuffix(".tla") { examples[last].module += text }
        if part.hasSuffix(".cfg") { examples[last].configuration += text }
        if part.hasPrefix("synscope check") { examples[last].message += text }
        if part == "the change" { examples[last].change.append(String(line.dropFirst(4))) }
      } else if !line.isEmpty {
        part = nil
      }
    }
    return examples
  }

  /// The codes at the ends of lines, and those for which a line names the page.
  private static func codes(in output: String) -> Set<String> {
    Set(
      output.split(separator: "\n").compactMap { line in
        let page = "more: synscope explain "
        if line.hasPrefix(page) { return String(line.dropFirst(page.count)) }
        guard line.hasSuffix("]"), let start = line.lastIndex(of: "[") else { return nil }
        let code = line[start...].dropFirst().dropLast()
        return code.allSatisfy { $0.isLowercase || $0 == "-" } && !code.isEmpty ? String(code) : nil
      })
  }

  @Test("Each example gives exactly its message, and the change mends it") func examples() async throws {
    let codes = try await Self.codes()
    #expect(codes.count > 40 && Set(codes).count == codes.count)
    for code in codes {
      let page = try await SynscopeCommand.run(["explain", code]).standardOutput
      #expect(page.hasPrefix("\(code): "))
      let examples = Self.examples(page)
      #expect(!examples.isEmpty, "\(code) has no example")
      for example in examples {
        let files = ["\(example.name).tla": example.module, "\(example.name).cfg": example.configuration]
        try await TestFolder.with(files) { folder in
          let check = try await SynscopeCommand.run(
            ["check", example.name, "--quiet", "--max-states", "1000"], in: folder.path)
          let said = check.standardError + check.standardOutput
          #expect(!example.message.isEmpty && said.contains(example.message), "\(code): \(said)")
          #expect(Self.codes(in: said) == [code], "\(code): \(said)")
        }
        guard !example.change.isEmpty else { continue }
        let mended = try #require(example.mended, "\(code): the change does not fit")
        let changed = ["\(example.name).tla": mended.module, "\(example.name).cfg": mended.configuration]
        try await TestFolder.with(changed) { folder in
          let check = try await SynscopeCommand.run(
            ["check", example.name, "--quiet", "--max-states", "1000"], in: folder.path)
          #expect(check.exitCode == 0 && Self.codes(in: check.text).isEmpty, "\(code): \(check.text)")
        }
      }
    }
  }

  @Test("A message tells the code to ask for; an unknown code is refused with the closest one") func command()
    async throws
  {
    try await TestFolder.with(module: "EXTENDS Naturals\nVARIABLE x\nInit == x == 0\nNext == x' = x") {
      folder in
      let check = try await SynscopeCommand.run(["check", "M"], in: folder.path)
      #expect(check.standardError.contains("error: `==` stands inside an expression [equality]"))
      #expect(check.standardError.hasSuffix("more: synscope explain equality\n"))
    }
    #expect(try await SynscopeCommand.run(["explain", "[equality]"]).exitCode == 0)
    let unknown = try await SynscopeCommand.run(["explain", "unprimd"])
    #expect(unknown.exitCode == 64)
    #expect(unknown.standardError.contains("there is no code unprimd (did you mean unprimed?)"))
  }
}
