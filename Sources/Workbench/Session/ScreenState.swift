import StateSpace

/// The state of the screen. Changes to it never change what was explored.
package struct ScreenState {
  package var size = Size(width: 80, height: 24)
  /// Whether one pane at a time is shown to a class.
  var presents = false
  /// Whether the tour's text stands beside what is shown.
  var isBesideTour = false
  /// The keys that were pressed last, to be shown; nil to show none.
  var pressedKeys: [String]?
  /// The text below the pane of a model that stands beside another one; nil for a session with a screen of its own.
  var inset: StyledLine?
  package var focus: Pane
  /// The pane above Actions on a narrow screen.
  var upper: Pane
  /// The upper pane on a wide screen: Nodes or Space–time.
  var top = Pane.nodes
  /// The first lane that Space–time shows.
  var firstLane = 0
  /// The pane below Nodes on a wide screen.
  var lower: Pane
  /// The pane at the bottom of the column at the right: Checker or Log.
  var bottom = Pane.checker
  /// The room of the focused pane.
  var paneSize = PaneSize.normal
  /// The borders that the user moved. They stay where they are, whatever the panes need.
  var movedBorders = MovedBorders()
  /// The borders that the mouse holds.
  var heldBorders: [Border] = []
  /// Whether Actions folds the actions that are not enabled. Nil folds them only if they do not fit.
  var foldsActions: Bool?
  /// Whether Actions hides what its actions would do.
  var hidesEffects = false
  /// Whether State shows the configuration's alias in place of the variables.
  var showsAlias = false
  /// The rows that panes have needed at this size. They only grow, so nothing jumps while the user steps.
  var needs = PaneNeeds()
  var positions: [Pane: ListPosition] = [:]
  /// The parts of the State tree whose open or closed state differs from the default.
  var toggled: Set<ValuePath> = []
  var watches: [String] = []
  var evaluations = EvaluationLog()
  /// The nodes whose steps led to the violation. Trace dims all others. Nil if nothing is dimmed.
  var slicedNodes: Set<Int>?
  /// The label of the action that the user selected last.
  var selectedLabel: ActionLabel?
  /// Whether Source shows the step selected in Trace instead of the action selected in Actions.
  var sourceFollowsTrace = false
  /// The subject that Source was scrolled to last.
  var followedSource: SourceSubject?
  var dialog: Dialog?
  /// The text that was sought last; its places are underlined in the focused pane. Empty for none.
  var soughtText = ""
  /// The line of Nodes in which that text was found; nil after a step.
  var foundInNodes: NodesLine?
  /// The lines typed at prompts, by their kind.
  var histories: [LineHistory.Kind: LineHistory] = [:]
  /// The files that begin with the path in the field, if Tab found several.
  var fileNames: [String] = []
  var message: Message?

  init(_ settings: Settings) {
    focus = settings.focus
    upper = settings.upper
    lower = settings.lower
  }

  /// Whether the focused pane has the whole screen.
  var isZoomed: Bool { paneSize == .full }

  /// Gives a pane the focus and a place.
  mutating func show(_ pane: Pane) {
    focus = pane
    if pane != .actions { upper = pane }
    switch pane.record.place {
    case .top: top = pane
    case .lower: lower = pane
    case .side: if pane == .checker || pane == .log { bottom = pane }
    }
  }

  /// Forgets everything that belongs to the model or its tree. Panes, focus and watches stay.
  mutating func forgetModel() {
    slicedNodes = nil
    selectedLabel = nil
    needs = PaneNeeds()
    followedSource = nil
    dialog = nil
  }
}
