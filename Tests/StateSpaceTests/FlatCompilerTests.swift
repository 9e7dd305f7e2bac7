@testable import StateSpace
import TLASemantics
import Testing

/// What is known where code is added is used there.
@Suite("Flat code computes nothing twice") struct FlatCompilerTests {
  /// The instructions of the first action of a module.
  private static func instructions(_ body: String) throws -> [FlatInstruction] {
    let specification = try InMemory.load(body, "INIT Init\nNEXT Next")
    let program = try Program.make(specification, stackBytes: 1 << 20, host: nil)
    let search = try BreadthFirstSearch(
      program, SearchGoals(afterViolation: .collect), run: SearchRun(limits: SearchLimits(maxStates: 100)),
      rows: nil)
    program.machine.enterRun()
    defer { program.machine.reset() }
    _ = search.search()
    let layout = FlatLayout(
      of: FlatLayout.values(in: search.graph.states), FlatEncoding(store: program.store))
    let compiler = FlatCompiler(layout, program.machine, isOptimizing: true)
    _ = try #require(compiler.entry(program.actions[0].code))
    return compiler.finish().instructions
  }

  /// A recursive operator's value, named by LET, in each element of a function that is put together element by element.
  private static func module(size: Int) -> String {
    """
    EXTENDS Naturals
    VARIABLES f, s
    Keys == 1..\(size)
    Init == f = [k \\in Keys |-> 0] /\\ s = {}
    RECURSIVE Below(_)
    Below(k) == IF k = 0 THEN {} ELSE {k} \\union Below(f[k])
    Least(S) == CHOOSE k \\in S : \\A other \\in S : k <= other
    Next ==
      /\\ s # {1, 2}
      /\\ LET least == Least(Below(2))
         IN f' = [k \\in Keys |-> IF f[k] = least THEN 0 ELSE (k - 1) % 3]
      /\\ \\E k \\in {1, 2} : s' = s \\union {k}
    """
  }

  @Test("A name's value is found once for all elements of a function") func namedOnce() throws {
    let choices = try [9, 14].map { size in
      try Self.instructions(Self.module(size: size)).count { $0.operation == .takeLowest }
    }
    #expect(choices[0] > 0 && choices[0] == choices[1])
  }

  @Test("A recursive sum over a function of 36 pairs needs no tree") func largeFunction() throws {
    var options = CheckOptions()
    options.statesBeforeFlatCode = 20
    let result = try InMemory.check(
      """
      EXTENDS Naturals
      VARIABLE lamps
      Board == (1..4) \\X (1..4)
      Framed == (0..5) \\X (0..5)
      light[place \\in Framed] ==
        IF place \\notin Board THEN 0 ELSE IF lamps[place] THEN 1 ELSE 0
      RECURSIVE Total(_, _)
      Total(f, S) == IF S = {} THEN 0 ELSE LET one == CHOOSE x \\in S : TRUE IN f[one] + Total(f, S \\ {one})
      Around(place) == {<<place[1], place[2] + 1>>, <<place[1] + 1, place[2]>>}
      Init == lamps \\in {[place \\in Board |-> place[1] = row /\\ place[2] \\in S] : row \\in 1..4, S \\in SUBSET (1..4)}
      Next == lamps' = [place \\in Board |-> Total(light, Around(place)) = 1]
      """, options: options)
    #expect(result.flatCode?.onTree == 0)
  }
}
