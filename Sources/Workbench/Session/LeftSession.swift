import StateSpace
import TLASemantics
import TLASyntax
import Traces

/// An unfinished session of an earlier run, described for the user.
package struct LeftSession: Sendable, Hashable {
  package let path: String
  /// The model to open: a bundled name or a path.
  package let model: String
  package let constants: [String]
  package let steps: Int
  /// The time of the last change, in words: `14:03`.
  package let when: String

  package init(path: String, model: String, constants: [String], steps: Int, when: String) {
    self.path = path
    self.model = model
    self.constants = constants
    self.steps = steps
    self.when = when
  }
}
