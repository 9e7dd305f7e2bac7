import TLASyntax

/// What makes a reduction by `SYMMETRY` unsound, as far as it can be told from the terms: a search that takes states for the same which a permutation
/// maps to one another can miss what tells them apart.
struct SymmetryWarnings {
  /// The set of permutations.
  let symmetry: Identifier
  let permutations: Term
  let replacements: [OperatorDefinition: OperatorDefinition]

  /// `terms` are what the search evaluates, and `properties` what it is to check of whole behaviors.
  func warnings(of terms: [Term], properties: [Specification.Named]) -> [Diagnostic] {
    var result: [Diagnostic] = []
    if let property = properties.first(where: { $0.term.level == .temporal }) {
      result.append(
        Diagnostic(
          .warning, .configuration,
          "SYMMETRY \(symmetry.text) can hide violations of the temporal property \(property.name)",
          at: symmetry.span, hint: "check temporal properties without SYMMETRY"))
    }
    let permuted = constants(of: permutations)
    for choice in choices(in: terms) {
      guard let constant = constants(of: choice.set).first(where: permuted.contains) else { continue }
      result.append(
        Diagnostic(
          .warning, .configuration,
          "CHOOSE may prefer one element of \(constant.name.text), which SYMMETRY \(symmetry.text) takes for alike",
          at: choice.span,
          hint: "where several elements satisfy it, check without SYMMETRY, or pick one with \\E in an action"
        ))
    }
    return result
  }

  private func constants(of term: Term) -> [ConstantDeclaration] {
    var result: [ConstantDeclaration] = []
    visit([term]) { if case .constant(let constant) = $0.kind { result.append(constant) } }
    return result
  }

  private func choices(in terms: [Term]) -> [(set: Term, span: SourceSpan)] {
    var result: [(set: Term, span: SourceSpan)] = []
    visit(terms) {
      if case .choose(let bound, _) = $0.kind { result.append((set: bound.set, span: $0.span)) }
    }
    return result
  }

  /// Visits the terms, what is inside them, and the definitions that they use, each once.
  private func visit(_ terms: [Term], _ body: (Term) -> Void) {
    var reached: Set<OperatorDefinition> = []
    var open = Array(terms.reversed())
    func reach(_ definition: OperatorDefinition) {
      let actual = replacements[definition] ?? definition
      if reached.insert(actual).inserted { open.append(actual.body) }
    }
    while let term = open.popLast() {
      body(term)
      switch term.kind {
      case .apply(let definition, _): reach(definition)
      case .applyReference(.definition(let definition), _): reach(definition)
      case .operatorReference(.definition(let definition)): reach(definition)
      default: break
      }
      open += term.kind.children.reversed()
    }
  }
}
