/// The stack of the thread on which everything but the checker runs.
enum LargeStack {
  static let bytes = 512 << 20

  /// The size that the system granted.
  @TaskLocal static var granted = bytes

  /// The part for an evaluation. The rest is for the code around it.
  static var forEvaluation: Int { granted - min(16 << 20, granted / 4) }
}
