/// Reads saved traces.
package enum TraceReader {
  /// The formats that can be read, for messages.
  package static let formatsHint =
    "read are " + TraceFormat.reading.map(\.help).joined(separator: "; ")

  /// Reads a whole file. `file` is the user's name for it. The only error for any input is `TraceReadingError`.
  package static func readAll(_ bytes: [UInt8], file: String) throws -> TraceDocument {
    do {
      return try document(bytes, file: file)
    } catch let error as TraceReadingError {
      throw error.hintingAt(formatsHint)
    }
  }

  /// Reads the first trace of a file. A note in its metadata says if there are more.
  package static func read(_ bytes: [UInt8], file: String) throws -> Trace {
    let document = try readAll(bytes, file: file)
    var trace = document.traces[0]
    if document.traces.count > 1 {
      trace.metadata.notes.append("the file holds \(document.traces.count) traces; this is the first")
    }
    return trace
  }

  /// Reads a text like a file with that name.
  package static func read(_ text: String, file: String) throws -> Trace {
    try read(Array(text.utf8), file: file)
  }

  /// Reads all traces of a text like a file with that name.
  package static func readAll(_ text: String, file: String) throws -> TraceDocument {
    try readAll(Array(text.utf8), file: file)
  }

  private static func document(_ bytes: [UInt8], file: String) throws -> TraceDocument {
    let bytes = TextEncoding.utf8(bytes)
    var jsonError: TraceReadingError?
    switch bytes.first(where: { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }) {
    case nil:
      throw TraceReadingError(foreign: "the file is empty", file: file)
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      do {
        let source = TraceSource(file: file, contents: .json(try JSONReader.read(bytes, file: file)))
        if let document = try read(source) { return document }
      } catch let error as TraceReadingError {
        // A timestamp or a TLA+ record also begins with such a bracket.
        jsonError = error
      }
    default: break
    }
    let wrapped = try JSONReader.text(bytes, file: file)
    let log = LogWrapping.unwrapped(wrapped)
    do {
      if var document = try read(TraceSource(file: file, contents: .text(log.text))) {
        document.removed = log.removed
        return document
      }
    } catch {
      throw jsonError ?? error
    }
    throw jsonError
      ?? TraceReadingError(
        foreign: "this is \(guess(log.text)), which cannot be read as a trace", file: file, line: 1)
  }

  private static func read(_ source: TraceSource) throws -> TraceDocument? {
    for format in TraceFormat.reading {
      if let document = try format.reader?(source) { return document }
    }
    return nil
  }

  /// A guess from the first lines at what the file is.
  private static func guess(_ text: String) -> String {
    let head = text.prefix(4096)
    if head.contains("---- MODULE") { return "a TLA+ module" }
    if head.hasPrefix("# ") || head.hasPrefix("| ") { return "Markdown" }
    if head.hasPrefix("sequenceDiagram") { return "a Mermaid diagram" }
    if head.hasPrefix("<svg") { return "a picture" }
    if head.hasPrefix("digraph") { return "a graph for Graphviz" }
    return "neither JSON nor what TLC prints"
  }
}
