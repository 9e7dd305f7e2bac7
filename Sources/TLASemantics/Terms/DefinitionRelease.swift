import TLASyntax

/// Frees what definitions hold of one another without recursion: a chain of definitions, each of which uses the one before, may be longer than
/// any stack is deep.
enum DefinitionRelease {
  private static let nothing = Term(
    .boolean(false), SourceSpan(file: SourceFile(name: "", text: ""), start: 0, end: 0), level: .constant)

  /// Takes a body away from its definition, and frees it with everything that only it holds. What another holds stays.
  static func release(_ body: inout Term) {
    var terms = [body]
    var definitions: [OperatorDefinition] = []
    body = nothing
    while true {
      if var term = terms.popLast() {
        // While its parts are in these lists, a term goes alone.
        if isKnownUniquelyReferenced(&term) {
          terms += term.kind.children
          definitions += term.kind.definitions
        }
      } else if var definition = definitions.popLast() {
        // A definition that is freed here finds its body held by the list, and leaves it.
        if isKnownUniquelyReferenced(&definition) { terms.append(definition.body) }
      } else {
        return
      }
    }
  }
}

extension Term.Kind {
  /// The definitions directly inside.
  fileprivate var definitions: [OperatorDefinition] {
    if case .letIn(let definitions, _) = self { definitions } else { mentioned.map { [$0] } ?? [] }
  }
}
