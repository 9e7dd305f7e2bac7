import Foundation
import Testing

@testable import TerminalUI

@Suite struct ClipboardTests {
  @Test("A text goes to the terminal in base64 only")
  func sequence() {
    for text in ["", "a", "ab", "abc", "\u{1B}]0;evil\u{07}\n", "Grüße ✗"] {
      let encoded = Data(text.utf8).base64EncodedString()
      #expect(Clipboard.base64(Array(text.utf8)) == encoded)
      #expect(Clipboard.sequence(for: text, isInsideTmux: false) == "\u{1B}]52;c;\(encoded)\u{07}")
    }
  }

  @Test("Inside tmux the sequence goes to tmux, and through it to the terminal around it")
  func tmux() {
    let plain = "\u{1B}]52;c;YQ==\u{07}"
    #expect(
      Clipboard.sequence(for: "a", isInsideTmux: true) == plain + "\u{1B}Ptmux;\u{1B}" + plain + "\u{1B}\\")
  }
}
