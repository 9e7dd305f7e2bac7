import StateSpace
import TLASemantics
import TLASyntax

// What the tour needs of a session.
extension Session {
  /// The current node, to come back to.
  package var place: Tour.Place { Tour.Place(model: model, node: cursor, state: state) }

  /// Goes to a node. Returns false if it is not there any more.
  mutating func goBack(to place: Tour.Place) -> Bool {
    guard place.model === model, tree.nodes.indices.contains(place.node), !tree[place.node].isDeleted,
      tree[place.node].state == place.state
    else { return false }
    settleMotion()
    screen.dialog = nil
    screen.message = nil
    go(to: place.node)
    return true
  }

  /// The labels of the steps since a place; nil if the place is not on the way to the current state.
  func labels(since place: Tour.Place) -> [ActionLabel?]? {
    let path = tree.path(to: cursor)
    guard place.model === model, let start = path.firstIndex(of: place.node) else { return nil }
    return path[(start + 1)...].map { tree[$0].label }
  }

  /// Whether a predicate holds in the current state, which must not come after a what-if change.
  func holds(_ predicate: String) -> Bool {
    guard !tree[cursor].isBehindWhatIf,
      case .value(.boolean(true)) = model.evaluateQuickly(predicate, in: state, before: nil)
    else { return false }
    return true
  }

  /// Adds a trace to the tree as a branch, and goes to its end. Returns false if the model cannot have its states.
  mutating func show(_ evidence: TourEvidence, named name: String) -> Bool {
    guard let states = try? evidence.trace.map({ try model.explorer.state(of: $0.values) }), !states.isEmpty
    else { return false }
    let start = evidence.beginsHere ? cursor : nil
    edit { tree in
      let added = tree.insert(
        states, labels: evidence.trace.map(\.label), from: start, name: name, origin: .search)
      let end = added[added.count - 1]
      if let loop = evidence.loop, added.indices.contains(loop) { tree.close(end, loopingTo: added[loop]) }
      return end
    }
    if !layout.places.contains(where: { Session.panesOfSteps.contains($0.pane) }) { focus(on: .trace) }
    return true
  }

  /// The panes that show the current step.
  private static let panesOfSteps: Set<Pane> = [.nodes, .spaceTime, .trace]

  /// The definition of the module that an expression only names, perhaps negated; nil if it says more.
  func bareDefinition(in text: String) -> String? {
    guard let term = try? specification.resolve(text) else { return nil }
    var names: Set<String> = []
    return term.addNames(to: &names) && names.count == 1 ? names.first : nil
  }

  /// Focuses and selects what a scene names. If something is wrong with that, it becomes the message.
  package mutating func show(_ scene: Scene) {
    clearForTour()
    if let shown = scene.shown { focus(on: shown) }
    if let pane = scene.focus { focus(on: pane) }
    if let text = scene.selection?.text { find(text: text, inHelp: false) }
  }

  /// Forgets what the commands of a scene have said and opened, and which were used.
  mutating func clearForTour() {
    screen.dialog = nil
    screen.message = nil
    usedCommands = []
  }

  /// Hides what actions would do, or shows it.
  mutating func hideEffects(_ isHidden: Bool) { screen.hidesEffects = isHidden }

  /// The effects that end all work in the background.
  var stopsEverything: [Effect] { runs.stopping }

  /// Whether keys that have no meaning in the workbench may have one elsewhere.
  package var leavesKeys: Bool { screen.dialog == nil && !runs.motion.isMoving }
}

extension Specification {
  /// Whether its modules have the same texts as another one's; true if there is none.
  func hasTexts(of other: Specification?) -> Bool {
    other.map { $0.files.map(\.bytes) == files.map(\.bytes) } ?? true
  }
}

extension Term {
  /// Adds the definitions that a term names. Returns false if the term has other parts than names, truth values and logical operators.
  fileprivate func addNames(to names: inout Set<String>) -> Bool {
    switch kind {
    case .boolean: return true
    case .apply(let definition, let arguments):
      names.insert(definition.name.text)
      return arguments.isEmpty
    case .builtin(let builtin, let parts):
      let isLogical = [Builtin.not, .implies, .equivalent, .equals, .notEquals].contains(builtin)
      return isLogical && parts.allSatisfy { $0.addNames(to: &names) }
    case .junction(_, let parts): return parts.allSatisfy { $0.addNames(to: &names) }
    case .conditional(let condition, let first, let second):
      return [condition, first, second].allSatisfy { $0.addNames(to: &names) }
    default: return false
    }
  }
}
