import Foundation
@testable import TLASyntax
import Testing

@Suite struct LexerTests {
  /// Overlapping tokens and comments, and text between them that is not blank, up to the module's end.
  private static func uncovered(_ text: String) -> [String] {
    let file = SourceFile(name: "t.tla", text: text)
    var lexer = Lexer(file)
    lexer.run()
    let pieces =
      (lexer.tokens.map { (start: Int($0.start), end: Int($0.end)) }
      + lexer.comments.map { (start: $0.start, end: $0.end) })
      .sorted { ($0.start, $0.end) < ($1.start, $1.end) }
    var problems: [String] = []
    var end = 0
    for piece in pieces {
      if piece.start < end || piece.end < piece.start {
        problems.append("a piece at \(piece.start) overlaps")
      }
      let gap = file.bytes[end..<max(end, piece.start)]
      // An unclosed comment reaches to the end of the text.
      let isReported = lexer.diagnostics.contains {
        $0.span.map { $0.start >= end && $0.start < piece.start } ?? false
      }
      if !isReported, gap.contains(where: { !(9...13).contains($0) && $0 != 32 }) {
        problems.append("nothing covers \(String(decoding: gap, as: UTF8.self))")
      }
      end = max(end, piece.end)
    }
    if lexer.tokens.last?.kind != .endOfText { problems.append("no end") }
    return problems
  }

  @Test func tokensAndCommentsCoverTheText() {
    #expect(Self.uncovered("a == (* b (* c *) *) \"d\" \\* e\n\t<<1, \\b01>> \u{1} é <1>2. ---- ====") == [])
    #expect(Self.uncovered("a (* never closed \n b") == [])
    #expect(Self.uncovered("a == \"open\nb == 'c") == [])
  }

  @Test func randomBytesAreCovered() {
    var state: UInt64 = 7
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    let words = [
      "(*", "*)", "\\*", "\"", "----", "====", "MODULE", "\\", "<1>", "<<", "'", "\n", " ", "x", "1.5", "\\h",
      "é", "∃∃", "_", "WF_",
    ]
    for _ in 0..<2_000 {
      let text = (0..<next(30)).map { _ in
        next(3) == 0 ? String(UnicodeScalar(UInt8(next(256)))) : words[next(words.count)]
      }.joined()
      #expect(Self.uncovered(text) == [], "\(text.debugDescription)")
    }
  }
}
