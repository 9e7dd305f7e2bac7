import StateSpace
import TLASemantics
import Testing

/// An object that lives as long as its holders.
private final class Sentinel: Sendable {}

/// An engine reserves much memory, and a workbench makes many engines.
@Suite("Searches release their memory") struct MemoryReleaseTests {
  private static let body = """
    EXTENDS Naturals
    VARIABLE x
    Init == x = 0
    Next == x < 3 /\\ x' = x + 1
    Small == x < 3
    """

  /// Whether an object that is passed to a search is still held after the search.
  private func isHeld(_ search: (Sentinel) throws -> Void) -> Bool {
    weak var left: Sentinel?
    func run() throws {
      let sentinel = Sentinel()
      left = sentinel
      try search(sentinel)
    }
    try? run()
    return left != nil
  }

  @Test("A check", arguments: ["", "INVARIANT Small", "CHECK_DEADLOCK FALSE"])
  func check(_ more: String) throws {
    let specification = try InMemory.load(Self.body, "INIT Init\nNEXT Next\n\(more)")
    #expect(
      !isHeld { sentinel in
        _ = try Checker(specification, options: CheckOptions()).run(
          output: { _ in _ = sentinel }, progress: { _ in true }, onViolation: { _ in })
      })
  }

  @Test("The search for a state, found or not", arguments: ["x = 2", "x = 9", "x = {}"])
  func goal(_ goal: String) throws {
    let specification = try InMemory.load(Self.body, "INIT Init\nNEXT Next")
    #expect(
      !isHeld { sentinel in
        _ = try GoalSearch(specification, goal: goal, options: CheckOptions()).run { _ in
          _ = sentinel
          return true
        }
      })
  }

  @Test("Measuring the distances to violations")
  func dangers() throws {
    let specification = try InMemory.load(Self.body, "INIT Init\nNEXT Next\nINVARIANT Small")
    #expect(
      !isHeld { sentinel in
        _ = try DangerMap.measure(specification, options: CheckOptions()) { _ in
          _ = sentinel
          return true
        }
      })
  }
}
