// Theorems and proofs.
//
//   theorem   = THEOREM [name ==] statement [proof]
//   statement = expression | [] ASSUME assumed*, [] PROVE expression
//   assumed   = (NEW [kind] | kind) parameter [\in expression] | [label ::] statement
//   proof     = [PROOF] (OBVIOUS | OMITTED | BY facts | (step [proof])+)           the last step is QED
//   step      = start (statement | SUFFICES statement | CASE e | HAVE e | TAKE bounds | WITNESS e*, | PICK bounds : e
//             | [DEFINE] definition+ | (USE | HIDE) facts | INSTANCE … | QED)
//   facts     = [ONLY] (statement | MODULE name)*, [DEF (name | symbol | MODULE name)*,]
//
// A step's start `<2>x.` gives its level. All steps of a proof have the same level; the steps of a step's own proof have a higher one.

extension Parser {
  mutating func theorem() throws(Failure) -> Module.Unit {
    let first = index
    advance()
    var name: Identifier?
    if kind == .identifier, next().kind == .definedAs {
      name = self.name(of: token)
      advance()
      advance()
    }
    isInProof = true
    defer { isInProof = false }
    let statement = try statement()
    let proof = try proof(outer: -1)
    return .theorem(name: name, statement, proof: proof, span: span(from: first))
  }

  private mutating func statement() throws(Failure) -> Statement {
    depth += 1
    defer { depth -= 1 }
    if depth > Self.maximumDepth { throw nestedTooDeeply() }
    let first = index
    let isBoxed = isAt(.box) && next().kind == .assume
    if isBoxed { advance() }
    guard accept(.assume) else { return .expression(try expression()) }
    let assumptions = try list { (parser) throws(Failure) in try parser.sequentAssumption() }
    if isBoxed, isAt(.box) {
      advance()
    } else if isBoxed {
      throw fail(expected: "`[]PROVE`, since `[]ASSUME` opens it")
    }
    try expect(.prove, "`PROVE`")
    let goal = try expression()
    return .sequent(assumptions, goal: goal, span: span(from: first))
  }

  private mutating func sequentAssumption() throws(Failure) -> Assumption {
    if let newness = newness() {
      let parameter = try parameter()
      let set = accept(.isIn) ? try expression() : nil
      return .new(parameter, newness, set: set)
    }
    guard let label = try sequentLabel() else { return .fact(try statement(), label: nil) }
    return .fact(try statement(), label: label)
  }

  /// Takes `NEW`, `NEW STATE`, `VARIABLE` and the like.
  private mutating func newness() -> Assumption.Newness? {
    let isNew = accept(.new)
    let newness: Assumption.Newness
    switch kind {
    case .constants: newness = .constant
    case .variables: newness = .variable
    case .state: newness = .state
    case .action: newness = .action
    case .temporal: newness = .temporal
    default: return isNew ? .constant : nil
    }
    advance()
    return newness
  }

  /// Takes the label of an `ASSUME` that is part of another.
  private mutating func sequentLabel() throws(Failure) -> Assumption.Label? {
    guard kind == .identifier else { return nil }
    var colons = index + 1
    if tokens[colons].kind == .leftParenthesis { colons = closing(colons) + 1 }
    guard colons + 1 < tokens.count, tokens[colons].kind == .doubleColon, tokens[colons + 1].kind == .assume
    else { return nil }
    let name = try identifier()
    var parameters: [Identifier] = []
    if accept(.leftParenthesis) {
      parameters = try list { (parser) throws(Failure) in try parser.identifier() }
      try expect(.rightParenthesis, "`)`")
    }
    try expect(.doubleColon, "`::`")
    return Assumption.Label(name: name, parameters: parameters)
  }

  // MARK: Proofs

  /// Reads a proof if one follows; its steps must have a deeper level than `outer`.
  private mutating func proof(outer: Int) throws(Failure) -> Proof? {
    let hasKeyword = accept(.proof)
    switch kind {
    case .by:
      advance()
      return .by(try facts())
    case .obvious, .omitted:
      advance()
      return Proof.none
    case .proofStep:
      // Where a proof certainly begins, `<*>` means the next level.
      let current = hasKeyword && isLevel("*", token) ? outer + 1 : outer
      guard let level = level(of: token, current: current), level > outer else {
        if hasKeyword { throw fail(expected: "a step of a deeper level") }
        return nil
      }
      return .steps(try steps(level))
    default:
      if hasKeyword { throw fail(expected: "a proof") }
      return nil
    }
  }

  private mutating func steps(_ level: Int) throws(Failure) -> [ProofStep] {
    depth += 1
    defer { depth -= 1 }
    if depth > Self.maximumDepth { throw nestedTooDeeply() }
    let first = index
    var steps: [ProofStep] = []
    while kind == .proofStep, index == first || self.level(of: token, current: level) == level {
      let step = try step(level)
      steps.append(step)
      if case .qed = step.kind { return steps }
    }
    throw fail(
      "the proof has no QED step", code: .proof, at: span(of: tokens[first]),
      hint: "the last step of a proof is `<\(level)> QED`")
  }

  private mutating func step(_ level: Int) throws(Failure) -> ProofStep {
    let start = token
    advance()
    var text = text(of: start)[...]
    while text.last == "." { text.removeLast() }
    let isUnnamed = text.last == ">"
    if !isUnnamed, text.hasPrefix("<*") || text.hasPrefix("<+") {
      _ = fail(
        "a step whose level is not a number cannot have a name", code: .proof, at: span(of: start),
        hint: "write `<\(level)>\(text.drop { $0 != ">" }.dropFirst())`")
    }
    let name = Identifier(
      isUnnamed ? String(text) : "<\(level)>\(text.drop { $0 != ">" }.dropFirst())", span(of: start))
    let outerLevel = stepLevel
    stepLevel = level
    defer { stepLevel = outerLevel }
    let kind = try stepKind()
    return ProofStep(name: name, kind: kind, proof: kind.takesProof ? try proof(outer: level) : nil)
  }

