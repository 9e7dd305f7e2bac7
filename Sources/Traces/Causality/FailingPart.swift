import StateSpace
import TLASemantics
import TLASyntax

/// The false part of an invariant, found in the specification, and the places of the state that it reads. To find the places, only
/// constants and names with values in the explanation are evaluated.
struct FailingPart {
  /// The places and elements that a term reads.
  struct Reads {
    fileprivate(set) var places: [PlacePattern] = []
    /// Elements that the explanation names, each with the places of the set that it comes from.
    fileprivate(set) var elements: [(value: PlainValue, set: [PlacePattern])] = []

    fileprivate init() {}

    /// The variables that a text names. Without a specification, nothing more is known.
    init(ofVariables variables: [String], namedIn text: String) {
      let words = Set(text.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init))
      places = variables.indices.filter { words.contains(variables[$0]) }.map { PlacePattern(variable: $0) }
    }
  }

  enum Side {
    case left, right, both
  }

  private let term: Term
  private let scope: TermScope
  /// The premise of the innermost implication whose conclusion has the part.
  private let premise: (term: Term, scope: TermScope)?
  private let explanation: Explanation
  private let witnesses: [(name: String, value: PlainValue)]
  private let specification: Specification
  private let constants: [String: PlainValue]

  /// Nil if the part is not found, as inside a recursive operator.
  init?(
    _ explanation: Explanation, witnesses: [(name: String, value: PlainValue)],
    in specification: Specification, constants: [(name: String, value: PlainValue)]
  ) {
    // Several invariants may share the definition with the part. The failing one binds the names that have witnesses.
    let found = DeepStack.run { () -> (part: (Term, TermScope), premise: (Term, TermScope)?)? in
      var search = PartSearch(explanation.span, witnesses, specification)
      let all = (specification.invariants + specification.properties).compactMap { invariant in
        search.premise = nil
        return search.find(invariant.term, TermScope(), depth: 0).map { (part: $0, premise: search.premise) }
      }
      return all.enumerated().max { one, other in
        let (first, second) = (one.element.part.1.witnessCount, other.element.part.1.witnessCount)
        return first == second ? one.offset > other.offset : first < second
      }?.element
    }
    guard let found else { return nil }
    (term, scope) = found.part
    premise = found.premise
    self.explanation = explanation
    self.witnesses = witnesses
    self.specification = specification
    self.constants = Dictionary(
      constants.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
  }

  /// The places that a side reads. For a set, these are the places that decide whether an element is in it.
  func reads(_ side: Side, about element: PlainValue? = nil) -> Reads {
    DeepStack.run {
      var walk = ReadsWalk(specification: specification, constants: constants)
      var (target, inner) = (term, scope)
      if side != .both, let sides = explanation.sides {
        var search = PartSearch(side == .left ? sides.leftSpan : sides.rightSpan, witnesses, specification)
        if let (term, scope) = search.find(term, scope, depth: 0) { (target, inner) = (term, scope) }
      }
      walk.collect(target, inner, about: element, depth: 0)
      return walk.reads
    }
  }
}

extension FailingPart {
  /// The places that the premise of the part reads; empty without a premise.
  var premiseReads: Reads {
    DeepStack.run {
      var walk = ReadsWalk(specification: specification, constants: constants)
      if let premise { walk.collect(premise.term, premise.scope, about: nil, depth: 0) }
      return walk.reads
    }
  }
}

/// The meanings of the names that are bound on the way to a term.
final class TermScope {
  enum Meaning {
    case term(Term, TermScope)
    /// A value, and the set that it was taken from, if known.
    case value(PlainValue, from: Term?, TermScope)
  }

  private var bindings: [Binder: Meaning] = [:]

  func meaning(of binder: Binder) -> Meaning? { bindings[binder] }

  func binding(_ parameters: [Binder], to terms: [Term]) -> TermScope {
    let inner = copy()
    for (parameter, term) in zip(parameters, terms) { inner.bindings[parameter] = .term(term, self) }
    return inner
  }

  func binding(_ binder: Binder, to value: PlainValue, from set: Term?) -> TermScope {
    let inner = copy()
    inner.bindings[binder] = .value(value, from: set, self)
    return inner
  }

  /// The number of names with values, here and around the definitions that lead here.
  var witnessCount: Int {
    var seen: Set<ObjectIdentifier> = []
    var open = [self]
    var count = 0
    while let scope = open.popLast() {
      guard seen.insert(ObjectIdentifier(scope)).inserted else { continue }
      for meaning in scope.bindings.values {
        switch meaning {
        case .value: count += 1
        case .term(_, let outer): open.append(outer)
        }
      }
    }
    return count
  }

