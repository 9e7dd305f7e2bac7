internal import Glibc

/// A thread for deep recursion.
enum LargeStackThread {
  /// Enough for the deepest evaluation that the engine allows; only what is used becomes memory.
  static let stackSize = 512 << 20

  private final class Work {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }

  /// Runs `work` in a thread of its own, with a smaller stack where the system grants no large one. False when no
  /// thread can be made.
  static func start(_ work: @escaping @Sendable () -> Void) -> Bool {
    [stackSize, stackSize / 8, stackSize / 64].contains { create(stackSize: $0, work) }
  }

  private static func create(stackSize: Int, _ work: @escaping @Sendable () -> Void) -> Bool {
    withUnsafeTemporaryAllocation(of: pthread_attr_t.self, capacity: 1) { attributes in
      guard let attributes = attributes.baseAddress, pthread_attr_init(attributes) == 0 else { return false }
      defer { pthread_attr_destroy(attributes) }
      pthread_attr_setstacksize(attributes, stackSize)
      pthread_attr_setdetachstate(attributes, Int32(PTHREAD_CREATE_DETACHED))
      let argument = Unmanaged.passRetained(Work(work))
      var thread = pthread_t()
      let status = pthread_create(
        &thread, attributes,
        { argument in
          guard let argument else { return nil }
          let work = Unmanaged<Work>.fromOpaque(argument).takeRetainedValue()
          Signals.withAlternateStack(work.run)
          return nil
        }, argument.toOpaque())
      if status != 0 { argument.release() }
      return status == 0
    }
  }
}
