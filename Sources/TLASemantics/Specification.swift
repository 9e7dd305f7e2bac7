/// A module with everything it extends, resolved and bound to a configuration: what the engine compiles.
package final class Specification: Sendable {
  /// The name of the root module.
  package let name: String
  /// The root module's first comment line, or nil: what the user sees as its title.
  package let title: String?
  /// The configuration it was bound to.
  package let configuration: Configuration

  init() { fatalError("stub") }
}
