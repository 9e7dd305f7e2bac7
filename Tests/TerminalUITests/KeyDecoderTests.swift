import Testing
import Workbench

@testable import TerminalUI

@Suite("Keys from bytes")
struct KeyDecoderTests {
  private let start = ContinuousClock.now

  private func keys(_ text: String) -> [Key] {
    var decoder = KeyDecoder()
    let events = decoder.decode(text.utf8, at: start) + decoder.finish(at: start)
    return events.compactMap { if case .key(let key) = $0 { key } else { nil } }
  }

  @Test(
    "Each key has the name that the user writes",
    arguments: [
      ("a", [.character("a")]), ("é", [.character("é")]), ("日", [.character("日")]), ("🙂", [.character("🙂")]),
      ("\r", [.enter]), ("\n", [.enter]), ("\t", [.tab]), ("\u{7F}", [.backspace]), ("\u{8}", [.backspace]),
      ("\u{1}", [.control("a")]), ("\u{1A}", [.control("z")]), ("\u{1D}", [.control("]")]),
      ("\0", [.control(" ")]),
      ("\u{1B}", [.escape]), ("\u{1B}\u{1B}", [.escape, .escape]), ("\u{1B}j", [.escape, .character("j")]),
      ("\u{1B}[A", [.up]), ("\u{1B}OB", [.down]), ("\u{1B}[1;5C", [.right]), ("\u{1B}[D", [.left]),
      ("\u{1B}[H", [.home]), ("\u{1B}[1~", [.home]), ("\u{1B}[7~", [.home]), ("\u{1B}[F", [.end]),
      ("\u{1B}[4~", [.end]),
      ("\u{1B}[5~", [.pageUp]), ("\u{1B}[6;2~", [.pageDown]), ("\u{1B}[3~", [.delete]),
      ("\u{1B}[Z", [.backTab]),
      ("\u{1B}OP", [.function(1)]), ("\u{1B}[[B", [.function(2)]), ("\u{1B}[15~", [.function(5)]),
      ("\u{1B}[24~", [.function(12)]), ("\u{1B}OM", [.enter]), ("\u{1B}Ok", [.character("+")]),
      ("\u{1B}Oy", [.character("9")]),
      ("\u{1B}\u{1B}[A", [.escape, .up]),
      ("ab\u{1B}[Ac", [.character("a"), .character("b"), .up, .character("c")]),
    ] as [(String, [Key])])
  func names(text: String, expected: [Key]) {
    #expect(keys(text) == expected)
  }

  @Test(
    "The terminal's answer about its background is no key, however it arrives",
    arguments: [
      ("11;rgb:0000/0000/0000\u{1B}\\", false), ("11;rgb:ffff/ffff/ffff\u{7}", true),
      ("11;rgb:fd/f6/e3\u{1B}\\", true), ("11;rgba:1e1e/1e1e/2e2e/ffff\u{7}", false),
      ("11;rgb:f/f/f\u{7}", true),
      ("11;?\u{7}", nil), ("4;1;rgb:ffff/0000/0000\u{7}", nil), ("11;rgb:zz/00/00\u{1B}\\", nil),
    ] as [(String, Bool?)])
  func background(answer: String, isLight: Bool?) {
    func told(_ events: [Event]) -> [Bool] {
      events.compactMap { if case .background(let isLight) = $0 { isLight } else { nil } }
    }
    func keys(_ events: [Event]) -> [Key] {
      events.compactMap { if case .key(let key) = $0 { key } else { nil } }
    }
    let bytes = Array("a\u{1B}]\(answer)b".utf8)
    for cut in bytes.indices {
      var decoder = KeyDecoder()
      decoder.expectsBackground = true
      var events = decoder.decode(bytes[..<cut], at: start)
      // The answer may come so slowly that the input before it is taken for whole. An Esc alone is then the key.
      if cut != 2 { events += decoder.finish(at: start) }
      events += decoder.decode(bytes[cut...], at: start) + decoder.finish(at: start)
      #expect(told(events) == (isLight.map { [$0] } ?? []), "\(cut)")
      #expect(keys(events) == [.character("a"), .character("b")], "\(cut)")
    }
  }

  @Test(
    "An Esc before a bracket is the key where no answer is due, and an answer that is broken off takes no key with it"
  )
  func noAnswer() {
    #expect(keys("\u{1B}]") == [.escape, .character("]")])
    #expect(keys("\u{1B}]x") == [.escape, .character("]"), .character("x")])
    #expect(keys("\u{1B}]11;rgb:00\u{1B}[A") == [.up])
  }

  @Test(
    "An unknown sequence is skipped whole: none of its letters is a command",
    arguments: [
      "\u{1B}[I", "\u{1B}[2~", "\u{1B}[?1;2c", "\u{1B}[0n", "\u{1B}[>0;1;2c", "\u{1B}[97;5u", "\u{9B}",
    ])
  func swallowed(text: String) {
    #expect(keys(text + "x") == [.character("x")])
  }

