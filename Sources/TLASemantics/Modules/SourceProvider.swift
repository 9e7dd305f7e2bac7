package import TLASyntax

/// The source of texts, so that nothing in this target needs a disk.
package protocol SourceProvider {
  /// The text of a file; nil if the file does not exist. Throws `Diagnostics` if it exists and cannot be read.
  func read(_ path: String) throws -> SourceFile?
}

/// Texts in memory, by path.
package struct TextProvider: SourceProvider {
  package let files: [String: String]

  package init(files: [String: String]) { self.files = files }

  package func read(_ path: String) -> SourceFile? {
    files[path].map { SourceFile(name: path, text: $0) }
  }
}
