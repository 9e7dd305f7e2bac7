import TLASyntax

/// A PlusCal algorithm in a comment of a module.
struct PlusCalAlgorithm {
  /// `--algorithm Name`
  let span: SourceSpan
  let isTranslated: Bool

  /// The first algorithm in the file; nil if there is none.
  init?(in file: SourceFile) {
    let bytes = file.bytes
    var offset = 0
    while let mark = file.offset(of: "--", from: offset) {
      var end = mark + 2
      func accept(_ word: String) -> Bool {
        guard bytes[end...].starts(with: word.utf8) else { return false }
        end += word.utf8.count
        while end < bytes.count, bytes[end] <= UInt8(ascii: " ") { end += 1 }
        return true
      }
      _ = accept("fair")
      if accept("algorithm") {
        span = SourceSpan(file: file, start: mark, end: end)
        isTranslated = file.offset(of: "BEGIN TRANSLATION") != nil
        return
      }
      // A line of dashes does not begin an algorithm.
      offset = mark + 2
      while offset < bytes.count, bytes[offset] == UInt8(ascii: "-") { offset += 1 }
    }
    return nil
  }

  /// The warning if the algorithm has not been translated, so that its definitions are missing.
  var warning: Diagnostic {
    let module = ModulePath.name(of: span.file.name)
    return Diagnostic(
      .warning, .specification, .pluscal,
      "the PlusCal algorithm is not translated: the module has none of its definitions", at: span,
      hint: "translate it, as with `java -cp tla2tools.jar pcal.trans \(module)`, and try again")
  }
}
