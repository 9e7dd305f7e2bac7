package import StateSpace
package import TLASemantics
import Traces

/// A model, the tree of the states that were visited, and a cursor in it: everything on the screen is a function of it.
///
/// `update` takes an event in and says what is to be done in the world; `view` draws. Neither reads or writes anything
/// outside, so every screen can be had by a test. Belongs to one owner: the model inside keeps what it works out.
package struct Session {
  /// What the surroundings can set.
  package struct Options: Sendable {
    /// Limits for the checker, and whether it looks for deadlocks.
    package var check = CheckOptions()
    /// The folder of the default path of a saved trace; empty for the current one.
    package var traceFolder = ""
    /// Where the session is written to as it grows; nil for nowhere.
    package var sessionFile: String?
    /// What to open for this model: a bundled name or a path.
    package var sessionModel = ""
    /// The constants that were given another value than the configuration's: `MaxValues=6`.
    package var constants: [String] = []
    /// What the user's configuration file sets.
    package var settings = Settings()

    package init() {}
  }

  package internal(set) var model: SessionModel
  package internal(set) var options: Options
  /// The commands with the user's keys.
  let bindings: KeyBindings

  package var tree: TraceTree
  /// The current state's node.
  package var cursor: Int
  var undone: [TreeEdit] = []
  var done: [TreeEdit] = []
  /// The nodes that a saved trace holds.
  var savedNodes: Set<Int> = []
  /// The files that were saved and may be written over.
  var savedPaths: Set<String> = []
  /// The file that was not written over.
  var refusedPath: String?
  /// The nodes of the trace that is being saved.
  var savingNodes: [Int] = []

  var journal = SessionJournal()
  /// The versions of the model before this one, the last one last.
  var formerVersions: [FormerVersion] = []
  /// A session of this model that was left behind and can be restored.
  var left: LeftSession?
  /// Whether the model's files are not what was loaded.
  var isOutdated = false

  var check = CheckState()

  package var size = Size(width: 80, height: 24)
  package var focus = Pane.actions
  /// The pane above the actions on a narrow screen.
  var upper = Pane.nodes
  /// Whether Nodes or Space–time stands above on a wide screen.
  var top = Pane.nodes
  /// The first lane that Space–time shows.
  var firstLane = 0
  /// Whether Trace or State stands below Nodes on a wide screen.
  var lower = Pane.trace
  var isZoomed = false
  var positions: [Pane: ListPosition] = [:]
  /// The parts of the State tree that the user opened or closed, against what they are at first.
  var toggled: Set<ValuePath> = []
  var watches: [String] = []
  var evaluations = EvaluationLog()
  /// The expressions that are being evaluated beside the loop.
  var evaluating = EvaluationQueue()
  /// The nodes whose steps brought about what is wrong; the others are dimmed in Trace. Nil when all are shown alike.
  var slicedNodes: Set<Int>?
  /// Whether Source shows the step selected in Trace, and not the action selected in Actions.
  var sourceFollowsTrace = false
  /// What Source was scrolled to last.
  var followedSource: SourceSubject?
  var dialog: Dialog?
  var message: Message?
  /// The search beside the checker.
  var search = SearchState()
  /// What is known of the way to the nearest violation.
  var danger = DangerKnowledge.none
  /// What is done with a long branch, part by part.
  var job: BranchJob?
  /// What moves on its own.
  var motion = Motion.none
  /// The number of the last thing that moved; ticks of an older one mean nothing.
  var motionNumber = 0

  /// Begins at the first initial state. `name` is what the user calls the model. Throws what the explorer throws when
  /// it generates the initial states, and `SessionModel.NoInitialState`.
  package init(_ explorer: Explorer, name: String, options: Options = Options()) throws {
    let model = try SessionModel(explorer, name: name)
    self.init(model, options: options)
  }

  package init(_ model: SessionModel, options: Options = Options()) {
    self.model = model
    self.options = options
    bindings = KeyBindings(options.settings.keys)
    focus = options.settings.focus
    upper = options.settings.upper
    lower = options.settings.lower
    tree = TraceTree(root: model.initialStates[0])
    cursor = 0
    let link = model.nodes.isEmpty ? "" : " \(bindings.key(.toggleLink)) cuts a link,"
    message = Message(
      "\(bindings.key(.activate)) takes the marked action, \(bindings.key(.back)) goes back,\(link) "
        + "\(bindings.key(.check)) checks\(model.nodes.isEmpty ? " all states" : ""), \(bindings.key(.help)) helps"
    )
    if let warning = model.warning { message = Message(warning) }
    settle()
    showProblemsOfView()
    showProblemsOfSettings()
  }

  // MARK: What is current

  /// What the checker is to check.
  package var specification: Specification { model.explorer.specification }
  package var state: State { tree[cursor].state }
  /// The state before the current one on its path; nil at the start.
  package var previousState: State? { tree[cursor].parent.map { tree[$0].state } }
  package var values: [PlainValue] { model.values(of: state) }
  package var previousValues: [PlainValue]? { previousState.map { model.values(of: $0) } }
  /// The number of steps from the initial state.
  package var step: Int { tree[cursor].depth }
  package var branchName: String { tree.branchName(of: cursor) }
  package var violations: [Violation] { check.violations.map(\.violation) }
  package var isChecking: Bool { check.isRunning }
  /// Whether there are steps made by hand that no file holds.
  package var isUnsaved: Bool { !unsavedBranches.isEmpty }

  /// The names of the branches with steps made by hand that no file holds.
  var unsavedBranches: [String] {
    var found: Set<Int> = []
    for (number, node) in tree.nodes.enumerated()
    where node.parent != nil && !node.isDeleted && tree.branches[node.branch].origin == .explored {
      if !savedNodes.contains(number) { found.insert(node.branch) }
    }
    return found.sorted().map { tree.branches[$0].name }
  }

  var report: ActionReport { model.actions(in: state) }

  // MARK: Moving

  /// Does something to the tree that ends at a node, which becomes the current one; it can be undone.
  mutating func edit(_ change: (inout TraceTree) throws -> Int) rethrows {
    settleMotion()
    let edit = try tree.recordingEdit(cursor: cursor, change)
    guard edit.cursorAfter != cursor || edit.changesTree else { return }
    done.append(edit)
    undone = []
    cursor = edit.cursorAfter
    settle()
  }

  mutating func go(to node: Int) { edit { _ in node } }

  mutating func undo() {
    guard var edit = done.popLast() else {
      if !takeVersionBefore() { message = Message("there is nothing to undo") }
      return
    }
    tree.undo(&edit)
    cursor = edit.cursorBefore
    savedNodes = savedNodes.filter { $0 < tree.nodes.count }
    slicedNodes = nil
    undone.append(edit)
    model.forgetPaths(fromNode: tree.nodes.count)
    settle()
  }

  mutating func redo() {
    guard let edit = undone.popLast() else {
      message = Message("nothing to do again")
      return
    }
    tree.redo(edit)
    cursor = edit.cursorAfter
    done.append(edit)
    settle()
  }

  /// Puts the selections where they belong after the current state changed: Trace on the current step, Actions on the
  /// action that was selected if it can be taken here, else on the first that can.
  mutating func settle() {
    let actions = actionsLayout(height: paneHeight(.actions))
    let selected = selectedLabel
    let report = report
    let item =
      report.enabled.first { report.items[$0].label == selected } ?? report.enabled.first
      ?? report.items.indices.first
    select(item.flatMap { item in actions.rows.firstIndex(of: .item(item)) } ?? 0, in: .actions)
    if let item { selectedLabel = report.items[item].label }
    select(traceRows.row(ofNode: cursor, depth: step) ?? 0, in: .trace)
    revealStepInSpaceTime()
    revealActingCard()
  }

  /// The label of the action that the user selected last.
  var selectedLabel: ActionLabel?

  /// Selects a row and scrolls it into sight.
  mutating func select(_ row: Int, in pane: Pane) {
    var position = positions[pane] ?? ListPosition()
    position.selected = row
    let height = paneHeight(pane)
    let count = list(for: pane)?.count ?? 0
    // A heading above the first row is shown with it.
    if pane == .actions, row > 0, row <= 1 { position.top = 0 }
    position.reveal(height: height, count: count)
    positions[pane] = position
    if pane == .actions || pane == .trace { followSource() }
  }

  func position(_ pane: Pane) -> ListPosition { positions[pane] ?? ListPosition() }
}
