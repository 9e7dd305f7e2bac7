/// How flat code is made and run. The results are the same.
package struct FlatOptions: Sendable {
  /// Whether layouts have room for values that random behaviors show.
  package var looksAhead = true
  /// Whether what is known of words makes the code shorter.
  package var isOptimized = true
  /// Whether it is translated to machine code, where that can be done.
  package var usesNativeCode = true

  package init(looksAhead: Bool = true, isOptimized: Bool = true, usesNativeCode: Bool = true) {
    self.looksAhead = looksAhead
    self.isOptimized = isOptimized
    self.usesNativeCode = usesNativeCode
  }
}
