import TLASyntax

/// A module's text and tree.
final class ParsedModule {
  let tree: Module
  let file: SourceFile
  /// Whether the text was read without an error: if not, names may be missing for which nobody is to blame.
  let isComplete: Bool
  let origin: Origin

  enum Origin {
    /// One of the specification's own.
    case specification
    /// From a library's folder.
    case library
    /// It comes with the program.
    case bundle
  }

  init(tree: Module, file: SourceFile, isComplete: Bool, origin: Origin = .specification) {
    self.tree = tree
    self.file = file
    self.isComplete = isComplete
    self.origin = origin
  }
}
