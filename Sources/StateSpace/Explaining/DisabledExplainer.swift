/// Finds the conjunct that disables an action: the false conjunct that was reached after the most true ones.
final class DisabledExplainer: ConjunctFollower {
  private(set) var explanation: Explanation?
  private var depth = 0
  private var deepest = -1

  func enter() { depth += 1 }
  func leave() { depth -= 1 }

  func fail(_ conjunct: Node, _ machine: Machine) {
    note(ReasonFinder(machine).explanation(of: conjunct, is: false))
  }

  func fail(emptySet: Node, _ machine: Machine) { note(ReasonFinder(machine).emptiness(of: emptySet)) }

  private func note(_ reason: @autoclosure () -> Explanation) {
    guard depth > deepest else { return }
    deepest = depth
    explanation = reason()
  }
}
