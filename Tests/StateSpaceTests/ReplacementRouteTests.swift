import Foundation
import StateSpace
import TLASemantics
import TLASyntax
import Testing

/// A specification in which the root module gets a definition by one way, and a configuration that replaces it in one form.
private struct ReplacementCase: Sendable, CustomTestStringConvertible {
  let shape: String
  let replacement: String
  /// TLC's exit code, and the states that it generated if its search was complete.
  let exit: Int
  let generated: Int?

  var testDescription: String { "\(shape), \(replacement)" }

  static let all: [ReplacementCase] = FixtureTable.rows("replacement-routes.tsv").map { cells in
    ReplacementCase(
      shape: cells[0], replacement: cells[1], exit: Int(cells[2]) ?? -1,
      generated: cells.count > 3 ? Int(cells[3]) : nil)
  }

  /// The modules of each shape: what follows `EXTENDS Naturals` in each. `Top` is what is replaced.
  private static let modules: [String: [String: String]] = [
    "extended": [
      "M": ", B\nInit == x = 0\nLow == 2\nInv == x < 4",
      "B": "\nVARIABLE x\nTop == 5\nNext == x < Top /\\ x' = x + 1",
    ],
    "instance": [
      "M": "\nVARIABLE x\nINSTANCE B\nInit == x = 0\nLow == 2\nInv == x < 4",
      "B": "\nVARIABLE x\nTop == 5\nNext == x < Top /\\ x' = x + 1",
    ],
    "local instance": [
      "M": "\nVARIABLE x\nLOCAL INSTANCE B\nInit == x = 0\nLow == 2\nInv == x < 4",
      "B": "\nVARIABLE x\nTop == 5\nNext == x < Top /\\ x' = x + 1",
    ],
    "instance, used in the root": [
      "M":
        "\nVARIABLE x\nINSTANCE B\nInit == x = 0\nLow == 2\nInv == x < 4\nInv2 == x < Top\nOwnNext == x < Top /\\ x' = x + 1",
      "B": "\nVARIABLE x\nTop == 5\nNext == x < Top /\\ x' = x + 1",
    ],
    "instance with a substitution": [
      "M": "\nVARIABLE y\nINSTANCE B WITH x <- y\nInit == y = 0\nLow == 2\nInv == y < 4",
      "B": "\nVARIABLE x\nTop == 5\nNext == x < Top /\\ x' = x + 1",
    ],
    "named instance": [
      "M":
        "\nVARIABLE x\nTop == 4\nI == INSTANCE B\nNext == I!Next /\\ x < Top\nInit == x = 0\nLow == 2\nInv == x < 4",
      "B": "\nVARIABLE x\nTop == 5\nNext == x < Top /\\ x' = x + 1",
    ],
    "instance in an extended module": [
      "M": ", A\nInit == x = 0\nLow == 2\nInv == x < 4",
      "A": "\nVARIABLE x\nINSTANCE B",
      "B": "\nVARIABLE x\nTop == 5\nNext == x < Top /\\ x' = x + 1",
    ],
    "instance used in an extended module": [
      "M": ", A\nInit == x = 0\nLow == 2\nInv == x < 4",
      "A": "\nVARIABLE x\nINSTANCE B\nOwnNext == x < Top /\\ x' = x + 1",
      "B": "\nVARIABLE x\nTop == 5\nNext == x < Top /\\ x' = x + 1",
    ],
    "extended by root and instance": [
      "M": ", Util\nVARIABLE x\nINSTANCE B\nInit == x = 0\nLow == 2\nInv == x < 4",
      "B": ", Util\nVARIABLE x\nNext == x < Top /\\ x' = Step(x)",
      "Util": "\nTop == 5\nStep(n) == n + 1",
    ],
    "extended by root and named instance": [
      "M": ", Util\nVARIABLE x\nI == INSTANCE B\nNext == I!Next\nInit == x = 0\nLow == 2\nInv == x < 4",
      "B": ", Util\nVARIABLE x\nNext == x < Top /\\ x' = Step(x)",
      "Util": "\nTop == 5\nStep(n) == n + 1",
    ],
    "extended by instance": [
      "M": "\nVARIABLE x\nINSTANCE B\nInit == x = 0\nLow == 2\nInv == x < 4",
      "B": ", Util\nVARIABLE x\nNext == x < Top /\\ x' = Step(x)",
      "Util": "\nTop == 5\nStep(n) == n + 1",
    ],
    "with constants, extended by root and instance": [
      "M": ", Util\nVARIABLE x\nI == INSTANCE B\nNext == I!Next\nInit == x = 0\nLow == 2\nInv == x < 4",
      "B": ", Util\nVARIABLE x\nNext == x < Top /\\ x' = Step(x)",
      "Util": "\nCONSTANT K\nTop == K + 4\nStep(n) == n + 1",
    ],
    "with constants, extended by instance": [
      "M": "\nCONSTANT K\nVARIABLE x\nINSTANCE B\nInit == x = 0\nLow == 2\nInv == x < 4",
      "B": ", Util\nVARIABLE x\nNext == x < Top /\\ x' = Step(x)",
      "Util": "\nCONSTANT K\nTop == K + 4\nStep(n) == n + 1",
    ],
    "instance of a module without declarations": [
      "M":
        "\nVARIABLE x\nINSTANCE Util\nNext == x < Limit /\\ x' = Step(x)\nInit == x = 0\nLow == 2\nInv == x < 4",
      "Util": "\nTop == 5\nStep(n) == n + 1\nLimit == Top",
    ],
    "instance with a parameter": [
      "M": "\nVARIABLE x\nI(K) == INSTANCE B\nNext == I(1)!Next\nInit == x = 0\nLow == 2\nInv == x < 4",
      "B": "\nCONSTANT K\nVARIABLE x\nTop == K + 4\nNext == x < Top /\\ x' = x + 1",
    ],
  ]

