import TLASyntax

/// Records the outcome of each conjunct while an action runs.
///
/// Actions that are compiled with a recorder have its nodes around every conjunct. The search runs actions that are compiled without one.
final class ConjunctRecorder {
  /// The outcome of one conjunct in the runs since `begin`.
  struct Entry {
    let span: SourceSpan
    var isReached = false
    var passes = 0
    var assigns = false
    /// The values of the two sides, or the value that the conjunct assigned.
    var values: String?
    /// The smallest false part of the conjunct.
    var part: SourceSpan?
    var failure: EvaluationFailure?
  }

  private(set) var entries: [Entry] = []
  /// For each action, the entries of its conjuncts.
  private(set) var actions: [Range<Int>] = []
  /// The values that the action's names must have for a way to be recorded; nil for any values.
  private(set) var wanted: [PlainValue]?
  /// Whether an action was entered with these arguments.
  fileprivate(set) var hasMatched = false

  /// Adds a conjunct of the action that is being compiled.
  func add(_ span: SourceSpan) -> Int {
    entries.append(Entry(span: span))
    return entries.count - 1
  }

  /// Ends the conjuncts of the action that was being compiled.
  func closeAction() { actions.append((actions.last?.upperBound ?? 0)..<entries.count) }

  /// Forgets what was recorded.
  func begin(arguments: [PlainValue]?) {
    for index in entries.indices { entries[index] = Entry(span: entries[index].span) }
    wanted = arguments
    hasMatched = false
  }

  fileprivate func reach(_ index: Int) { entries[index].isReached = true }

  fileprivate func pass(_ index: Int, _ values: () -> String?, assigns: Bool) {
    if entries[index].passes == 0 {
      entries[index].values = values()
      entries[index].part = nil
      entries[index].assigns = assigns
    }
    entries[index].passes += 1
  }

  fileprivate func fail(_ index: Int, _ explanation: Explanation) {
    guard entries[index].passes == 0, entries[index].part == nil else { return }
    entries[index].values = explanation.values
    entries[index].part = explanation.span
  }

  fileprivate func fail(_ index: Int, _ failure: EvaluationFailure) {
    if entries[index].passes == 0 { entries[index].failure = failure }
  }
}

/// The actions of a program, compiled once more with a recorder.
struct RecordedActions {
  let actions: [NamedAction]
  let recorder: ConjunctRecorder
}

/// A conjunct that is being compiled, with or without a recorder.
struct RecordedConjunct {
  private let recorder: ConjunctRecorder?
  private let index: Int

  init(_ recorder: ConjunctRecorder?, _ span: SourceSpan) {
    self.recorder = recorder
    index = recorder?.add(span) ?? 0
  }

  /// Wraps what follows the conjunct. `variable` is the variable that the conjunct assigns; an `UNCHANGED` assigns all its variables.
  /// `condition` is the conjunct as a test.
  func passed(
    to following: ActionNode, assigning variable: Int? = nil, isUnchanged: Bool = false,
    _ condition: Node? = nil
  ) -> ActionNode {
    guard let recorder else { return following }
    return PassedNode(
      recorder, index, variable: variable, isUnchanged: isUnchanged, condition, then: following)
  }

  /// Wraps the conjunct itself.
  func reached(_ node: ActionNode, _ condition: Node? = nil) -> ActionNode {
    guard let recorder else { return node }
    return ReachedNode(recorder, index, condition, node)
  }
}

/// Stands before a conjunct. It records that the conjunct is reached, and that it is false if what follows it is not reached.
private final class ReachedNode: ActionNode {
  private let recorder: ConjunctRecorder
  private let index: Int
  private let condition: Node?
  private let conjunct: ActionNode

  init(_ recorder: ConjunctRecorder, _ index: Int, _ condition: Node?, _ conjunct: ActionNode) {
    self.recorder = recorder
    self.index = index
    self.condition = condition
    self.conjunct = conjunct
  }

  override func run(_ machine: Machine) throws {
    recorder.reach(index)
    let before = recorder.entries[index].passes
    do { try conjunct.run(machine) } catch {
      if recorder.entries[index].passes == before { recorder.fail(index, EvaluationFailure(error)) }
      throw error
    }
    guard recorder.entries[index].passes == before, let condition else { return }
    recorder.fail(index, ReasonFinder(machine).explanation(of: condition, is: false))
  }
}

/// Stands after a conjunct. It records that the conjunct is true or gave a variable its value.
private final class PassedNode: ActionNode {
  private let recorder: ConjunctRecorder
  private let index: Int
  private let variable: Int?
  private let isUnchanged: Bool
  private let condition: Node?
  private let following: ActionNode

  init(
    _ recorder: ConjunctRecorder, _ index: Int, variable: Int?, isUnchanged: Bool, _ condition: Node?,
    then following: ActionNode
  ) {
    self.recorder = recorder
    self.index = index
    self.variable = variable
    self.isUnchanged = isUnchanged
    self.condition = condition
    self.following = following
  }

  override func run(_ machine: Machine) throws {
    recorder.pass(index, { values(machine) }, assigns: variable != nil || isUnchanged)
    try following.run(machine)
  }

  private func values(_ machine: Machine) -> String? {
    if let variable { return machine.store.describe(Value(bits: machine.next[variable])) }
    return condition.flatMap { ReasonFinder(machine).explanation(of: $0, is: true).values }
  }
}

/// Lets only those ways pass in which the names have the values that the recorder wants.
final class ArgumentGateNode: ActionNode {
  private let recorder: ConjunctRecorder
  private let arguments: [NamedAction.Argument]
  private let action: ActionNode

  init(_ recorder: ConjunctRecorder, _ arguments: [NamedAction.Argument], _ action: ActionNode) {
    self.recorder = recorder
    self.arguments = arguments
    self.action = action
  }

  override func run(_ machine: Machine) throws {
    if let wanted = recorder.wanted {
      // The label of a disabled action leaves out what the action would have bound.
      let compared = wanted.count == arguments.count ? arguments : arguments.filter { !$0.isBound }
      let actual = try compared.map { machine.store.plain(try $0.node.evaluate(machine)) }
      guard actual == wanted else { return }
    }
    recorder.hasMatched = true
    try action.run(machine)
  }
}
