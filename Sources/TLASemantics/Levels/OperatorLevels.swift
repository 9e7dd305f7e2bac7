/// What an operator does with levels: how high an application is, and how high each argument may be (Lamport, "Specifying Systems",
/// section 17.2, and the rules for operators as arguments that SANY adds).
package struct OperatorLevels: Sendable {
  /// The level of an application to constants.
  var level: Level
  var parameters: [ParameterLevels]
  /// What the body says of parameters that belong to definitions around it.
  var outer = LevelFindings()

  init(level: Level, parameters: [ParameterLevels]) {
    self.level = level
    self.parameters = parameters
  }

  /// What is known of a recursive operator before its body: an argument counts, and may be anything but a temporal formula.
  static func announced(parameterCount: Int) -> OperatorLevels {
    OperatorLevels(
      level: .constant,
      parameters: [ParameterLevels](repeating: ParameterLevels(limit: .action), count: parameterCount))
  }

  /// What a body's level and the findings in it say of an operator with these parameters. What was `known` before stays a bound, so that
  /// levels only rise and limits only fall.
  init(
    of own: [Binder], body: LevelSummary, _ findings: LevelFindings, known: OperatorLevels? = nil
  ) {
    level = max(known?.level ?? .constant, body.level)
    let places = own.enumerated().reduce(into: [:]) { $0[$1.element] = $1.offset }
    parameters = own.enumerated().map { place, binder in
      ParameterLevels(
        limit: min(known?.parameters[place].limit ?? .temporal, findings.limits[binder] ?? .temporal),
        counts: body.counted.contains(binder) || known?.parameters[place].counts ?? false,
        isLeibniz: !findings.nonLeibniz.contains(binder),
        arguments: (0..<binder.arity).map { argument in
          let found = findings.arguments[OperatorArgument(of: binder, at: argument)] ?? PassedLevels()
          return ArgumentLevels(
            demand: found.demand, positions: Set(found.parameters.compactMap { places[$0] }))
        })
    }
    if findings.isEmpty, body.counted.isEmpty, known == nil { return }
    outer = findings
    outer.counted = body.counted.union(known?.outer.counted ?? [])
    outer.remove(own)
  }
}

/// What an operator's body says of one of its parameters.
struct ParameterLevels: Sendable {
  /// The highest level that an argument may have.
  var limit: Level
  /// Whether the argument's level counts for the application's: not where the parameter is mentioned inside `ENABLED` only.
  var counts = true
  /// Whether equal arguments may stand for each other: not where the parameter is mentioned under a prime, `ENABLED`, or another
  /// operator that looks at states beside the current one. Lamport calls such an operator a Leibniz operator.
  var isLeibniz = true
  /// Of a parameter that is an operator, what it is applied to: one for each of its arguments.
  var arguments: [ArgumentLevels] = []
}

/// What an operator that is given as an argument is applied to.
struct ArgumentLevels: Sendable {
  /// The highest level among what it is applied to.
  var demand: Level = .constant
  /// The positions of the parameters that are mentioned in what it is applied to.
  var positions: Set<Int> = []
}

/// A place among the arguments of an operator that is a parameter.
struct OperatorArgument: Sendable, Hashable {
  let `operator`: Binder
  let position: Int

  init(of operator: Binder, at position: Int) {
    self.operator = `operator`
    self.position = position
  }
}

/// What stands in such a place.
struct PassedLevels: Sendable {
  var demand: Level = .constant
  var parameters: Set<Binder> = []
}

/// The level of an expression, and the parameters whose arguments could make it higher.
struct LevelSummary {
  var level: Level
  var counted: Set<Binder> = []
  /// Whether nothing in it was reported.
  var isCorrect = true

  /// Adds what stands beside.
  mutating func join(_ other: LevelSummary) {
    level = max(level, other.level)
    if !other.counted.isEmpty { counted.formUnion(other.counted) }
    if !other.isCorrect { isCorrect = false }
  }
}

/// What a part of a specification says of the parameters that it mentions.
struct LevelFindings: Sendable {
  /// Those whose levels count for the whole.
  var counted: Set<Binder> = []
  var mentioned: Set<Binder> = []
  /// Those that are mentioned where other states than the current one are looked at.
  var nonLeibniz: Set<Binder> = []
  /// How high an argument may be.
  var limits: [Binder: Level] = [:]
  /// What the parameters that are operators are applied to.
  var arguments: [OperatorArgument: PassedLevels] = [:]

  /// Whether nothing is said.
  var isEmpty: Bool { mentioned.isEmpty && limits.isEmpty && arguments.isEmpty }

  mutating func limit(_ binders: Set<Binder>, to level: Level) {
    guard level < .temporal else { return }
    for binder in binders { limits[binder] = min(limits[binder] ?? .temporal, level) }
  }

  /// Takes note of what stands in an argument of an operator that is a parameter.
  mutating func pass(demand: Level, _ parameters: Set<Binder>, to place: OperatorArgument) {
    var known = arguments[place] ?? PassedLevels()
    known.demand = max(known.demand, demand)
    known.parameters.formUnion(parameters)
    arguments[place] = known
  }

  /// Takes away what is said of a definition's own parameters. That one of them is passed to an operator from outside stays: what is given for it
  /// will be.
  mutating func remove(_ own: [Binder]) {
    guard !own.isEmpty else { return }
    let removed = Set(own)
    counted.subtract(removed)
    mentioned.subtract(removed)
    nonLeibniz.subtract(removed)
    for binder in own { limits[binder] = nil }
    arguments = arguments.filter { place, passed in
      !removed.contains(place.operator) || !passed.parameters.isSubset(of: removed)
    }
  }
}
