import TLASyntax

/// Writes trees on one line, as S-expressions.
enum TreeDump {
  static func dump(_ e: Expression) -> String {
    switch e.kind {
    case .number(let digits): digits
    case .decimal(let text): "(decimal \(text))"
    case .string(let text): "\"\(text)\""
    case .boolean(let value): value ? "TRUE" : "FALSE"
    case .name(let path): dump(path)
    case .at: "@"
    case .prefix(let symbol, let operand): "(\(symbol.symbol) \(dump(operand)))"
    case .infix(let symbol, let left, let right): "(\(symbol.symbol) \(dump(left)) \(dump(right)))"
    case .postfix(let symbol, let operand): "(\(dump(operand)) \(symbol.symbol))"
    case .product(let factors): "(\\X \(list(factors)))"
    case .row(let junction, let items): "(\(junction == .conjunction ? "/\\" : "\\/") \(list(items)))"
    case .junction(let junction, let items): "(\(junction == .conjunction ? "AND" : "OR") \(list(items)))"
    case .quantified(let quantifier, let bounds, let body):
      "(\(quantifier == .forAll ? "\\A" : "\\E") \(dump(bounds)) \(dump(body)))"
    case .unboundedQuantified(let quantifier, let names, let body):
      "(\(quantifier == .forAll ? "\\A" : "\\E") (\(list(names))) \(dump(body)))"
    case .temporalQuantified(let quantifier, let names, let body):
      "(\(quantifier == .forAll ? "\\AA" : "\\EE") (\(list(names))) \(dump(body)))"
    case .choose(let pattern, let set, let body):
      "(CHOOSE \(dump(pattern))\(set.map { " in " + dump($0) } ?? "") \(dump(body)))"
    case .setEnumeration(let elements): elements.isEmpty ? "{}" : "{\(list(elements))}"
    case .setFilter(let pattern, let set, let body):
      "(filter \(dump(pattern)) in \(dump(set)) \(dump(body)))"
    case .setMap(let element, let bounds): "(map \(dump(element)) \(dump(bounds)))"
    case .functionLiteral(let bounds, let body): "(fun \(dump(bounds)) \(dump(body)))"
    case .functionApplication(let function, let arguments): "(app \(dump(function)) \(list(arguments)))"
    case .functionSet(let domain, let range): "(funs \(dump(domain)) \(dump(range)))"
    case .record(let fields):
      "(record \(fields.map { "(\($0.field.text) \(dump($0.value)))" }.joined(separator: " ")))"
    case .recordSet(let fields):
      "(records \(fields.map { "(\($0.field.text) \(dump($0.value)))" }.joined(separator: " ")))"
    case .field(let record, let field): "(. \(dump(record)) \(field.text))"
    case .except(let function, let updates):
      "(except \(dump(function)) \(updates.map(dump).joined(separator: " ")))"
    case .tuple(let elements): "<<\(list(elements))>>"
    case .conditional(let condition, let then, let otherwise):
      "(if \(dump(condition)) \(dump(then)) \(dump(otherwise)))"
    case .caseOf(let arms, let other):
      "(case \(arms.map { "(\(dump($0.guard)) \(dump($0.value)))" }.joined(separator: " "))"
        + "\(other.map { " (other \(dump($0)))" } ?? ""))"
    case .letIn(let definitions, let body):
      "(let (\(definitions.map(dump).joined(separator: " "))) \(dump(body)))"
    case .lambda(let names, let body): "(lambda (\(list(names))) \(dump(body)))"
    case .boxAction(let action, let variables): "(box \(dump(action)) \(dump(variables)))"
    case .angleAction(let action, let variables): "(angle \(dump(action)) \(dump(variables)))"
    case .fairness(let fairness, let variables, let action):
      "(\(fairness == .weak ? "WF" : "SF") \(dump(variables)) \(dump(action)))"
    case .labeled(let name, let parameters, let body):
      "(label \(name.text)\(parameters.isEmpty ? "" : "(\(list(parameters)))") \(dump(body)))"
    case .invalid: "INVALID"
    }
  }

  static func dump(_ definition: Definition) -> String {
    let local = definition.isLocal ? "local " : ""
    switch definition.kind {
    case .operator(let parameters, let body):
      return "(\(local)def \(definition.name.text)\(dump(parameters)) \(dump(body)))"
    case .function(let bounds, let body):
      return "(\(local)deffun \(definition.name.text) \(dump(bounds)) \(dump(body)))"
    case .instance(let parameters, let instance):
      return "(\(local)def \(definition.name.text)\(dump(parameters)) \(dump(instance)))"
    case .recursiveDeclaration(let declared): return "(recursive \(list(declared)))"
    }
  }

  static func dump(_ instance: Instance) -> String {
    let substitutions = instance.substitutions.map { " (\($0.name.text) \(dump($0.value)))" }.joined()
    return "(instance \(instance.module.text)\(substitutions))"
  }

