import Traces

extension Session {
  mutating func press(_ key: Key, in opening: TraceOpening) {
    var opening = opening
    switch key {
    case .up, .character("k"): opening.selected = max(0, opening.selected - 1)
    case .down, .character("j"): opening.selected = min(opening.choices.count - 1, opening.selected + 1)
    case .enter: return choose(opening.selected, in: opening)
    case .character(let digit):
      guard let number = digit.wholeNumberValue else { return }
      return choose(number - 1, in: opening)
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
