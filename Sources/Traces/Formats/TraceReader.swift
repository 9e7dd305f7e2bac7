internal import StateSpace

/// Reads saved traces.
package enum TraceReader {
  static let formatsHint = "read are ITF JSON, what TLC prints, and the JSON of TLC's -dumpTrace"

  /// Reads a whole file. `file` is what the user calls it. Throws `TraceReadingError`; no input does anything else.
  package static func read(_ bytes: [UInt8], file: String) throws -> Trace {
    var bytes = bytes[...]
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
    let start = bytes.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
    switch start {
    case nil:
      throw TraceReadingError(file: file, message: "the file is empty", hint: formatsHint)
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      let json = try JSONReader.read(Array(bytes), file: file)
      if TLCJSONReader.recognizes(json) { return try TLCJSONReader.read(json, file: file) }
      return try ITFReader.read(json, file: file)
    default:
      let text = try JSONReader.text(Array(bytes), file: file)
      if let trace = try TLCTextReader.read(text, file: file) { return trace }
      throw TraceReadingError(
        file: file, line: 1, message: "this is \(guess(text)), which cannot be read as a trace",
        hint: formatsHint)
    }
  }

  /// Reads a text as if it were a file of that name.
  package static func read(_ text: String, file: String) throws -> Trace {
    try read(Array(text.utf8), file: file)
  }

  /// What a file seems to be, from its first lines.
  private static func guess(_ text: String) -> String {
    let head = text.prefix(4096)
    if head.contains("---- MODULE") { return "a TLA+ module" }
    if head.hasPrefix("# ") || head.hasPrefix("| ") { return "Markdown" }
    if head.hasPrefix("sequenceDiagram") { return "a Mermaid diagram" }
    return "neither JSON nor what TLC prints"
  }
}
