/// How flat code is made and run. The results are the same.
package struct FlatOptions: Sendable {
  /// Whether what is known of words makes the code shorter.
  package var isOptimized = true
  /// Whether it is translated to machine code, where that can be done.
  package var usesNativeCode = true

  package init(isOptimized: Bool = true, usesNativeCode: Bool = true) {
    self.isOptimized = isOptimized
    self.usesNativeCode = usesNativeCode
  }
}
