import TLASyntax

/// The text and the tree of a module.
final class ParsedModule {
  let tree: Module
  let file: SourceFile
  /// Whether the text was read without an error. If not, names may be missing through no fault of the specification.
  let isComplete: Bool
  let origin: Origin

  enum Origin {
    /// One of the specification's own modules.
    case specification
    /// A module from a library folder.
    case library
    /// A module that comes with the program.
    case bundle
  }

  init(tree: Module, file: SourceFile, isComplete: Bool, origin: Origin = .specification) {
    self.tree = tree
    self.file = file
    self.isComplete = isComplete
    self.origin = origin
  }
}
