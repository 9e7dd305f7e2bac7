import StateSpace
import TLASemantics
import TLASyntax
import Traces

/// A session that was left behind, as the user is told of it.
package struct LeftSession: Sendable, Hashable {
  package let path: String
  /// What to open: a bundled name or a path.
  package let model: String
  package let constants: [String]
  package let steps: Int
  /// When it was left, in words: `14:03`.
  package let when: String

  package init(path: String, model: String, constants: [String], steps: Int, when: String) {
    self.path = path
    self.model = model
    self.constants = constants
    self.steps = steps
    self.when = when
  }
}
