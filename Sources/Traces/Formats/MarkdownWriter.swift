internal import StateSpace
internal import TLASyntax

/// Writes a trace as GitHub Flavored Markdown: the first state, a table of the steps and their changes, and a diagram of the messages.
package enum MarkdownWriter {
  package static func text(_ trace: Trace, structure: ProtocolStructure? = nil) -> String {
    var lines = ["# Trace" + (trace.metadata.model.map { " of \(escaped($0))" } ?? ""), ""]
    if let source = trace.metadata.source { lines += [paragraph(source), ""] }
    for note in trace.metadata.notes { lines.append("- \(escaped(note))") }
    if !trace.metadata.notes.isEmpty { lines.append("") }
    if let first = trace.steps.first {
      lines += [trace.beginsAtTheStart ? "The initial state:" : "The first state:", "", "```tla"]
      lines += zip(trace.variables, first.values).map { Printable.line("/\\ \($0) = \($1)") }
      lines += ["```", ""]
    }
    lines += ["| step | action | what it does | changed |", "| ---: | --- | --- | --- |"]
    for (index, step) in trace.steps.enumerated() {
      if let omission = trace.omissions[index] { lines.append("| … | \(omission.words) |  |  |") }
      let action = step.label.map { code($0.description) } ?? trace.title(ofStep: index, unknown: "unknown")
      var words = escaped(trace.summary(ofStep: index, structure: structure)?.text() ?? "")
      if let violation = trace.violation, violation.step == index {
        words += (words.isEmpty ? "" : " ") + "**✗ \(escaped(violation.name))**"
      }
      if let caption = trace.captions[index] {
        words = "*\(escaped(caption))*" + (words.isEmpty ? "" : "<br>") + words
      }
      let note = trace.stepNotes[index].map { " (\(escaped($0)))" } ?? ""
      lines.append("| \(index) | \(action) | \(words)\(note) | \(changes(trace, index)) |")
    }
    if let loop = trace.loop {
      let action = trace.closing.map { " by \(code($0.description))" } ?? ""
      lines += [
        "",
        loop == trace.steps.count - 1 ? "It stutters for ever." : "It goes back to state \(loop)\(action).",
      ]
    }
    if let violation = trace.violation {
      lines += ["", "✗ \(escaped(violation.name))" + (violation.explanation.map { ": \(code($0))" } ?? "")]
      if !violation.why.isEmpty { lines += [""] + violation.why.map { "- \(escaped($0))" } }
    }
    if trace.steps.count > 1 {
      lines += ["", "```mermaid", MermaidWriter.text(trace, structure: structure) + "```"]
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func changes(_ trace: Trace, _ index: Int) -> String {
    guard index > 0 else { return "" }
    let changed = zip(trace.variables, zip(trace.steps[index - 1].values, trace.steps[index].values))
      .filter { $0.1.0 != $0.1.1 }
    return changed.map { code("\($0.0)' = \($0.1.1)") }.joined(separator: "<br>")
  }

  /// A code span that can stand in a table cell.
  static func code(_ text: String) -> String {
    let text = Printable.line(text)
    var run = 0
    var longest = 0
    for character in text {
      run = character == "`" ? run + 1 : 0
      longest = max(longest, run)
    }
    let fence = String(repeating: "`", count: longest + 1)
    let padding = longest > 0 ? " " : ""
    return fence + padding
      + text.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
      + padding + fence
  }

  /// The text as a paragraph. A mark at its beginning that would make it a list or a heading is escaped.
  private static func paragraph(_ text: String) -> String {
    let text = escaped(text)
    guard let first = text.first, "-+=".contains(first) else {
      let digits = text.prefix { $0.isASCII && $0.isNumber }
      let rest = text[digits.endIndex...]
      return !digits.isEmpty && (rest.hasPrefix(".") || rest.hasPrefix(")")) ? digits + "\\" + rest : text
    }
    return "\\" + text
  }

  /// The text with everything escaped that has a meaning in Markdown, HTML or GitHub's formulas.
  static func escaped(_ text: String) -> String {
    var result = ""
    for character in Printable.line(text) {
      if "\\`*_{}[]<>#|~&$".contains(character) { result.append("\\") }
      result.append(character)
    }
    return result
  }
}
