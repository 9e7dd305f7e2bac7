/// A format for traces: how to recognize, read and write it. `table` lists all formats. Saving, showing, reading and completion use the
/// table.
package struct TraceFormat: Sendable {
  /// The name for `--as`.
  package let name: String
  /// The file name endings with their dots, the usual one first.
  package let endings: [String]
  /// A short description.
  package let help: String
  /// Reads a file; nil if it has another format. Throws `TraceReadingError`.
  let reader: (@Sendable (TraceSource) throws -> TraceDocument?)?
  private let writer: (@Sendable (Trace, ProtocolStructure?) -> String)?

  private init(
    _ name: String, _ endings: [String], _ help: String,
    reader: (@Sendable (TraceSource) throws -> TraceDocument?)? = nil,
    writer: (@Sendable (Trace, ProtocolStructure?) -> String)? = nil
  ) {
    self.name = name
    self.endings = endings
    self.help = help
    self.reader = reader
    self.writer = writer
  }

  package static let text = TraceFormat(
    "text", [".txt"], "text for a terminal, as check prints it", reader: TraceTextReader.read,
    writer: { TraceTextWriter.text($0, structure: $1) })
  package static let markdown = TraceFormat(
    "markdown", [".md"], "Markdown, a table of the steps", reader: MarkdownReader.read,
    writer: { MarkdownWriter.text($0, structure: $1) })
  package static let mermaid = TraceFormat(
    "mermaid", [".mmd"], "a Mermaid sequence diagram", writer: { MermaidWriter.text($0, structure: $1) })
  package static let svg = TraceFormat(
    "svg", [".svg"], "a space-time diagram", writer: { SpaceTimeSVGWriter.text($0, structure: $1) })
  package static let html = TraceFormat(
    "html", [".html"], "a page for a browser", writer: { HTMLWriter.text($0, structure: $1) })
  package static let itf = TraceFormat(
    "itf", [".itf.json", ".json", ".itf"], "ITF JSON", reader: ITFReader.read,
    writer: { ITFWriter.text($0, structure: $1) })
  package static let tlc = TraceFormat(
    "tlc", [".out", ".log"], "what TLC prints", reader: TLCTextReader.read,
    writer: { trace, _ in TLCTextWriter.heading(trace) + TLCTextWriter.text(trace) })
  /// The states of a trace as a graph. For a model, the workbench saves the states around the current one.
  package static let dot = TraceFormat(
    "dot", [".dot"], "a graph of the states for Graphviz", writer: { trace, _ in TraceDOTWriter.text(trace) })
  package static let tlcJSON = TraceFormat(
    "tlc-json", [".json"], "the JSON of TLC's -dumpTrace", reader: TLCJSONReader.read)
  package static let toolbox = TraceFormat(
    "toolbox", [".tla"], "traces of the Toolbox and TTrace modules", reader: ToolboxTraceReader.read)

  /// All formats.
  package static let table = [text, markdown, mermaid, svg, html, itf, tlc, dot, tlcJSON, toolbox]

  /// The formats in which a trace can be written.
  package static let written = table.filter(\.isWritten)

  /// The order in which formats try to read a file. ITF accepts any JSON, and the TLC format accepts any text with states.
  static let reading = [tlcJSON, itf, markdown, text, tlc, toolbox]

  /// The endings to choose from when saving: the usual one of each format.
  package static let savedEndings = written.compactMap(\.endings.first)

  package var isWritten: Bool { writer != nil }
  package var isRead: Bool { reader != nil }

  /// The format with that name; nil if there is none.
  package init?(named name: String) {
    guard let format = TraceFormat.table.first(where: { $0.name == name }) else { return nil }
    self = format
  }

  /// The format for writing a file with that ending; nil if there is none.
  package init?(forPath path: String) {
    let name = (path.split(separator: "/").last ?? "").lowercased()
    let ending = name.split(separator: ".", omittingEmptySubsequences: false).dropFirst().last
    guard let ending,
      let format = TraceFormat.written.first(where: { $0.endings.contains(".\(ending)") })
    else { return nil }
    self = format
  }

  /// The trace in this format, with a line break at the end; empty for a format that is only read. A structure gives better words for the
  /// changes.
  package func write(_ trace: Trace, structure: ProtocolStructure? = nil) -> String {
    writer?(trace, structure) ?? ""
  }
}

extension TraceFormat: Hashable {
  package static func == (left: TraceFormat, right: TraceFormat) -> Bool { left.name == right.name }
  package func hash(into hasher: inout Hasher) { hasher.combine(name) }
}
