import BigInt
import TLASyntax

/// The variables of the current state that the actions of a next-state relation look at.
///
/// An action looks at a variable unless it only keeps the old value or parts of it. `inbox' = [inbox EXCEPT ![n] = <<>>]` removes the
/// contents of `inbox[n]` unread, even if the action also appends something elsewhere. Only the terms are examined. A variable counts as
/// looked at if a deep or long expansion prevents a decision.
package struct ActionReads: Sendable, Hashable {
  /// For each action, by its name in labels, the positions of the variables that it looks at.
  package private(set) var looked: [String: Set<Int>] = [:]
  /// For each action, the variables whose values have a sequence of which it takes the first element.
  package private(set) var heads: [String: Set<Int>] = [:]
  /// For each action and each variable of which it looks only at fields: these fields. They belong to the record that the variable
  /// is, or that it has for an argument.
  package private(set) var fields: [String: [Int: Set<String>]] = [:]

  /// The most terms that are examined. For a larger specification nothing is known.
  private static let mostTerms = 2_000_000

  package init(_ specification: Specification) {
    guard let next = specification.next else { return }
    self = DeepStack.run {
      var result = ActionReads()
      var left = ActionReads.mostTerms
      result.split(next, name: "Next", ReadScope(), guards: ReadWalk(specification), &left)
      return left > 0 ? result : ActionReads()
    }
  }

  private init() {}

  /// Finds the named actions as labels do: through disjunctions, `\E`, and definitions.
  private mutating func split(
    _ term: Term, name: String, _ scope: ReadScope, guards: ReadWalk, _ left: inout Int, depth: Int = 0
  ) {
    left -= 1
    guard left > 0 else { return }
    switch term.kind {
    case .apply(let definition, let arguments):
      let actual = guards.specification.replacement(of: definition)
      guard !actual.isRecursive, depth < ReadWalk.mostDepth else { break }
      let inner = scope.binding(actual.parameters, to: arguments)
      return split(actual.body, name: definition.name.text, inner, guards: guards, &left, depth: depth + 1)
    case .junction(.disjunction, let items) where items.contains(where: \.leadsToActions):
      for item in items { split(item, name: name, scope, guards: guards, &left, depth: depth + 1) }
      return
    case .quantified(.exists, let bounds, let body):
      var guards = guards
      for bound in bounds { guards.visit(bound.set, scope, keeping: nil) }
      return split(body, name: name, scope, guards: guards, &left, depth: depth + 1)
    default: break
    }
    var walk = guards
    walk.visit(term, scope, keeping: nil)
    left -= walk.visited
    let before = looked[name] ?? []
    looked[name, default: []].formUnion(walk.looked)
    heads[name, default: []].formUnion(walk.heads)
    // An action may consist of several terms. If one of them looks at the whole variable, its fields do not count.
    let known = fields[name] ?? [:]
    var all: [Int: Set<String>] = [:]
    for variable in before.union(walk.looked) {
      guard !before.contains(variable) || known[variable] != nil,
        !walk.looked.contains(variable) || walk.fields[variable] != nil
      else { continue }
      all[variable] = (known[variable] ?? []).union(walk.fields[variable] ?? [])
    }
    fields[name] = all
  }
}

extension Term {
  fileprivate var leadsToActions: Bool {
    switch kind {
    case .apply: true
    case .junction(.disjunction, let items): items.contains(where: \.leadsToActions)
    case .quantified(.exists, _, let body): body.leadsToActions
    default: false
    }
  }
}

extension Term {
  fileprivate var isEmptySequence: Bool {
    if case .tuple(let elements) = kind { elements.isEmpty } else { false }
  }

  /// The variable, if this is its value or the value at one of its places.
  fileprivate var variable: Int? {
    switch kind {
    case .variable(let variable): variable.index
    case .application(let function, _): function.variable
    default: nil
    }
  }
}

/// The meanings of names that are bound on the way into a definition.
private final class ReadScope {
  private var bindings: [Binder: (term: Term, scope: ReadScope)] = [:]

  func binding(_ parameters: [Binder], to terms: [Term]) -> ReadScope {
    let inner = ReadScope()
    inner.bindings = bindings
    for (parameter, term) in zip(parameters, terms) { inner.bindings[parameter] = (term, self) }
    return inner
  }

  func meaning(of binder: Binder) -> (term: Term, scope: ReadScope)? { bindings[binder] }
}

/// A walk through an action and the definitions that it uses.
private struct ReadWalk {
  static let mostDepth = 1_000
  private static let mostTerms = 50_000

  let specification: Specification
  private(set) var looked: Set<Int> = []
  private(set) var heads: Set<Int> = []
  /// The fields that were looked at, for variables that were not looked at as a whole.
  var fields: [Int: Set<String>] { lookedFields.filter { !whole.contains($0.key) } }
  private var lookedFields: [Int: Set<String>] = [:]
  private var whole: Set<Int> = []
  private var left = ReadWalk.mostTerms
  var visited: Int { ReadWalk.mostTerms - left }
  private var depth = 0
  private var isInHead = false
  /// The definitions that the walk is currently inside.
  private var entered: Set<OperatorDefinition> = []

  init(_ specification: Specification) { self.specification = specification }

