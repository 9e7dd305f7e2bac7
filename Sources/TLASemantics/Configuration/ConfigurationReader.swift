package import TLASyntax

/// Reads `.cfg` files.
package enum ConfigurationReader {
  /// Reads a whole file; every error of the file is reported, in the category `.configuration`.
  package static func read(_ file: SourceFile) -> ParseResult<Configuration> {
    fatalError("stub")
  }

  /// Reads `NAME=VALUE` or `NAME<-DEFINITION` as `--constant` takes it.
  package static func readAssignment(_ text: String) -> ParseResult<Configuration.Assignment> {
    fatalError("stub")
  }
}
