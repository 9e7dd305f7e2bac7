/// What the operators of the language and of the library do with levels. Most of them give a value of their arguments' highest level, and
/// take everything but temporal formulas.
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
    case .print, .printTop, .tlcEval, .tlcSet, .pickSuccessor: .temporal
    case .assert, .singleFunction: position == 1 ? .temporal : .action
    default: .action
    }
  }

  /// What the operators that it takes are applied to.
  func argument(_ argument: Int, ofOperator position: Int) -> ArgumentLevels {
    let positions = StandardModules.operatorArguments[self]?[position]?[argument] ?? []
    return ArgumentLevels(demand: .constant, positions: Set(positions))
  }
}
