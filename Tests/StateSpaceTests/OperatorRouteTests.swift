import Foundation
import StateSpace
import TLASemantics
import TLASyntax
import Testing

/// A small specification that reaches an operator of two parameters by one route: as the action of its steps, where it gives a variable its
/// next value, or as the test of its states.
private struct RouteCase: Sendable, CustomTestStringConvertible {
  let route: String
  let body: String
  let position: String
  let exit: Int
  /// TLC's generated and distinct states and depth, if its search was complete.
  let counts: [Int]

  var testDescription: String { "\(route), \(body), \(position)" }

  static let all: [RouteCase] = FixtureTable.rows("operator-routes.tsv").map { cells in
    RouteCase(
      route: cells[0], body: cells[1], position: cells[2], exit: Int(cells[3]) ?? -1,
      counts: cells[4...].compactMap { Int($0) })
  }

  /// The operator's bodies.
  private static let bodies = [
    "equals": "n = v",
    "member": "n \\in {v, v + 1}",
    "choose": "n = CHOOSE k \\in {v, v + 1} : k > v",
    "or": "n = v \\/ n = v + 2",
    "if": "IF v > 2 THEN n = 0 ELSE n = v",
    "let": "LET w == v + 1 IN n = w",
    "exists": "\\E k \\in {v, v + 1} : n = k",
    "and": "v < 4 /\\ n = v",
    "enabled": "(ENABLED (y' = v /\\ x' = v)) /\\ n = v",
    "case": "CASE v > 2 -> n = 0 [] v = 1 -> n = 3 [] OTHER -> n = v",
    "implies": "v < 3 => n = v",
  ]

  private struct Route {
    var modules: [String: String] = [:]
    var extends = ""
    var declarations = ""
    var definitions = ""
    var configuration = ""
    let use: (_ n: String, _ v: String) -> String
  }

  private static func instance(_ text: String, named name: String = "Inst") -> [String: String] {
    ["\(name).tla": "---- MODULE \(name) ----\nEXTENDS Integers\(text)\n====\n"]
  }

  private static func made(_ name: String, _ body: String) -> Route? {
    let operation = "B(n, v) == \(body)\n"
    let apply = "Apply(F(_, _), n, v) == F(n, v)\n"
    let stub = "\nStub(n, v) == FALSE"
    switch name {
    case "definition":
      return Route(definitions: operation) { "B(\($0), \($1))" }
    case "argument":
      return Route(definitions: operation + apply) { "Apply(B, \($0), \($1))" }
    case "passed on":
      return Route(definitions: operation + apply + "Twice(F(_, _), n, v) == Apply(F, n, v)\n") {
        "Twice(B, \($0), \($1))"
      }
    case "LAMBDA":
      return Route(definitions: apply) { "Apply(LAMBDA n, v : \(body), \($0), \($1))" }
    case "constant":
      return Route(
        declarations: "CONSTANT Op(_, _)\n", definitions: operation, configuration: "CONSTANT Op <- B\n"
      ) { "Op(\($0), \($1))" }
    case "constant as argument":
      return Route(
        declarations: "CONSTANT Op(_, _)\n", definitions: operation + apply,
        configuration: "CONSTANT Op <- B\n"
      ) { "Apply(Op, \($0), \($1))" }
    case "override":
      return Route(
        definitions: operation + "Stub(n, v) == FALSE\n", configuration: "CONSTANT Stub <- B\n"
      ) { "Stub(\($0), \($1))" }
    case "override in extended":
      return Route(
        modules: instance(stub, named: "Base"), extends: ", Base", definitions: operation,
        configuration: "CONSTANT Stub <- [Base]B\n"
      ) { "Stub(\($0), \($1))" }
    case "override in instance":
      return Route(
        modules: instance(stub + "\nUse(n, v) == Stub(n, v)"),
        definitions: operation + "I == INSTANCE Inst\n", configuration: "CONSTANT Stub <- [Inst]B\n"
      ) { "I!Use(\($0), \($1))" }
    case "override in extended of instance":
      let inner = instance(stub, named: "Base")
      return Route(
        modules: inner.merging(instance(", Base\nUse(n, v) == Stub(n, v)"), uniquingKeysWith: { $1 }),
        definitions: operation + "I == INSTANCE Inst\n", configuration: "CONSTANT Stub <- [Base]B\n"
      ) { "I!Use(\($0), \($1))" }
    case "instance":
      return Route(
        modules: instance("\nCONSTANT Op(_, _)\nUse(n, v) == Op(n, v)"),
        definitions: operation + "I == INSTANCE Inst WITH Op <- B\n"
      ) { "I!Use(\($0), \($1))" }
    case "instance with constant":
      return Route(
        modules: instance("\nCONSTANT Op(_, _)\nUse(n, v) == Op(n, v)"),
        declarations: "CONSTANT Op(_, _)\n", definitions: operation + "I == INSTANCE Inst\n",
        configuration: "CONSTANT Op <- B\n"
      ) { "I!Use(\($0), \($1))" }
    case "instance with parameter":
      return Route(
        modules: instance("\nCONSTANT p, Op(_, _)\nUse(n) == Op(n, p)"),
        definitions: operation + "I(p) == INSTANCE Inst WITH Op <- B\n"
      ) { "I(\($1))!Use(\($0))" }
    case "infix":
      return Route(definitions: "n ## v == \(body)\n") { "(\($0)) ## (\($1))" }
    case "infix as argument":
      return Route(definitions: "n ## v == \(body)\n" + apply) { "Apply(##, \($0), \($1))" }
    case "infix constant":
      return Route(
        declarations: "CONSTANT _ ## _\n", definitions: operation, configuration: "CONSTANT ## <- B\n"
      ) { "(\($0)) ## (\($1))" }
    case "LET":
      return Route { "LET B(n, v) == \(body) IN B(\($0), \($1))" }
    case "recursive":
      return Route(
        definitions:
          "RECURSIVE R(_, _, _)\nR(n, v, steps) == IF steps = 0 THEN \(body) ELSE R(n, v, steps - 1)\n"
      ) { "R(\($0), \($1), 2)" }
    case "recursive with argument":
      return Route(
        definitions: operation
          + "RECURSIVE R(_, _, _, _)\nR(F(_, _), n, v, k) == IF k = 0 THEN F(n, v) ELSE R(F, n, v, k - 1)\n"
      ) { "R(B, \($0), \($1), 2)" }
    default:
      return nil
    }
  }

