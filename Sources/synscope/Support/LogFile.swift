import Foundation
import StateSpace
import TerminalUI
import Traces

/// The bytes of a log's file, read in pieces. Bytes that come through a pipe, or are unpacked, are kept in a temporary file.
final class LogFile: LogContents {
  private let name: String
  private let file: Int32
  private(set) var count = 0
  /// Where further bytes come from, if not from the file itself.
  private let input: Int32?
  private let follows: Bool
  /// The bytes that were read last, and where they begin.
  private var window: ArraySlice<UInt8> = []
  private var windowStart = 0
  private static let windowSize = 1 << 18

  /// Opens a file, a pipe, or standard input for `-`. A pipe is read to its end at once, unless it is to be followed. Throws `LogProblem`.
  init(_ path: String, follows: Bool) throws(LogProblem) {
    name = path
    self.follows = follows
    let opened = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
    guard opened >= 0 else { throw Self.problem(path) }
    var status = stat()
    guard fstat(opened, &status) == 0 else { throw Self.problem(path) }
    if status.st_mode & S_IFMT == S_IFDIR {
      throw LogProblem(message: "\(path) cannot be read: it is a folder")
    }
    if status.st_mode & S_IFMT == S_IFREG {
      (file, input) = (opened, nil)
      count = Int(status.st_size)
    } else {
      (file, input) = (try Self.temporary(), opened)
      if !follows { while try readInput(waiting: -1) != .ended {} }
    }
  }

  private init(name: String) throws(LogProblem) {
    self.name = name
    (file, input, follows) = (try Self.temporary(), nil, false)
  }

  deinit {
    close(file)
    if let input, input != STDIN_FILENO { close(input) }
  }

  /// Whether the file is packed by gzip.
  private var isPacked: Bool {
    get throws(LogProblem) { Gzip.isPacked(Array(try bytes(0..<min(2, count)))) }
  }

  /// The same file unpacked; itself if it is not packed. Throws `LogProblem` if that fails, or gives more than `largest` bytes.
  func unpacked(largest: Int) throws(LogProblem) -> LogFile {
    guard try isPacked else { return self }
    let unpacked = try LogFile(name: name)
    do {
      try Gzip.unpack(Array(try bytes(0..<count)), largest: largest) { bytes throws(Gzip.Problem) in
        guard unpacked.append(bytes) else { throw Gzip.Problem(message: "there is no room to unpack it") }
      }
    } catch let problem as LogProblem {
      throw problem
    } catch {
      throw LogProblem(place: name, message: (error as? Gzip.Problem)?.message ?? "\(error)")
    }
    return unpacked
  }

  private static func problem(_ path: String) -> LogProblem {
    LogProblem(message: "\(path) cannot be read: \(String(cString: strerror(errno)))")
  }

  /// A file without a name: it is gone when the program ends.
  private static func temporary() throws(LogProblem) -> Int32 {
    var path = Array((NSTemporaryDirectory() + "synscope-log-XXXXXX").utf8CString)
    let file = mkstemp(&path)
    guard file >= 0 else { throw problem(NSTemporaryDirectory()) }
    unlink(path)
    return file
  }

  private func append(_ bytes: ArraySlice<UInt8>) -> Bool {
    var rest = bytes
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { pwrite(file, $0.baseAddress, $0.count, off_t(count)) }
      if written < 0, errno == EINTR { continue }
      guard written > 0 else { return false }
      count += written
      rest = rest.dropFirst(written)
    }
    return true
  }

  // MARK: Reading

  func bytes(_ range: Range<Int>) throws(LogProblem) -> ArraySlice<UInt8> {
    let first = window.startIndex + range.lowerBound - windowStart
    if range.lowerBound >= windowStart, first + range.count <= window.endIndex {
      return window[first..<first + range.count]
    }
    let wanted = max(range.count, min(Self.windowSize, count - range.lowerBound))
    var bytes = [UInt8](repeating: 0, count: wanted)
    var filled = 0
    while filled < wanted {
      let got = bytes[filled...].withUnsafeMutableBytes {
        pread(file, $0.baseAddress, $0.count, off_t(range.lowerBound + filled))
      }
      if got < 0, errno == EINTR { continue }
      guard got > 0 else {
        throw LogProblem(message: "\(name) cannot be read: it became shorter")
      }
      filled += got
    }
    (window, windowStart) = (bytes[...], range.lowerBound)
    return window[..<range.count]
  }

  // MARK: Growing

  /// How long it waits for more, in milliseconds.
  private static let patience: Int32 = 50

  func more() throws(LogProblem) -> LogGrowth {
    guard follows else { return .ended }
    if input != nil { return try readInput(waiting: Self.patience) }
    var status = stat()
    guard fstat(file, &status) == 0 else { throw Self.problem(name) }
    if Int(status.st_size) > count {
      count = Int(status.st_size)
      return .grown
    }
    if Int(status.st_size) < count {
      throw LogProblem(message: "\(name) became shorter while it was followed")
    }
    usleep(UInt32(Self.patience) * 1000)
    return .notYet
  }

  private func readInput(waiting: Int32) throws(LogProblem) -> LogGrowth {
    guard let input else { return .ended }
    var request = pollfd(fd: input, events: Int16(POLLIN), revents: 0)
    if poll(&request, 1, waiting) <= 0 { return .notYet }
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    let got = read(input, &chunk, chunk.count)
    if got < 0, errno == EINTR || errno == EAGAIN { return .notYet }
    guard got >= 0 else { throw Self.problem(name) }
    if got == 0 { return .ended }
    guard append(chunk[..<got]) else {
      throw LogProblem(message: "there is no room for the bytes of \(name)")
    }
    return .grown
  }
}
