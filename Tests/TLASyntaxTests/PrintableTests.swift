import TLASyntax
import Testing

@Suite("Printable text") struct PrintableTests {
  @Test(
    "Every character that a terminal obeys or nobody sees is escaped in one style",
    arguments: [
      ("plain é 東京 ✗", "plain é 東京 ✗"), ("a\nb\tc", #"a\u{A}b\u{9}c"#), ("\u{1B}[31m", #"\u{1B}[31m"#),
      ("\u{7F}\u{85}\u{9B}", #"\u{7F}\u{85}\u{9B}"#), ("a\u{AD}b", #"a\u{AD}b"#),
      ("\u{200E}\u{202E}\u{2066}", #"\u{200E}\u{202E}\u{2066}"#), ("\u{2028}\u{2029}", #"\u{2028}\u{2029}"#),
      ("\u{FEFF}\u{E0001}", #"\u{FEFF}\u{E0001}"#), ("👩‍👩‍👧", "👩‍👩‍👧"), ("e\u{301}", "e\u{301}"),
    ])
  func lines(text: String, expected: String) {
    #expect(Printable.line(text) == expected)
    #expect(Printable.line(expected) == expected)
  }

  @Test func textOfSeveralLinesKeepsThem() {
    #expect(Printable.lines("a\n\tb\r\u{202E}\n") == "a\n\tb\\u{D}\\u{202E}\n")
  }

  @Test(
    "Only the escapes of printed text are resolved beyond those of TLA+",
    arguments: [
      (#""a\u{AD}\u{202e}b\u{E0001}""#, "a\u{AD}\u{202E}b\u{E0001}"), (#""\\u{AD}""#, #"\u{AD}"#),
      (#""\\\u{AD}""#, "\\\u{AD}"),
      (#""\u{41}\u{22}\u{D800}\u{110000}""#, #"\u{41}\u{22}\u{D800}\u{110000}"#),
      (#""\u{AD""#, #"\u{AD"#), (#""\u{}\u{+AD}\u{00000AD}\u00ad""#, #"\u{}\u{+AD}\u{00000AD}\u00ad"#),
      (#""\n\t\r\f\"\\\q""#, "\n\t\r\u{C}\"\\\\q"), (#""""#, ""),
    ])
  func contents(printed: String, expected: String) {
    #expect(StringEscapes.contents(ofPrinted: printed) == expected)
  }
}
