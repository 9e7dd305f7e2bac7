package import StateSpace
import TLASemantics
import TLASyntax
package import Traces

/// The model of a session, and the results about its states. Everything that is a function of one state or of one step is computed once and
/// cached, so drawing needs only look-ups.
///
/// A session model belongs to one session. Like its explorer, it is not safe for concurrent use.
package final class SessionModel {
  package let explorer: Explorer
  /// The user's name for the model: `syn/part5`.
  package let name: String
  package let structure: ProtocolStructure
  package let variables: [String]
  package let invariants: [String]
  /// The properties in the configuration that are more than invariants.
  package let properties: [String]
  package let initialStates: [State]
  /// Whether some action has a comment above its definition, which becomes the caption of its steps.
  private(set) lazy var hasCaptions = explorer.actions(in: initialStates[0])
    .contains { caption(of: $0.label) != nil }

  private var valuesOfState = Cache<Int, [PlainValue]>(limit: 512)
  private var reports = Cache<Int, ActionReport>(limit: 1024)
  private var statuses = Cache<Int, [InvariantStatus]>(limit: 4096)
  private var summaries = Cache<Step, StepSummary>(limit: 4096)
  private var watched = Cache<Watch, Reading>(limit: 256)
  private var shownAliases = Cache<AliasPlace, [PlainValue]?>(limit: 16)
  var explanations = Explanations()
  private var facts = PathFactsCache()
  private var spaceTimes = SpaceTimeCache()
  private var nodesRows = Cache<CardKey, Int>(limit: 1024)
  /// Counts the results that came later than their pane.
  private(set) var slowReadings = 0
  private var keptProperties: PropertyRows?
  private var keptRows: (revision: Int, node: Int, rows: TraceRows)?

  private struct Step: Hashable {
    let from: Int
    let to: Int
    let label: ActionLabel?
  }

  private struct AliasPlace: Hashable {
    let states: [State]
    let positions: Range<Int>
  }

  private struct CardKey: Hashable {
    let node: Int
    let width: Int
  }

  private struct Watch: Hashable {
    let expression: String
    let state: Int
    let before: Int?
  }

  /// The configuration's alias at some positions of a path; nil without one, and if it has no value.
  func aliases(of states: [State], at positions: Range<Int>) -> [PlainValue]? {
    shownAliases.value(for: AliasPlace(states: states, positions: positions)) {
      try? explorer.aliases(of: states, at: positions)
    }
  }

  /// There is nothing to explore, because the initial predicate allows no state.
  package struct NoInitialState: Error, CustomStringConvertible {
    package var description: String { "no state satisfies the initial predicate" }
  }

  /// Generates the initial states. Throws `NoInitialState`, and whatever the explorer throws.
  package init(_ explorer: Explorer, name: String, view: ProtocolView = ProtocolView()) throws {
    self.explorer = explorer
    self.name = name
    variables = explorer.variables
    invariants = explorer.invariants
    properties = explorer.properties
    initialStates = try explorer.initialStates()
    guard !initialStates.isEmpty else { throw NoInitialState() }
    structure = ProtocolStructure(of: explorer, from: initialStates, view: view)
  }

  /// A note on the model if nothing is wrong with it: the first of the loader's warnings.
  var warning: String? { explorer.specification.warnings.first.map { "note: \($0.message)" } }
  package var title: String { explorer.specification.title ?? "" }
  package var nodes: [PlainValue] { structure.nodes }

  /// The value of every variable.
  package func values(of state: State) -> [PlainValue] {
    valuesOfState.value(for: state.index) { explorer.values(of: state) }
  }

  /// The status of each invariant, in order.
  package func invariantStatuses(in state: State) -> [InvariantStatus] {
    statuses.value(for: state.index) {
      invariants.indices.map { explorer.status(ofInvariant: $0, in: state) }
    }
  }

  /// The names of the invariants that do not hold.
  package func violatedInvariants(in state: State) -> [String] {
    zip(invariants, invariantStatuses(in: state)).compactMap { name, status in
      if case .holds = status { nil } else { name }
    }
  }

  /// The actions of a state, in the order in which they are shown.
  func actions(in state: State) -> ActionReport {
    reports.value(for: state.index) {
      ActionReport(explorer.actions(in: state), in: state, of: self)
    }
  }

  /// The width of the widest action at the first initial state, with its arguments.
  private(set) lazy var actionWidth =
    actions(in: initialStates[0]).items.map { Glyph.width(of: $0.label.description) }.max() ?? 0

  /// What a step changed.
  package func summary(from before: State, to after: State, label: ActionLabel?) -> StepSummary {
    summaries.value(for: Step(from: before.index, to: after.index, label: label)) {
      StepSummary(from: values(of: before), to: values(of: after), label: label, in: structure)
    }
  }

  /// The reading of the user's expression in a state, or over the step to the state if it has primes. It holds an error message if there is
  /// no value.
  func watch(_ expression: String, in state: State, before: State?) -> Reading {
    watched.value(for: Watch(expression: expression, state: state.index, before: before?.index)) {
      evaluateQuickly(expression, in: state, before: before).map { Reading($0) } ?? .pending
    }
  }

  /// Caches the result of an expression that was too slow for `watch`.
  func keep(_ outcome: EvaluationOutcome, of expression: String, in state: State, before: State?) {
    watched[Watch(expression: expression, state: state.index, before: before?.index)] = Reading(outcome)
    slowReadings += 1
  }

  /// The greatest number of loop steps for an expression while the user waits. It takes some hundredths of a second.
  private static let quickSteps = 300_000

  /// The result of an expression in a state, or over the step to it; nil if it takes longer than a user should wait.
  func evaluateQuickly(_ expression: String, in state: State, before: State?) -> EvaluationOutcome? {
    do {
      return try explorer.limitingSteps(to: Self.quickSteps) {
        .value(try ExpressionEvaluator(explorer).evaluate(expression, in: state, before: before))
      }
    } catch let failure as EvaluationFailure where failure.kind == .stopped {
      return nil
    } catch {
      return .failure(Wording.message(of: error))
    }
  }

  /// The facts about messages and links at a node of the tree that follow from the path to it.
  func pathFacts(at node: Int, in tree: TraceTree) -> PathFacts {
    facts.facts(at: node, in: tree, of: self)
  }

  /// The number of rows that Nodes needs at a node of the tree.
  func nodesRows(at node: Int, in tree: TraceTree, width: Int, _ make: () -> Int) -> Int {
    nodesRows.value(for: CardKey(node: node, width: width), make)
  }

  /// The rows of the Properties pane. The last ones are cached.
  func propertyRows(_ key: PropertyRows.Key, _ make: () -> [PropertyRow]) -> [PropertyRow] {
    if let kept = keptProperties, kept.key == key { return kept.rows }
    let rows = make()
    keptProperties = PropertyRows(key: key, rows: rows)
    return rows
  }

  /// The rows of the Trace pane for a node of the tree. The last ones are cached.
  func traceRows(_ tree: TraceTree, through node: Int) -> TraceRows {
    if let kept = keptRows, kept.revision == tree.revision, kept.node == node { return kept.rows }
    let rows = TraceRows(tree, through: node)
    keptRows = (tree.revision, node, rows)
    return rows
  }

  /// The nodes from this number on were removed from the tree. Their numbers will be reused.
  func forgetPaths(fromNode count: Int) {
    facts.forget(fromNode: count)
    explanations.forgetPaths(fromNode: count)
    spaceTimes.doubt()
    keptProperties = nil
    nodesRows.removeAll { $0.node >= count }
  }

  /// The space–time diagram of the whole branch of a node.
  func spaceTime(_ tree: TraceTree, through node: Int) -> SpaceTime {
    spaceTimes.diagram(of: tree, through: node, model: self)
  }
}
