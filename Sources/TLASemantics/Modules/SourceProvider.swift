package import TLASyntax

/// Where texts come from, so that nothing here needs a disk.
package protocol SourceProvider {
  /// The text of a file; nil when there is none. Throws `Diagnostics` when it is there and cannot be read.
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
