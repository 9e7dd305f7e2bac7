import TLASyntax

/// Finds tests in a next-state relation that were probably meant to give a variable its next value: `x = 1` for `x' = 1`. Such a test is
/// mostly false, so the step never happens and nobody is told.
///
/// A step is reported only if it never mentions the next value of the variable. Such a step cannot happen in any case: a step gives every
/// variable a value.
struct ForgottenPrimes {
  private let replacements: [OperatorDefinition: OperatorDefinition]
  /// The most terms that are examined.
  private var left = 200_000
  private var found: [SourceSpan: Suspect] = [:]

  /// `x = 1`, `x \in S` or `x[i] = 1`, in a place where a step may give x its next value.
  private struct Suspect {
    let variable: VariableDeclaration
    let test: Term
    let correction: String
  }

  /// The warnings in the order of the text.
  static func warnings(in next: Term, replacing replacements: [OperatorDefinition: OperatorDefinition])
    -> [Diagnostic]
  {
    var search = ForgottenPrimes(replacements)
    search.examine(next, given: [])
    return search.found.values.sorted { $0.test.span.start < $1.test.span.start }.map { suspect in
      let name = suspect.variable.name.text
      return Diagnostic(
        .warning, .specification, .unprimed,
        "this step gives \(name) no next value: `\(suspect.test.span.oneLineText)` has no prime, so it only tests",
        at: suspect.test.span,
        hint:
          "to change \(name), write `\(suspect.correction)`; if \(name) keeps its value, add UNCHANGED \(name)"
      )
    }
  }

  private init(_ replacements: [OperatorDefinition: OperatorDefinition]) { self.replacements = replacements }

  /// Examines each alternative of an action by itself. `given` are the variables whose next value stands elsewhere in the same step.
  private mutating func examine(_ action: Term, given: Set<Int>) {
    var conjuncts: [Term] = []
    flatten(action, into: &conjuncts)
    guard left > 0 else { return }
    let branching = conjuncts.filter { !alternatives(of: $0).isEmpty }
    let plain = conjuncts.filter { alternatives(of: $0).isEmpty }
    let own = given.union(plain.flatMap(nextVariables(in:)))
    let inBranches = branching.map(nextVariables(in:))
    let everywhere = own.union(inBranches.flatMap { $0 })
    var last: [Int: Suspect] = [:]
    for suspect in plain.flatMap(suspects(in:)) where !everywhere.contains(suspect.variable.index) {
      last[suspect.variable.index] = suspect
    }
    for suspect in last.values { found[suspect.test.span] = suspect }
    for (place, term) in branching.enumerated() {
      let others = inBranches.indices.filter { $0 != place }.flatMap { inBranches[$0] }
      for alternative in alternatives(of: term) { examine(alternative, given: own.union(others)) }
    }
  }

  /// Adds the conjuncts of an action, through definitions, quantifiers and `LET`.
  private mutating func flatten(_ term: Term, into conjuncts: inout [Term]) {
    left -= 1
    guard left > 0 else { return }
    switch term.kind {
    case .junction(.conjunction, let items):
      for item in items { flatten(item, into: &conjuncts) }
    case .apply(let definition, let arguments)
    where term.level >= .state && arguments.allSatisfy { $0.level == .constant }:
      let actual = replacements[definition] ?? definition
      if actual.isRecursive { conjuncts.append(term) } else { flatten(actual.body, into: &conjuncts) }
    case .quantified(.exists, _, let body) where term.level == .action: flatten(body, into: &conjuncts)
    case .letIn(_, let body) where term.level == .action: flatten(body, into: &conjuncts)
    default: conjuncts.append(term)
    }
  }

  /// The alternatives between which a step chooses; none for other terms.
  private func alternatives(of term: Term) -> [Term] {
    guard term.level == .action else { return [] }
    switch term.kind {
    case .junction(.disjunction, let items): return items
    case .conditional(_, let yes, let no): return [yes, no]
    case .caseOf(let arms, let other): return arms.map(\.value) + [other].compactMap { $0 }
    default: return []
    }
  }

  /// The suspects among the tests of which a condition consists.
  private func suspects(in term: Term) -> [Suspect] {
    guard term.level == .state else { return [] }
    switch term.kind {
    case .junction(_, let items): return items.flatMap(suspects(in:))
    case .conditional(_, let yes, let no): return [yes, no].flatMap(suspects(in:))
    case .caseOf(let arms, let other):
      return (arms.map(\.value) + [other].compactMap { $0 }).flatMap(suspects(in:))
    case .quantified(.exists, _, let body), .letIn(_, let body): return suspects(in: body)
    case .builtin(.equals, let sides):
      return [suspect(.equals, term, sides[0], sides[1]) ?? suspect(.equals, term, sides[1], sides[0])]
        .compactMap { $0 }
    case .builtin(.member, let sides): return [suspect(.member, term, sides[0], sides[1])].compactMap { $0 }
    default: return []
    }
  }

  private func suspect(_ builtin: Builtin, _ term: Term, _ left: Term, _ right: Term) -> Suspect? {
    guard let (variable, path) = place(left) else { return nil }
    let (name, value) = (variable.name.text, right.span.oneLineText)
    let assignment = "\(name)' \(builtin == .equals ? "=" : "\\in") \(value)"
    return Suspect(
      variable: variable, test: term,
      correction: path.isEmpty
        ? assignment : "\(name)' = [\(name) EXCEPT !\(path) = \(builtin == .equals ? value : "…")]")
  }

  /// The variable that a term names, and the way to the part of it that the term selects.
  private func place(_ term: Term) -> (variable: VariableDeclaration, path: String)? {
    switch term.kind {
    case .variable(let variable): return (variable, "")
    case .application(let function, let argument):
      return place(function).map { ($0.variable, $0.path + "[\(argument.span.oneLineText)]") }
    case .field(let record, let name): return place(record).map { ($0.variable, "\($0.path).\(name)") }
    default: return nil
    }
  }

  /// The variables whose next values a term may mention, also through definitions and arguments.
  private func nextVariables(in term: Term) -> Set<Int> {
    var result: Set<Int> = []
    var reached: Set<OperatorDefinition> = []
    var open = [term]
    while let part = open.popLast() {
      guard part.level >= .action else { continue }
      switch part.kind {
      case .prime, .unchanged, .boxAction, .angleAction, .applyReference:
        result.formUnion(variables(in: part))
      case .apply(let definition, let arguments):
        // An operator may prime what is given to it.
        for argument in arguments { result.formUnion(variables(in: argument)) }
        let actual = replacements[definition] ?? definition
        if reached.insert(actual).inserted { open.append(actual.body) }
      default: open += part.kind.children
      }
    }
    return result
  }

  private func variables(in term: Term) -> Set<Int> {
    var result: Set<Int> = []
    Term.visit([term], replacing: replacements) {
      if case .variable(let variable) = $0.kind { result.insert(variable.index) }
    }
    return result
  }
}
