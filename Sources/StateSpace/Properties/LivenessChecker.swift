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
          violations: property.temporal.flatMap { RunCondition.cases(of: .all([assumed, $0.negation])) }))
    }
    self.claims = claims
    predicates = compiler.predicates
  }
}

/// Checks temporal properties on the complete graph of a search.
struct LivenessChecker {
  /// A behavior that violates a property.
  struct Finding {
    /// The property's position in the specification.
    let property: Int
    let path: [[UInt32]]
    let loopStart: Int
    /// What would have to happen and does not, and for each fairness condition why the behavior is fair to it.
    let why: [String]
  }

  /// A predicate that has no value in a state or for a step.
  struct Failure: Error {
    let cause: any Error
    let path: [[UInt32]]
  }

  private let conditions: LivenessConditions
  private let graph: StateGraph
  private let initialCount: Int
  private let table: PredicateTable
  private let run: SearchRun
  private let bytes: () -> Int

  /// The graph must be complete and have its edges. `bytes` measures the memory in use.
  init(
    _ conditions: LivenessConditions, _ program: Program, _ graph: StateGraph, initialCount: Int,
    run: SearchRun, bytes: @escaping () -> Int
  ) throws {
    self.conditions = conditions
    self.graph = graph
    self.initialCount = initialCount
    self.run = run
    self.bytes = bytes
    table = try PredicateTable(graph, program.machine, conditions.predicates)
  }

  /// The first violation of each violated property; only of the first one unless `collectsAll` is true. `judged` has the positions of the
  /// properties that were judged. Throws `Failure`, and `SearchRun.Interruption`.
  func findings(collectsAll: Bool) throws -> (findings: [Finding], judged: Set<Int>) {
    var findings: [Finding] = []
    var judged: Set<Int> = []
    for claim in conditions.claims {
      judged.insert(claim.property)
      guard let finding = try finding(claim) else { continue }
      findings.append(finding)
      if !collectsAll { break }
    }
    return (findings, judged)
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
        property: claim.property, path: $0.states.map(graph.words(of:)), loopStart: $0.loopStart,
        why: try why($0, claim))
    }
  }

  private func why(_ lasso: Lasso, _ claim: LivenessConditions.Claim) throws -> [String] {
    let evaluation = LassoEvaluation(count: lasso.states.count, loopStart: lasso.loopStart) {
      predicate, position in
      let next = position + 1 < lasso.states.count ? position + 1 : lasso.loopStart
      let (state, target) = (lasso.states[position], lasso.states[next])
      let edge = state == target ? nil : graph.edges(of: state).first { graph.target($0) == target }
      return try table.isTrue(predicate, of: state, edge: edge)
    }
    let explanation = LassoExplanation(evaluation, conditions.predicates)
    return try claim.formulas.flatMap { try explanation.whatIsMissing(for: $0) }
      + explanation.fairness(conditions.fairness)
  }

  private func lasso(_ condition: RunCondition) throws -> Lasso? {
    do {
      let search = try FairCycleSearch(graph, initialCount: initialCount, condition, table) {
        try run.checkStop()
        try run.poll(bytes: bytes())
      }
      return try search.lasso()
    } catch let interruption as SearchRun.Interruption {
      throw interruption
    } catch let error as FormulaAutomaton.TooLarge {
      throw ValueError(error.message, kind: .resource)
    } catch {
      guard let path = table.failurePath else { throw error }
      throw Failure(cause: error, path: path)
    }
  }
}
