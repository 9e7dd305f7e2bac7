import StateSpace

/// What is shown, and how: nothing in it changes what was explored.
package struct ScreenState {
  package var size = Size(width: 80, height: 24)
  package var focus: Pane
  /// The pane above the actions on a narrow screen.
  var upper: Pane
  /// Whether Nodes or Space–time stands above on a wide screen.
  var top = Pane.nodes
  /// The first lane that Space–time shows.
  var firstLane = 0
  /// Which pane stands below Nodes on a wide screen.
  var lower: Pane
  var isZoomed = false
  /// Whether Actions folds what cannot be taken; nil folds it where it does not fit.
  var foldsActions: Bool?
  /// The rows that panes have needed at this size. They only grow, so that nothing jumps while the user steps.
  var needs = PaneNeeds()
  var positions: [Pane: ListPosition] = [:]
  /// The parts of the State tree that the user opened or closed, against what they are at first.
  var toggled: Set<ValuePath> = []
  var watches: [String] = []
  var evaluations = EvaluationLog()
  /// The nodes whose steps brought about what is wrong; the others are dimmed in Trace. Nil when all are shown alike.
  var slicedNodes: Set<Int>?
  /// The label of the action that the user selected last.
  var selectedLabel: ActionLabel?
  /// Whether Source shows the step selected in Trace, and not the action selected in Actions.
  var sourceFollowsTrace = false
  /// What Source was scrolled to last.
  var followedSource: SourceSubject?
  var dialog: Dialog?
  /// The text that was sought last; its places are underlined in the focused pane. Empty for none.
  var soughtText = ""
  /// The lines typed at prompts, by their kind.
  var histories: [LineHistory.Kind: LineHistory] = [:]
  /// The files that begin with the path in the field, when Tab found several.
  var fileNames: [String] = []
  var message: Message?

  init(_ settings: Settings) {
    focus = settings.focus
    upper = settings.upper
    lower = settings.lower
  }

  /// Forgets what belongs to the model or to its tree; panes, focus and watches stay.
  mutating func forgetModel() {
    slicedNodes = nil
    selectedLabel = nil
    needs = PaneNeeds()
    followedSource = nil
    dialog = nil
  }
}
