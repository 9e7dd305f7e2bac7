import StateSpace
import Traces

/// The log that is open: how the model judged it, and where its behavior is in the tree.
struct OpenLog {
  /// A state of the behavior in the tree.
  fileprivate struct Place: Hashable {
    let node: Int
    let state: State
  }

  let judged: JudgedLog
  private var places: [Place] = []
  /// The states in which the model can be where the log departs.
  private var frontier: [Place] = []

  init(_ judged: JudgedLog) { self.judged = judged }

  var path: String { judged.path }
  /// The name without folders.
  var name: String { path.split(separator: "/").last.map(String.init) ?? path }

  /// Remembers where the behavior is.
  mutating func attach(_ nodes: [Int], frontier ends: [Int], in tree: TraceTree) {
    places = nodes.map { Place(node: $0, state: tree[$0].state) }
    frontier = ends.map { Place(node: $0, state: tree[$0].state) }
  }

  /// Forgets the places: the tree is another one.
  mutating func detach() { (places, frontier) = ([], []) }

  var isAttached: Bool { !places.isEmpty }

  /// The node of a state of the behavior; nil if it is not in the tree any more.
  func node(ofStep step: Int, in tree: TraceTree) -> Int? {
    places.indices.contains(step) ? places[step].kept(in: tree) : nil
  }

  /// The step of the behavior at a node; nil for a node beside it.
  func step(ofNode node: Int, in tree: TraceTree) -> Int? {
    let depth = tree[node].depth
    return self.node(ofStep: depth, in: tree) == node ? depth : nil
  }

  /// The last step of the behavior on the way to a node; nil if the way has another beginning.
  func lastStep(onWayTo node: Int, in tree: TraceTree) -> Int? {
    var current: Int? = node
    while let node = current {
      if let step = step(ofNode: node, in: tree) { return step }
      current = tree[node].parent
    }
    return nil
  }

  /// The position of a node among the states where the log departs; nil for any other node.
  func frontier(ofNode node: Int, in tree: TraceTree) -> Int? {
    frontier.firstIndex { $0.kept(in: tree) == node }
  }

  /// The nodes of the states where the log departs.
  func frontierNodes(in tree: TraceTree) -> [Int] { frontier.compactMap { $0.kept(in: tree) } }
}

extension OpenLog.Place {
  /// The node, if the tree still has it.
  fileprivate func kept(in tree: TraceTree) -> Int? {
    node < tree.nodes.count && !tree[node].isDeleted && tree[node].state == state ? node : nil
  }
}

/// The judging of a log in the background.
struct LogRun {
  /// What happens to the current state when the log is judged.
  enum Arrival: Hashable, Sendable {
    /// It becomes the one where the log departs, or where an invariant fails, or the end.
    case goes
    /// It stays, because the user was somewhere with this log before.
    case stays
  }

  /// The number of the last run. Reports of any other are ignored.
  var run = 0
  var isRunning = false
  var path = ""
  var arrival = Arrival.goes
  var progress = CheckProgress()
  /// A log to judge as soon as the session is back in its loop.
  var wanted: (path: String, arrival: Arrival)?
  /// A judged log that waits for the model with its constants.
  var waiting: JudgedLog?

  var isBusy: Bool { isRunning || wanted != nil || waiting != nil }
}
