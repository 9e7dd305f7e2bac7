import StateSpace
import Traces

/// Another model on which the session's branch is replayed, by its actions. It stands beside the session's own model.
struct Beside {
  /// The first step after which the two models are not in the same state.
  struct Parting: Hashable {
    /// The number of the step.
    let step: Int
    /// A sentence without a full stop.
    let reason: String
  }

  /// A node of the session's branch, as it was replayed.
  private struct Place: Hashable {
    let node: Int
    let state: State
  }

  /// The session of the other model.
  private(set) var other: Session
  /// The constants that the user gave it: `MaxValues=3`.
  let constants: [String]
  /// By how many rows its pane is scrolled from where it shows the step.
  private var scrolled = 0
  private var replay: TreeReplay
  /// The model of the branch that was replayed.
  private var model: SessionModel
  private var branch: [Place] = []
  /// Where the values of common variables first differ.
  private(set) var difference: Parting?
  /// The first step that the other model does not allow.
  private(set) var refusal: Parting?

  init(_ other: SessionModel, constants: [String] = [], beside session: Session) {
    self.constants = constants
    var options = Session.Options()
    options.settings = session.options.settings
    self.other = Session(other, options: options)
    model = session.model
    replay = TreeReplay(session.emptyRecord, on: other)
  }

  var name: String { other.model.name }
  /// The name with the constants that the user gave: `syn/part6 MaxValues=3`.
  var title: String { ([name] + constants).joined(separator: " ") }

  /// The step at which the models part: the first that the other one does not allow, else the first after which values differ. Nil if
  /// there is none.
  var parting: Parting? { refusal ?? difference }

  /// Replays the branch as far as it has changed, and goes to the state of the session's step, or to the last one before it.
  mutating func follow(_ session: Session) {
    if session.model !== model {
      model = session.model
      replay = TreeReplay(session.emptyRecord, on: other.model)
      branch = []
    }
    let path = session.tree.branchPath(through: session.cursor)
    let places = path.map { Place(node: $0, state: session.tree[$0].state) }
    let known = zip(branch, places).prefix { $0 == $1 }.count
    if known < max(places.count, branch.count) {
      let fresh = path.enumerated().dropFirst(known).map { position, node in
        RecordedTree.Node(
          parent: position == 0 ? nil : position - 1, label: session.tree[node].label,
          values: session.model.values(of: session.tree[node].state), branch: "main",
          whatIf: session.tree[node].whatIf)
      }
      replay.follow(fresh, from: known, in: &other.tree)
      branch = places
      findPartings(from: known)
    }
    let reached = replay.nodes.compactMap { $0 }
    guard let end = reached.last else { return }
    other.tree.prefer(end)
    let place = reached[min(session.step, reached.count - 1)]
    if place != other.cursor { scrolled = 0 }
    other.cursor = place
    other.settle()
  }

  private mutating func findPartings(from known: Int) {
    let reached = replay.nodes.prefix { $0 != nil }.count
    refusal =
      reached < branch.count
      ? Parting(step: reached, reason: replay.refusal(at: reached, in: other.tree)) : nil
    if let difference, difference.step < known { return }
    // A variable that differs in the initial state has another form in the other model.
    let alike = replay.variablesAlike(at: 0, in: other.tree)
    difference = nil
    for step in 0..<reached where difference == nil {
      difference = replay.difference(at: step, of: alike, in: other.tree).map {
        Parting(step: step, reason: $0)
      }
    }
  }

  /// The remark on the other model at a step of the session.
  func words(at step: Int) -> StyledLine {
    if let parting, parting.step <= step {
      return StyledLine("≠ They part at step \(parting.step): ", Style(.wrong, bold: true))
        + StyledLine(parting.reason)
    }
    let end = parting.map { " They part at step \($0.step)." } ?? ""
    if let difference, difference.step <= step {
      return StyledLine("= The same actions.", Style(.good)) + StyledLine("\(end) \(difference.reason)")
    }
    return StyledLine(
      parting == nil ? "= The whole branch is the same." : "= The same up to here.", Style(.good))
      + StyledLine(end)
  }

  /// The other model's pane as it is drawn beside the session's own: on a screen of this size, which it fills.
  func inset(_ pane: Pane, _ size: Size, at step: Int) -> Session {
    var session = other
    session.screen.inset = words(at: step)
    session.screen.message = nil
    session.screen.show(pane)
    session.screen.paneSize = .full
    session.screen.size = size
    session.screen.needs = PaneNeeds()
    session.settle()
    session.scroll(pane, by: scrolled)
    return session
  }

  /// Scrolls the pane until the next step.
  mutating func scroll(_ pane: Pane, _ size: Size, at step: Int, by offset: Int) {
    var shown = inset(pane, size, at: step)
    let former = shown.position(pane).top
    shown.scroll(pane, by: offset)
    scrolled += shown.position(pane).top - former
  }
}
