/// Sizes of files, in bytes.
package enum FileSize {
  /// The largest saved trace or demonstration that is read.
  package static let largest = 256 << 20
}