  @Test("Bytes that are not UTF-8 are skipped")
  func invalidBytes() {
    var decoder = KeyDecoder()
    let events =
      decoder.decode([0xFF, 0xC3, 0x28, 0x80, 0x61, 0xE6, 0x97], at: start) + decoder.finish(at: start)
    #expect(events.count == 2)
    #expect(!decoder.isWaiting)
  }

  @Test("A sequence may arrive in any pieces")
  func pieces() {
    let text = "\u{1B}[15~é\u{1B}[<0;3;4M\u{1B}[200~p\u{1B}[q\u{1B}[201~z"
    var decoder = KeyDecoder()
    let events = text.utf8.flatMap { decoder.decode([$0], at: start) }
    #expect(events.count == 5)
    #expect(events.map { "\($0)" } == decodeAtOnce(text).map { "\($0)" })
    #expect(!decoder.isWaiting)
  }

  private func decodeAtOnce(_ text: String) -> [Event] {
    var decoder = KeyDecoder()
    return decoder.decode(text.utf8, at: start)
  }

  @Test("An Esc waits for the rest of a sequence")
  func waiting() {
    var decoder = KeyDecoder()
    #expect(decoder.decode("\u{1B}".utf8, at: start).isEmpty)
    #expect(decoder.isWaiting)
    #expect(decoder.finish(at: start).count == 1)
    #expect(!decoder.isWaiting)
    #expect(decoder.decode("\u{1B}[".utf8, at: start).isEmpty)
    let late = decoder.finish(at: start)
    #expect(late.count == 2)
  }

  @Test("A paste is one event with line feeds, and commands in it stay text")
  func paste() {
    let events = decodeAtOnce("\u{1B}[200~one\rtwo\r\nq\u{1B}[A\u{1B}[201~x")
    guard case .paste(let text) = events.first else {
      Issue.record("no paste: \(events)")
      return
    }
    #expect(text == "one\ntwo\nq\u{1B}[A")
    #expect(events.count == 2)
  }

  @Test("An unfinished paste is not cut by waiting")
  func unfinishedPaste() {
    var decoder = KeyDecoder()
    #expect(decoder.decode("\u{1B}[200~abc".utf8, at: start).isEmpty)
    #expect(!decoder.isWaiting)
    #expect(decoder.finish(at: start).isEmpty)
    #expect(decoder.decode("d\u{1B}[201~".utf8, at: start).count == 1)
  }

  @Test("Clicks, double clicks and the wheel, also far to the right")
  func mouse() {
    var decoder = KeyDecoder()
    func kinds(_ text: String, after milliseconds: Int) -> [Mouse] {
      decoder.decode(text.utf8, at: start + .milliseconds(milliseconds)).compactMap {
        if case .mouse(let mouse) = $0 { mouse } else { nil }
      }
    }
    let point = Point(x: 299, y: 9)
    let click = "\u{1B}[<0;300;10M\u{1B}[<0;300;10m"
    let release = Mouse(kind: .release, point: point)
    #expect(kinds(click, after: 0) == [Mouse(kind: .click, point: point), release])
    #expect(kinds(click, after: 300) == [Mouse(kind: .doubleClick, point: point), release])
    #expect(kinds(click, after: 400) == [Mouse(kind: .click, point: point), release])
    #expect(kinds(click, after: 900) == [Mouse(kind: .click, point: point), release])
    #expect(kinds("\u{1B}[<0;1;1M", after: 1000) == [Mouse(kind: .click, point: Point(x: 0, y: 0))])
    let drag = "\u{1B}[<0;1;1M\u{1B}[<32;2;1M\u{1B}[<36;3;1M\u{1B}[<0;3;1m"
    #expect(kinds(drag, after: 2000).map(\.kind) == [.click, .drag, .drag, .release])
    #expect(kinds("\u{1B}[<64;5;6M\u{1B}[<65;5;6M", after: 1001).map(\.kind) == [.wheelUp, .wheelDown])
    #expect(kinds("\u{1B}[<2;5;6M\u{1B}[<35;5;6M\u{1B}[<0;0;0M", after: 1002).isEmpty)
  }

  @Test("Sequences that the terminal's description names come first")
  func described() {
    var decoder = KeyDecoder(described: [
      Array("\u{1B}[[A".utf8): .up, Array("\u{1B}[11^".utf8): .function(11),
    ])
    let events = decoder.decode("\u{1B}[[A\u{1B}[11^".utf8, at: start)
    #expect(events.map { "\($0)" } == [Event.key(.up), .key(.function(11))].map { "\($0)" })
  }
}
