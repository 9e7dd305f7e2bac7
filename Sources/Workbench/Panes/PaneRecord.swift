/// The description of a pane. For a new pane, add a case to `Pane`, a file with its record, and a line to `all`.
struct PaneRecord: Sendable {
  /// The place of a pane on a wide screen.
  enum Place: Sendable {
    /// At the top left. Nodes and Space–time take turns there.
    case top
    /// Below it. Trace, State and Source take turns there.
    case lower
    /// In the column at the right.
    case side
  }

  let title: String
  /// The title for narrow places.
  let shortTitle: String
  let place: Place
  /// The title with information on the current state; nil for the plain title.
  let heading: @Sendable (Session) -> StyledLine?
  /// The rows; nil for a pane without rows, which can only be scrolled.
  let list: @Sendable (Session) -> PaneList?
  /// Draws the pane; nil if the pane just shows its rows.
  let draw: (@Sendable (Session, inout Grid, Rectangle) -> Void)?
  /// The effect of Enter and a double click.
  let activate: @Sendable (inout Session) -> [Effect]
  /// The two most important commands in the pane, for the bottom line.
  let hints: @Sendable (Session) -> [Command.ID]
  /// The words in the bottom line for commands that mean something different here.
  let words: [Command.ID: String]

  init(
    title: String, shortTitle: String? = nil, place: Place,
    heading: @escaping @Sendable (Session) -> StyledLine? = { _ in nil },
    list: @escaping @Sendable (Session) -> PaneList? = { _ in nil },
    draw: (@Sendable (Session, inout Grid, Rectangle) -> Void)? = nil,
    activate: @escaping @Sendable (inout Session) -> [Effect] = { session in
      session.takeSelectedAction()
      return []
    },
    hints: @escaping @Sendable (Session) -> [Command.ID], words: [Command.ID: String] = [:]
  ) {
    self.title = title
    self.shortTitle = shortTitle ?? title
    self.place = place
    self.heading = heading
    self.list = list
    self.draw = draw
    self.activate = activate
    self.hints = hints
    self.words = words
  }

  private static let all: [Pane: PaneRecord] = [
    .nodes: .nodes, .spaceTime: .spaceTime, .actions: .actions, .trace: .trace, .log: .log,
    .state: .state,
    .source: .source,
    .properties: .properties, .checker: .checker,
  ]

  fileprivate static func record(of pane: Pane) -> PaneRecord {
    guard let record = all[pane] else { preconditionFailure("every pane has a record") }
    return record
  }
}

extension Pane {
  var record: PaneRecord { PaneRecord.record(of: self) }
  package var title: String { record.title }
}
