import Testing
import Traces
import Workbench

@testable import TerminalUI

@Suite("TOML") struct TOMLReaderTests {
  /// A value as JSON. Tables have their keys in the file's order.
  private func text(_ value: TOMLValue) -> String {
    switch value {
    case .string(let text): "\"\(text)\""
    case .integer(let number): "\(number)"
    case .float(let number): "\(number)"
    case .boolean(let truth): "\(truth)"
    case .time(let text): "<\(text)>"
    case .array(let elements): "[\(elements.map { self.text($0.value) }.joined(separator: ", "))]"
    case .table(let table): self.text(table)
    case .tables(let tables): "[\(tables.map { self.text($0) }.joined(separator: ", "))]"
    }
  }

  private func text(_ table: TOMLTable) -> String {
    let entries = table.keys.compactMap { key in table[key].map { "\(key): \(text($0.value))" } }
    return "{\(entries.joined(separator: ", "))}"
  }

  private func read(_ text: String) -> String {
    do { return self.text(try TOMLReader.read(text)) } catch { return "\(error.line): \(error.message)" }
  }

  @Test(
    "TOML is read",
    arguments: [
      ("", "{}"), ("# only a comment", "{}"), ("\u{FEFF}a = 1\r\nb=2\r\n", "{a: 1, b: 2}"),
      ("a = 'it''s'", "1: expected the end of the line, found `'`"),
      ("a = 'C:\\x' # raw", "{a: \"C:\\x\"}"), ("a = \"\\u00e9\\t\\\"\"", "{a: \"é\t\"\"}"),
      ("a = \"\"\"\nx\\\n   y\"\"\"", "{a: \"xy\"}"), ("a = '''x\n'y''''", "{a: \"x\n'y'\"}"),
      ("a = [1, [2,\n # two\n 3], ]", "{a: [1, [2, 3]]}"),
      ("a = 0x_1", "1: `0x_1` is no value; a text stands in quotes"),
      (
        "a = 0xFF\nb = 1_000\nc = -7\nd = +0\ne = 0o17\nf = 0b101",
        "{a: 255, b: 1000, c: -7, d: 0, e: 15, f: 5}"
      ),
      ("a = 1.5\nb = 1e3\nc = -inf", "{a: 1.5, b: 1000.0, c: -inf}"),
      ("a = 1979-05-27 07:32:00\nb = 07:32", "{a: <1979-05-27 07:32:00>, b: <07:32>}"),
      ("a.b.c = 1\na.d = true", "{a: {b: {c: 1}, d: true}}"),
      ("\"é\" = 1\n'b c' = 2\n1 = 3", "{é: 1, b c: 2, 1: 3}"),
      ("a = {b = 1, c.d = \"x\"}", "{a: {b: 1, c: {d: \"x\"}}}"), ("a = {}", "{a: {}}"),
      ("[a.b]\nx = 1\n[a]\ny = 2", "{a: {b: {x: 1}, y: 2}}"), ("[ a . \"b\" ]", "{a: {b: {}}}"),
      ("[[p]]\nn = 1\n[p.q]\nm = 2\n[[p]]\nn = 3", "{p: [{n: 1, q: {m: 2}}, {n: 3}]}"),
    ])
  func reading(source: String, expected: String) {
    #expect(read(source) == expected)
  }

  @Test(
    "Text that is not TOML is refused with its line",
    arguments: [
      ("[é]", "1: expected a key, found `é`"), ("\n[=]", "2: expected a key, found `=`"),
      ("[", "1: expected a key, found the end of the file"),
      ("[[", "1: expected a key, found the end of the file"),
      ("[]", "1: expected a key, found `]`"), ("[a.]", "1: expected a key, found `]`"),
      ("[a", "1: expected `]` to end the header, found the end of the file"),
      ("[[a]", "1: expected `]` to end the header, found the end of the file"),
      ("[a] b", "1: expected the end of the line, found `b`"), ("é = 1", "1: expected a key, found `é`"),
      ("a", "1: expected `=` after the key `a`, found the end of the file"),
      ("a =\nb = 1", "1: expected a value, found the end of the line"),
      ("a = b", "1: `b` is no value; a text stands in quotes"),
      ("a = \"x\nb", "1: a string has no end on its line"), ("a = \"\"\"x", "1: a string has no end"),
      ("a = \"\\q\"", "1: after `\\` one of b t n f r u U \" \\ is expected, found `q`"),
      ("a = \"\\uD800\"", "1: after `\\` the number of a character with 4 digits is expected"),
      ("a = [1 2]", "1: expected `,` or `]` in an array, found `2`"),
      ("a = {b = 1", "1: expected `,` or `}` in a table, found the end of the file"),
      ("a = {b = 1,}", "1: expected a key, found `}`"),
      ("a = 1\na = 2", "2: `a` is defined twice"), ("[a]\n[a]", "2: `a` is defined twice"),
      ("a = 1\n[a.b]", "2: `a` is defined already, and nothing can be added to it"),
      ("a = {b = 1}\na.c = 2", "2: `a` is defined already, and nothing can be added to it"),
      ("a = [1]\n[[a]]", "2: `a` is defined twice"), ("[a]\n[[a]]", "2: `a` is defined twice"),
      ("a = 99999999999999999999", "1: `99999999999999999999` is too large"),
      ("a = 01", "1: a number begins with 0: `01`"),
      ("a = \"\u{1}\"", "1: a string holds a control character"),
      ("# \u{1}", "1: a comment holds a control character"),
      ("\"\"\"a\"\"\" = 1", "1: a key cannot be a string of several lines"),
      ("\0", "1: expected a key, found `\\u{0}`"),
    ])
  func refusing(source: String, expected: String) {
    #expect(read(source) == expected)
  }

  @Test("Arrays and tables have a limit of nesting, but not of number")
  func nesting() {
    let many = String(repeating: "[", count: 100_000)
    #expect(read("a = " + many) == "1: more than 64 arrays and tables are inside each other")
    let deep = String(repeating: "{b=", count: 100_000)
    #expect(read("a = " + deep) == "1: more than 64 arrays and tables are inside each other")
    let dots = String(repeating: "a.", count: 1_000) + "b = 1"
    #expect(read(dots).hasPrefix("{a: {a: "))
  }

  /// The pieces of random texts: every token of the language, names that the readers know, and characters that fit nowhere.
  private static let pieces =
    "[ ] [[ ]] { } = . , # \" ' \"\"\" ''' \\ \\u12 \n \r\n \t é 日 \u{1} \u{FEFF} \u{FFFD} 0 1 -1 1.5 0x 1979-05-27 07:32 true inf nan a - _ "
    .split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    + [
      "colors", "keys", "panes", "play", "accent", "back", "focus", "pace", "\"b\"", "nodes", "part",
      "messages",
    ]
    + ["actions", "name", "variables", "by", "reads", "sender", "\"Node\"", "inboxes", "links"]

  @Test("Any file is read or refused", arguments: 0..<8)
  func anything(seed: Int) {
    var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 &+ 1
    func number(below count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % count
    }
    for _ in 0..<500 {
      let text = (0..<number(below: 40)).map { _ in Self.pieces[number(below: Self.pieces.count)] }.joined()
      do {
        _ = try TOMLReader.read(text)
      } catch {
        #expect(SettingsReader.read(text).problems == ["line \(error.line): \(error.message)"])
        #expect(ViewReader.read(text).problems == ["line \(error.line): \(error.message)"])
        #expect(error.line >= 1 && error.line <= text.count { $0.isNewline } + 1)
      }
      _ = SettingsReader.read(text)
      _ = ViewReader.read(text)
    }
  }
}
