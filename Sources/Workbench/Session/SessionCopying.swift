import StateSpace
import Traces

// Copying to the clipboard.
extension Session {
  /// The most bytes that terminals commonly take for the clipboard.
  static let longestCopy = 74_000

  /// `:copy [state|step|trace|why] [tla|markdown]`. Without words it copies what the focused pane is about, as TLA+.
  mutating func copy(_ argument: String?) -> [Effect] {
    var part: TraceExcerpt.Part?
    var form: TraceExcerpt.Form?
    for word in (argument ?? "").split(separator: " ").map({ $0.lowercased() }) {
      if part == nil, let known = TraceExcerpt.Part(rawValue: word) {
        part = known
      } else if form == nil, let known = TraceExcerpt.Form(rawValue: word) {
        form = known
      } else {
        let parts = TraceExcerpt.Part.allCases.map(\.rawValue).joined(separator: ", ")
        screen.message = Message("copy takes one of \(parts), and tla or markdown, not \(word)", .wrong)
        return []
      }
    }
    return copy(part ?? partOfFocus, as: form ?? .tla)
  }

  private mutating func copy(_ part: TraceExcerpt.Part, as form: TraceExcerpt.Form) -> [Effect] {
    let path = part == .trace ? tree.branchPath(through: cursor) : tree.path(to: cursor)
    guard path.count <= Session.longestSavedAtOnce else {
      screen.message = Message("the branch is too long for a clipboard: :save writes a file", .wrong)
      return []
    }
    let excerpt = TraceExcerpt(trace(of: path), step: step, structure: model.structure)
    guard let text = excerpt.text(part, as: form) else {
      screen.message = Message("there is no why to copy: no invariant fails here", .wrong)
      return []
    }
    let size = Wording.count(text.utf8.count, "byte")
    guard text.utf8.count <= Session.longestCopy else {
      screen.message = Message("\(size) are too many for a clipboard: :save writes a file", .wrong)
      return []
    }
    let what =
      switch part {
      case .state: "state \(step)"
      case .step: "step \(step)"
      case .trace: "the trace, \(Wording.count(path.count, "state")),"
      case .why: "why \(model.violatedInvariants(in: state).joined(separator: ", ")) fails"
      }
    screen.message = Message("copied \(what) as \(form.name): \(size) for the terminal's clipboard")
    return [.copy(text)]
  }

  private var partOfFocus: TraceExcerpt.Part {
    switch screen.focus {
    case .nodes, .state: .state
    case .trace, .spaceTime, .checker: .trace
    case .properties: model.violatedInvariants(in: state).isEmpty ? .state : .why
    default: .step
    }
  }
}
