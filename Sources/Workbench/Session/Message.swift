/// A line for the user at the bottom. The next key removes it.
struct Message: Hashable, Sendable {
  enum Kind: Hashable, Sendable {
    case information
    /// The request was not carried out.
    case wrong
    /// The request was carried out and led to a violation.
    case violation
  }

  let text: String
  let kind: Kind

  init(_ text: String, _ kind: Kind = .information) {
    self.text = text
    self.kind = kind
  }
}
