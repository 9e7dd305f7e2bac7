internal import StateSpace

/// Reads saved traces.
package enum TraceReader {
  static let formatsHint = "ITF JSON is read, as Synscope and Apalache write it"

  /// Reads a whole file. `file` is what the user calls it. Throws `TraceReadingError`; no input does anything else.
  package static func read(_ bytes: [UInt8], file: String) throws -> Trace {
    var bytes = bytes[...]
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
    let start = bytes.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
    switch start {
    case nil:
      throw TraceReadingError(file: file, message: "the file is empty", hint: formatsHint)
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      return try ITFReader.read(try JSONReader.read(Array(bytes), file: file), file: file)
    default:
      throw TraceReadingError(
        file: file, line: 1, message: "this is \(guess(bytes)), which cannot be read as a trace",
        hint: formatsHint)
    }
  }

  /// Reads a text as if it were a file of that name.
  package static func read(_ text: String, file: String) throws -> Trace {
    try read(Array(text.utf8), file: file)
  }

  /// What a file seems to be, from its first lines.
  private static func guess(_ bytes: ArraySlice<UInt8>) -> String {
    let head = String(decoding: bytes.prefix(4096), as: UTF8.self)
    if head.contains("State 1:") || head.contains("@!@!@") || head.contains("TLC2 ") {
      return "text that TLC printed"
    }
    if head.contains("---- MODULE") { return "a TLA+ module" }
    if head.hasPrefix("# ") || head.hasPrefix("| ") { return "Markdown" }
    return "no JSON"
  }
}

/// The forms in which a trace is written.
package enum TraceFormat: String, Sendable, Hashable, CaseIterable {
  case text, markdown, itf, tlc, svg, mermaid

  /// The trace in this form, with a line break at the end. The structure gives better words for what changed.
  package func write(_ trace: Trace, structure: ProtocolStructure? = nil) -> String {
    switch self {
    case .text: TraceTextWriter.text(trace, structure: structure)
    case .markdown: MarkdownWriter.text(trace, structure: structure)
    case .itf: ITFWriter.text(trace, structure: structure)
    case .tlc: TLCTextWriter.text(trace)
    case .svg: SpaceTimeSVGWriter.text(trace, structure: structure)
    case .mermaid: MermaidWriter.text(trace, structure: structure)
    }
  }
}
