/// What is open above the panes and takes the keys.
enum Dialog: Hashable, Sendable {
  case help(top: Int)
  /// A question that is answered by a line.
  case prompt(Prompt, TextField)
  case commandLine(TextField, selected: Int)
  /// A list of which one is chosen.
  case linkChooser(selected: Int)
  case quitConfirmation
  /// The sessions that were left behind, to restore or delete one.
  case leftSessions(selected: Int)
  /// The line in which expressions are evaluated; how many places back in the history it was taken from, 0 for none.
  case evaluation(TextField, recalled: Int)
  case listing(Listing)
  /// What is to be asked about a trace before it is replayed.
  case opening(TraceOpening)
  /// All branches, to jump to, rename, compare and delete.
  case branches(BranchesDialog)
  /// Two branches side by side.
  case comparison(ComparisonDialog)
  /// Whether a link that no action cuts (or heals) is to be changed all the same.
  case whatIfLink(PathFacts.Pair, cutting: Bool)
  /// A text that is longer than a line.
  case note(title: String, text: String)

  enum Prompt: Hashable, Sendable {
    case goto
    case savePath
    case openPath
    case find
    case branchName(Int)
    /// A text to find in the focused pane, or in the help.
    case text(inHelp: Bool)

    /// Whose lines it recalls.
    var history: LineHistory.Kind {
      switch self {
      case .goto: .step
      case .savePath, .openPath: .path
      case .find: .find
      case .branchName: .name
      case .text: .text
      }
    }

    var question: String {
      switch self {
      case .goto: "Go to step"
      case .savePath: "Save the trace as"
      case .openPath: "Open the trace"
      case .find: "Find a state where"
      case .branchName: "Name of the branch"
      case .text(let inHelp): inHelp ? "Find in the help" : "Find in this pane"
      }
    }
  }
}
