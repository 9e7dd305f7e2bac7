import Glibc

/// Threads with a stack for deep recursion. Pages of a stack that are not touched cost nothing.
package enum DeepStack {
  /// What the deepest recursion over an expression takes with room to spare: a level of nesting takes up to 15 KiB in an unoptimised
  /// build (measured), and there are at most a thousand.
  private static let expressionBytes = 64 << 20

  /// Starts `work` on a thread of its own with a stack of `bytes`, or of a part of it where the system grants no more;
  /// `work` is told how many. False when no thread can be made.
  package static func start(bytes: Int, _ work: @escaping @Sendable (_ bytes: Int) -> Void) -> Bool {
    for size in [bytes, bytes / 8, bytes / 64] {
      if let thread = thread(bytes: size, { work(size) }) {
        pthread_detach(thread)
        return true
      }
    }
    return false
  }

  /// Runs `body` on a thread with a stack for the deepest expression and waits for it: nothing runs beside it, so that
  /// it may use what is not `Sendable`.
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

/// What a thread is handed.
private final class Job: Sendable {
  let work: @Sendable () -> Void
  init(_ work: @escaping @Sendable () -> Void) { self.work = work }
}

/// What a thread leaves behind. It is read only after the thread has ended, hence `@unchecked Sendable`.
private final class Answer<Success, Failure: Error>: @unchecked Sendable {
  var result: Result<Success, Failure>?
}
