package import StateSpace

/// The members of a model that replaying uses. Each means the same as in `Explorer`.
package protocol ReplayableModel {
  var variables: [String] { get }
  var invariants: [String] { get }
  var constants: [(name: String, value: PlainValue)] { get }
  func initialStates() throws -> [State]
  func values(of state: State) -> [PlainValue]
  func state(of values: [PlainValue]) throws -> State
  func actions(in state: State) -> [ActionStatus]
  func successors(of state: State) throws -> [Successor]
  func status(ofInvariant index: Int, in state: State) -> InvariantStatus
  func judgement(on states: [State], loop: Int?) throws -> BehaviorJudgement
}

extension ReplayableModel {
  package func judgement(on states: [State], loop: Int?) throws -> BehaviorJudgement { .satisfies }
}

extension Explorer: ReplayableModel {}

/// Replays traces against a specification.
package struct TraceReplayer {
  private let model: any ReplayableModel

  package init(explorer: Explorer) { self.init(model: explorer) }

  package init(model: any ReplayableModel) { self.model = model }

  /// Takes the trace's steps one by one from an initial state, and says where the specification does not follow. Strings and model values
  /// are read as the specification has them. A stuttering step is always allowed. A what-if change is allowed and noted, and the replay
  /// continues from the state that it made.
  package func replay(_ trace: Trace, matching: ReplayMatching = .values) -> ReplayReport {
    var run = ReplayRun(model: model, trace: trace, matching: matching)
    return run.report()
  }

  /// The steps that a replay allowed, as the specification has them: with every state that the trace left out, the type of every value, and
  /// the names and arguments of the actions.
  package func trace(of report: ReplayReport, replaying original: Trace) -> Trace {
    let steps = zip(report.states, report.labels).map { TraceStep(label: $1, values: model.values(of: $0)) }
    var metadata = original.metadata
    metadata.notes += report.notes
    return Trace(
      variables: model.variables, steps: steps,
      loop: report.loop.flatMap { steps.indices.contains($0) ? $0 : nil }, closing: report.closing,
      metadata: metadata)
  }
}

/// One replay.
///
/// If the trace does not give the whole state, several states may fit. All are followed, up to a number that no real trace comes near. Each
/// layer holds the states for one step, with their parents.
struct ReplayRun {
  struct Node {
    let state: State
    let label: ActionLabel?
    /// The position of the parent in the previous layer; 0 in the first.
    let parent: Int
  }

  /// The position of a node.
  struct Place: Hashable {
    let layer: Int
    let position: Int
  }

  /// A step that cannot be taken.
  struct Refusal {
    /// Nil if the whole trace is refused, not a step.
    let step: Int?
    let message: String
    var disabledBecause: Explanation?
    var nearest: ReplayReport.Nearest?
  }

  private static let widestLayer = 1_000
  /// The limits for searching states that are left out: the number of states, and the number of steps if it is not given.
  static let mostStatesInOmission = 100_000
  static let mostStepsInOmission = 24
  private static let mostRenamedSteps = 10

  let model: any ReplayableModel
  /// The trace, with empty steps inserted where states were left out and a path was found.
  var trace: Trace
  private let matching: ReplayMatching
  let byAction: Bool
  /// The positions of the common variables: in the specification's state, and in the trace's.
  private let common: [(specified: Int, traced: Int)]
  /// The trace's values in the order of `common`, in a form whose `==` is TLA+'s equality.
  var wanted: [[PlainValue]]
  var layers: [[Node]] = []
  var notes: [String] = []
  /// Other parents than `parent` that led to a node of an untyped trace.
  var otherParents: [Place: Set<Int>] = [:]
  private var renamedSteps = 0
  /// The action with which the specification closes a lasso.
  private var closing: ActionLabel?

