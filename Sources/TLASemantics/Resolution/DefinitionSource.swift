import TLASyntax

/// The tree of a definition and its scope, in which parts of it are found (`Def!1`, `Def!label`).
final class DefinitionSource {
  let parameters: [OperatorParameter]
  let body: Expression
  /// The scope around the definition, without its parameters.
  let scope: Scope

  init(parameters: [OperatorParameter] = [], body: Expression, scope: Scope) {
    self.parameters = parameters
    self.body = body
    self.scope = scope
  }
}

/// A part of a definition, on the way to the one that a path names (Lamport, "TLA+2: A Preliminary Guide", section 3.2).
struct Selection {
  /// The names that the part may mention: the definition's parameters and the names bound on the way.
  var parameters: [OperatorParameter]
  /// The arguments for these names; empty if the part is to be an operator.
  var arguments: [Expression]
  /// The definitions of the `LET`s on the way, the outermost first.
  var definitions: [[Definition]] = []
  var part: Expression
  private var reached = Reached.definition

  init(parameters: [OperatorParameter], arguments: [Expression], part: Expression) {
    self.parameters = parameters
    self.arguments = arguments
    self.part = part
  }

  /// What the last selector led to.
  private enum Reached { case definition, label, colon, operand }

  /// Whether the path may end here: a `:` after a label must be followed by a name.
  private(set) var isWhole = true

  /// The part, wrapped in the `LET`s that it was found in.
  var expression: Expression {
    definitions.reversed().reduce(part) { Expression(.letIn($1, $0), part.span) }
  }

  /// Follows one selector: a number, `<<`, `>>`, `@`, arguments for bound names, a label, a `:`, or a definition of a `LET`. As in SANY, a label
  /// and a `:` stand after a name only, and a definition of a `LET` after a `:` or an operand. Returns false if the selector leads nowhere.
  mutating func follow(_ selector: NamePath.Component) -> Bool {
    let last = reached
    isWhole = true
    switch selector.name.text {
    case ":":
      reached = .colon
      isWhole = last == .definition
      return last == .definition || last == .label
    case "<<":
      reached = .operand
      return last != .colon && goToOperand(1)
    case ">>":
      reached = .operand
      return last != .colon && goToOperand(2)
    case "@", "":
      reached = .operand
      return last != .colon && goToBody(selector.arguments)
    case let text:
      if let number = Int(text) {
        reached = .operand
        return last != .colon && goToOperand(number)
      }
      let isLabel = last == .definition || last == .label
      reached = isLabel ? .label : .definition
      return isLabel ? goToLabel(text, selector.arguments) : goToDefinition(text, selector.arguments)
    }
  }

  /// Whether the `LET` here defines this name, so that a `:` before it is missing.
  func defines(_ name: String) -> Bool {
    var inner = self
    return inner.goToDefinition(name, [])
  }

  private mutating func skipLabel() {
    while case .labeled(_, _, let body) = part.kind { part = body }
  }

  private mutating func goToOperand(_ number: Int) -> Bool {
    skipLabel()
    if case .letIn(let inner, let body) = part.kind {
      guard number == 1 else { return false }
      definitions.append(inner)
      part = body
      return true
    }
    let operands = part.selectableOperands
    guard operands.indices.contains(number - 1) else { return false }
    part = operands[number - 1]
    return true
  }

  /// Moves to the body of a quantifier, a `CHOOSE`, a function or a set, with arguments for the bound names.
  private mutating func goToBody(_ given: [Expression]) -> Bool {
    skipLabel()
    guard let (names, body) = part.boundBody else { return false }
    parameters += names.map { OperatorParameter(name: $0, arity: 0) }
    arguments += given
    part = body
    return true
  }

