import Glibc

/// Lets one thread at a time do something, and others wait for what it changes (Hoare's monitor, on POSIX threads).
final class Monitor: @unchecked Sendable {
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

  init() {
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(changed, nil)
  }

  deinit {
    pthread_cond_destroy(changed)
    pthread_mutex_destroy(mutex)
    changed.deallocate()
    mutex.deallocate()
  }

  /// Runs `body` while no other thread runs one here. Must not be nested.
  func alone<Result>(_ body: () throws -> Result) rethrows -> Result {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return try body()
  }

  /// The same for a change for which others wait.
  func change<Result>(_ body: () -> Result) -> Result {
    alone {
      defer { pthread_cond_broadcast(changed) }
      return body()
    }
  }

  /// Waits until something holds that another thread brings about by `change`.
  func wait(until holds: () -> Bool) {
    alone { while !holds() { pthread_cond_wait(changed, mutex) } }
  }
}
