/// The forms in which a trace is written.
package enum TraceFormat: String, Sendable, Hashable, CaseIterable {
  case text, markdown, mermaid, svg, itf, tlc

  /// The form that a file's name asks for by its ending; nil for an ending that none has.
  package init?(forPath path: String) {
    let name = path.split(separator: "/").last ?? ""
    switch name.split(separator: ".", omittingEmptySubsequences: false).dropFirst().last?.lowercased() {
    case "json", "itf": self = .itf
    case "md": self = .markdown
    case "mmd": self = .mermaid
    case "svg": self = .svg
    case "txt": self = .text
    case "out": self = .tlc
    default: return nil
    }
  }

  /// The endings that a user can choose from.
  package static let endings = [".itf.json", ".txt", ".md", ".mmd", ".svg", ".out"]

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