  init(model: any ReplayableModel, trace: Trace, matching: ReplayMatching) {
    self.model = model
    let initial = (try? model.initialStates()) ?? []
    let sample = model.constants.map(\.value) + initial.prefix(8).flatMap { model.values(of: $0) }
    let trace = ReplayRun.typed(trace, against: sample)
    self.trace = trace
    self.matching = matching
    let variables = model.variables
    let common = variables.enumerated().compactMap { position, name in
      trace.variables.firstIndex(of: name).map { (specified: position, traced: $0) }
    }
    self.common = common
    wanted = trace.steps.map { step in
      common.map { step.values.indices.contains($0.traced) ? step.values[$0.traced].canonical : .tuple([]) }
    }
    let lacking = variables.filter { !trace.variables.contains($0) }
    byAction = matching == .actions || !lacking.isEmpty
    // The trace belongs to something else, so there is nothing more to say.
    if common.isEmpty, matching == .values { return }
    let unknown = trace.variables.filter { !variables.contains($0) }
    if !unknown.isEmpty {
      notes.append("ignored, since the model has no such variables: \(unknown.joined(separator: ", "))")
    }
    if !lacking.isEmpty {
      let means = trace.steps.contains { $0.label != nil } ? "action" : "the other variables"
      notes.append("matched by \(means), since the trace does not tell \(lacking.joined(separator: ", "))")
    }
  }

  mutating func report() -> ReplayReport {
    var refusal: Refusal?
    do {
      refusal = try start()
      while refusal == nil, layers.count < trace.steps.count { refusal = try advance() }
      if refusal == nil { refusal = try close() }
    } catch let failure as EvaluationFailure {
      refusal = Refusal(step: layers.count, message: "the steps could not be evaluated: \(failure.message)")
    } catch {
      refusal = Refusal(step: layers.count, message: "the steps could not be evaluated")
    }
    return report(refusal)
  }

  // MARK: Steps

  private mutating func start() throws -> Refusal? {
    guard !trace.steps.isEmpty else { return Refusal(step: nil, message: "the trace has no states") }
    if common.isEmpty, matching == .values || trace.steps.allSatisfy({ $0.label == nil }) {
      let (traced, own) = (list(trace.variables), list(model.variables))
      return Refusal(
        step: nil,
        message: "the trace shares no variable with the model: it has \(traced), and the model has \(own)")
    }
    let initial = try model.initialStates()
    if trace.omissions[0] != nil {
      openBeginning()
      layers.append(initial.prefix(ReplayRun.widestLayer).map { Node(state: $0, label: nil, parent: 0) })
      return nil
    }
    let fitting = initial.filter { differences($0, 0).isEmpty }
    if !fitting.isEmpty {
      layers.append(fitting.prefix(ReplayRun.widestLayer).map { Node(state: $0, label: nil, parent: 0) })
      return nil
    }
    guard let closest = nearest(initial.map { (nil, $0) }, step: 0) else {
      return Refusal(step: 0, message: "the model has no initial state")
    }
    if byAction {
      let best = closest.differences.count
      let chosen = initial.filter { differences($0, 0).count == best }
      notes.append("the initial state differs: \(words(closest.differences))")
      layers.append(chosen.prefix(ReplayRun.widestLayer).map { Node(state: $0, label: nil, parent: 0) })
      return nil
    }
    return Refusal(
      step: 0,
      message: "the first state is no initial state: the nearest differs in \(words(closest.differences))",
      nearest: closest)
  }

  private mutating func advance() throws -> Refusal? {
    if let omission = trace.omissions.removeValue(forKey: layers.count),
      let refusal = try bridge(omission)
    {
      return refusal
    }
    let step = layers.count
    if let change = trace.whatIfChanges[step] { return try takeOver(change, at: step) }
    let layer = layers[layers.count - 1]
    let label = trace.steps[step].label
    var next: [Node] = []
    var positions: [State: Int] = [:]
    for (parent, node) in layer.enumerated() {
      for successor in ordered(try successors(of: node.state), label) {
        let fits =
          if byAction, let label {
            names(label, successor.label)
          } else {
            fits(successor.state, step)
          }
        guard fits, next.count < ReplayRun.widestLayer else { continue }
        if let position = positions[successor.state] {
          if trace.isUntyped {
            otherParents[Place(layer: step, position: position), default: []].insert(parent)
          }
        } else {
          positions[successor.state] = next.count
          next.append(Node(state: successor.state, label: successor.label, parent: parent))
        }
      }
    }
    if byAction, label != nil {
      // If the action has several outcomes, prefer the one in the trace.
      let exact = next.filter { fits($0.state, step) }
      if !exact.isEmpty { next = exact }
    }
    let mayStutter = next.isEmpty && wanted[step] == wanted[step - 1] && !(byAction && label != nil)
    if mayStutter {
      for (parent, node) in layer.enumerated() where differences(node.state, step).isEmpty {
        next.append(Node(state: node.state, label: nil, parent: parent))
      }
    }
    guard let first = next.first else { return try refusal(at: step, from: layer) }
    if let label, !names(label, first.label) {
      renamedSteps += 1
      let what = first.label.map { "taken by \($0)" } ?? "changes nothing"
      if renamedSteps <= ReplayRun.mostRenamedSteps {
        notes.append("step \(step) is named \(label) in the trace and \(what)")
      }
    }
    layers.append(next)
    return nil
  }

