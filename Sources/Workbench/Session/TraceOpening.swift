import Traces

/// A question about a trace from a file: which of several traces, or how to find its steps in the model.
struct TraceOpening: Hashable, Sendable {
  /// An answer: the trace to replay, and how; nil for no replay.
  struct Choice: Hashable, Sendable {
    let words: String
    let trace: Trace?
    let matching: ReplayMatching
  }

  let title: String
  /// The name of the file without its folders.
  let name: String
  let choices: [Choice]
  var selected = 0

  var lines: [StyledLine] {
    choices.enumerated().map { StyledLine("\($0.offset + 1)  \($0.element.words)") }
  }

  /// Asks which trace of a file to open.
  init(whichOf document: TraceDocument, name: String) {
    title = "\(name) holds \(document.traces.count) traces: which one?"
    self.name = name
    choices = zip(document.listing, document.traces).map {
      // The list numbers its lines itself.
      let words = $0.drop { $0 == " " }.drop { $0.isNumber }.drop { $0 == " " }
      return Choice(words: String(words), trace: $1, matching: .values)
    }
  }

  /// Asks whether to replay a trace by its actions, because its values do not fit the model.
  init(howToReplay trace: Trace, name: String, because reason: String) {
    title = "\(name) does not fit this model by its values"
    self.name = name
    choices = [
      Choice(words: "take the same actions, whatever they do here", trace: trace, matching: .actions),
      Choice(words: "leave it: \(reason)", trace: nil, matching: .values),
    ]
  }
}
