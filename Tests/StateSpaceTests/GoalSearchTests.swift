import BigInt
import StateSpace
import TLASemantics
import TLASyntax
import Testing

/// Two glasses of 3 and 5 units. A glass may be filled, emptied or poured into the other. `Overflow` is violated on purpose.
private let glasses = """
  ---- MODULE Glasses ----
  EXTENDS Integers
  VARIABLES small, big
  Min(a, b) == IF a < b THEN a ELSE b
  Init == small = 0 /\\ big = 0
  Fill(g) == IF g = 3 THEN small' = 3 /\\ big' = big ELSE big' = 5 /\\ small' = small
  Empty(g) == IF g = 3 THEN small' = 0 /\\ big' = big ELSE big' = 0 /\\ small' = small
  Pour(from) ==
    IF from = 3
    THEN LET n == Min(small, 5 - big) IN small' = small - n /\\ big' = big + n
    ELSE LET n == Min(big, 3 - small) IN big' = big - n /\\ small' = small + n
  Next == \\E g \\in {3, 5} : Fill(g) \\/ Empty(g) \\/ Pour(g)
  NotFour == big # 4
  ====
  """

private func load(_ text: String, _ configuration: String) throws -> Specification {
  try SpecificationLoader(provider: TextProvider(files: ["M.tla": text, "M.cfg": configuration])).load(
    "M.tla")
}

@Suite("Finding a state") struct GoalSearchTests {
  private let text = glasses.replacing("MODULE Glasses", with: "MODULE M")

  private func find(
    _ goal: String, from start: [PlainValue]? = nil, options: CheckOptions = CheckOptions()
  ) throws -> GoalOutcome {
    var options = options
    options.start = start
    return try GoalSearch(load(text, "INIT Init NEXT Next"), goal: goal, options: options)
      .run(progress: { _ in true }).outcome
  }

  @Test("The path is a shortest one, with its actions")
  func shortest() throws {
    guard case .reached(let trace) = try find("big = 4") else {
      Issue.record("not reached")
      return
    }
    #expect(trace.count == 7)
    #expect(trace.first?.label == nil)
    #expect(trace.dropFirst().allSatisfy { $0.label != nil })
    #expect(trace.last?.values.last == .integer(4))
  }

  @Test("The search begins at the given state")
  func start() throws {
    guard case .reached(let trace) = try find("big = 4", from: [.integer(3), .integer(2)]) else {
      Issue.record("not reached")
      return
    }
    #expect(trace.first?.values == [.integer(3), .integer(2)])
    #expect(trace.count < 7)
  }

  @Test("The start itself may satisfy the goal")
  func atOnce() throws {
    guard case .reached(let trace) = try find("small = 0") else {
      Issue.record("not reached")
      return
    }
    #expect(trace.count == 1)
  }

  @Test("A state that does not exist is not found; a limit is reported")
  func nowhere() throws {
    guard case .unreachable = try find("big = 6") else {
      Issue.record("found")
      return
    }
    var options = CheckOptions()
    options.maxDepth = 2
    guard case .limit = try find("big = 4", options: options) else {
      Issue.record("no limit")
      return
    }
  }

  @Test(
    "A goal must be a predicate over one state", arguments: ["big' = 4", "big + 1", "nobody = 1", "big ="])
  func wrong(goal: String) throws {
    #expect(throws: (any Error).self) { try find(goal) }
  }

  @Test("A goal may name the configuration's model values")
  func modelValues() throws {
    let text = "---- MODULE M ----\nCONSTANT S\nVARIABLE x\nInit == x \\in S\nNext == x' \\in S\n===="
    let specification = try load(text, "INIT Init NEXT Next CONSTANT S = {a, b}")
    let found = try GoalSearch(specification, goal: "x = b", options: CheckOptions()).run(progress: { _ in
      true
    })
    guard case .reached(let trace) = found.outcome else {
      Issue.record("not reached")
      return
    }
    #expect(trace.map(\.values) == [[.modelValue("b")]])
  }

  @Test("Distances to a violation agree with the search for it in every state")
  func distances() throws {
    let specification = try load(text, "INIT Init NEXT Next INVARIANT NotFour")
    let measured = try DangerMap.measure(specification, options: CheckOptions(), progress: { _ in true })
    guard case .measured(let map) = measured.outcome else {
      Issue.record("not measured")
      return
    }
    #expect(map.stateCount == 16)
    for small in 0...3 {
      for big in 0...5 {
        let values: [PlainValue] = [.integer(.init(small)), .integer(.init(big))]
        let isReachable = small == 0 || small == 3 || big == 0 || big == 5
        guard isReachable else {
          #expect(map.danger(of: values) == .unknown)
          continue
        }
        guard case .reached(let trace) = try find("big = 4", from: values) else {
          Issue.record("not reached")
          return
        }
        #expect(map.danger(of: values) == .steps(trace.count - 1))
        #expect(map.isViolationInevitable(from: values) == (big == 4))
      }
    }
    #expect(map.danger(of: [.string("a"), .modelValue("nobody")]) == .unknown)
    #expect(map.danger(of: []) == .unknown)
  }
}
