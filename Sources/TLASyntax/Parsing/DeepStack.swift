import Glibc

/// Threads with a stack for deep recursion. Untouched pages of a stack cost nothing.
package enum DeepStack {
  /// Enough for the deepest recursion over an expression, with room to spare. A level of nesting takes up to 15 KiB in an unoptimised build
  /// (measured), and there are at most a thousand levels.
  private static let expressionBytes = 64 << 20

  /// Starts `work` on its own thread with a stack of `bytes`, or less if the system does not grant that much. `work` gets the actual size.
  /// Returns false if no thread can be made.
  package static func start(bytes: Int, _ work: @escaping @Sendable (_ bytes: Int) -> Void) -> Bool {
    [bytes, bytes / 8, bytes / 64].contains { size in start(exactBytes: size) { work(size) } }
  }

  /// The same with a stack of that size, or not at all.
  package static func start(exactBytes bytes: Int, _ work: @escaping @Sendable () -> Void) -> Bool {
    guard let thread = thread(bytes: bytes, work) else { return false }
    pthread_detach(thread)
    return true
  }

  /// Runs `body` on a thread with a stack for the deepest expression, and waits for it. Nothing runs beside it, so it may use values that
  /// are not `Sendable`.
  package static func run<Success, Failure: Error>(
    _ body: () throws(Failure) -> Success
  ) throws(Failure) -> Success {
    let answer = Answer<Success, Failure>()
    return try withoutActuallyEscaping(body) { (body) throws(Failure) in
      nonisolated(unsafe) let body = body
      let thread = thread(bytes: expressionBytes) { answer.result = Result(catching: body) }
      if let thread { pthread_join(thread, nil) }
      guard let result = answer.result else { return try body() }
      return try result.get()
    }
  }

  private static func thread(bytes: Int, _ work: @escaping @Sendable () -> Void) -> pthread_t? {
    var attributes = pthread_attr_t()
    guard pthread_attr_init(&attributes) == 0 else { return nil }
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setstacksize(&attributes, bytes)
    let job = Unmanaged.passRetained(Job(work))
    var thread = pthread_t()
    let status = pthread_create(
      &thread, &attributes,
      { argument in
        if let argument { Unmanaged<Job>.fromOpaque(argument).takeRetainedValue().work() }
        return nil
      }, job.toOpaque())
    guard status == 0 else {
      job.release()
      return nil
    }
    return thread
  }
}

/// The work that a thread gets.
private final class Job: Sendable {
  let work: @Sendable () -> Void
  init(_ work: @escaping @Sendable () -> Void) { self.work = work }
}

/// The result of a thread. It is `@unchecked Sendable` because it is read only after the thread has ended.
private final class Answer<Success, Failure: Error>: @unchecked Sendable {
  var result: Result<Success, Failure>?
}
