/// A condition with a hint in case it reads a value that is not yet assigned.
final class HintedNode: Node {
  let condition: Node
  private let hint: String

  init(_ condition: Node, hint: String) {
    self.condition = condition
    self.hint = hint
    super.init(condition.site)
  }

  override func evaluate(_ machine: Machine) throws -> Value {
    do { return try condition.evaluate(machine) } catch var failure as EvaluationFailure
      where failure.kind == .incompleteState
    {
      failure.hint = hint
      throw failure
    }
  }
}