  /// The steps from a state. If one action has no value there, the steps of the others, because the trace may continue with one of them.
  private func successors(of state: State) throws -> [Successor] {
    do { return try model.successors(of: state) } catch let failure as EvaluationFailure {
      let others = model.actions(in: state).flatMap { status in
        status.successors.map { Successor(label: status.label, state: $0) }
      }
      if others.isEmpty { throw failure }
      return others
    }
  }

  /// Continues from a state that was made by hand.
  private mutating func takeOver(_ change: String, at step: Int) throws -> Refusal? {
    guard trace.variables == model.variables else {
      return Refusal(
        step: step,
        message: "the what-if change (\(change)) can be taken over only with the model's own variables")
    }
    layers.append([Node(state: try model.state(of: trace.steps[step].values), label: nil, parent: 0)])
    notes.append("step \(step) is a what-if change, no step of the specification: \(change)")
    return nil
  }

  /// The names of variables; only the first ones if there are many.
  private func list(_ names: [String]) -> String {
    names.prefix(6).joined(separator: ", ") + (names.count > 6 ? ", …" : "")
  }

  /// Checks that the last state of a lasso leads back to the loop's first state.
  private mutating func close() throws -> Refusal? {
    guard let loop = trace.loop, trace.steps.indices.contains(loop), loop < trace.steps.count - 1, !byAction,
      let layer = layers.last
    else { return nil }
    var others: [(ActionLabel?, State)] = []
    for node in layer {
      let successors = ordered(try successors(of: node.state), trace.closing)
      if let back = successors.first(where: { differences($0.state, loop).isEmpty }) {
        closing = back.label
        if let traced = trace.closing, !names(traced, back.label) {
          notes.append(
            "the step back to state \(loop) is named \(traced) in the trace and taken by \(back.label)")
        }
        return nil
      }
      if differences(node.state, loop).isEmpty { return nil }
      others += successors.map { ($0.label, $0.state) }
    }
    let nearest = nearest(others, step: loop)
    let what = trace.closing.map { "\($0) does not lead" } ?? "no step leads"
    var message = "the loop does not close: \(what) from the last state back to state \(loop)"
    if let nearest, !nearest.differences.isEmpty {
      message +=
        "; the nearest step is \(nearest.label?.description ?? "one"), which differs in "
        + words(nearest.differences)
    }
    return Refusal(step: trace.steps.count - 1, message: message, nearest: nearest)
  }

  /// The successors with the wanted label first, so that a state that two actions reach gets the trace's label.
  private func ordered(_ successors: [Successor], _ label: ActionLabel?) -> [Successor] {
    guard let label else { return successors }
    return successors.filter { names(label, $0.label) } + successors.filter { !names(label, $0.label) }
  }

  /// Whether the trace's label means the specification's. TLC leaves out arguments; then any arguments match.
  private func names(_ traced: ActionLabel, _ specified: ActionLabel?) -> Bool {
    guard let specified else { return false }
    return traced == specified || (traced.arguments.isEmpty && traced.name == specified.name)
  }

  // MARK: Explanations

