import StateSpace

extension CausalChain {
  /// The chain as a sentence without a full stop.
  package func text(_ structure: ProtocolStructure) -> String {
    var words: [String] = []
    for (position, event) in events.enumerated() {
      switch event {
      // These words continue the previous ones, without a comma.
      case .untold where position > 0:
        words[words.count - 1] += self.words(event, at: position, structure)
      default: words.append(self.words(event, at: position, structure))
      }
    }
    return words.joined(separator: ", ")
  }

  private func words(_ event: Event, at position: Int, _ structure: ProtocolStructure) -> String {
    let variables = structure.variables
    switch event {
    case .gained(let place, let step, let label):
      if position > 0 {
        return "\(subject(place, variables, after: position)) \(name) since \(by(label, step))"
      }
      return place.isWhole
        ? "\(place.text(variables))\(valueWords): written by \(by(label, step))"
        : "\(name) in \(place.text(variables)): written by \(by(label, step))"
    case .lost(let place, let step, let label):
      return "\(name) in \(place.text(variables)): taken out by \(by(label, step))"
    case .replaced(let old, let step, let label):
      return "where \(by(label, step)) had replaced \(old)"
    case .carried(let message, let step, let sender, let label):
      let text = structure.words(of: message, leavingOut: sender.map { [$0] } ?? [])
      guard let step else { return "from \(text), which was there from the start" }
      let name = sender?.description ?? label?.description
      return "from \(text) sent\(name.map { " by \($0)" } ?? "") at \(step)"
    case .held(let place, let isInitial):
      let since = isInitial ? "from the start" : "for thousands of steps"
      if position > 0 { return "\(subject(place, variables, after: position)) \(name) \(since)" }
      return place.isWhole
        ? "\(place.text(variables))\(valueWords) \(since)" : "\(place.text(variables)) has \(name) \(since)"
    case .unchanged(let places, let values):
      let facts = zip(places, values).map { "\($0.text(variables)) = \($1)" }
      return "\(facts.joined(separator: " and ")) from the start"
    case .never(let place): return "\(place.text(variables)) never had \(name)"
    case .seen(let place, let value, let change):
      let since = change.flatMap { change in change.step.map { " since \(by(change.label, $0))" } }
      return "when \(place.text(variables)) was \(value)\(since ?? "")"
    case .lacking(let place, let set, let part): return "as \(place.text(variables)) = \(set) lacks \(part)"
    case .passedOn(let sender, let message, let step, let source):
      let text = structure.words(of: message, leavingOut: source.map { [$0] } ?? [])
      return "and \(sender) had it from \(text) sent\(source.map { " by \($0)" } ?? "") at \(step)"
    case .stale(let place, let step, let label):
      return "gone from \(place.text(variables)) since \(by(label, step))"
    case .untold(let receiver, let cut):
      let told = ", which told \(receiver) nothing of it"
      guard let cut else { return told }
      return told + (cut.step.map { ", cut off since \(by(cut.label, $0))" } ?? ", cut off from the start")
    case .told(let receiver, let message, let step, let fate):
      let text = "\(MessageText(message).words()) sent to \(receiver) at \(step)"
      switch fate {
      case .waits: return "\(text) waits to be read"
      case .lost(let step, let label): return "\(text) was lost by \(by(label, step))"
      case .read(let step, let label): return "\(text) was read by \(by(label, step))"
      }
    case .unread(let receiver, let message, let step):
      return "while \(MessageText(message).words()) sent at \(step) waited for \(receiver)"
    case .counted(let counter, let value, let entries):
      let shown = entries.suffix(6).map { "\($0.amount) by \(by($0.label, $0.step))" }
      return "\(counter.text(variables)) = \(value): " + (entries.count > 6 ? "…, " : "")
        + shown.joined(separator: ", ")
    case .countedAgain(let steps):
      let who = steps.map { by($0.label, $0.step) }
      let times = who.count == 2 ? "twice" : "\(who.count) times"
      return "\(name) is counted as gone \(times): by \(who.joined(separator: " and by "))"
    case .uncounted(let place, let step, let label):
      return "\(by(label, step)) took \(name) out of \(place.text(variables)) and no counter followed"
    }
  }

  /// The element in few words.
  private var name: String { element.brief }

  /// ` = 5`; empty for a long value.
  private var valueWords: String {
    let text = element.description
    return text.count > 60 ? "" : " = \(text)"
  }

  /// `AckSync(n1) at 9`
  private func by(_ label: ActionLabel?, _ step: Int) -> String {
    "\(label?.description ?? "a step") at \(step)"
  }

  /// `which holds` after the sender of a message; otherwise the name of the place.
  private func subject(_ place: ValuePlace, _ variables: [String], after position: Int) -> String {
    if position > 0, case .carried(_, _, let sender?, _) = events[position - 1], place.path.first == sender {
      return "which holds"
    }
    return "\(place.text(variables)) has"
  }
}
