package import TLASemantics
package import Workbench

/// A program on a terminal: events change its state, and its state can be drawn.
package protocol TerminalApplication {
  /// Handles an event and returns the effects to carry out.
  mutating func handle(_ event: Event) -> [Effect]

  /// The screen for a size.
  func view(_ size: Size) -> Grid

  /// The specification that `startCheck` checks, read when the check starts; nil for the one that the program was started with.
  var specification: Specification? { get }

  /// Reads and judges logs; nil if that is not possible.
  var logJudge: EffectRunner.LogJudge? { get }
}

extension TerminalApplication {
  package var specification: Specification? { nil }
  package var logJudge: EffectRunner.LogJudge? { nil }
}
