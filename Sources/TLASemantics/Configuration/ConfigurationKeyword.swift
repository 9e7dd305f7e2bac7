internal import TLASyntax

/// A word that starts a section of a `.cfg` file.
enum ConfigurationKeyword: String, CaseIterable, Sendable {
  case constant = "CONSTANT"
  case constants = "CONSTANTS"
  case specification = "SPECIFICATION"
  case initial = "INIT"
  case next = "NEXT"
  case invariant = "INVARIANT"
  case invariants = "INVARIANTS"
  case property = "PROPERTY"
  case properties = "PROPERTIES"
  case constraint = "CONSTRAINT"
  case constraints = "CONSTRAINTS"
  case actionConstraint = "ACTION_CONSTRAINT"
  case actionConstraints = "ACTION_CONSTRAINTS"
  case symmetry = "SYMMETRY"
  case view = "VIEW"
  case alias = "ALIAS"
  case postcondition = "POSTCONDITION"
  case postconditions = "POSTCONDITIONS"
  case checkDeadlock = "CHECK_DEADLOCK"
  /// TLC reads this section and ignores it.
  case typeConstraint = "TYPE_CONSTRAINT"
  /// Experimental features of recent TLC versions.
  case possible = "_POSSIBLE"
  case periodic = "_PERIODIC"
  case reward = "_RL_REWARD"

  /// The contents of a section.
  enum Content: Sendable {
    case assignments
    /// Any number of names, in any number of sections.
    case names
    /// One name, once in the file.
    case name
    /// `TRUE` or `FALSE`, once in the file.
    case boolean
  }

  var content: Content {
    switch self {
    case .constant, .constants: .assignments
    case .invariant, .invariants, .property, .properties, .constraint, .constraints, .actionConstraint,
      .actionConstraints, .postcondition, .postconditions, .possible:
      .names
    case .specification, .initial, .next, .symmetry, .view, .alias, .typeConstraint, .periodic, .reward: .name
    case .checkDeadlock: .boolean
    }
  }

  /// The keyword that the writer of a word probably meant, regardless of case; nil if none is similar.
  static func nearest(to word: String) -> ConfigurationKeyword? {
    let spelled = String(word.map { $0 == "-" ? "_" : $0 })
    return allCases.first { $0.rawValue == spelled.uppercased() }
      ?? closestName(to: spelled, in: allCases.map(\.rawValue)).flatMap { ConfigurationKeyword(rawValue: $0) }
  }
}
