package import TLASyntax

/// Reads `.cfg` files.
package enum ConfigurationReader {
  /// Reads a whole file and reports every error, in the category `.configuration`.
  ///
  /// There is always a tree, with what could be read. It warns of text that TLC reads but a person hardly means: an empty section, a
  /// constant given twice, a misspelt keyword that reads as a name.
  package static func read(_ file: SourceFile) -> ParseResult<Configuration> {
    var parser = ConfigurationParser(file)
    let configuration = parser.file()
    return ParseResult(tree: configuration, diagnostics: parser.diagnosticsInOrder)
  }

  /// Reads `NAME=VALUE` or `NAME<-DEFINITION`, as `--constant` takes it.
  ///
  /// The tree is nil if there is an error. Messages show the text as the file `<--constant>`.
  package static func readAssignment(_ text: String) -> ParseResult<Configuration.Assignment> {
    var parser = ConfigurationParser(SourceFile(name: "<--constant>", text: text))
    let assignment = parser.onlyAssignment()
    let diagnostics = parser.diagnosticsInOrder
    let failed = diagnostics.contains { $0.severity == .error }
    return ParseResult(tree: failed ? nil : assignment, diagnostics: diagnostics)
  }
}
