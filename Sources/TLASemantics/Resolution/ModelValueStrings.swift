import TLASyntax

/// Finds strings of a specification that are written like model values of its configuration. `"n1"` and the model value `n1` are different
/// values, so a comparison of the two is silently false.
enum ModelValueStrings {
  /// A warning for each such string, at its first place. `declared` are the names of the constants.
  static func warnings(
    in terms: [Term], of configuration: Configuration, declared: Set<String>,
    replacing replacements: [OperatorDefinition: OperatorDefinition]
  ) -> [Diagnostic] {
    var names = configuration.modelValues.subtracting(configuration.strings)
    var result: [Diagnostic] = []
    guard !names.isEmpty else { return [] }
    Term.visit(terms, replacing: replacements) { term in
      guard case .string(let text) = term.kind, names.remove(text) != nil else { return }
      result.append(
        Diagnostic(
          .warning, .specification, .modelValue,
          "\"\(text)\" is a string, and \(text) is a model value of the configuration: they are never equal",
          at: term.span,
          hint: declared.contains(text)
            ? "write \(text), without quotation marks"
            : "declare the model value, `CONSTANT \(text)` with `\(text) = \(text)` in the configuration, and write \(text); or write \"\(text)\" in the configuration, too"
        ))
    }
    return result
  }
}
