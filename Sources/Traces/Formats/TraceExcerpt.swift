internal import StateSpace
internal import TLASyntax

/// A part of a trace as text to paste elsewhere.
package struct TraceExcerpt: Sendable {
  package enum Part: String, Sendable, CaseIterable {
    case state, step, trace, why
  }

  package enum Form: String, Sendable, CaseIterable {
    case tla, markdown

    /// The form's name in a sentence.
    package var name: String { self == .tla ? "TLA+" : "Markdown" }
  }

  private let trace: Trace
  private let step: Int
  private let structure: ProtocolStructure

  /// An excerpt at a step of the trace, whose variables are the structure's.
  package init(_ trace: Trace, step: Int, structure: ProtocolStructure) {
    self.trace = trace
    self.step = step
    self.structure = structure
  }

  /// The text, with a line break at its end; nil for the reason of a violation where none is known.
  package func text(_ part: Part, as form: Form) -> String? {
    let lines: [String]? =
      switch (part, form) {
      case (.state, .tla): stateLines
      case (.state, .markdown): ["State \(step), by \(heading):", ""] + fenced(stateLines)
      case (.step, .tla): ["\\* \(summaryLine)"] + changeLines
      case (.step, .markdown): stepInMarkdown
      case (.trace, .tla): [String(TLCTextWriter.text(trace).dropLast())]
      case (.trace, .markdown): [String(MarkdownWriter.text(trace, structure: structure).dropLast())]
      case (.why, .tla): why { ["\\* ✗ \($0.text)"] + $0.why.map { "\\*   \($0)" } }
      case (.why, .markdown):
        why { violation in
          [
            "**✗ \(MarkdownWriter.escaped(violation.name))**"
              + (violation.explanation.map { ": \(MarkdownWriter.code($0))" } ?? "")
          ]
            + (violation.why.isEmpty ? [] : [""]) + violation.why.map { "- \(MarkdownWriter.escaped($0))" }
        }
      }
    return lines.map { $0.joined(separator: "\n") + "\n" }
  }

  private var title: String { trace.title(ofStep: step, unknown: "unknown action") }

  private var heading: String {
    trace.steps[step].label.map { MarkdownWriter.code($0.description) } ?? title
  }

  private var stateLines: [String] {
    zip(trace.variables, trace.steps[step].values).map { Printable.line("/\\ \($0) = \($1)") }
  }

  /// The changes as the conjuncts of an action.
  private var changeLines: [String] {
    guard step > 0 else { return stateLines }
    return zip(trace.variables, zip(trace.steps[step - 1].values, trace.steps[step].values))
      .filter { $0.1.0 != $0.1.1 }.map { Printable.line("/\\ \($0.0)' = \($0.1.1)") }
  }

  private var summary: String { trace.summary(ofStep: step, structure: structure)?.text() ?? "" }

  private var summaryLine: String {
    Printable.line("\(step)  \(title)" + (summary.isEmpty ? "" : "  \(summary)"))
  }

  private var stepInMarkdown: [String] {
    let words = summary.isEmpty ? "" : ": \(MarkdownWriter.escaped(summary))"
    return ["Step \(step), \(heading)\(words)", ""] + fenced(changeLines)
  }

  private func fenced(_ lines: [String]) -> [String] { ["```tla"] + lines + ["```"] }

  private func why(_ lines: (Trace.Violation) -> [String]) -> [String]? {
    guard let violation = trace.violation, violation.step == step else { return nil }
    return lines(violation).map(Printable.line)
  }
}
