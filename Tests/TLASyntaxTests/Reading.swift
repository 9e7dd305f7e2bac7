import TLASyntax
import Testing

/// The tree of an expression on one line, or its errors.
func read(_ source: String) -> String {
  let result = Parser.parseExpression(SourceFile(name: "<test>", text: source))
  let errors = result.diagnostics.filter { $0.severity == .error }
  guard let tree = result.tree, errors.isEmpty else {
    return errors.map(\.message).joined(separator: "; ")
  }
  return TreeDump.dump(tree)
}

/// A module with these lines.
func parse(_ body: String) -> ParseResult<Module> {
  Parser.parseModule(SourceFile(name: "M.tla", text: "---- MODULE M ----\n\(body)\n====\n"))
}

/// The units of a module with these lines, each on one line, then the places and messages of the diagnostics.
func units(_ body: String) -> [String] {
  let result = parse(body)
  let problems = result.diagnostics.map { problem in
    let position = problem.span?.startPosition
    return "\(position.map { "\($0.line):\($0.column)" } ?? "-") \(problem.message)"
  }
  return (result.tree?.units.map(TreeDump.dump) ?? ["no tree"]) + problems
}

/// The rendered diagnostics of a module with these lines.
func problems(_ body: String) -> String {
  parse(body).diagnostics.map(DiagnosticRenderer.render).joined(separator: "\n")
}

/// A row of a table of expressions.
struct Row: Sendable, CustomTestStringConvertible {
  let source: String
  let tree: String

  init(_ source: String, _ tree: String) {
    self.source = source
    self.tree = tree
  }

  var testDescription: String { source }
}
