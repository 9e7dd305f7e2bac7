/// What the workbench knows of a pane. A new pane is a case of `Pane`, a file with its record, and a line in `all`.
struct PaneRecord: Sendable {
  /// Where a pane stands on a wide screen.
  enum Place: Sendable {
    /// At the top left, where Nodes and Space–time take turns.
    case top
    /// Below it, where Trace, State and Source take turns.
    case lower
    /// In the column at the right.
    case side
  }

  let title: String
  /// The title where there is little room.
  let shortTitle: String
  let place: Place
  /// The title with what is current; nil for the title alone.
  let heading: @Sendable (Session) -> StyledLine?
  /// The rows; nil for a pane that has none and is only scrolled.
  let list: @Sendable (Session) -> PaneList?
  /// Draws the pane; nil for one whose rows are its lines.
  let draw: (@Sendable (Session, inout Grid, Rectangle) -> Void)?
  /// What Enter and a double click do.
  let activate: @Sendable (inout Session) -> [Effect]
  /// The two commands that matter most in it, for the bottom line.
  let hints: @Sendable (Session) -> [Command.ID]
  /// The words of commands in the bottom line that mean something else here.
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
    .nodes: .nodes, .spaceTime: .spaceTime, .actions: .actions, .trace: .trace, .state: .state,
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
