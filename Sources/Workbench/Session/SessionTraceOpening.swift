import Traces

extension Session {
  mutating func run(_ command: Command.ID?, _ key: Key, in opening: TraceOpening) {
    var opening = opening
    switch command {
    case .up: opening.selected = max(0, opening.selected - 1)
    case .down: opening.selected = min(opening.choices.count - 1, opening.selected + 1)
    case .activate: return choose(opening.selected, in: opening)
    case .takeNumbered: return key.digit.map { choose($0 - 1, in: opening) } ?? ()
    default: return
    }
    screen.dialog = .opening(opening)
  }

  private mutating func choose(_ index: Int, in opening: TraceOpening) {
    guard opening.choices.indices.contains(index) else { return }
    screen.dialog = nil
    let choice = opening.choices[index]
    if let trace = choice.trace { replay(trace, name: opening.name, matching: choice.matching) }
  }
}