  /// With `kept`, the term is the next value of that variable. Parts of the old value that it merely keeps do not count as looked at.
  mutating func visit(_ term: Term, _ scope: ReadScope, keeping kept: Int?) {
    guard left > 0, depth < ReadWalk.mostDepth else {
      looked = Set(specification.variables.map(\.index))
      heads = looked
      whole = looked
      return
    }
    left -= 1
    depth += 1
    defer { depth -= 1 }
    switch term.kind {
    case .variable(let variable):
      if isInHead { heads.insert(variable.index) }
      if variable.index != kept {
        looked.insert(variable.index)
        whole.insert(variable.index)
      }
    case .field(let record, let name): visit(field: name, of: record, scope)
    case .substituted(_, let value): visit(value, scope, keeping: kept)
    case .local(let binder):
      if let (term, scope) = scope.meaning(of: binder) { visit(term, scope, keeping: kept) }
    case .prime, .unchanged: break
    case .builtin(.equals, let sides) where sides.contains(where: \.isEmptySequence),
      .builtin(.notEquals, let sides) where sides.contains(where: \.isEmptySequence),
      .builtin(.length, let sides):
      // Asking for the length is not looking at the contents.
      for side in sides { visit(side, scope, keeping: side.variable) }
    case .builtin(.equals, let sides):
      if case .prime(let target) = sides[0].kind, case .variable(let variable) = target.kind {
        visit(sides[1], scope, keeping: variable.index)
      } else {
        visit(sides, scope)
      }
    case .builtin(.domain, let arguments):
      // The nodes in a function's domain are not part of the messages that wait for them.
      if case .variable = arguments[0].kind { return }
      visit(arguments, scope)
    case .builtin(.append, let arguments):
      // Appending to a sequence is not looking at it.
      visit(arguments[0], scope, keeping: kept)
      visit(arguments[1], scope, keeping: nil)
    case .builtin(.concatenate, let arguments), .builtin(.union, let arguments):
      for argument in arguments { visit(argument, scope, keeping: kept) }
    case .builtin(.head, let arguments), .builtin(.tail, let arguments):
      visitHead(of: arguments[0], scope)
    case .application(let function, let argument):
      if case .integer(1) = argument.kind { return visitHead(of: function, scope) }
      visit(function, scope, keeping: kept)
      visit(argument, scope, keeping: nil)
    case .except(let base, let updates):
      visit(base, scope, keeping: kept)
      for update in updates {
        for case .index(let index) in update.path { visit(index, scope, keeping: nil) }
        visit(update.value, scope.binding([update.old], to: [base]), keeping: kept)
      }
    case .functionLiteral(let bounds, let body):
      visit(bounds.map(\.set), scope)
      visit(body, scope, keeping: kept)
    case .conditional(let condition, let yes, let no):
      visit(condition, scope, keeping: nil)
      visit(yes, scope, keeping: kept)
      visit(no, scope, keeping: kept)
    case .caseOf(let arms, let other):
      for arm in arms {
        visit(arm.guard, scope, keeping: nil)
        visit(arm.value, scope, keeping: kept)
      }
      if let other { visit(other, scope, keeping: kept) }
    case .letIn(_, let body): visit(body, scope, keeping: kept)
    case .apply(let definition, let arguments): enter(definition, arguments, scope, keeping: kept)
    case .applyReference(let reference, let arguments):
      visit(arguments, scope)
      enter(reference, scope)
    case .operatorReference(let reference): enter(reference, scope)
    default: visit(term.kind.children, scope)
    }
  }

  private mutating func visit(_ terms: [Term], _ scope: ReadScope) {
    for term in terms { visit(term, scope, keeping: nil) }
  }

  private mutating func visit(field: String, of record: Term, _ scope: ReadScope) {
    switch record.kind {
    case .variable(let variable):
      if isInHead { heads.insert(variable.index) }
      looked.insert(variable.index)
      lookedFields[variable.index, default: []].insert(field)
    case .application(let function, let argument):
      if case .integer(1) = argument.kind { return visitHead(of: function, scope) }
      visit(field: field, of: function, scope)
      visit(argument, scope, keeping: nil)
    case .local(let binder):
      if let (term, scope) = scope.meaning(of: binder) { visit(field: field, of: term, scope) }
    case .substituted(_, let value): visit(field: field, of: value, scope)
    case .apply(let definition, let arguments):
      let actual = specification.replacement(of: definition)
      guard left > 0, !actual.isRecursive else { return visit(record, scope, keeping: nil) }
      left -= 1
      visit(field: field, of: actual.body, scope.binding(actual.parameters, to: arguments))
    default: visit(record, scope, keeping: nil)
    }
  }

  private mutating func visitHead(of term: Term, _ scope: ReadScope) {
    let wasInHead = isInHead
    isInHead = true
    visit(term, scope, keeping: nil)
    isInHead = wasInHead
  }

  private mutating func enter(
    _ definition: OperatorDefinition, _ arguments: [Term], _ scope: ReadScope, keeping kept: Int?
  ) {
    let actual = specification.replacement(of: definition)
    // The walk does not follow what a recursion does with its arguments.
    guard !actual.isRecursive, entered.insert(actual).inserted else {
      visit(arguments, scope)
      if actual.isRecursive { enter(.definition(actual), scope) }
      return
    }
    visit(actual.body, scope.binding(actual.parameters, to: arguments), keeping: kept)
    entered.remove(actual)
  }

  /// Visits an operator that another operator applies to unknown arguments.
  private mutating func enter(_ reference: OperatorReference, _ scope: ReadScope) {
    switch reference {
    case .definition(let definition):
      guard entered.insert(definition).inserted else { return }
      visit(definition.body, scope, keeping: nil)
      entered.remove(definition)
    case .parameter(let binder):
      if let (term, scope) = scope.meaning(of: binder) { visit(term, scope, keeping: nil) }
    case .builtin, .constant: break
    }
  }
}