  private func refusal(at step: Int, from layer: [Node]) throws -> Refusal {
    guard let node = layer.first else { return Refusal(step: step, message: "no state leads here") }
    let successors = try model.successors(of: node.state)
    let closest = nearest(successors.map { ($0.label, $0.state) }, step: step)
    let nearestWords = closest.map { nearest in
      let name = nearest.label?.description ?? "a step"
      return nearest.differences.isEmpty
        ? "\(name) leads to the trace's state"
        : "the nearest step is \(name), which differs in \(words(nearest.differences))"
    }
    guard let label = trace.steps[step].label else {
      return Refusal(
        step: step, message: "no action leads to this state; \(nearestWords ?? "none is enabled")",
        nearest: closest)
    }
    let statuses = model.actions(in: node.state).filter { names(label, $0.label) }
    if let taken = successors.filter({ names(label, $0.label) }).map({ ($0.label, $0.state) }).first {
      let own = nearest(successors.filter { names(label, $0.label) }.map { ($0.label, $0.state) }, step: step)
      let differing = own?.differences ?? differences(taken.1, step)
      return Refusal(
        step: step, message: "\(label) leads to another state: it differs in \(words(differing))",
        nearest: closest)
    }
    var message: String
    let because = statuses.compactMap(\.disabledBecause).first
    if let failure = statuses.compactMap(\.failure).first {
      message = "\(label) could not be evaluated: \(failure.message)"
    } else if let because {
      message = "\(label) is not enabled: \(because.text)"
    } else if model.actions(in: node.state).contains(where: { $0.label.name == label.name })
      || !statuses.isEmpty
    {
      message = "\(label) is not enabled"
    } else {
      message = "the model has no action \(label) here"
    }
    if let nearestWords { message += "; \(nearestWords)" }
    return Refusal(step: step, message: message, disabledBecause: because, nearest: closest)
  }

  private func differences(_ state: State, _ step: Int) -> [ReplayReport.VariableDifference] {
    let values = model.values(of: state)
    return zip(common, wanted[step]).compactMap { place, traced in
      let specified = values[place.specified]
      // Most values come in the specification's own order. Only the others must be put in a common order.
      if specified == traced { return nil }
      let typed = trace.isUntyped ? traced.typed(like: specified) : traced
      if specified.canonical == typed.canonical { return nil }
      let shown = trace.steps[step].values.dropFirst(place.traced).first ?? traced
      return ReplayReport.VariableDifference(
        variable: model.variables[place.specified], specified: specified,
        traced: trace.isUntyped ? typed : shown)
    }
  }

  /// Whether a state fits the trace's state at that step.
  func fits(_ state: State, _ step: Int) -> Bool {
    guard wanted[step].count == common.count else { return true }
    let values = model.values(of: state)
    return zip(common, wanted[step]).allSatisfy { place, traced in
      let specified = values[place.specified]
      if specified == traced { return true }
      return specified.canonical == (trace.isUntyped ? traced.typed(like: specified) : traced).canonical
    }
  }

  private func nearest(_ steps: [(ActionLabel?, State)], step: Int) -> ReplayReport.Nearest? {
    var best: ReplayReport.Nearest?
    for (label, state) in steps {
      let found = differences(state, step)
      if found.count < best?.differences.count ?? .max {
        best = ReplayReport.Nearest(label: label, differences: found)
      }
    }
    return best
  }

  private func words(_ differences: [ReplayReport.VariableDifference]) -> String {
    let shown = differences.prefix(3).map(\.words)
    return (shown + (differences.count > 3 ? ["\(differences.count - 3) more"] : [])).joined(separator: ", ")
  }

  // MARK: The report

  private func report(_ refusal: Refusal?) -> ReplayReport {
    let path = path()
    var notes = notes
    let unsaid = renamedSteps - ReplayRun.mostRenamedSteps
    if let difference = firstDifference(path) { notes.append(difference) }
    if let guess = guess() { notes.append(guess) }
    if unsaid > 0 { notes.append("\(unsaid) more steps have another name in the trace") }
    for (step, node) in path.enumerated() {
      guard let violation = violation(in: node.state) else { continue }
      if let refusal { notes.append(refusal.text) }
      return ReplayReport(
        outcome: .violation, step: step, action: step == 0 ? nil : name(ofStep: step, taken: node.label),
        violated: violation.name, message: violation.message, disabledBecause: nil, nearest: nil,
        states: path.map(\.state), labels: path.map(\.label), notes: notes, loop: trace.loop,
        closing: refusal == nil ? closing : nil)
    }
    if refusal == nil, trace.whatIfChanges.isEmpty, let report = judged(path, &notes) { return report }
    let count = max(0, path.count - 1 - trace.whatIfChanges.keys.count { $0 < path.count })
    return ReplayReport(
      outcome: refusal == nil ? .valid : .illegal, step: refusal?.step,
      action: refusal?.step.flatMap { trace.steps.indices.contains($0) ? trace.steps[$0].label : nil },
      violated: nil,
      message: refusal?.message ?? "\(count == 1 ? "1 step is" : "\(count) steps are") allowed",
      disabledBecause: refusal?.disabledBecause, nearest: refusal?.nearest, states: path.map(\.state),
      labels: path.map(\.label), notes: notes, loop: trace.loop, closing: refusal == nil ? closing : nil)
  }

