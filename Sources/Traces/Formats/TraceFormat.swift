/// The forms in which a trace is written.
package enum TraceFormat: String, Sendable, Hashable, CaseIterable {
  case text, markdown, mermaid, svg, itf, tlc

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
