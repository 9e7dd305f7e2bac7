import TLASemantics
import TLASyntax
import Testing

/// Modules as programs write them, with many parts in one place. If loading took time quadratic in their size, each of these tests would
/// take minutes.
@Suite("Large modules load") struct LargeModuleTests {
  private static let size = 20_000

  private func lines(_ line: (Int) -> String, separator: String = "\n") -> String {
    (0..<Self.size).map(line).joined(separator: separator)
  }

  @Test(
    "A row of operators without parentheses is as wide as it is long, not as deep",
    arguments: ["/\\", "\\/", "\\X"])
  func rows(_ symbol: String) throws {
    let row = lines({ symbol == "\\X" ? "{\($0)}" : "\($0) = x" }, separator: " \(symbol)\n ")
    let result = Parser.parseExpression(SourceFile(name: "row", text: row))
    #expect(result.diagnostics.isEmpty)
    switch result.tree?.kind {
    case .row(_, let parts), .product(let parts):
      #expect(parts.count == Self.size)
      #expect(parts.last?.span.endPosition == result.tree?.span.endPosition)
    default: Issue.record("\(result)")
    }
    let specification = try InMemory.load("VARIABLE x\nA == \(row)")
    #expect(specification.definition(named: "A")?.body.kind.children.count == Self.size)
  }

  @Test("Lists, records, junctions, declarations and definitions of many parts")
  func manyParts() throws {
    let specification = try InMemory.load(
      """
      VARIABLES \(lines({ "v\($0)" }, separator: ",\n"))
      Record == [\(lines({ "f\($0) |-> \($0)" }, separator: ",\n"))]
      Set == {\(lines({ "\($0)" }, separator: ", "))}
      And ==
      \(lines { " /\\ v\($0) = \($0)" })
      D0 == 0
      \(lines { "D\($0 + 1) == D\($0)" })
      Let == LET
      \(lines { " l\($0) == \($0)" })
       IN l1
      (* \(lines { _ in "(* nested *) and long" }) *)
      """)
    #expect(specification.variables.count == Self.size)
    for name in ["Record", "Set", "And"] {
      #expect(specification.definition(named: name)?.body.kind.children.count == Self.size)
    }
    #expect(specification.definition(named: "D\(Self.size)") != nil)
  }

  @Test("Many errors are reported, each once")
  func manyErrors() {
    let unknown = InMemory.problems("E ==\n\(lines { " /\\ nosuch\($0)" })").split(separator: "\n")
    #expect(unknown.count == Self.size)
    #expect(unknown.first == "3:5 nosuch0 is not defined")
    let twice = InMemory.problems(lines { "E == \($0)" }).split(separator: "\n")
    #expect(twice.count == Self.size - 1)
    #expect(twice.last == "\(Self.size + 1):1 E is defined already (choose another name)")
  }

  @Test("If each module extends two others, each is asked only once whether it declares something")
  func diamonds() throws {
    var modules: [String: String] = [:]
    for level in 0..<40 {
      for side in ["L", "R"] {
        let extended = level == 0 ? "" : "EXTENDS L\(level - 1), R\(level - 1)\n"
        modules["\(side)\(level).tla"] =
          "---- MODULE \(side)\(level) ----\n\(extended)\(side)\(level)x == \(level)\n====\n"
      }
    }
    let specification = try InMemory.load("I == INSTANCE L39\nA == I!L0x", modules: modules)
    #expect(specification.definition(named: "A") != nil)
  }

  @Test("Numbers of very many digits are refused")
  func digits() {
    let many = String(repeating: "9", count: 10_001)
    #expect(InMemory.problems("A == \(many)") == "2:6 the number has more than 10000 digits")
    #expect(InMemory.problems("A == \\h\(many)") == "2:6 the number has more than 10000 digits")
    #expect(
      InMemory.problems("CONSTANT C", "CONSTANT C = \(many)").contains(
        "The number has more than 10000 digits"))
  }

  @Test("Values nested very deeply in a configuration are refused with a place")
  func nestedConfiguration() {
    for (open, close) in [("{", "}"), ("<<", ">>"), ("[a |-> ", "]")] {
      let text = { (depth: Int) in
        String(repeating: open, count: depth) + "1" + String(repeating: close, count: depth)
      }
      let read = {
        ConfigurationReader.read(SourceFile(name: "M.cfg", text: "CONSTANT C = \(text($0))\nINIT Init"))
      }
      #expect(
        read(150).diagnostics.filter { $0.severity == .error }.map(\.message) == [
          "The configuration has INIT and no NEXT"
        ])
      let deep = read(50_000)
      #expect(deep.diagnostics.first?.message == "The value is nested more than 200 deep")
      #expect(
        deep.diagnostics.first?.span?.startPosition == SourcePosition(line: 1, column: 14 + 200 * open.count))
      #expect(deep.tree?.initial?.text == "Init")
    }
  }

  @Test("The steps of a proof may have any level")
  func levelsOfSteps() {
    #expect(
      InMemory.problems(
        "THEOREM TRUE\n<9223372036854775807>1. TRUE\n<+> QED\n<9223372036854775807> QED\nA == 1") == "")
  }
}
