import StateSpace
import TLASemantics
import TLASyntax
import Testing

/// Some community operators exist only in Java. Their TLA+ definition, such as `TRUE`, must not be taken for their meaning.
@Suite("Operators that TLC has in Java only") struct JavaOnlyTests {
  private static let library = [
    "IOUtils.tla": """
    ---- MODULE IOUtils ----
    LOCAL INSTANCE Integers
    IOSerialize(val, absoluteFilename, compress) == TRUE
    IODeserialize(absoluteFilename, compressed) == CHOOSE val \\in {0} : TRUE
    Padded(n) == <<n>>
    ====
    """,
    "Statistics.tla": "---- MODULE Statistics ----\nChiSquare(expected, observed, p) == TRUE\n====",
  ]

  private func explorer(_ action: String, folder: String) throws -> Explorer {
    let body =
      "EXTENDS IOUtils, Statistics\nVARIABLE x\nUnused == IODeserialize(\"f\", TRUE)\nInit == x = 0\nNext == x' = 1 /\\ \(action)"
    var options = SpecificationLoader.Options()
    options.libraries = ["lib"]
    let modules = Dictionary(uniqueKeysWithValues: Self.library.map { (folder + $0, $1) })
    return try Explorer(InMemory.load(body, "INIT Init\nNEXT Next", modules: modules, options: options))
  }

  @Test(
    "Their uses are refused by name",
    arguments: [
      ("IOSerialize(x, \"f\", FALSE)", "IOSerialize"),
      ("IODeserialize(\"f\", FALSE) = 0", "IODeserialize"), ("ChiSquare(<<1>>, <<x>>, \"0.1\")", "ChiSquare"),
    ], ["", "lib/"])
  func refused(used: (action: String, name: String), folder: String) {
    #expect {
      _ = try explorer(used.action, folder: folder)
    } throws: { error in
      guard let problem = (error as? Diagnostics)?.all.first else { return false }
      return problem.category == .unsupported && problem.message == "\(used.name) is not supported yet"
    }
  }

  @Test("Definitions in TLA+ beside them are evaluated", arguments: ["", "lib/"])
  func others(folder: String) throws {
    _ = try explorer("Padded(x) = <<0>>", folder: folder)
  }
}
