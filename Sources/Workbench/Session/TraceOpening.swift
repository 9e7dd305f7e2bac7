import Traces

/// A question that a trace from a file leaves open: which of several it is, or how its steps are found in the model.
struct TraceOpening: Hashable, Sendable {
  /// An answer: what is replayed, and how; nothing when it is to be left.
  struct Choice: Hashable, Sendable {
    let words: String
    let trace: Trace?
    let matching: ReplayMatching
  }

  let title: String
  /// The file without its folders.
  let name: String
  let choices: [Choice]
  var selected = 0

  var lines: [StyledLine] {
    choices.enumerated().map { StyledLine("\($0.offset + 1)  \($0.element.words)") }
  }

  /// Which of a file's traces is meant.
  init(whichOf document: TraceDocument, name: String) {
    title = "\(name) holds \(document.traces.count) traces: which one?"
    self.name = name
    choices = zip(document.listing, document.traces).map {
      Choice(words: $0, trace: $1, matching: .values)
    }
  }

  /// Whether a trace whose values do not fit the model is replayed by its actions.
  init(howToReplay trace: Trace, name: String, because reason: String) {
    title = "\(name) does not fit this model by its values"
    self.name = name
    choices = [
      Choice(words: "take the same actions, whatever they do here", trace: trace, matching: .actions),
      Choice(words: "leave it: \(reason)", trace: nil, matching: .values),
    ]
  }
}
