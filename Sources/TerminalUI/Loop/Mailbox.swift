import Synchronization
package import Workbench

/// Other threads leave events for the loop here. Each event wakes the loop.
package final class Mailbox: Sendable {
  private let events = Mutex<[Event]>([])
  private let pipe: WakePipe

  init(waking pipe: WakePipe) { self.pipe = pipe }

  /// Leaves an event. Any thread may call it.
  package func post(_ event: Event) {
    let isFirst = events.withLock { events in
      events.append(event)
      return events.count == 1
    }
    if isFirst { pipe.wake() }
  }

  /// Removes all events and returns them in the order of their arrival.
  func take() -> [Event] {
    events.withLock { events in
      let taken = events
      events = []
      return taken
    }
  }
}
