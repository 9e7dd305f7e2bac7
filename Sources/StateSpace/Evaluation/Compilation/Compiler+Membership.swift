import TLASemantics
import TLASyntax

/// Compiles `\in`, `\notin`, `\subseteq`, `\cap` and `\` without building a set whose definition says what is in it: each element is tested
/// instead. Definitions, arguments, `LET` and `IF` are followed to such a set.
extension Compiler {
  /// The largest constant base of a set filter that is built and looked up.
  private static let largestFilterBase = 1 << 12
  /// The greatest depth to which a set is followed into its parts. Deeper parts are built.
  private static let deepestLook = 16

  /// A value that is tested for membership. It lies in a slot.
  private struct Candidate {
    let binder: Binder
    let slot: Int

    func mention(at span: SourceSpan) -> Term { Term.local(binder, at: span) }

    /// The scope in which the candidate has its name.
    func bound(in environment: Environment) -> Environment {
      var inner = environment
      inner.bindings[binder] = .slot(slot)
      return inner
    }
  }

  private func newCandidate(_ span: SourceSpan) throws -> Candidate {
    Candidate(binder: Binder.anonymous(span), slot: try newSlot(span))
  }

  func compileMembership(
    _ builtin: Builtin, _ arguments: [Term], _ site: Site, _ environment: Environment
  ) throws -> Code {
    let isNegated = builtin == .notMember
    let element = try compile(arguments[0], environment)
    if case .builtin(.interval, let ends) = arguments[1].kind, specification.replacement(of: .interval) == nil
    {
      let codes = try [element, compile(ends[0], environment), compile(ends[1], environment)]
      return try finish(codes) { IntervalMembershipNode($0[0], $0[1], $0[2], isNegated: isNegated, site) }
    }
    let candidate = try newCandidate(arguments[1].span)
    let isFilter = if case .setFilter = arguments[1].kind { true } else { false }
    if let test = try test(candidate, in: arguments[1], site, environment, isAsked: isFilter) {
      return try finish(
        ElementTestNode(element.node, slot: candidate.slot, test.node, isNegated: isNegated, site),
        dependencies(of: test, candidate, and: [element]))
    }
    return try finish([element, compile(arguments[1], environment)]) {
      MembershipNode($0[0], $0[1], isNegated: isNegated, site)
    }
  }

  /// `A \subseteq B` where B is tested: each element of A must be in B.
  func compileInclusion(_ arguments: [Term], _ site: Site, _ environment: Environment) throws -> Code? {
    let candidate = try newCandidate(site.span)
    guard let test = try test(candidate, in: arguments[1], site, environment) else { return nil }
    let set = try compile(arguments[0], environment)
    let binding = ElementBinding(names: ["_"], slots: [candidate.slot], isTuple: false)
    return try finish(
      QuantifierNode(isForAll: true, binding, set.node, test.node, site),
      dependencies(of: test, candidate, and: [set]))
  }

  /// `A \cap B` or `A \ B` where one side is tested for each element of the other. For `\`, the tested side is the right one.
  func compileSeparation(
    _ builtin: Builtin, _ sides: [Term], _ site: Site, _ environment: Environment
  ) throws -> Code? {
    for asked in builtin == .intersection ? [1, 0] : [1] {
      let candidate = try newCandidate(site.span)
      guard let test = try test(candidate, in: sides[asked], site, environment) else { continue }
      let set = try compile(sides[1 - asked], environment)
      let predicate = builtin == .difference ? NegationNode(test.node, site) : test.node
      let binding = ElementBinding(names: ["_"], slots: [candidate.slot], isTuple: false)
      return try finish(
        FilterNode(binding, set.node, predicate, site), dependencies(of: test, candidate, and: [set]))
    }
    return nil
  }

  private func dependencies(of test: Code, _ candidate: Candidate, and codes: [Code]) -> Dependencies {
    var result = test.dependencies.removing(slots: [candidate.slot])
    for code in codes { result.formUnion(code.dependencies) }
    return result
  }

  // MARK: Sets that are tested

