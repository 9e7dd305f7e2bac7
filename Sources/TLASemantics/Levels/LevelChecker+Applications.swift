import TLASyntax

/// An operator whose levels are known.
enum AppliedOperator {
  case definition(OperatorDefinition)
  case builtin(Builtin)

  var name: String {
    switch self {
    case .definition(let definition): definition.name.text
    case .builtin(let builtin): builtin.tlaName
    }
  }

  var level: Level {
    switch self {
    case .definition(let definition): definition.level
    case .builtin(let builtin): builtin.level
    }
  }

  func limit(_ position: Int) -> Level {
    switch self {
    case .definition(let definition): definition.levels.parameters[position].limit
    case .builtin(let builtin): builtin.limit(ofArgument: position)
    }
  }

  func counts(_ position: Int) -> Bool {
    switch self {
    case .definition(let definition): definition.levels.parameters[position].counts
    case .builtin(let builtin): !builtin.isModality
    }
  }

  func isLeibniz(_ position: Int) -> Bool {
    switch self {
    case .definition(let definition): definition.levels.parameters[position].isLeibniz
    case .builtin(let builtin): !builtin.isModality
    }
  }

  /// The levels that this operator passes to an argument of its operator parameter at `position`.
  func argument(_ argument: Int, ofOperator position: Int) -> ArgumentLevels {
    switch self {
    case .definition(let definition):
      let arguments = definition.levels.parameters[position].arguments
      return argument < arguments.count ? arguments[argument] : ArgumentLevels()
    case .builtin(let builtin): return builtin.argument(argument, ofOperator: position)
    }
  }
}

/// An operator that is passed as an argument.
private struct GivenOperator {
  enum Kind {
    case known(AppliedOperator)
    case parameter(Binder)
  }

  let kind: Kind
  let position: Int
  let arity: Int
}

extension LevelChecker {
  /// Checks an application of an operator of the language or the library, including the rules for temporal operators that are not limits of
  /// arguments.
  mutating func apply(_ builtin: Builtin, to arguments: [Term], in term: Term, isModal: Bool) -> LevelSummary
  {
    var (result, summaries) = application(of: .builtin(builtin), to: arguments, isModal: isModal)
    switch builtin {
    case .implies, .equivalent:
      let checked = requireNoAction(in: arguments, summaries)
      if !checked.isCorrect { result.isCorrect = false }
    case .always:
      if let body = arguments.first, summaries[0].level == .action, !body.isStutteringAction {
        error("[] is followed by an action that is not of the form [A]_v", body.span, hint: "write [][A]_v")
        result.isCorrect = false
      }
    case .eventually:
      if let body = arguments.first, summaries[0].level == .action, !body.isChangingAction {
        error(
          "<> is followed by an action that is not of the form <<A>>_v", body.span, hint: "write <><<A>>_v")
        result.isCorrect = false
      }
    case .leadsTo, .plusArrow:
      for (argument, summary) in zip(arguments, summaries) where summary.level == .action {
        error("an action stands where a temporal formula or a state predicate is expected", argument.span)
        result.isCorrect = false
      }
    default: break
    }
    return result
  }

  /// In a temporal formula, an action may stand only inside `[A]_v` and `<<A>>_v`.
  mutating func requireNoAction(in parts: [Term], _ summaries: [LevelSummary]) -> LevelSummary {
    var result = LevelSummary(level: .constant)
    for summary in summaries { result.join(summary) }
    guard result.level == .temporal else { return result }
    for (part, summary) in zip(parts, summaries) where summary.level == .action {
      error("an action stands in a temporal formula", part.span, hint: "only [][A]_v and <><<A>>_v do")
      result.isCorrect = false
    }
    return result
  }

  /// Checks an application of an operator that is a parameter or a constant. The levels of its arguments are checked when an operator is
  /// passed for it.
  mutating func apply(
    _ reference: OperatorReference, to arguments: [Term], in term: Term, isModal: Bool
  ) -> LevelSummary {
    switch reference {
    case .definition(let definition):
      return apply(.definition(definition), to: arguments, isModal: isModal)
    case .builtin(let builtin):
      return apply(builtin, to: arguments, in: term, isModal: isModal)
    case .parameter, .constant:
      var result = check(reference, isModal: isModal)
      for (position, argument) in arguments.enumerated() {
        let summary = check(argument, isModal: isModal)
        if case .parameter(let binder) = reference {
          pass(summary, to: OperatorArgument(of: binder, at: position))
        }
        result.join(summary)
      }
      return result
    }
  }

  mutating func apply(
    _ applied: AppliedOperator, to arguments: [Term], isModal: Bool
  ) -> LevelSummary {
    application(of: applied, to: arguments, isModal: isModal).result
  }

