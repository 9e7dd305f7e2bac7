extension OperatorDefinition {
  /// Whether the level of an argument counts for the level of an application (Lamport, Specifying Systems, section 17.2): it does not where the
  /// parameter is mentioned inside `ENABLED` only, which speaks of a state whatever the action is.
  func countsLevel(ofArgument place: Int) -> Bool {
    guard parameters.indices.contains(place), !isRecursive else { return true }
    if countedParameters == nil {
      countedParameters = parameters.map { body.countsLevel(of: $0) }
    }
    return countedParameters?[place] ?? true
  }
}

extension Term {
  fileprivate func countsLevel(of binder: Binder) -> Bool {
    switch kind {
    case .enabled:
      return false
    case .local(let mentioned):
      return mentioned == binder
    case .applyReference(.parameter(binder), _), .operatorReference(.parameter(binder)):
      return true
    case .operatorReference(.definition(let definition)):
      return definition.isLambda && definition.body.countsLevel(of: binder)
    case .apply(let definition, let arguments):
      return arguments.enumerated().contains { place, argument in
        argument.countsLevel(of: binder) && definition.countsLevel(ofArgument: place)
      }
    case .letIn(let definitions, let body):
      return body.countsLevel(of: binder) || definitions.contains { $0.body.countsLevel(of: binder) }
    default:
      return kind.children.contains { $0.countsLevel(of: binder) }
    }
  }
}
