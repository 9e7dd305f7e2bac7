import TLASemantics
import TLASyntax
import Testing

@testable import Workbench

/// A model without a configuration.
@Suite("A first configuration")
struct ConfigurationScreenTests {
  private static let module = """
    ---- MODULE M ----
    EXTENDS Base
    CONSTANT N
    VARIABLE x
    MyInit == x = 0
    MyNext == x < N /\\ x' = x + 1
    Other == x' = x
    TypeOK == x \\in 0..N
    ====
    """
  private static let base = """
    ---- MODULE Base ----
    EXTENDS Integers
    CONSTANTS Nodes, Less(_, _)
    ====
    """

  private func proposal(_ module: String, _ files: [String: String] = [:]) -> ConfigurationProposal? {
    let all = files.merging(["M.tla": module]) { $1 }
    return SpecificationLoader(provider: TextProvider(files: all)).proposal(for: "M.tla")
  }

  @Test("The behavior, the constants of all modules and the invariants are found by name and level")
  func finding() throws {
    let found = try #require(proposal(Self.module, ["Base.tla": Self.base]))
    #expect(
      found.lines() == [
        "INIT MyInit", "NEXT MyNext", "CONSTANT Nodes = …", "CONSTANT Less <- …", "CONSTANT N = …",
        "INVARIANT TypeOK",
      ])
    #expect(
      found.lines(values: ["N": "3", "Nodes": "{a, b}", "Less": "MyLess"])[2...4]
        == ["CONSTANT Nodes = {a, b}", "CONSTANT Less <- MyLess", "CONSTANT N = 3"])
    let spec =
      "---- MODULE M ----\nVARIABLE x\nInit == x = 0\nNext == x' = x\nSpec == Init /\\ [][Next]_x\n===="
    #expect(proposal(spec)?.lines() == ["SPECIFICATION Spec"])
    // An operator, a constant or a predicate of another level is none.
    let wrong = "---- MODULE M ----\nVARIABLE x\nInit(y) == x = y\nNext == 3\nTypeOK == x'=x\n===="
    #expect(proposal(wrong) == nil)
    #expect(proposal(spec, ["M.cfg": "INIT Init"]) == nil, "there is one")
    #expect(proposal("---- MODULE M ----\nInit == y\n====") == nil, "the module has errors")
  }

  @Test("Each constant is asked for, and the file is written without replacing one")
  func asking() throws {
    let found = try #require(proposal(Self.module, ["Base.tla": Self.base]))
    var screen = ConfigurationScreen(found, model: "M", path: "M.cfg")
    func type(_ text: String) { for character in text { _ = screen.update(.key(.character(character))) } }
    func shows(_ text: String) -> Bool { screen.view(Size(width: 80, height: 24)).text.contains(text) }
    #expect(shows("This would be written to M.cfg") && shows("CONSTANT N = …") && shows("▸ Nodes ="))
    _ = screen.update(.key(.enter))
    #expect(shows("Nodes needs a value"))
    type("{a, b")
    _ = screen.update(.key(.enter))
    #expect(shows("Nodes: ") && !shows("needs a value"))
    type("}")
    _ = screen.update(.key(.enter))
    #expect(shows("▸ Less <-"))
    type("MyLess")
    _ = screen.update(.key(.tab))
    type("3")
    #expect(shows("CONSTANT N = 3"))
    guard case .effect(.save(let path, let piece, replaces: false)) = screen.update(.key(.enter)) else {
      Issue.record("nothing is written")
      return
    }
    #expect(path == "M.cfg")
    #expect(
      piece.text == """
        INIT MyInit
        NEXT MyNext
        CONSTANT Nodes = {a, b}
        CONSTANT Less <- MyLess
        CONSTANT N = 3
        INVARIANT TypeOK

        """)
    #expect(ConfigurationReader.read(SourceFile(name: path, text: piece.text)).diagnostics.isEmpty)
    _ = screen.update(.fileExists(path: path))
    #expect(shows("M.cfg exists; it was not overwritten"))
    guard case .open("M") = screen.update(.fileSaved(path: path)) else {
      Issue.record("the model is not opened")
      return
    }
    screen.problem = "error: something"
    #expect(shows("M.cfg is written") && shows("Enter try again") && shows("error: something"))
    guard case .open("M") = screen.update(.key(.enter)), case .leave = screen.update(.key(.escape)) else {
      Issue.record("the keys do not work")
      return
    }
  }
}
