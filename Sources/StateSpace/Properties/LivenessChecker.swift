import TLASemantics
import TLASyntax

/// The temporal part of a specification, compiled: what its behaviors are fair to, and what is claimed of them.
struct LivenessConditions {
  /// A property, as the conditions of which a behavior satisfies one exactly if it violates the property.
  struct Claim {
    /// The property's position in the specification.
    let property: Int
    let formulas: [TemporalFormula]
    let violations: [RunCondition]
  }

  let claims: [Claim]
  /// The fairness that the specification's formula demands.
  let fairness: [FairnessCondition]
  /// The temporal conjuncts of the specification's formula.
  let assumed: TemporalFormula
  let predicates: [TemporalPredicate]

  /// Throws `Diagnostics` for what is not supported, and `EvaluationFailure` for a formula that cannot be judged.
  init(_ program: Program) throws {
    var compiler = program.temporalCompiler
    let conjuncts = program.specification.temporalConjuncts
    let ofProperties = compiler.fairness.count
    let assumed = TemporalFormula.all(try conjuncts.map { try compiler.compile($0) })
    self.assumed = assumed
    fairness = Array(compiler.fairness[ofProperties...])
    var claims: [Claim] = []
    for (index, property) in program.properties.enumerated() where property.hasTemporalPart {
      if let failure = property.failure { throw failure }
      claims.append(
        Claim(
          property: index, formulas: property.temporal,
          violations: Self.violations(of: property.temporal, assuming: assumed)))
    }
    self.claims = claims
    predicates = compiler.predicates
  }

  /// The conditions of which a behavior that the assumption allows satisfies one exactly if it violates one of the formulas.
  static func violations(of formulas: [TemporalFormula], assuming assumed: TemporalFormula) -> [RunCondition]
  {
    formulas.flatMap { RunCondition.cases(of: .all([assumed, $0.negation])) }
  }
}

/// Checks temporal properties on the complete graph of a search.
struct LivenessChecker {
  /// A predicate that has no value in a state or for a step.
  struct Failure: Error {
    let cause: any Error
    let behavior: Behavior
  }

  let conditions: LivenessConditions
  let graph: ReachabilityGraph
  let initialCount: Int
  let table: PredicateTable
  private let run: SearchRun
  private let bytes: () -> Int

  /// The graph must be complete and have its edges. `flat` made its rows, if they are flat. `bytes` measures the memory in use.
  init(
    _ conditions: LivenessConditions, _ program: Program, _ graph: ReachabilityGraph, flat: FlatSearch? = nil,
    initialCount: Int, run: SearchRun, bytes: @escaping () -> Int
  ) throws {
    self.conditions = conditions
    self.graph = graph
    self.initialCount = initialCount
    self.run = run
    self.bytes = bytes
    table = try PredicateTable(
      graph, program.machine, conditions.predicates, flat: flat?.predicates(conditions.predicates))
  }

  /// What is known of the properties.
  struct Judgement {
    /// The first violation of each violated property.
    var findings: [Finding] = []
    /// The positions of the properties that were judged.
    var judged: Set<Int> = []
    /// Remarks on the properties that hold: their positions, and sentences without a full stop.
    var notes: [(property: Int, text: String)] = []
  }

  /// Judges all properties; if `collectsAll` is false, only up to the first that is violated. Throws `Failure`, and
  /// `SearchRun.Interruption`.
  func judgement(collectsAll: Bool, takesNotes: Bool) throws -> Judgement {
    try table.withRunOfStates { try judged(collectsAll: collectsAll, takesNotes: takesNotes) }
  }

  private func judged(collectsAll: Bool, takesNotes: Bool) throws -> Judgement {
    var result = Judgement()
    for claim in conditions.claims {
      result.judged.insert(claim.property)
      if let finding = try finding(claim) {
        result.findings.append(finding)
        if !collectsAll { break }
      } else if takesNotes {
        result.notes += try notes(on: claim).map { (property: claim.property, text: $0) }
      }
    }
    return result
  }

  /// The violation with the fewest states among those of the claim's conditions.
  private func finding(_ claim: LivenessConditions.Claim) throws -> Finding? {
    var best: Lasso?
    for condition in claim.violations {
      guard let lasso = try lasso(condition) else { continue }
      if best.map({ lasso.states.count < $0.states.count }) ?? true { best = lasso }
    }
    return try best.map {
      Finding(
        kind: .property(claim.property), behavior: graph.behavior(along: $0), why: try why($0, claim))
    }
  }

  private func why(_ lasso: Lasso, _ claim: LivenessConditions.Claim) throws -> [String] {
    var evaluation = LassoEvaluation(count: lasso.states.count, loopStart: lasso.loopStart) {
      predicate, position, next in
      let (state, target) = (lasso.states[position], lasso.states[next])
      let edge = state == target ? nil : graph.edges(of: state).first { graph.target($0) == target }
      return try table.isTrue(predicate, of: state, edge: edge)
    }
    evaluation.explain = { table.explanation(of: $0, from: lasso.states[$1], to: lasso.states[$2]) }
    let explanation = LassoExplanation(conditions.predicates, of: evaluation)
    return try explanation.whatIsMissing(in: claim.formulas)
      + explanation.fairness(conditions.fairness)
  }

  /// A behavior that satisfies a condition; nil if there is none.
  func lasso(_ condition: RunCondition) throws -> Lasso? { try searching(condition) { try $0.lasso() } }

  /// Whether a behavior satisfies a condition.
  func isSatisfiable(_ condition: RunCondition) throws -> Bool {
    try searching(condition) { try $0.isSatisfiable() }
  }

  private func searching<Result>(
    _ condition: RunCondition, _ body: (FairCycleSearch<PredicateTable>) throws -> Result
  ) throws -> Result {
    do {
      return try body(
        FairCycleSearch(graph, initialCount: initialCount, condition, table, poll: checkStop))
    } catch let interruption as SearchRun.Interruption {
      throw interruption
    } catch let error as FormulaAutomaton.TooLarge {
      throw ValueError(error.message, kind: .resource)
    } catch {
      guard let behavior = table.failedBehavior else { throw error }
      throw Failure(cause: error, behavior: behavior)
    }
  }

  /// Throws `SearchRun.Interruption` if the check has to end.
  func checkStop() throws {
    try run.checkStop()
    try run.poll(bytes: bytes())
  }
}
