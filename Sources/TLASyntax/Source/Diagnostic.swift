/// Something to tell the user about a text that was read: data only, wording and colour of the frame around it
/// are the renderer's.
package struct Diagnostic: Sendable, Hashable, Error {
  package enum Severity: Sendable, Hashable {
    case error
    case warning
  }

  /// What kind of failure it is; the command line's exit code follows from it.
  package enum Category: Sendable, Hashable {
    /// The module cannot be read or resolved.
    case specification
    /// The configuration file, or what it says of the module, is wrong.
    case configuration
    /// The construct is TLA+ but Synscope does not support it (yet).
    case unsupported
  }

  /// A further place that explains the first.
  package struct Note: Sendable, Hashable {
    package var message: String
    package var span: SourceSpan?

    package init(message: String, span: SourceSpan? = nil) {
      self.message = message
      self.span = span
    }
  }

  package var severity: Severity
  package var category: Category
  /// What is wrong, as a sentence without its full stop.
  package var message: String
  /// Where; nil when it is the whole file, or no file.
  package var span: SourceSpan?
  package var notes: [Note]
  /// What to do about it, when that can be known.
  package var hint: String?

  package init(
    _ severity: Severity = .error, _ category: Category = .specification, _ message: String,
    at span: SourceSpan? = nil, notes: [Note] = [], hint: String? = nil
  ) {
    self.severity = severity
    self.category = category
    self.message = message
    self.span = span
    self.notes = notes
    self.hint = hint
  }
}

/// Everything that is wrong with a text, thrown at once. Never empty.
package struct Diagnostics: Error, Sendable {
  package var all: [Diagnostic]

  package init(_ all: [Diagnostic]) { self.all = all }
}
