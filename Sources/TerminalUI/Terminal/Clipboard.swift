/// The control sequence that puts a text on the terminal's clipboard (OSC 52).
enum Clipboard {
  /// The sequence holds the text in base64 only, so nothing in the text can act on the terminal. Inside tmux the sequence comes twice: for
  /// tmux itself, which passes it on with `set-clipboard on`, and wrapped for the terminal around it, for `allow-passthrough on`.
  static func sequence(for text: String, isInsideTmux: Bool) -> String {
    let plain = "\u{1B}]52;c;\(base64(Array(text.utf8)))\u{07}"
    return isInsideTmux ? plain + "\u{1B}Ptmux;\u{1B}\(plain)\u{1B}\\" : plain
  }

  private static let digits = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".unicodeScalars)

  static func base64(_ bytes: [UInt8]) -> String {
    var result = String.UnicodeScalarView()
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let bits = (0..<3).reduce(UInt32(0)) { $0 << 8 | ($1 < group.count ? UInt32(group[start + $1]) : 0) }
      for position in 0..<4 {
        result.append(position <= group.count ? digits[Int(bits >> (18 - 6 * UInt32(position)) & 63)] : "=")
      }
    }
    return String(result)
  }
}