  /// The test whether a candidate is in a set; nil for a set that is better built. `isAsked` demands a test in any case.
  private func test(
    _ candidate: Candidate, in set: Term, _ site: Site, _ environment: Environment, isAsked: Bool = false
  ) throws -> Code? {
    try checkDepth(site)
    let inner = candidate.bound(in: environment)
    switch set.kind {
    case .setFilter(let bound, let predicate):
      guard try isAsked || isDescribed(set, environment) else { return nil }
      return try filterTest(candidate, bound, predicate, site, inner)
    case .builtin(let operation, let sides)
    where [.union, .intersection, .difference].contains(operation)
      && specification.replacement(of: operation) == nil:
      guard try isAsked || sides.contains(where: { try isDescribed($0, environment) }) else { return nil }
      let tests = try sides.enumerated().map { place, side in
        let test = try askedOrMade(candidate, side, site, inner)
        guard operation == .difference, place == 1 else { return test }
        return try finish(NegationNode(test.node, site), test.dependencies)
      }
      return try finish(tests) {
        operation == .union ? DisjunctionNode($0, site) : ConjunctionNode($0, site)
      }
    case .functionSet(let domain, let range):
      return try partsTest(candidate, .function(compile(domain, environment)), [range], site, inner)
    case .builtin(.sequences, let sets) where specification.replacement(of: .sequences) == nil:
      return try partsTest(candidate, .sequence, sets, site, inner)
    case .product(let factors):
      return try partsTest(candidate, .tuple, factors, site, inner)
    case .recordSet(let fields):
      let names = try store.set(of: fields.map { store.string($0.field) })
      let ranges = store.elements(names).compactMap { name in
        fields.first { store.string($0.field) == name }?.value
      }
      return try partsTest(candidate, .record(constant(names, site)), ranges, site, inner)
    case .builtin(.powerset, let sets) where specification.replacement(of: .powerset) == nil:
      let member = try newCandidate(set.span)
      guard let test = try test(member, in: sets[0], site, inner) else { return nil }
      let binding = ElementBinding(names: ["_"], slots: [member.slot], isTuple: false)
      let elements = slotCode(candidate.slot, site)
      return try finish(
        QuantifierNode(isForAll: true, binding, elements.node, test.node, site),
        dependencies(of: test, member, and: [elements]))
    case .conditional(let condition, let yes, let no):
      guard try isAsked || isDescribed(yes, environment) || isDescribed(no, environment) else { return nil }
      let codes = try [
        compile(condition, inner), askedOrMade(candidate, yes, site, inner),
        askedOrMade(candidate, no, site, inner),
      ]
      return try finish(codes) { ConditionalNode($0[0], $0[1], $0[2], site) }
    default:
      return try following(set, environment) { meaning, home in
        try test(candidate, in: meaning, site, home, isAsked: isAsked)
      }
    }
  }

  /// The test for a part of a set, which is tested or built.
  private func askedOrMade(_ candidate: Candidate, _ set: Term, _ site: Site, _ environment: Environment)
    throws -> Code
  {
    try test(candidate, in: set, site, environment) ?? made(candidate, set, site, environment)
  }

  private func made(_ candidate: Candidate, _ set: Term, _ site: Site, _ environment: Environment) throws
    -> Code
  {
    try finish([slotCode(candidate.slot, site), compile(set, environment)]) {
      MembershipNode($0[0], $0[1], isNegated: false, isPart: true, site)
    }
  }

  private func filterTest(
    _ candidate: Candidate, _ bound: TermBound, _ predicate: Term, _ site: Site, _ environment: Environment
  ) throws -> Code {
    let base = try askedOrMade(candidate, bound.set, site, environment)
    var inner = environment
    let binding = try bind(bound, in: &inner)
    let body = try compile(predicate, inner)
    var dependencies = body.dependencies.removing(slots: binding.slots)
    dependencies.formUnion(base.dependencies)
    dependencies.slots.insert(candidate.slot)
    return try finish(
      FilterTestNode(slot: candidate.slot, base.node, binding, body.node, site), dependencies)
  }

