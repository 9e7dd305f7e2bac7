package import StateSpace

/// The bytes of a log's file. The file may grow while it is read.
package protocol LogContents: AnyObject {
  /// How many there are so far.
  var count: Int { get }
  /// Throws `LogProblem` if they cannot be read.
  func bytes(_ range: Range<Int>) throws(LogProblem) -> ArraySlice<UInt8>
  /// Waits a moment for further bytes.
  func more() throws(LogProblem) -> LogGrowth
}

/// Bytes in memory.
package final class LogBytes: LogContents {
  private let all: [UInt8]

  package init(_ all: [UInt8]) { self.all = all }

  package var count: Int { all.count }
  package func bytes(_ range: Range<Int>) -> ArraySlice<UInt8> { all[range] }
  package func more() -> LogGrowth { .ended }
}
