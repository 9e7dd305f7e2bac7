import Synchronization

/// Asks a search to stop, from any thread. A search looks at it between two states.
package final class StopRequest: Sendable {
  private let flag = Atomic<Bool>(false)

  package init() {}

  package var isMade: Bool { flag.load(ordering: .relaxed) }

  package func make() { flag.store(true, ordering: .relaxed) }
}
