import TLASyntax

/// Labels, and the rules which make sure that every labelled part of a definition can be named (Lamport, "TLA+2: A Preliminary Guide",
/// section 3.2).
extension ExpressionResolver {
  func resolveLabel(_ label: Identifier, _ parameters: [Identifier], _ body: Expression) -> Term {
    // The labels of a part were checked where the definition stands.
    if isPart { return resolve(body) }
    guard labels.isOpen else {
      error(
        "the label \(label.text) stands in no definition", label.span, code: .label,
        hint: "labels are allowed only inside a definition, a named assumption or a named theorem")
      return resolve(body)
    }
    if isInUpdate {
      error("a label cannot stand in an EXCEPT", label.span, code: .label, hint: "take it out")
      return resolve(body)
    }
    guard labels.isAllowed else {
      error("a label cannot follow a NEW in an ASSUME that is part of another", label.span, code: .label)
      return resolve(body)
    }
    labels.open()
    let term = resolve(body)
    labels.close()
    checkLabel(label, parameters)
    return term
  }

  /// Checks that a label is new, and that it names what is bound around it.
  func checkLabel(_ label: Identifier, _ parameters: [Identifier]) {
    if !labels.add(label.text) {
      error(
        "the label \(label.text) stands here twice", label.span, code: .label, hint: "choose another name")
    }
    let bound = labels.bound
    let right =
      bound.isEmpty ? label.text : "\(label.text)(\(bound.map(\.name.text).joined(separator: ", ")))"
    var named: Set<Binder> = []
    for parameter in parameters {
      guard case .local(let binder)? = scope.find(parameter.text), bound.contains(binder) else {
        error(
          "\(parameter.text) is not bound between the label \(label.text) and the definition around it",
          parameter.span, code: .label, hint: "write \(right)")
        continue
      }
      if !named.insert(binder).inserted {
        error(
          "\(parameter.text) stands twice in the label \(label.text)", parameter.span, code: .label,
          hint: "write \(right)")
      }
    }
    if let missing = bound.first(where: { !named.contains($0) }) {
      error(
        "the label \(label.text) does not name \(missing.name.text), which is bound around it", label.span,
        code: .label,
        hint: "write \(right)")
    }
  }
}
