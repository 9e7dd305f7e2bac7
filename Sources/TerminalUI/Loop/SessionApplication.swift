package import TLASemantics
package import Workbench

/// The workbench's session is what runs on the terminal.
extension Session: TerminalApplication {
  package mutating func handle(_ event: Event) -> [Effect] {
    if case .key(.control("c")) = event {
      // The terminal's key to end a program: leave what is open, then quit as `q` does (which may ask first).
      return update(.key(.escape)) + update(.key(.character("q")))
    }
    return update(event)
  }

  package func view(_ size: Size) -> Grid { view(size: size) }

  package var checkedSpecification: Specification? { specification }
}