  private mutating func application(
    of applied: AppliedOperator, to arguments: [Term], isModal: Bool
  ) -> (result: LevelSummary, arguments: [LevelSummary]) {
    let given = arguments.enumerated().compactMap { GivenOperator($0.element, at: $0.offset) }
    var result = LevelSummary(level: applied.level)
    var summaries: [LevelSummary] = []
    summaries.reserveCapacity(arguments.count)
    for (position, argument) in arguments.enumerated() {
      let isModal =
        isModal || !applied.isLeibniz(position) || given.contains { $0.isModal(position, applied) }
      var summary = check(argument, isModal: isModal)
      let (limit, level) = (applied.limit(position), summary.level)
      require(
        &summary, of: argument, limit,
        "\(level.description) is passed here to a parameter of \(applied.name) that accepts at most \(limit.description)"
      )
      if applied.counts(position) {
        result.join(summary)
      } else if !summary.isCorrect {
        result.isCorrect = false
      }
      summaries.append(summary)
    }
    for operand in given {
      if !check(operand, of: applied, arguments, summaries) { result.isCorrect = false }
    }
    if case .definition(let definition) = applied, !definition.levels.outer.isEmpty {
      result.counted.formUnion(takeMentions(in: definition, isModal: isModal))
      takeOuter(of: definition, given, summaries)
    }
    return (result, summaries)
  }

  /// Checks that a passed operator can take the arguments to which it is applied.
  private mutating func check(
    _ given: GivenOperator, of applied: AppliedOperator, _ arguments: [Term], _ summaries: [LevelSummary]
  ) -> Bool {
    var isCorrect = true
    for position in 0..<given.arity {
      let asked = applied.argument(position, ofOperator: given.position)
      switch given.kind {
      case .parameter(let binder):
        var summary = LevelSummary(level: asked.demand)
        for place in asked.positions where place < summaries.count { summary.join(summaries[place]) }
        pass(summary, to: OperatorArgument(of: binder, at: position))
      case .known(let known):
        let limit = known.limit(position)
        if asked.demand > limit {
          error(
            "\(applied.name) applies \(known.name) to \(asked.demand.description), and it can take \(limit.description) at most",
            arguments[given.position].span)
          isCorrect = false
        }
        for place in asked.positions.sorted() where place < summaries.count {
          if summaries[place].level > limit, summaries[place].isCorrect {
            error(
              "\(summaries[place].level.description) is passed here. \(applied.name) applies \(known.name) to it, and \(known.name) accepts at most \(limit.description)",
              arguments[place].span)
            isCorrect = false
          }
          limitParameters(summaries[place].counted, to: limit)
        }
      }
    }
    return isCorrect
  }

  /// Takes over an applied definition's findings about parameters around it. Some of these are passed to the definition's own parameters,
  /// or the other way round.
  private mutating func takeOuter(
    of definition: OperatorDefinition, _ given: [GivenOperator], _ summaries: [LevelSummary]
  ) {
    let outer = definition.levels.outer
    for (binder, limit) in outer.limits { limitParameters([binder], to: limit) }
    let places = definition.parameters.enumerated().reduce(into: [:]) { $0[$1.element] = $1.offset }
    for (place, passed) in outer.arguments {
      guard let position = places[place.operator] else {
        var summary = LevelSummary(level: passed.demand)
        for parameter in passed.parameters {
          if let position = places[parameter] {
            summary.join(summaries[position])
          } else {
            summary.counted.insert(parameter)
          }
        }
        pass(summary, to: place)
        continue
      }
      let foreign = passed.parameters.filter { places[$0] == nil }
      switch given.first(where: { $0.position == position })?.kind {
      case .known(let known): limitParameters(foreign, to: known.limit(place.position))
      case .parameter(let binder):
        let summary = LevelSummary(level: .constant, counted: foreign)
        pass(summary, to: OperatorArgument(of: binder, at: place.position))
      case nil: break
      }
    }
  }
}

extension GivenOperator {
  /// Nil if the argument is not an operator, or is one that needs no check.
  init?(_ argument: Term, at position: Int) {
    guard case .operatorReference(let reference) = argument.kind else { return nil }
    self.position = position
    switch reference {
    case .definition(let definition):
      kind = .known(.definition(definition))
      arity = definition.parameters.count
    case .builtin(let builtin):
      kind = .known(.builtin(builtin))
      arity = builtin.arity
    case .parameter(let binder):
      kind = .parameter(binder)
      arity = binder.arity
    case .constant: return nil
    }
  }

  /// Whether the operator is applied to the argument at that position and looks at other states of it.
  func isModal(_ place: Int, _ applied: AppliedOperator) -> Bool {
    guard case .known(let known) = kind else { return false }
    return (0..<arity).contains {
      !known.isLeibniz($0) && applied.argument($0, ofOperator: position).positions.contains(place)
    }
  }
}

extension Term {
  /// `[A]_v`
  fileprivate var isStutteringAction: Bool {
    switch kind {
    case .boxAction: true
    case .letIn(_, let body): body.isStutteringAction
    default: false
    }
  }

  /// `<<A>>_v`
  fileprivate var isChangingAction: Bool {
    switch kind {
    case .angleAction: true
    case .letIn(_, let body): body.isChangingAction
    default: false
    }
  }
}