  private func copy() -> TermScope {
    let scope = TermScope()
    scope.bindings = bindings
    return scope
  }
}

/// Finds the term at a place in the text, from an invariant down into the definitions that it uses.
private struct PartSearch {
  static let mostDepth = 400

  private let span: SourceSpan
  private let witnesses: [(name: String, value: PlainValue)]
  private let specification: Specification
  private var left = 50_000
  /// The premise of the innermost implication on the way to what was found.
  var premise: (Term, TermScope)?

  init(
    _ span: SourceSpan, _ witnesses: [(name: String, value: PlainValue)], _ specification: Specification
  ) {
    self.span = span
    self.witnesses = witnesses
    self.specification = specification
  }

  mutating func find(_ term: Term, _ scope: TermScope, depth: Int) -> (Term, TermScope)? {
    if term.span == span { return (term, scope) }
    left -= 1
    guard left > 0, depth < Self.mostDepth else { return nil }
    switch term.kind {
    case .apply(let definition, let arguments):
      for argument in arguments {
        if let found = find(argument, scope, depth: depth + 1) { return found }
      }
      let actual = specification.replacement(of: definition)
      guard !actual.isRecursive else { return nil }
      return find(actual.body, scope.binding(actual.parameters, to: arguments), depth: depth + 1)
    case .local(let binder):
      guard case .term(let term, let scope)? = scope.meaning(of: binder) else { return nil }
      return find(term, scope, depth: depth + 1)
    case .quantified(_, let bounds, let body), .setMap(let body, let bounds),
      .functionLiteral(let bounds, let body):
      return find(bounds, body, scope, depth)
    case .choose(let bound, let body), .setFilter(let bound, let body):
      return find([bound], body, scope, depth)
    case .builtin(.implies, let sides):
      if let found = find(sides[0], scope, depth: depth + 1) { return found }
      let found = find(sides[1], scope, depth: depth + 1)
      if found != nil, premise == nil { premise = (sides[0], scope) }
      return found
    default:
      for child in term.kind.children {
        if let found = find(child, scope, depth: depth + 1) { return found }
      }
      return nil
    }
  }

  private mutating func find(_ bounds: [TermBound], _ body: Term, _ scope: TermScope, _ depth: Int) -> (
    Term, TermScope
  )? {
    var inner = scope
    for bound in bounds {
      if let found = find(bound.set, scope, depth: depth + 1) { return found }
      for binder in bound.binders {
        guard let witness = witnesses.first(where: { $0.name == binder.name.text }) else { continue }
        inner = inner.binding(binder, to: witness.value, from: bound.isTuple ? nil : bound.set)
      }
    }
    return find(body, inner, depth: depth + 1)
  }
}

/// Collects the places that a term reads.
private struct ReadsWalk {
  let specification: Specification
  let constants: [String: PlainValue]
  private(set) var reads = FailingPart.Reads()
  private var left = 20_000
  private var entered: Set<OperatorDefinition> = []

  init(specification: Specification, constants: [String: PlainValue]) {
    self.specification = specification
    self.constants = constants
  }

  mutating func collect(_ term: Term, _ scope: TermScope, about element: PlainValue?, depth: Int) {
    left -= 1
    guard left > 0, depth < PartSearch.mostDepth else { return }
    if let pattern = place(term, scope, depth: depth) {
      if !reads.places.contains(pattern) { reads.places.append(pattern) }
      return collectArguments(term, scope, depth)
    }
    func visit(_ term: Term, _ scope: TermScope, about element: PlainValue? = nil) {
      collect(term, scope, about: element, depth: depth + 1)
    }
    switch term.kind {
    case .prime, .unchanged, .enabled: break
    case .substituted(_, let value): visit(value, scope, about: element)
    case .local(let binder):
      switch scope.meaning(of: binder) {
      case .term(let term, let scope): visit(term, scope, about: element)
      case .value(let value, let set, let scope): if let set { note(value, from: set, scope, depth) }
      case nil: break
      }
    case .apply(let definition, let arguments):
      let actual = specification.replacement(of: definition)
      guard !actual.isRecursive, entered.insert(actual).inserted else {
        for argument in arguments { visit(argument, scope) }
        return
      }
      visit(actual.body, scope.binding(actual.parameters, to: arguments), about: element)
      entered.remove(actual)
    case .builtin(.unionAll, let arguments):
      guard case .setMap(let body, let bounds) = arguments[0].kind else {
        return visit(arguments[0], scope, about: element)
      }
      for bound in bounds { visit(bound.set, scope) }
      visit(body, scope, about: element)
    case .builtin(let builtin, let arguments)
    where [.union, .intersection, .difference, .domain].contains(builtin):
      for argument in arguments { visit(argument, scope, about: element) }
    case .setFilter(let bound, let body):
      visit(bound.set, scope, about: element)
      var inner = scope
      if let element, let binder = bound.binders.first, !bound.isTuple {
        inner = scope.binding(binder, to: element, from: nil)
      }
      visit(body, inner)
    case .conditional(let condition, let yes, let no):
      visit(condition, scope)
      visit(yes, scope, about: element)
      visit(no, scope, about: element)
    case .letIn(_, let body): visit(body, scope, about: element)
    default:
      for child in term.kind.children { visit(child, scope) }
    }
  }