  /// The test whether each part of a function, sequence, tuple or record is in its set. All parts of a function or sequence have the same
  /// set. Nil if all these sets are better built; then a value describes the whole set.
  private func partsTest(
    _ candidate: Candidate, _ shape: CodeShape, _ sets: [Term], _ site: Site, _ environment: Environment
  ) throws -> Code? {
    let part = try newCandidate(site.span)
    let asked = try sets.map { try test(part, in: $0, site, environment) }
    guard asked.contains(where: { $0 != nil }) else { return nil }
    let tests = try zip(asked, sets).map { try $0 ?? made(part, $1, site, environment) }
    var dependencies = Dependencies(slots: [candidate.slot])
    for test in tests { dependencies.formUnion(test.dependencies.removing(slots: [part.slot])) }
    let nodeShape: PartsTestNode.Shape
    switch shape {
    case .function(let domain):
      dependencies.formUnion(domain.dependencies)
      nodeShape = .function(domain.node)
    case .record(let names): nodeShape = .record(names.node.constant ?? store.emptySet)
    case .sequence: nodeShape = .sequence
    case .tuple: nodeShape = .tuple
    }
    return try finish(
      PartsTestNode(slot: candidate.slot, nodeShape, partSlot: part.slot, tests.map(\.node), site),
      dependencies)
  }

  private enum CodeShape {
    case function(Code)
    case record(Code)
    case sequence
    case tuple
  }

  // MARK: When to test

  /// Whether a set is described and may have many elements, so that it is better not enumerated to be combined or filtered.
  private func isDescribed(_ set: Term, _ environment: Environment, depth: Int = 0) throws -> Bool {
    guard depth < Self.deepestLook else { return false }
    func isPartDescribed(_ part: Term) throws -> Bool {
      try isDescribed(part, environment, depth: depth + 1)
    }
    switch set.kind {
    case .functionSet, .recordSet, .product: return true
    case .builtin(let builtin, let sides):
      if specification.replacement(of: builtin) != nil { return false }
      if [.powerset, .sequences, .naturals, .integers, .strings].contains(builtin) { return true }
      return try [.union, .intersection, .difference].contains(builtin)
        && sides.contains(where: isPartDescribed)
    case .setFilter(let bound, _):
      return try isPartDescribed(bound.set) && hasManyElements(bound.set, environment, depth: depth + 1)
    case .conditional(_, let yes, let no):
      return try isPartDescribed(yes) || isPartDescribed(no)
    default:
      return try temporarily {
        try following(set, environment) {
          try isDescribed($0, $1, depth: depth + 1) ? constant(.yes, environment.site(set.span)) : nil
        }
      } != nil
    }
  }

  /// Whether a set has many elements, or different ones in different states. The set is not built to find this out if a part is described.
  private func hasManyElements(_ set: Term, _ environment: Environment, depth: Int) throws -> Bool {
    let parts: [Term]
    switch set.kind {
    case .functionSet(let domain, let range): parts = [domain, range]
    case .recordSet(let fields): parts = fields.map(\.value)
    case .product(let factors): parts = factors
    case .builtin(_, let sides): parts = sides
    default: parts = []
    }
    if try parts.contains(where: { try isDescribed($0, environment, depth: depth) }) { return true }
    return try temporarily {
      guard let value = try compile(set, environment).node.constant,
        let size = try? store.cardinality(value)
      else { return true }
      return size > Self.largestFilterBase
    }
  }

  /// Looks up what a name stands for, and compiles part of it with `body`, in its scope. Nil if the set is not a name or `body` returns
  /// nil.
  private func following(
    _ set: Term, _ environment: Environment, _ body: (Term, Environment) throws -> Code?
  ) throws -> Code? {
    try checkDepth(environment.site(set.span))
    switch set.kind {
    case .apply(let definition, let arguments):
      let actual = specification.replacement(of: definition)
      guard !actual.isRecursive, !actual.body.kind.isFunctionDefinition else { return nil }
      if arguments.isEmpty, let named = environment.definitions?[actual]?.named {
        return try body(named.term, named.environment.used(at: environment))
      }
      let start = slotCount
      let (inner, slots) = try bind(
        actual, arguments, in: scope(of: actual, environment), from: environment, environment.site(set.span))
      return try body(actual.body, inner).map { scoped(slots, since: start, $0) }
    case .constant(let declaration):
      guard case .definition(let definition) = specification.meaning(of: declaration),
        !definition.isRecursive
      else { return nil }
      return try body(definition.body, scope(of: definition, environment))
    case .local(let binder):
      guard case .expression(let named) = environment.bindings[binder] else { return nil }
      return try body(named.term, named.environment.used(at: environment))
    case .letIn(let definitions, let inner):
      let start = slotCount
      return try declaring(definitions, in: environment) { scope, slots in
        try body(inner, scope).map { scoped(slots, since: start, $0) }
      }
    default:
      return nil
    }
  }
}
