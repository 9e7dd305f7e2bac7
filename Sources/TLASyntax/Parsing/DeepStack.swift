import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A stack on which recursion to the parser's limit is safe, whatever thread the caller runs on.
enum DeepStack {
  /// A level of nesting takes up to 15 KiB in an unoptimised build (measured), so a thousand levels have room to
  /// spare. Pages that are not touched cost nothing.
  private static let size = 64 << 20

  /// Runs `body` on a thread with such a stack and waits for it.
  static func run<Result: Sendable>(_ body: @escaping @Sendable () -> Result) -> Result {
    let job = Job(body)
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setstacksize(&attributes, size)
    let argument = Unmanaged.passRetained(job as Runnable)
    #if canImport(Darwin)
      var thread: pthread_t?
    #else
      var thread = pthread_t()
    #endif
    let status = pthread_create(&thread, &attributes, startRunnable, argument.toOpaque())
    guard status == 0 else {
      argument.release()
      return body()
    }
    #if canImport(Darwin)
      if let thread { pthread_join(thread, nil) }
    #else
      pthread_join(thread, nil)
    #endif
    return job.result.withLock { $0 } ?? body()
  }
}

private class Runnable: @unchecked Sendable {
  func run() {}
}

private final class Job<Result: Sendable>: Runnable, @unchecked Sendable {
  private let body: @Sendable () -> Result
  let result = Mutex<Result?>(nil)

  init(_ body: @escaping @Sendable () -> Result) { self.body = body }

  override func run() {
    let value = body()
    result.withLock { $0 = value }
  }
}

#if canImport(Darwin)
  private func startRunnable(_ argument: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
    Unmanaged<Runnable>.fromOpaque(argument).takeRetainedValue().run()
    return nil
  }
#else
  private func startRunnable(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    if let argument { Unmanaged<Runnable>.fromOpaque(argument).takeRetainedValue().run() }
    return nil
  }
#endif