  /// Collects the places that arguments on the way to a place read.
  private mutating func collectArguments(_ term: Term, _ scope: TermScope, _ depth: Int) {
    switch term.kind {
    case .application(let function, let argument):
      collectArguments(function, scope, depth)
      if value(argument, scope, depth: depth) == nil {
        collect(argument, scope, about: nil, depth: depth + 1)
      }
    case .field(let record, _): collectArguments(record, scope, depth)
    default: break
    }
  }

  private mutating func note(_ value: PlainValue, from set: Term, _ scope: TermScope, _ depth: Int) {
    guard !reads.elements.contains(where: { $0.value == value }) else { return }
    var walk = ReadsWalk(specification: specification, constants: constants)
    walk.collect(set, scope, about: value, depth: depth + 1)
    if !walk.reads.places.isEmpty { reads.elements.append((value, walk.reads.places)) }
  }

  /// The place that a term means, if it means one.
  private func place(_ term: Term, _ scope: TermScope, depth: Int) -> PlacePattern? {
    guard depth < PartSearch.mostDepth else { return nil }
    switch term.kind {
    case .variable(let variable): return variable.index < 0 ? nil : PlacePattern(variable: variable.index)
    case .substituted(_, let value): return place(value, scope, depth: depth + 1)
    case .application(let function, let argument):
      guard var pattern = place(function, scope, depth: depth + 1) else { return nil }
      pattern.path.append(value(argument, scope, depth: depth + 1).map { .argument($0) } ?? .any)
      return pattern
    case .field(let record, let name):
      guard var pattern = place(record, scope, depth: depth + 1) else { return nil }
      pattern.path.append(.argument(.string(name)))
      return pattern
    case .local(let binder):
      guard case .term(let term, let scope)? = scope.meaning(of: binder) else { return nil }
      return place(term, scope, depth: depth + 1)
    case .apply(let definition, let arguments):
      let actual = specification.replacement(of: definition)
      guard !actual.isRecursive else { return nil }
      return place(actual.body, scope.binding(actual.parameters, to: arguments), depth: depth + 1)
    default: return nil
    }
  }

  /// The value of a term, if the text and the explanation give it.
  private func value(_ term: Term, _ scope: TermScope, depth: Int) -> PlainValue? {
    guard depth < PartSearch.mostDepth else { return nil }
    switch term.kind {
    case .integer(let number): return .integer(number)
    case .string(let text): return .string(text)
    case .boolean(let truth): return .boolean(truth)
    case .constant(let constant): return constants[constant.name.text]
    case .local(let binder):
      switch scope.meaning(of: binder) {
      case .term(let term, let scope): return value(term, scope, depth: depth + 1)
      case .value(let value, _, _): return value
      case nil: return nil
      }
    case .tuple(let parts):
      let values = parts.compactMap { value($0, scope, depth: depth + 1) }
      return values.count == parts.count ? .tuple(values) : nil
    case .field(let record, let name):
      return value(record, scope, depth: depth + 1)?.value(at: .string(name))
    case .application(let function, let argument):
      guard let argument = value(argument, scope, depth: depth + 1) else { return nil }
      return value(function, scope, depth: depth + 1)?.value(at: argument)
    case .apply(let definition, let arguments):
      let actual = specification.replacement(of: definition)
      guard !actual.isRecursive else { return nil }
      return value(actual.body, scope.binding(actual.parameters, to: arguments), depth: depth + 1)
    default: return nil
    }
  }
}
