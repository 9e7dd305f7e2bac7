/// The stack of the thread that everything but the checker runs on.
enum LargeStack {
  static let bytes = 512 << 20

  /// What the system granted of it.
  @TaskLocal static var granted = bytes

  /// What an evaluation may use of it; the rest is for what surrounds it.
  static var forEvaluation: Int { granted - min(16 << 20, granted / 4) }
}
