import Synchronization
package import Workbench

/// Where other threads leave events for the loop, each of which wakes it.
package final class Mailbox: Sendable {
  private let events = Mutex<[Event]>([])
  private let pipe: WakePipe

  init(waking pipe: WakePipe) { self.pipe = pipe }

  /// Leaves an event. From any thread.
  package func post(_ event: Event) {
    let isFirst = events.withLock { events in
      events.append(event)
      return events.count == 1
    }
    if isFirst { pipe.wake() }
  }

  /// Takes all events out, in the order in which they were left.
  func take() -> [Event] {
    events.withLock { events in
      let taken = events
      events = []
      return taken
    }
  }
}