  func load() throws -> Specification {
    let body = try #require(Self.bodies[body])
    let route = try #require(Self.made(route, body))
    var text = "EXTENDS Integers\(route.extends)\n\(route.declarations)VARIABLES x, y\n\(route.definitions)"
    var configuration = "INIT Init\nNEXT Next\nCHECK_DEADLOCK FALSE\n\(route.configuration)"
    if position == "action" {
      text += """
        Init == \(route.use("x", "0")) /\\ y = 0
        Next == x < 5 /\\ \(route.use("x'", "x + 1")) /\\ y' = x
        """
    } else {
      text += """
        Init == x \\in 0..3 /\\ y \\in 0..2
        Next == x < 6 /\\ x' = x + 1 /\\ y' = y
        Inv == (\(route.use("x", "y"))) \\/ x < 5
        Con == (\(route.use("x", "y + 1"))) \\/ y < 2 \\/ x < 3
        """
      if self.body != "enabled" { text += "\nASSUME ~(\(route.use("7", "2")))" }
      configuration += "INVARIANT Inv\nCONSTRAINT Con\n"
    }
    return try InMemory.load(text, configuration, modules: route.modules)
  }
}

@Suite("Operators by every route") struct OperatorRouteTests {
  @Test("TLC's outcome and counts", arguments: RouteCase.all) private func route(_ expected: RouteCase) throws
  {
    let specification: Specification
    do { specification = try expected.load() } catch let problems as Diagnostics {
      #expect(expected.exit == 150, "\(problems.all.map(\.message))")
      return
    }
    let result = try Checker(specification, options: CheckOptions()).run(
      progress: { _ in true }, onViolation: { _ in })
    switch result.outcome {
    case .success:
      #expect(expected.exit == 0)
      let counts = [result.progress.generated, result.progress.distinct, result.progress.depth]
      #expect(counts == expected.counts)
    case .violation(let violation):
      let kinds: [Int: Violation.Kind] = [10: .assumption, 12: .invariant, 75: .evaluation]
      #expect(violation.kind == kinds[expected.exit], "\(violation.message)")
    case .limit, .stopped:
      Issue.record("stopped")
    }
  }

  @Test("The table has every route") func table() { #expect(RouteCase.all.count > 350) }
}
