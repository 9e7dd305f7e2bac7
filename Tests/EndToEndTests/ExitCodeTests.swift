import Foundation
import Testing

/// The place of an expression without a value, and TLC's exit code for it.
struct FailingPlace: Sendable, CustomTestStringConvertible {
  let place: String
  let expression: String
  let exitCode: Int32

  var testDescription: String { "\(expression), \(place)" }

  /// The lines of `exit-codes.tsv`: place, expression in `z` (which is 0), and exit code. They are from TLC 2.19 with one worker.
  static let all: [FailingPlace] = {
    let path = SynscopeBinary.packageFolder + "/Tests/EndToEndTests/Fixtures/exit-codes.tsv"
    let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    return text.split(separator: "\n").filter { !$0.hasPrefix("#") }.compactMap { line in
      let cells = line.split(separator: "\t").map(String.init)
      guard cells.count == 3, let code = Int32(cells[2]) else { return nil }
      return FailingPlace(place: cells[0], expression: cells[1], exitCode: code)
    }
  }()

  private static let counter = "Init == x = 0 /\\ y = 0\nNext == x' = 1 - x /\\ y' = y\n"

  /// The definitions that each place needs, and its line in the configuration. `F(z)` evaluates the expression.
  private static let places: [String: (body: String, configuration: String)] = [
    "step": ("Init == x = 0 /\\ y = 0\nNext == x' = 1 - x /\\ y' = IF F(x) THEN 0 ELSE 1\n", ""),
    "guard": ("Init == x = 0 /\\ y = 0\nNext == F(x) /\\ x' = 1 - x /\\ y' = y\n", ""),
    "later guard": (
      "Init == x = 0 /\\ y = 0\nNext == x' = 1 - x /\\ y' = y /\\ (x = 1 => F(x - 1))\n", ""
    ),
    "assumption": ("ASSUME F(0)\n" + counter, ""),
    "initial state": (
      "Init == x = 0 /\\ y = IF F(x) THEN 0 ELSE 1\nNext == x' = 1 - x /\\ y' = y\n", ""
    ),
    "first invariant": (counter + "Inv == F(x)\n", "INVARIANT Inv\n"),
    "later invariant": (counter + "Inv == x = 1 => F(x - 1)\n", "INVARIANT Inv\n"),
    // The same where TLC, which takes the steps once more, comes to another failure.
    "invariant at two successors": (
      "Init == x = 0 /\\ y = 0\nNext == x' \\in 1..2 /\\ y' = y\nInv == x > 0 => F(x - x)\n",
      "INVARIANT Inv\n"
    ),
    "invariant, then a step": (
      "Init == x = 0 /\\ y = 0\nNext == y' = y /\\ (x' = 1 \\/ (x' = 2 /\\ F(x)))\nInv == x = 1 => F(x - 1)\n",
      "INVARIANT Inv\n"
    ),
    "another failure, then the invariant": (
      "Init == x = 0 /\\ y = 0\nNext == x' \\in 1..2 /\\ y' = y\nInv == (x = 1 => x[1] = 1) /\\ (x = 2 => F(x - x))\n",
      "INVARIANT Inv\n"
    ),
    "invariant, then a violation": (
      "Init == x = 0 /\\ y = 0\nNext == x' \\in 1..2 /\\ y' = y\nInv == (x = 1 => F(x - 1)) /\\ x # 2\n",
      "INVARIANT Inv\n"
    ),
    "invariant at a successor made twice": (
      "Init == x = 0 /\\ y = 0\nNext == (x' = 1 \\/ x' = 1) /\\ y' = y\nInv == x = 1 => F(x - 1)\n",
      "INVARIANT Inv\n"
    ),
    "first invariant, cut off": (
      counter + "Inv == F(x)\nCon == x = 1\n", "INVARIANT Inv\nCONSTRAINT Con\n"
    ),
    "later invariant, cut off": (
      counter + "Inv == x = 1 => F(x - 1)\nCon == x = 0\n", "INVARIANT Inv\nCONSTRAINT Con\n"
    ),
    "first constraint": (counter + "Con == F(x)\n", "CONSTRAINT Con\n"),
    "later constraint": (counter + "Con == x = 1 => F(x - 1)\n", "CONSTRAINT Con\n"),
    "action constraint": (counter + "Con == x' = 1 => F(x)\n", "ACTION_CONSTRAINT Con\n"),
    "later action constraint": (counter + "Con == x = 1 => F(x - 1)\n", "ACTION_CONSTRAINT Con\n"),
    "definition in a step": (
      "K == F(0)\nInit == x = 0 /\\ y = 0\nNext == x' = 1 - x /\\ y' = IF K THEN 0 ELSE 1\n", ""
    ),
    "definition in an initial state": (
      "K == F(0)\nInit == x = 0 /\\ y = IF K THEN 0 ELSE 1\nNext == x' = 1 - x /\\ y' = y\n", ""
    ),
    "definition in a first invariant": ("K == F(0)\n" + counter + "Inv == x = 1 \\/ K\n", "INVARIANT Inv\n"),
    "definition in a later invariant": ("K == F(0)\n" + counter + "Inv == x = 1 => K\n", "INVARIANT Inv\n"),
    "definition as an invariant": ("K == F(0)\n" + counter, "INVARIANT K\n"),
    "definition as a constraint": ("K == F(0)\n" + counter, "CONSTRAINT K\n"),
    "definition as an action constraint": ("K == F(0)\n" + counter, "ACTION_CONSTRAINT K\n"),
    "definition that nothing uses": ("K == F(0)\n" + counter, ""),
  ]

  /// The module `M` and its configuration; nil for an unknown place.
  var model: (module: String, configuration: String)? {
    guard let (body, configuration) = Self.places[place] else { return nil }
    let module = """
      EXTENDS Integers, Sequences, FiniteSets, Bags, TLC
      VARIABLES x, y
      F(z) == (\(expression)) = (\(expression))
      \(body)
      """
    return (module, "INIT Init\nNEXT Next\n" + configuration)
  }
}

@Suite("The exit codes for expressions without a value are TLC's", .timeLimit(.minutes(10)))
struct ExitCodeTests {
  @Test("The table knows every place, and is not empty") func table() {
    #expect(FailingPlace.all.count > 200)
    #expect(FailingPlace.all.allSatisfy { $0.model != nil })
  }

  @Test("Exit code", arguments: FailingPlace.all)
  func exitCode(_ failing: FailingPlace) async throws {
    let (module, configuration) = try #require(failing.model)
    try await TestFolder.with(module: module, configuration: configuration) { folder in
      let output = try await SynscopeCommand.run(["check", folder.file("M.tla"), "--quiet", "--tlc-integers"])
      #expect(output.exitCode == failing.exitCode, "\(output.text)")
    }
  }
}
