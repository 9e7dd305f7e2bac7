/// A message to the user about a text. It is data only; the renderer decides the frame around it, its wording and its colour.
package struct Diagnostic: Sendable, Hashable, Error {
  package enum Severity: Sendable, Hashable {
    case error
    case warning
  }

  /// The kind of failure, which decides the command line's exit code.
  package enum Category: Sendable, Hashable {
    /// The module cannot be read or resolved.
    case specification
    /// The configuration file is wrong, or does not fit the module.
    case configuration
    /// The construct is TLA+, but Synscope does not support it.
    case unsupported
  }

  /// A further place that explains the first one.
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
  package var code: MessageCode
  /// What is wrong, as a sentence without a full stop.
  package var message: String
  /// The place; nil if it is the whole file, or no file.
  package var span: SourceSpan?
  package var notes: [Note]
  /// What the user can do about it, if that is known.
  package var hint: String?

  package init(
    _ severity: Severity = .error, _ category: Category = .specification, _ code: MessageCode,
    _ message: String, at span: SourceSpan? = nil, notes: [Note] = [], hint: String? = nil
  ) {
    self.severity = severity
    self.category = category
    self.code = code
    self.message = message
    self.span = span
    self.notes = notes
    self.hint = hint
  }
}

/// All errors in a text, thrown at once. Never empty.
package struct Diagnostics: Error, Sendable {
  package var all: [Diagnostic]

  package init(_ all: [Diagnostic]) { self.all = all }
}
