/// The words of modules in the order in which they stand.
package enum WordOrder {
  /// The identifiers and strings of a file's module, in the order of the text and with repetitions.
  package static func words(of file: SourceFile) -> [String] {
    guard let start = Parser.moduleStart(in: file.bytes) else { return [] }
    var lexer = Lexer(file, from: start)
    lexer.run()
    return lexer.tokens.compactMap { token in
      let bytes = file.bytes[Int(token.start)..<Int(token.end)]
      switch token.kind {
      case .identifier: return String(decoding: bytes, as: UTF8.self)
      case .string: return String(decoding: bytes.dropFirst().dropLast(), as: UTF8.self)
      default: return nil
      }
    }
  }
}