  func load() throws -> Specification {
    let texts = try #require(Self.modules[shape])
    let next = texts.values.contains { $0.contains("OwnNext ==") } ? "OwnNext" : "Next"
    // An instance with a parameter gets its constant from the parameter.
    let hasConstant = texts.values.contains { $0.contains("CONSTANT K") } && !shape.contains("parameter")
    var files: [String: String] = texts.reduce(into: [:]) { files, module in
      files["\(module.key).tla"] =
        "---- MODULE \(module.key) ----\nEXTENDS Naturals\(module.value)\n====\n"
    }
    files["M.cfg"] = """
      INIT Init
      NEXT \(next)
      INVARIANT Inv
      CHECK_DEADLOCK FALSE
      CONSTANT \(hasConstant ? "K = 1 " : "") \(replacement)
      """
    return try SpecificationLoader(provider: TextProvider(files: files)).load("M.tla")
  }
}

@Suite("What a configuration replaces, however the root module gets it") struct ReplacementRouteTests {
  @Test("TLC's outcome and counts", arguments: ReplacementCase.all)
  private func replacement(_ expected: ReplacementCase) throws {
    let specification: Specification
    do { specification = try expected.load() } catch let problems as Diagnostics {
      #expect(expected.exit == 151, "\(problems.all.map(\.message))")
      return
    }
    let result = try Checker(specification, options: CheckOptions()).run(
      progress: { _ in true }, onViolation: { _ in })
    switch result.outcome {
    case .success:
      #expect(expected.exit == 0)
      #expect(result.progress.generated == expected.generated)
    case .violation(let violation):
      #expect(expected.exit == 12 && violation.kind == .invariant, "\(violation.message)")
    case .limit, .stopped:
      Issue.record("stopped")
    }
  }

  @Test("The table has every shape and form") func table() { #expect(ReplacementCase.all.count == 120) }
}
