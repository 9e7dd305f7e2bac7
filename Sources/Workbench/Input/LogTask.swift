/// A system's log, to be judged by a model.
package struct LogTask: Hashable, Sendable {
  /// The path of a file, or of a folder with a file for each node.
  package let path: String
  /// The model's name for the user.
  package let model: String
  /// The constants that the user gave. They take precedence over those that the log gives.
  package let constants: [String]

  package init(path: String, model: String, constants: [String]) {
    self.path = path
    self.model = model
    self.constants = constants
  }
}
