/// A line for the user at the bottom; the next key takes it away.
struct Message: Hashable, Sendable {
  enum Kind: Hashable, Sendable {
    case information
    /// What was asked for was not done.
    case wrong
    /// It was done, and led to what must not be.
    case violation
  }

  let text: String
  let kind: Kind

  init(_ text: String, _ kind: Kind = .information) {
    self.text = text
    self.kind = kind
  }
}
