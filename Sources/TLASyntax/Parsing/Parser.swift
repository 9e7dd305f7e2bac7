/// What parsing gives: a tree as far as one could be made, and everything that was wrong.
package struct ParseResult<Tree: Sendable>: Sendable {
  package let tree: Tree?
  package let diagnostics: [Diagnostic]

  package init(tree: Tree?, diagnostics: [Diagnostic]) {
    self.tree = tree
    self.diagnostics = diagnostics
  }
}

/// Reads TLA+.
package enum Parser {
  /// Reads the first module of a file. What stands before and behind it is a comment.
  package static func parseModule(_ file: SourceFile) -> ParseResult<Module> {
    fatalError("stub")
  }

  /// Reads a text that is one expression and nothing else.
  package static func parseExpression(_ file: SourceFile) -> ParseResult<Expression> {
    fatalError("stub")
  }
}
