import TLASyntax

/// Frees definitions without recursion. A chain of definitions, each of which uses the previous one, may be longer than any stack is deep.
enum DefinitionRelease {
  private static let nothing = Term(
    .boolean(false), SourceSpan(file: SourceFile(name: "", text: ""), start: 0, end: 0), level: .constant)

  /// Removes a body from its definition, and frees everything that only the body holds.
  static func release(_ body: inout Term) {
    var terms = [body]
    var definitions: [OperatorDefinition] = []
    body = nothing
    while true {
      if var term = terms.popLast() {
        // Its parts are in these lists, so freeing the term frees nothing else.
        if isKnownUniquelyReferenced(&term) {
          terms += term.kind.children
          definitions += term.kind.definitions
        }
      } else if var definition = definitions.popLast() {
        // The list holds the body of a definition that is freed here, so the definition itself does not free it.
        if isKnownUniquelyReferenced(&definition) { terms.append(definition.body) }
      } else {
        return
      }
    }
  }
}

extension Term.Kind {
  /// The definitions that the term refers to directly.
  fileprivate var definitions: [OperatorDefinition] {
    if case .letIn(let definitions, _) = self { definitions } else { mentioned.map { [$0] } ?? [] }
  }
}