  private mutating func stepKind() throws(Failure) -> ProofStep.Kind {
    switch kind {
    case .qed:
      advance()
      return .qed
    case .suffices:
      advance()
      return .suffices(try statement())
    case .caseKeyword where !isCaseExpression():
      advance()
      return .caseOf(try expression())
    case .have:
      advance()
      return .have(try expression())
    case .take:
      advance()
      let (bounds, names) = try boundsOrNames()
      return bounds.isEmpty ? .takeUnbounded(names) : .take(bounds)
    case .witness:
      advance()
      return .witness(try list { (parser) throws(Failure) in try parser.expression() })
    case .pick:
      advance()
      let (bounds, names) = try boundsOrNames()
      try expect(.colon, "`:`")
      let body = try expression()
      return bounds.isEmpty ? .pickUnbounded(names, body) : .pick(bounds, body)
    case .use:
      advance()
      return .use(try facts())
    case .hide:
      advance()
      return .hide(try facts())
    case .instance: return .instance(try instance())
    case .define:
      advance()
      return .define(try stepDefinitions())
    default:
      return isDefinitionHead(at: index) ? .define(try stepDefinitions()) : .assert(try statement())
    }
  }

  /// Whether the `CASE` here is an expression with arms, not a proof step: an arrow follows before the next step.
  private func isCaseExpression() -> Bool {
    var position = index + 1
    while position < tokens.count {
      switch tokens[position].kind {
      case .arrow: return true
      case .leftParenthesis, .leftBracket, .leftBrace, .leftAngle:
        let close = closing(position)
        if close <= position { return false }
        position = close
      case .proofStep, .by, .obvious, .omitted, .proof, .endOfText, .moduleEnd, .caseKeyword: return false
      default: break
      }
      position += 1
    }
    return false
  }

  private mutating func stepDefinitions() throws(Failure) -> [Definition] {
    if kind == .local {
      throw fail(
        "`LOCAL` cannot stand in a proof", code: .proof, hint: "what a proof defines is local to it anyway")
    }
    var definitions: [Definition] = []
    repeat {
      definitions.append(try definition(isRecovering: false))
    } while isDefinitionHead(at: index)
      && !startsNextUnit()
    return definitions
  }

  /// `x \in S, <<y, z>> \in T` or `x, y`
  private mutating func boundsOrNames() throws(Failure) -> ([Bound], [Identifier]) {
    var bounds: [Bound] = []
    repeat {
      let patterns = try list { (parser) throws(Failure) in try parser.pattern() }
      if accept(.isIn) {
        bounds.append(Bound(patterns: patterns, set: try expression()))
        continue
      }
      var names: [Identifier] = []
      for pattern in patterns {
        guard bounds.isEmpty, case .name(let name) = pattern else { throw fail(expected: "`\\in`") }
        names.append(name)
      }
      return ([], names)
    } while accept(.comma)
    return (bounds, [])
  }

  /// The greatest level. Deeper levels count as this one.
  private static let deepestStep = 1 << 30

  /// The level in a step's name: a number for `<2>`, the current level for `<*>`, the next level for `<+>`.
  private func level(of token: Token, current: Int) -> Int? {
    let text = text(of: token).dropFirst().prefix { $0 != ">" }
    switch text {
    case "*": return max(current, 0)
    case "+": return current + 1
    default: return Int(text).map { min($0, Self.deepestStep) }
    }
  }

  private func isLevel(_ level: Substring, _ token: Token) -> Bool {
    text(of: token).dropFirst().prefix { $0 != ">" } == level
  }

  // MARK: Facts

  /// Reads the facts of `BY`, `USE` and `HIDE`.
  mutating func facts() throws(Failure) -> Facts {
    let wasInProof = isInProof
    isInProof = true
    defer { isInProof = wasInProof }
    let first = index
    _ = accept(.only)
    var facts: [Statement] = []
    var definitions: [NamePath] = []
    var modules: [Identifier] = []
    if kind != .def {
      repeat {
        if let module = try moduleName() { modules.append(module) } else { facts.append(try statement()) }
      } while accept(.comma)
    }
    if accept(.def) {
      repeat {
        if let module = try moduleName() {
          modules.append(module)
        } else {
          definitions.append(try definedName())
        }
      } while accept(.comma)
    }
    return Facts(facts: facts, definitions: definitions, modules: modules, span: span(from: first))
  }

  /// Takes `MODULE M`.
  private mutating func moduleName() throws(Failure) -> Identifier? {
    guard accept(.module) else { return nil }
    return try identifier("a module's name")
  }

  private mutating func definedName() throws(Failure) -> NamePath {
    if kind == .operatorSymbol {
      let name = name(of: token)
      advance()
      return NamePath([NamePath.Component(name: name)])
    }
    guard kind == .identifier || kind == .proofStep else { throw fail(expected: "a name") }
    let expression = try name(isSubscript: false)
    guard case .name(let path) = expression.kind else {
      throw fail("a name is expected here", at: expression.span)
    }
    return path
  }
}

extension ProofStep.Kind {
  /// Whether the step makes a statement that must be proved.
  fileprivate var takesProof: Bool {
    switch self {
    case .assert, .suffices, .caseOf, .pick, .pickUnbounded, .qed: true
    case .have, .take, .takeUnbounded, .witness, .define, .use, .hide, .instance: false
    }
  }
}
