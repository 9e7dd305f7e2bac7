package import StateSpace
package import TLASemantics
import Traces

/// A model, the tree of visited states, and a cursor in the tree. Everything on the screen is a function of a session.
///
/// `update` takes an event and returns the effects to carry out; `view` draws. Neither reads or writes anything outside, so tests can
/// produce every screen. A session has one owner, because its model caches results.
package struct Session {
  /// The settings that the program gives to a session.
  package struct Options: Sendable {
    /// Limits for the checker, and whether it checks for deadlocks.
    package var check = CheckOptions()
    /// The folder for the default path of a saved trace; empty for the current folder.
    package var traceFolder = ""
    /// The file to which the session is written while it grows; nil for none.
    package var sessionFile: String?
    /// The name that opens this model: a bundled name or a path.
    package var sessionModel = ""
    /// The constants that override the configuration: `MaxValues=6`.
    package var constants: [String] = []
    /// Whether leaving asks a question while there are steps that are in no file.
    package var asksBeforeQuitting = true
    /// The folder that `~` means; empty for none.
    package var home = ""
    /// The settings in the user's configuration file.
    package var settings = Settings()
    /// The names of the bundled models.
    package var modelNames: [String] = []

    package init() {}
  }

  package internal(set) var model: SessionModel
  package internal(set) var options: Options
  /// The commands with the user's keys.
  let bindings: KeyBindings

  /// The explored states, and the user's position in them.
  var explored: Exploration
  /// The background work: searches, evaluations, plays and walks.
  var runs = Runs()
  /// The state of the screen.
  package internal(set) var screen: ScreenState
  /// The commands that are being carried out one after another.
  var script = Script()
  /// The names of the commands that were used, since the tour last forgot them.
  var usedCommands: Set<String> = []
  /// The recording of what the user does; nil if there is none.
  var recorder: CommandRecorder?
  /// The system's log that is open; nil if there is none.
  var log: OpenLog?
  /// The knowledge of files.
  var disk = Disk()
  /// The model that stands beside this one. It holds a session of its own, so it is kept in an array.
  private var besides: [Beside] = []
  var beside: Beside? {
    get { besides.first }
    set { besides = newValue.map { [$0] } ?? [] }
  }

  /// Begins at the first initial state. `name` is the user's name for the model. Throws `SessionModel.NoInitialState`, and whatever the
  /// explorer throws when it generates the initial states.
  package init(_ explorer: Explorer, name: String, options: Options = Options()) throws {
    let model = try SessionModel(explorer, name: name)
    self.init(model, options: options)
  }

  package init(_ model: SessionModel, options: Options = Options()) {
    self.model = model
    self.options = options
    bindings = KeyBindings(options.settings.keys)
    screen = ScreenState(options.settings)
    explored = Exploration(from: model.initialStates[0])
    let link = !model.structure.roles.contains(.links) ? "" : " \(bindings.key(.toggleLink)) cuts a link,"
    screen.message = Message(
      "\(bindings.key(.activate)) takes the action at ▸, \(bindings.key(.back)) goes back,\(link) "
        + "\(bindings.key(.check)) checks\(model.nodes.isEmpty ? " all states" : ""), \(bindings.key(.help)) helps"
    )
    if let warning = model.warning { screen.message = Message(warning) }
    settle()
    showProblemsOfView()
    showProblemsOfSettings()
  }

  // MARK: The current state

  package var tree: TraceTree {
    _read { yield explored.tree }
    _modify { yield &explored.tree }
  }
  /// The node of the current state.
  package var cursor: Int {
    get { explored.cursor }
    set { explored.cursor = newValue }
  }
  /// The specification for the checker.
  package var specification: Specification { model.explorer.specification }
  package var state: State { tree[cursor].state }
  /// The state before the current one on its path; nil at the start.
  package var previousState: State? { tree[cursor].parent.map { tree[$0].state } }
  package var values: [PlainValue] { model.values(of: state) }
  package var previousValues: [PlainValue]? { previousState.map { model.values(of: $0) } }
  /// The number of steps from the initial state.
  package var step: Int { tree[cursor].depth }
  package var branchName: String { tree.branchName(of: cursor) }
  package var violations: [Violation] { runs.check.violations.map(\.violation) }
  package var isChecking: Bool { runs.check.isRunning }
  /// Whether there are steps by the user that are in no saved file.
  package var isUnsaved: Bool { !unsavedBranches.isEmpty }

  /// The names of the branches with steps by the user that are in no saved file.
  var unsavedBranches: [String] {
    var found: Set<Int> = []
    for (number, node) in tree.nodes.enumerated()
    where node.parent != nil && !node.isDeleted && tree.branches[node.branch].origin == .explored {
      if !explored.savedNodes.contains(number) { found.insert(node.branch) }
    }
    return found.sorted().map { tree.branches[$0].name }
  }

  var report: ActionReport { model.actions(in: state) }

  // MARK: Moving

  /// Changes the tree. The node that `change` returns becomes the current one. The edit can be undone.
  mutating func edit(_ change: (inout TraceTree) throws -> Int) rethrows {
    settleMotion()
    let edit = try tree.recordingEdit(cursor: cursor, change)
    guard edit.cursorAfter != cursor || edit.changesTree else { return }
    explored.done.append(edit)
    explored.undone = []
    cursor = edit.cursorAfter
    settle()
  }

  mutating func go(to node: Int) { edit { _ in node } }

  mutating func undo() {
    guard var edit = explored.done.popLast() else {
      if !takeVersionBefore() { screen.message = Message("there is nothing to undo") }
      return
    }
    tree.undo(&edit)
    cursor = edit.cursorBefore
    explored.forgetNodes(from: tree.nodes.count)
    screen.slicedNodes = nil
    explored.undone.append(edit)
    model.forgetPaths(fromNode: tree.nodes.count)
    settle()
  }

  mutating func redo() {
    guard let edit = explored.undone.popLast() else {
      screen.message = Message("nothing to do again")
      return
    }
    tree.redo(edit)
    cursor = edit.cursorAfter
    explored.done.append(edit)
    settle()
  }

  /// Sets the selections after the current state has changed. Trace selects the current step. Actions keeps the selected action if it is
  /// enabled, and otherwise selects the first enabled one.
  mutating func settle() {
    screen.foundInNodes = nil
    growPanes()
    let actions = actionsLayout(height: paneHeight(.actions))
    let selected = screen.selectedLabel
    let report = report
    let item =
      report.enabled.first { report.items[$0].label == selected } ?? report.enabled.first
      ?? report.items.indices.first
    select(item.flatMap { item in actions.rows.firstIndex(of: .item(item)) } ?? 0, in: .actions)
    if let item { screen.selectedLabel = report.items[item].label }
    select(traceRows.row(ofNode: cursor, depth: step) ?? 0, in: .trace)
    followLog()
    revealStepInSpaceTime()
    revealActingCard()
    followBeside()
  }

  /// Selects a row and scrolls it into sight.
  mutating func select(_ row: Int, in pane: Pane) {
    var position = screen.positions[pane] ?? ListPosition()
    position.selected = row
    let height = paneHeight(pane)
    let count = list(for: pane)?.count ?? 0
    // A heading above the first row is shown, too.
    if pane == .actions, row > 0, row <= 1 { position.top = 0 }
    position.reveal(height: height, count: count)
    screen.positions[pane] = position
    if pane == .actions || pane == .trace { followSource() }
  }

  func position(_ pane: Pane) -> ListPosition { screen.positions[pane] ?? ListPosition() }
}
