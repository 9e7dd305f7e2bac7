/// The forms in which a trace is written.
package enum TraceFormat: String, Sendable, Hashable, CaseIterable {
  case text, markdown, mermaid, svg, itf, tlc

  /// The form that a file's name asks for: `.md`, `.mmd`, `.svg`, `.txt` and `.out`; ITF for every other name.
  package init(forPath path: String) {
    let ending = path.split(separator: ".", omittingEmptySubsequences: false).dropFirst().last?.lowercased()
    self =
      switch ending {
      case "md": .markdown
      case "mmd": .mermaid
      case "svg": .svg
      case "txt": .text
      case "out": .tlc
      default: .itf
      }
  }

  /// The trace in this form, with a line break at the end. The structure gives better words for what changed.
  package func write(_ trace: Trace, structure: ProtocolStructure? = nil) -> String {
    switch self {
    case .text: TraceTextWriter.text(trace, structure: structure)
    case .markdown: MarkdownWriter.text(trace, structure: structure)
    case .mermaid: MermaidWriter.text(trace, structure: structure)
    case .svg: SpaceTimeSVGWriter.text(trace, structure: structure)
    case .itf: ITFWriter.text(trace, structure: structure)
    case .tlc: TLCTextWriter.text(trace)
    }
  }
}
