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
  case checkDeadlock = "CHECK_DEADLOCK"
  /// TLC reads it and does nothing with it.
  case typeConstraint = "TYPE_CONSTRAINT"

  /// What the section is made of.
  enum Content: Sendable {
    case assignments
    /// Any number of names, over any number of sections.
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
      .actionConstraints:
      .names
    case .specification, .initial, .next, .symmetry, .view, .alias, .postcondition, .typeConstraint: .name
    case .checkDeadlock: .boolean
    }
  }

  /// The keyword that the writer of a word probably meant, whatever its case; nil when none is near.
  static func nearest(to word: String) -> ConfigurationKeyword? {
    let word = word.uppercased().map { $0 == "-" ? "_" : $0 }
    let candidates = allCases.map { (keyword: $0, distance: editDistance(word, Array($0.rawValue))) }
    guard let best = candidates.min(by: { $0.distance < $1.distance }) else { return nil }
    return best.distance <= max(1, best.keyword.rawValue.count / 4) ? best.keyword : nil
  }

  /// The least number of characters to insert, delete, replace, or swap with a neighbour that turns one word into the
  /// other (optimal string alignment).
  private static func editDistance(_ left: [Character], _ right: [Character]) -> Int {
    var beforePrevious: [Int] = []
    var previous = Array(0...right.count)
    for (i, a) in left.enumerated() {
      var current = [i + 1]
      for (j, b) in right.enumerated() {
        var cost = min(previous[j] + (a == b ? 0 : 1), previous[j + 1] + 1, current[j] + 1)
        if i > 0, j > 0, a == right[j - 1], left[i - 1] == b { cost = min(cost, beforePrevious[j - 1] + 1) }
        current.append(cost)
      }
      beforePrevious = previous
      previous = current
    }
    return previous[right.count]
  }
}
