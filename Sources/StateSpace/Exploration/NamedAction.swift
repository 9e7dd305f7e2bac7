import TLASyntax

/// One action for one binding over constant sets.
struct NamedAction {
  let name: String
  /// The place of the action's definition.
  let span: SourceSpan
  /// The place of its formula.
  let bodySpan: SourceSpan
  /// The values of its names. They are evaluated right after the action has made a successor.
  let arguments: [Argument]
  let code: ActionNode

  struct Argument {
    let node: Node
    /// Whether it mentions names that are bound while the action runs.
    let isBound: Bool
    /// The parameter of the action's definition for which it stands; nil for the element of a set.
    let parameter: String?
  }
}
