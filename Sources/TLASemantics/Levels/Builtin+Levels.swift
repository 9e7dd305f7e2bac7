/// The levels of the operators of the language and of the library. Most of them have the highest level of their arguments, and take any
/// argument that is not a temporal formula.
extension Builtin {
  /// The level of an application to constants.
  var level: Level {
    switch self {
    case .always, .eventually, .leadsTo, .plusArrow: .temporal
    case .compose: .action
    default: .constant
    }
  }

  /// Whether the value depends on more than the arguments' values in one state.
  var isModality: Bool { level > .constant }

  /// The highest level that an argument may have.
  func limit(ofArgument position: Int) -> Level {
    switch self {
    case .not, .implies, .equivalent, .always, .eventually, .leadsTo, .plusArrow: .temporal
    case .print, .printTop, .tlcEval, .tlcSet, .pickSuccessor, .noOperation: .temporal
    case .assert, .singleFunction: position == 1 ? .temporal : .action
    default: .action
    }
  }

  /// The levels that the operator passes to an argument of one of its operator parameters.
  func argument(_ argument: Int, ofOperator position: Int) -> ArgumentLevels {
    let positions = StandardModules.operatorArguments[self]?[position]?[argument] ?? []
    return ArgumentLevels(demand: .constant, positions: Set(positions))
  }
}
