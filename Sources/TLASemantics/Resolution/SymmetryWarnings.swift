import TLASyntax

/// Finds reasons why a reduction by `SYMMETRY` may be unsound, as far as the terms show them. The search treats states as equal if a
/// permutation maps one to the other, so it can miss differences between them.
struct SymmetryWarnings {
  /// The set of permutations.
  let symmetry: Identifier
  let permutations: Term
  let replacements: [OperatorDefinition: OperatorDefinition]
  /// The meanings of the constants in the configuration.
  let meanings: [ConstantDeclaration: Specification.ConstantMeaning]

  /// `terms` are evaluated by the search; `properties` are to be checked for whole behaviors.
  func warnings(of terms: [Term], properties: [Specification.Named]) -> [Diagnostic] {
    var result: [Diagnostic] = []
    if let property = properties.first(where: { $0.term.level == .temporal }) {
      result.append(
        Diagnostic(
          .warning, .configuration, .symmetry,
          "SYMMETRY \(symmetry.text) could falsify the temporal property \(property.name): it is checked without",
          at: symmetry.span))
    }
    let permuted = constants(of: permutations)
    for constant in constantsThatArePermuted {
      guard case .value(.set(let elements))? = meanings[constant], Set(elements).count < 2 else { continue }
      result.append(
        Diagnostic(
          .warning, .configuration, .symmetry,
          "SYMMETRY \(symmetry.text) permutes \(constant.name.text), which has fewer than two elements",
          at: symmetry.span, hint: "nothing is reduced by it"))
    }
    for choice in choices(in: terms) {
      guard let constant = constants(of: choice.set).first(where: permuted.contains) else { continue }
      result.append(
        Diagnostic(
          .warning, .configuration, .symmetry,
          "CHOOSE may prefer one element of \(constant.name.text), which SYMMETRY \(symmetry.text) takes for alike",
          at: choice.span,
          hint: "where several elements satisfy it, check without SYMMETRY, or pick one with \\E in an action"
        ))
    }
    return result
  }

  /// The constants all of whose permutations are meant: `Permutations(Nodes)`.
  private var constantsThatArePermuted: [ConstantDeclaration] {
    var result: [ConstantDeclaration] = []
    Term.visit([permutations], replacing: replacements) {
      if case .builtin(.permutations, let arguments) = $0.kind,
        case .constant(let constant)? = arguments.first?.kind
      {
        result.append(constant)
      }
    }
    return result
  }

  private func constants(of term: Term) -> [ConstantDeclaration] {
    var result: [ConstantDeclaration] = []
    Term.visit([term], replacing: replacements) {
      if case .constant(let constant) = $0.kind { result.append(constant) }
    }
    return result
  }

  private func choices(in terms: [Term]) -> [(set: Term, span: SourceSpan)] {
    var result: [(set: Term, span: SourceSpan)] = []
    Term.visit(terms, replacing: replacements) {
      if case .choose(let bound, _) = $0.kind { result.append((set: bound.set, span: $0.span)) }
    }
    return result
  }
}
