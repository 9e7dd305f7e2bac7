import TLASemantics
import TLASyntax

/// Hints for equations that look like assignments and are not: only a whole variable can be assigned.
extension Compiler {
  /// The probable meaning of a conjunct that is a test; nil if it tests no variable.
  func forgottenPrime(_ term: Term, _ environment: Environment) -> ForgottenPrime? {
    guard !environment.isInitial, term.level < .action, case .builtin(let builtin, let sides) = term.kind,
      builtin == .equals || builtin == .member
    else { return nil }
    let isSwapped = builtin == .equals && part(sides[0], environment) == nil
    guard let part = part(sides[isSwapped ? 1 : 0], environment) else { return nil }
    let symbol = builtin == .equals ? "=" : "\\in"
    return ForgottenPrime(variable: part.index, test: term) {
      let value = sides[isSwapped ? 0 : 1].span.oneLineText
      if part.path.isEmpty { return "\(part.variable)' \(symbol) \(value)" }
      return
        "\(part.variable)' = [\(part.variable) EXCEPT !\(part.path) = \(builtin == .equals ? value : "…")]"
    }
  }

  /// The code of a condition, with a hint in case it reads the value that it seems meant to assign.
  func hinted(_ code: Code, _ term: Term, _ environment: Environment) -> Code {
    guard case .builtin(let builtin, let sides) = term.kind,
      let hint = assignmentHint(builtin, sides, environment)
    else { return code }
    return Code(node: HintedNode(code.node, hint: hint), dependencies: code.dependencies)
  }

  private func assignmentHint(_ builtin: Builtin, _ sides: [Term], _ environment: Environment) -> String? {
    switch builtin {
    case .equals:
      if let hint = assignmentHint(sides[0], environment) { return hint }
      guard let variable = wholeVariable(sides[1], environment) else { return nil }
      return "what gets its value stands on the left: `\(variable) = \(sides[0].span.oneLineText)`"
    case .member: return assignmentHint(sides[0], environment)
    case .equivalent:
      guard let variable = wholeVariable(sides[0], environment) else { return nil }
      return "`<=>` only compares; a value is given by `=`: `\(variable) = \(sides[1].span.oneLineText)`"
    default: return nil
    }
  }

  /// The text of a variable that a step, or an initial predicate, can give its value; nil for other terms.
  private func wholeVariable(_ term: Term, _ environment: Environment) -> String? {
    guard let part = part(term, environment), part.path.isEmpty, part.isPrimed || environment.isInitial else {
      return nil
    }
    return part.variable + (environment.isInitial ? "" : "'")
  }

  private func assignmentHint(_ side: Term, _ environment: Environment) -> String? {
    let prime = environment.isInitial ? "" : "'"
    if let part = part(side, environment), !part.path.isEmpty, part.isPrimed || environment.isInitial {
      return environment.isInitial
        ? "give \(part.variable) its whole value: `\(part.variable) = [… |-> …]`"
        : "write `\(part.variable)' = [\(part.variable) EXCEPT !\(part.path) = …]`"
    }
    guard case .tuple(let elements) = Self.withoutPrime(side).kind else { return nil }
    let parts = elements.compactMap { part($0, environment) }
    guard parts.count == elements.count, parts.allSatisfy(\.path.isEmpty) else { return nil }
    let equations = parts.map { "\($0.variable)\(prime) = …" }.joined(separator: " /\\ ")
    return "give each variable its value by itself: `\(equations)`"
  }

  /// A variable, or a part of it that an index or field selects.
  private struct Part {
    let index: Int
    let variable: String
    var path = ""
    var isPrimed = false
  }

  private func part(_ term: Term, _ environment: Environment) -> Part? {
    guard machine.hasStackToCompile else { return nil }
    switch term.kind {
    case .variable(let variable):
      return Part(index: variable.index, variable: variable.name.text)
    case .prime(let inner):
      var result = part(inner, environment)
      result?.isPrimed = true
      return result
    case .application(let function, let argument):
      var result = part(function, environment)
      result?.path += "[\(argument.span.oneLineText)]"
      return result
    case .field(let record, let name):
      var result = part(record, environment)
      result?.path += ".\(name)"
      return result
    case .local(let binder):
      guard case .expression(let named) = environment.bindings[binder] else { return nil }
      return part(named.term, named.environment)
    case .apply(_, let arguments) where arguments.isEmpty:
      guard let application = application(term, environment), !application.definition.isRecursive else {
        return nil
      }
      return part(application.definition.body, application.home)
    default:
      return nil
    }
  }

  private static func withoutPrime(_ term: Term) -> Term {
    if case .prime(let inner) = term.kind { inner } else { term }
  }
}
