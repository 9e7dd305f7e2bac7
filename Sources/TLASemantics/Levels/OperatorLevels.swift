/// An operator's levels: the level of an application, and the highest level of each argument (Lamport, "Specifying Systems", section 17.2,
/// and SANY's additional rules for operators as arguments).
package struct OperatorLevels: Sendable {
  /// The level of an application to constants.
  var level: Level
  var parameters: [ParameterLevels]
  /// The body's findings about parameters of surrounding definitions.
  var outer = LevelFindings()

  init(level: Level, parameters: [ParameterLevels]) {
    self.level = level
    self.parameters = parameters
  }

  /// The levels of a recursive operator before its body is known: an argument counts, and may be anything but a temporal formula.
  static func announced(parameterCount: Int) -> OperatorLevels {
    OperatorLevels(
      level: .constant,
      parameters: [ParameterLevels](repeating: ParameterLevels(limit: .action), count: parameterCount))
  }

  /// The levels of an operator with these parameters, from the level of its body and the findings in it. The `known` levels stay bounds, so
  /// that levels only rise and limits only fall.
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

/// What an operator's body demands of one of its parameters.
struct ParameterLevels: Sendable {
  /// The highest level that an argument may have.
  var limit: Level
  /// Whether the argument's level counts for the level of the application. It does not if the parameter is mentioned only inside `ENABLED`.
  var counts = true
  /// Whether equal arguments may replace each other. They may not if the parameter is mentioned under a prime, `ENABLED`, or another
  /// operator that looks at states besides the current one. An operator that allows this for all parameters is what Lamport calls a Leibniz
  /// operator.
  var isLeibniz = true
  /// For an operator parameter, the levels of the arguments to which it is applied, one for each of its parameters.
  var arguments: [ArgumentLevels] = []
}

/// The arguments to which an operator parameter is applied.
struct ArgumentLevels: Sendable {
  /// The highest level among these arguments.
  var demand: Level = .constant
  /// The positions of the parameters that these arguments mention.
  var positions: Set<Int> = []
}

/// An argument position of an operator that is a parameter.
struct OperatorArgument: Sendable, Hashable {
  let `operator`: Binder
  let position: Int

  init(of operator: Binder, at position: Int) {
    self.operator = `operator`
    self.position = position
  }
}

/// The arguments that were passed at such a position.
struct PassedLevels: Sendable {
  var demand: Level = .constant
  var parameters: Set<Binder> = []
}

/// The level of an expression, and the parameters whose arguments could make it higher.
struct LevelSummary {
  var level: Level
  var counted: Set<Binder> = []
  /// Whether no error was reported in it.
  var isCorrect = true

  /// Joins the summary of a sibling expression.
  mutating func join(_ other: LevelSummary) {
    level = max(level, other.level)
    if !other.counted.isEmpty { counted.formUnion(other.counted) }
    if !other.isCorrect { isCorrect = false }
  }
}

/// What a part of a specification demands of the parameters that it mentions.
struct LevelFindings: Sendable {
  /// The parameters whose levels count for the whole.
  var counted: Set<Binder> = []
  var mentioned: Set<Binder> = []
  /// The parameters that are mentioned where states other than the current one are looked at.
  var nonLeibniz: Set<Binder> = []
  /// The highest level of an argument for each parameter.
  var limits: [Binder: Level] = [:]
  /// The arguments to which operator parameters are applied.
  var arguments: [OperatorArgument: PassedLevels] = [:]

  /// Whether there are no findings.
  var isEmpty: Bool { mentioned.isEmpty && limits.isEmpty && arguments.isEmpty }

  mutating func limit(_ binders: Set<Binder>, to level: Level) {
    guard level < .temporal else { return }
    for binder in binders { limits[binder] = min(limits[binder] ?? .temporal, level) }
  }

  /// Notes an argument of an operator that is a parameter.
  mutating func pass(demand: Level, _ parameters: Set<Binder>, to place: OperatorArgument) {
    var known = arguments[place] ?? PassedLevels()
    known.demand = max(known.demand, demand)
    known.parameters.formUnion(parameters)
    arguments[place] = known
  }

  /// Removes the findings about a definition's own parameters. If one of them is passed to an operator from outside, that finding stays,
  /// because the argument for the parameter will be passed to it, too.
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