  static func dump(_ unit: Module.Unit) -> String {
    switch unit {
    case .variables(let names): "(variables \(list(names)))"
    case .constants(let parameters): "(constants \(list(parameters)))"
    case .recursive(let parameters): "(recursive \(list(parameters)))"
    case .definition(let definition): dump(definition)
    case .assumption(let name, let body, let isAxiom, _):
      "(\(isAxiom ? "axiom" : "assume")\(name.map { " " + $0.text } ?? "") \(dump(body)))"
    case .instance(let instance, let isLocal): isLocal ? "(local \(dump(instance)))" : dump(instance)
    case .submodule(let module): dump(module)
    case .theorem(let name, let statement, let proof, _):
      "(theorem\(name.map { " " + $0.text } ?? "") \(dump(statement))\(proof.map { " " + dump($0) } ?? ""))"
    case .use(let facts): "(use\(dump(facts)))"
    case .hide(let facts): "(hide\(dump(facts)))"
    }
  }

  static func dump(_ module: Module) -> String {
    let extends = module.extends.isEmpty ? "" : " (extends \(list(module.extends)))"
    return "(module \(module.name.text)\(extends)\(module.units.map { " " + dump($0) }.joined()))"
  }

  private static func dump(_ path: NamePath) -> String {
    path.components.map { component in
      component.name.text + (component.arguments.isEmpty ? "" : "(\(list(component.arguments)))")
    }.joined(separator: "!")
  }

  private static func dump(_ pattern: BoundPattern) -> String {
    switch pattern {
    case .name(let name): name.text
    case .tuple(let names): "<<\(list(names))>>"
    }
  }

  private static func dump(_ bounds: [Bound]) -> String {
    let parts = bounds.map { bound in
      "\(bound.patterns.map(dump).joined(separator: " ")) in \(dump(bound.set))"
    }
    return "(\(parts.joined(separator: ", ")))"
  }

  private static func dump(_ update: ExceptUpdate) -> String {
    let path = update.path.map { step in
      switch step {
      case .index(let arguments): "[\(list(arguments))]"
      case .field(let name): ".\(name.text)"
      }
    }
    return "(\(path.joined()) \(dump(update.value)))"
  }

  private static func dump(_ parameters: [OperatorParameter]) -> String {
    parameters.isEmpty ? "" : "(\(list(parameters)))"
  }

  private static func list(_ parameters: [OperatorParameter]) -> String {
    parameters.map { $0.arity == 0 ? $0.name.text : "\($0.name.text)/\($0.arity)" }.joined(separator: " ")
  }

  private static func list(_ expressions: [Expression]) -> String {
    expressions.map(dump).joined(separator: " ")
  }

  private static func list(_ names: [Identifier]) -> String { names.map(\.text).joined(separator: " ") }
}

// Theorems and proofs.
extension TreeDump {
  private static func dump(_ statement: Statement) -> String {
    switch statement {
    case .expression(let expression): dump(expression)
    case .sequent(let assumptions, let goal, _):
      "(assume \(assumptions.map(dump).joined(separator: " ")) prove \(dump(goal)))"
    }
  }

  private static func dump(_ assumption: Assumption) -> String {
    switch assumption {
    case .new(let parameter, let newness, let set):
      "(new \(newness) \(list([parameter]))\(set.map { " " + dump($0) } ?? ""))"
    case .fact(let statement, let label):
      label.map { "(label \($0.name.text) \(dump(statement)))" } ?? dump(statement)
    }
  }

  private static func dump(_ facts: Facts) -> String {
    let definitions = facts.definitions.map { $0.components.map(\.name.text).joined(separator: "!") }
    return facts.facts.map { " " + dump($0) }.joined()
      + (definitions.isEmpty ? "" : " def " + definitions.joined(separator: " "))
  }

  private static func dump(_ proof: Proof) -> String {
    switch proof {
    case .none: "(no proof)"
    case .by(let facts): "(by\(dump(facts)))"
    case .steps(let steps): "(proof \(steps.map(dump).joined(separator: " ")))"
    }
  }

  private static func dump(_ step: ProofStep) -> String {
    let said: [String] =
      switch step.kind {
      case .assert(let statement), .suffices(let statement): [dump(statement)]
      case .caseOf(let expression), .have(let expression): [dump(expression)]
      case .take(let bounds): bounds.map { dump($0.set) }
      case .takeUnbounded(let names): names.map(\.text)
      case .witness(let expressions): expressions.map(dump)
      case .pick(let bounds, let body): bounds.map { dump($0.set) } + [dump(body)]
      case .pickUnbounded(let names, let body): names.map(\.text) + [dump(body)]
      case .define(let definitions): definitions.map(dump)
      case .use(let facts), .hide(let facts): [String(dump(facts).dropFirst())]
      case .instance(let instance): [dump(instance)]
      case .qed: []
      }
    let head = [step.name.text, step.keyword].filter { !$0.isEmpty }
    let words: [String] = head + said + [step.proof].compactMap { $0.map { dump($0) } }
    return "(" + words.joined(separator: " ") + ")"
  }
}
