import StateSpace
import TLASyntax
import Testing

@Suite("A check says what the tree of expressions evaluates beside flat code") struct FlatFiguresTests {
  private func figures(_ body: String, _ lines: String) throws -> FlatCodeFigures? {
    var options = CheckOptions()
    options.statesBeforeFlatCode = 2
    let configuration = "INIT Init\nNEXT Next\nCHECK_DEADLOCK FALSE\n\(lines)"
    return try InMemory.check(body, configuration, options: options).flatCode
  }

  /// Fifty states, each of which has a sequence of up to three numbers.
  private static let counter = """
    EXTENDS Integers, Sequences, TLC
    VARIABLES n, q
    Init == n = 0 /\\ q = <<>>
    Next == n < 49 /\\ n' = n + 1 /\\ q' = IF Len(q) = 3 THEN <<n % 4>> ELSE Append(q, n % 4)

    """
  /// Its code would be too long.
  private static let long = "n > 3 \\/ \\A a, b, c, d, e \\in 1..7 : a + b + c + d + e + n > 4"

  @Test("Nothing, if everything is in flat code") func everything() throws {
    let figures = try #require(try figures(Self.counter + "Inv == n < 50 /\\ Len(q) < 4", "INVARIANT Inv"))
    #expect(figures.treeConditions.isEmpty && figures.remembered.isEmpty)
  }

  @Test(
    "A condition without flat code, with its kind and name",
    arguments: [
      ("INVARIANT Inv", FlatCodeFigures.Condition.Kind.invariant), ("CONSTRAINT Inv", .constraint),
      ("ACTION_CONSTRAINT Inv", .actionConstraint),
    ])
  func condition(_ line: String, _ kind: FlatCodeFigures.Condition.Kind) throws {
    let conditions = try #require(try figures(Self.counter + "Inv == \(Self.long)", line)).treeConditions
    #expect(conditions.map(\.kind) == [kind] && conditions.map(\.name) == ["Inv"])
    #expect(conditions.allSatisfy { 1...50 ~= $0.count })
  }

  @Test("A property of steps without flat code") func property() throws {
    let body = Self.counter + "Property == [][\(Self.long)]_n"
    let conditions = try #require(try figures(body, "PROPERTY Property")).treeConditions
    #expect(conditions.map(\.kind) == [.property] && conditions.map(\.name) == ["Property"])
  }

  @Test("A part of a temporal property without flat code") func predicate() throws {
    let body = Self.counter + "Property == <>(\(Self.long))"
    let conditions = try #require(try figures(body, "PROPERTY Property")).treeConditions
    #expect(conditions.map(\.kind) == [.predicate] && conditions.map(\.name) == [Self.long])
  }

  /// `Len(…) < 4` reads `q` only, and so it is evaluated for each value of `q` and not for each state.
  @Test("The place of an expression whose values are remembered, with the number of its evaluations")
  func remembered() throws {
    let body = Self.counter + "Inv == n < 50 /\\ Len(SortSeq(q, LAMBDA a, b : a < b)) < 4"
    let remembered = try #require(try figures(body, "INVARIANT Inv")).remembered
    #expect(remembered.count == 1)
    let position = remembered.first?.span.startPosition
    #expect(position?.line == 6 && position?.column == 18)
    #expect(remembered.first.map { 3...20 ~= $0.evaluations } == true, "\(remembered.map(\.evaluations))")
  }
}