  private mutating func goToDefinition(_ name: String, _ given: [Expression]) -> Bool {
    var inner = self
    inner.skipLabel()
    guard case .letIn(let found, _) = inner.part.kind,
      let definition = found.first(where: { $0.name.text == name })
    else { return false }
    switch definition.kind {
    case .operator(let own, let body):
      inner.parameters += own
      inner.part = body
    case .function:
      inner.part = Expression(.name(NamePath([NamePath.Component(name: definition.name)])), definition.span)
    case .instance, .recursiveDeclaration:
      return false
    }
    inner.arguments += given
    inner.definitions.append(found)
    self = inner
    return true
  }

  private mutating func goToLabel(_ name: String, _ given: [Expression]) -> Bool {
    func search(_ expression: Expression, _ passed: [[Definition]]) -> Selection? {
      if case .labeled(let label, let names, let body) = expression.kind {
        guard label.text == name else { return nil }
        var found = self
        found.parameters += names.map { OperatorParameter(name: $0, arity: 0) }
        found.arguments += given
        found.definitions += passed
        found.part = body
        return found
      }
      if case .letIn(let inner, let body) = expression.kind { return search(body, passed + [inner]) }
      for operand in expression.selectableOperands + (expression.boundBody.map { [$0.body] } ?? []) {
        if let found = search(operand, passed) { return found }
      }
      return nil
    }
    let start: Expression
    if case .labeled(let label, _, let body) = part.kind, label.text != name {
      start = body
    } else {
      start = part
    }
    guard let found = search(start, []) else { return false }
    self = found
    return true
  }
}

extension Expression {
  /// The operands that numbers select, beginning with 1.
  fileprivate var selectableOperands: [Expression] {
    switch kind {
    case .name(let path):
      return path.components.last?.arguments ?? []
    case .prefix(_, let operand), .postfix(_, let operand):
      return [operand]
    case .infix(_, let left, let right), .functionSet(let left, let right):
      return [left, right]
    case .product(let items), .junction(_, let items), .setEnumeration(let items), .tuple(let items):
      return items
    case .row(let kind, let items):
      // A row associates to the left, and so has two operands.
      let rest = items.dropLast()
      let left = rest.count == 1 ? rest[0] : Expression(.row(kind, Array(rest)), span)
      return [left] + items.suffix(1)
    case .quantified(_, let bounds, _), .setMap(_, let bounds), .functionLiteral(let bounds, _):
      return bounds.map(\.set)
    case .choose(_, let set?, _), .setFilter(_, let set, _):
      return [set]
    case .functionApplication(let function, let arguments):
      return [function, arguments.count == 1 ? arguments[0] : Expression(.tuple(arguments), span)]
    case .record(let fields), .recordSet(let fields):
      return fields.map(\.value)
    case .field(let record, let name):
      return [record, Expression(.string(name.text), name.span)]
    case .except(let function, _):
      return [function]
    case .conditional(let condition, let yes, let no):
      return [condition, yes, no]
    case .caseOf(let arms, let other):
      // An arm is not an expression; a further number selects one of its two parts.
      return arms.map { Expression(.tuple([$0.guard, $0.value]), $0.guard.span) }
        + (other.map { [Expression(.tuple([Expression(.boolean(true), $0.span), $0]), $0.span)] } ?? [])
    case .boxAction(let action, let subscript_), .angleAction(let action, let subscript_):
      return [action, subscript_]
    case .fairness(_, let subscript_, let action):
      return [subscript_, action]
    default:
      return []
    }
  }

  /// The names that an expression binds, and the expression in their scope.
  fileprivate var boundBody: (names: [Identifier], body: Expression)? {
    switch kind {
    case .quantified(_, let bounds, let body), .setMap(let body, let bounds),
      .functionLiteral(let bounds, let body):
      return (bounds.flatMap { $0.patterns.flatMap(\.names) }, body)
    case .unboundedQuantified(_, let names, let body), .temporalQuantified(_, let names, let body),
      .lambda(let names, let body):
      return (names, body)
    case .choose(let pattern, _, let body), .setFilter(let pattern, _, let body):
      return (pattern.names, body)
    default:
      return nil
    }
  }
}
