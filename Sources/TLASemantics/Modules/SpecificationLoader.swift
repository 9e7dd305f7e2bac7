package import TLASyntax

/// Where texts come from, so that tests need no disk.
package protocol SourceProvider {
  /// The text of a file; nil when there is none. Throws `Diagnostics` when it is there and cannot be read.
  func read(_ path: String) throws -> SourceFile?
}

/// Loads a specification with its configuration.
package struct SpecificationLoader {
  /// What a command line can add to what the files say.
  package struct Options: Sendable {
    /// The configuration's path; nil for the one beside the module.
    package var configuration: String?
    package var constants: [Configuration.Assignment] = []
    /// Folders in which extended modules are looked for, after the module's own.
    package var libraries: [String] = []
    package var tlcIntegers = false

    package init() {}
  }

  package let provider: any SourceProvider

  package init(provider: any SourceProvider) { self.provider = provider }

  /// Loads the module at `path` (a `.tla` or `.cfg`) with all that it extends, and binds its configuration. Throws `Diagnostics` with
  /// everything that is wrong; warnings are in the specification.
  package func load(_ path: String, options: Options = Options()) throws -> Specification { fatalError("stub") }
}
