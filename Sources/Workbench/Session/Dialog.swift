import Traces

/// An open element over the panes. It takes the keys.
enum Dialog: Hashable, Sendable {
  case help(top: Int)
  /// A question that the user answers with a line.
  case prompt(Prompt, TextField)
  case commandLine(TextField, selected: Int)
  /// A list from which the user chooses a link.
  case linkChooser(selected: Int)
  case quitConfirmation
  /// The sessions that were left behind, to restore or delete one.
  case leftSessions(selected: Int)
  /// A question: delete the selected one of them?
  case leftDeletion(selected: Int)
  /// The line in which expressions are evaluated; how many places back in the history it was taken from, 0 for none.
  case evaluation(TextField, recalled: Int)
  case listing(Listing)
  /// A question about a trace before it is replayed.
  case opening(TraceOpening)
  /// The list of branches, to go to one, or to rename, compare or delete it.
  case branches(BranchesDialog)
  /// Two branches side by side.
  case comparison(ComparisonDialog)
  /// A question: change a link that no action cuts (or heals)?
  case whatIfLink(NodePair, cutting: Bool)
  /// A text that is longer than one line.
  case note(title: String, text: String)

  /// The kind of box; nil for a line that the user types.
  var box: BoxKind? {
    switch self {
    case .help: .help
    case .prompt, .commandLine, .evaluation: nil
    case .linkChooser: .links
    case .quitConfirmation: .quit
    case .leftSessions: .leftSessions
    case .leftDeletion: .deletion
    case .listing: .listing
    case .opening: .opening
    case .branches: .branches
    case .comparison: .comparison
    case .whatIfLink: .whatIf
    case .note: .note
    }
  }

  enum Prompt: Hashable, Sendable {
    case goto
    case savePath
    case openPath
    case find
    case branchName(Int)
    /// A text to find in the focused pane, or in the help.
    case text(inHelp: Bool)

    /// The history that the prompt recalls lines from.
    var history: LineHistory.Kind {
      switch self {
      case .goto: .step
      case .savePath, .openPath: .path
      case .find: .find
      case .branchName: .name
      case .text: .text
      }
    }

    /// The command that asks.
    var command: Command.ID {
      switch self {
      case .goto: .goto
      case .savePath: .saveTrace
      case .openPath: .openTrace
      case .find: .find
      case .branchName: .renameBranch
      case .text: .findText
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
