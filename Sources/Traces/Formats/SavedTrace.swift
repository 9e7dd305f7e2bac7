/// A file that a trace was saved to.
package struct SavedTrace: Sendable {
  package let path: String
  /// Nil for a file that is no trace.
  package let format: TraceFormat?
  /// In bytes.
  package let size: Int
  /// The largest file that is read again, in bytes.
  private let limit: Int

  package init(path: String, format: TraceFormat?, size: Int, limit: Int = FileSize.largest) {
    self.path = path
    self.format = format
    self.size = size
    self.limit = limit
  }

  /// Whether the file has a format that synscope reads, but is too large.
  package var isTooLargeToOpen: Bool {
    size > limit && format?.isRead == true
  }

  /// `saved t.txt`; for a file that is too large to open, its size and the limit.
  package var message: String {
    guard isTooLargeToOpen else { return "saved \(path)" }
    let mebibyte = 1 << 20
    // Rounded up, so that the size is never equal to the limit.
    return "saved \(path), \((size + mebibyte - 1) / mebibyte) MiB: "
      + "synscope opens traces up to \(limit / mebibyte) MiB; other programs can read it"
  }
}