  /// Whether the path can go on from its last state with a state before. If it was matched by actions, it may have come elsewhere.
  private func closes(_ path: [Node], at start: Int) -> Bool {
    guard path.indices.contains(start), let last = path.last else { return false }
    return start == path.count - 1
      || (try? model.successors(of: last.state))?.contains { $0.state == path[start].state } ?? false
  }

  /// The report on a whole behavior that violates a property; nil if it violates none.
  private func judged(_ path: [Node], _ notes: inout [String]) -> ReplayReport? {
    let loop = trace.loop.flatMap { closes(path, at: $0) ? $0 : nil }
    let judgement: BehaviorJudgement
    do { judgement = try model.judgement(on: path.map(\.state), loop: loop) } catch {
      notes.append(
        "a property could not be evaluated: \((error as? EvaluationFailure)?.message ?? "\(error)")")
      return nil
    }
    switch judgement {
    case .satisfies: return nil
    case .unfair(let why):
      notes.append(
        "the specification does not allow this behavior to repeat for ever, so it says nothing about temporal properties"
      )
      notes += why
      return nil
    case .violates(let property, let position, let why, _):
      notes += position == nil ? why : []
      let step = position ?? path.count - 1
      let place =
        position == nil ? "by the whole behavior" : position == 0 ? "by the initial state" : "by this step"
      return ReplayReport(
        outcome: .violation, step: step,
        action: step == 0 ? nil : name(ofStep: step, taken: path[step].label),
        violated: property, isOfProperty: true, message: "the property \(property) is violated \(place)",
        disabledBecause: nil, nearest: nil, states: path.map(\.state), labels: path.map(\.label),
        notes: notes,
        loop: trace.loop, closing: closing)
    }
  }

  /// The trace's name of a step, with the arguments that the trace leaves out.
  private func name(ofStep step: Int, taken label: ActionLabel?) -> ActionLabel? {
    guard let traced = trace.steps[step].label else { return label }
    return names(traced, label) ? label : traced
  }

  /// The first step, for a trace that is matched by action, after which the state differs from the trace's.
  private func firstDifference(_ path: [Node]) -> String? {
    guard byAction, !common.isEmpty else { return nil }
    for (step, node) in path.enumerated().dropFirst() where !fits(node.state, step) {
      let name = name(ofStep: step, taken: node.label).map { ", \($0)," } ?? ""
      return "the model leaves the trace at step \(step)\(name) where it differs in "
        + words(differences(node.state, step))
    }
    return nil
  }

  /// The path to the first state of the last layer.
  private func path() -> [Node] {
    var result: [Node] = []
    var position = 0
    for layer in layers.reversed() {
      result.append(layer[position])
      position = layer[position].parent
    }
    return result.reversed()
  }

  private func violation(in state: State) -> (name: String, message: String)? {
    for (index, name) in model.invariants.enumerated() {
      switch model.status(ofInvariant: index, in: state) {
      case .holds: continue
      case .fails(let explanation): return (name, "\(name) is violated: \(explanation.text)")
      case .failed(let failure): return (name, "\(name) could not be evaluated: \(failure.message)")
      }
    }
    return nil
  }
}

extension ReplayRun.Refusal {
  /// The refusal as a remark.
  fileprivate var text: String { step.map { "step \($0) is not allowed: \(message)" } ?? message }
}

extension Explanation {
  /// The false part with its values and witnesses, on one line: `next_val < MaxValues (5 < 5), n = n1`.
  package var text: String {
    var text = expression
    if let values, values != expression { text += " (\(values))" }
    for witness in witnesses { text += ", \(witness.name) = \(witness.value)" }
    return text
  }
}
