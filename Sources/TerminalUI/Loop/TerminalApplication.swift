package import TLASemantics
package import Workbench

/// What runs on a terminal: a state that events change and that can be seen.
package protocol TerminalApplication {
  /// Takes an event in and says what is to be done in the world.
  mutating func handle(_ event: Event) -> [Effect]

  /// The screen at a size.
  func view(_ size: Size) -> Grid

  /// What `startCheck` checks, asked when it is to start; nil for what the program was started with.
  var specification: Specification? { get }
}

extension TerminalApplication {
  package var specification: Specification? { nil }
}
