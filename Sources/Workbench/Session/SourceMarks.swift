import StateSpace
import TLASyntax

/// The marks of the Source pane for one action in one state, by line.
struct SourceMarks {
  /// A stretch of a line, in Unicode scalars counted from 0.
  struct Stretch {
    let range: Range<Int>
    let outcome: ConjunctStatus.Outcome
    /// Whether it is the smallest false part.
    let isPart: Bool
  }

  struct Line {
    /// The meaning of the mark in the margin; nil if no conjunct begins on the line.
    var outcome: ConjunctStatus.Outcome?
    /// The values that the conjuncts ending on this line depend on.
    var notes: [(text: String, outcome: ConjunctStatus.Outcome)] = []
    /// Outer stretches come first.
    var stretches: [Stretch] = []
  }

  let file: SourceFile
  /// The lines of the action's definition.
  let definition: ClosedRange<Int>
  private(set) var lines: [Int: Line] = [:]

  /// `span` is the action's definition in the shown file.
  init(_ conjuncts: [ConjunctStatus], definition span: SourceSpan) {
    file = span.file
    definition = span.startPosition.line...max(span.startPosition.line, span.endPosition.line)
    // Outer conjuncts are added before the ones inside them, so the inner colours win.
    for conjunct in conjuncts.sorted(by: { $0.span.end - $0.span.start > $1.span.end - $1.span.start }) {
      guard conjunct.span.file === file else { continue }
      let first = conjunct.span.startPosition.line
      let known = lines[first]?.outcome
      if (known?.urgency ?? -1) < conjunct.outcome.urgency {
        lines[first, default: Line()].outcome = conjunct.outcome
      }
      add(conjunct.span, conjunct.outcome, isPart: false)
      if let text = conjunct.note {
        lines[conjunct.span.endPosition.line, default: Line()].notes.append((text, conjunct.outcome))
      }
    }
    for conjunct in conjuncts {
      guard conjunct.outcome == .isFalse, let part = conjunct.part, part.file === file else { continue }
      let first = part.startPosition.line
      if lines[first]?.outcome == nil { lines[first, default: Line()].outcome = .isFalse }
      add(part, .isFalse, isPart: true)
    }
  }

  private mutating func add(_ span: SourceSpan, _ outcome: ConjunctStatus.Outcome, isPart: Bool) {
    let (start, end) = (span.startPosition, span.endPosition)
    for line in start.line...max(start.line, end.line) {
      let from = line == start.line ? start.column - 1 : 0
      let to = line == end.line ? end.column : Int.max
      guard from < to else { continue }
      lines[line, default: Line()].stretches.append(
        Stretch(range: from..<to, outcome: outcome, isPart: isPart))
    }
  }
}

extension ConjunctStatus {
  /// The note after the conjunct; nil for an `UNCHANGED`.
  fileprivate var note: String? {
    guard let values, !values.isEmpty, values != span.oneLineText else { return nil }
    switch outcome {
    case .notReached: return nil
    case .assigns: return "→ \(values)"
    case .isTrue, .isFalse, .failed: return values
    }
  }
}

extension ConjunctStatus.Outcome {
  /// If two conjuncts begin on one line, the one with the higher urgency gives the line its mark.
  fileprivate var urgency: Int {
    switch self {
    case .notReached: 0
    case .assigns: 1
    case .isTrue: 2
    case .failed: 3
    case .isFalse: 4
    }
  }

  var mark: String {
    switch self {
    case .isTrue, .assigns: "✓"
    case .isFalse: "✗"
    case .notReached: "·"
    case .failed: "!"
    }
  }

  var style: Style {
    switch self {
    case .isTrue: Style(.good)
    case .assigns: .plain
    case .isFalse, .failed: Style(.wrong, bold: true)
    case .notReached: Style(.dim)
    }
  }
}
