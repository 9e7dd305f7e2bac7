import TLASyntax

/// The translation of a PlusCal algorithm in a module, with the checksum that the translator wrote on its first line:
/// `\* BEGIN TRANSLATION (chksum(pcal) = "…" /\ chksum(tla) = "…")`. The algorithm's checksum is not checked: it is computed from a syntax
/// tree that only the translator has.
struct PlusCalTranslation {
  /// In lower-case hexadecimal digits without leading zeros.
  let checksum: String
  /// The lines between the first and the last.
  let lines: [String]
  /// The first line.
  let span: SourceSpan

  /// The first translation with a checksum in the file; nil if there is none, or its end is missing.
  init?(in file: SourceFile) {
    let mark = "chksum(tla)"
    guard let start = file.offset(of: mark) else { return nil }
    let label = start..<start + mark.utf8.count
    let begin = file.position(of: label.lowerBound).line
    guard file.line(begin).contains("BEGIN TRANSLATION"),
      let end = (begin..<file.lineCount).first(where: { file.line($0 + 1).contains("END TRANSLATION") })
    else { return nil }
    let rest = String(
      decoding: file.bytes[label.upperBound...].prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
    let quoted = rest.split(separator: "\"", omittingEmptySubsequences: false)
    guard quoted.count > 2, quoted[0].allSatisfy({ $0 == " " || $0 == "=" }) else { return nil }
    checksum = quoted[1].lowercased()
    lines = (begin..<end).map { place in
      let line = file.line(place + 1)
      return line.hasSuffix("\r") ? String(line.dropLast()) : line
    }
    span = SourceSpan(file: file, start: label.lowerBound, end: label.upperBound + rest.utf8.count)
  }

  /// The warning if the translation is not what the translator wrote; nil if it is.
  var warning: Diagnostic? {
    var sum = CyclicRedundancyCheck()
    for line in lines { for byte in line.utf8 { sum.add(byte) } }
    guard String(sum.value, radix: 16) != checksum else { return nil }
    return Diagnostic(
      .warning, .specification, .pluscal,
      "the translation of the PlusCal algorithm was changed since it was made",
      at: span,
      hint: "translate the algorithm once more, or take the checksums out of this line")
  }
}

/// CRC-32 as in ISO 3309, with the reversed polynomial.
private struct CyclicRedundancyCheck {
  private static let table: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { rest, _ in rest & 1 == 1 ? rest >> 1 ^ 0xEDB8_8320 : rest >> 1 }
  }
  private var state = UInt32.max

  mutating func add(_ byte: UInt8) {
    state = state >> 8 ^ Self.table[Int(UInt8(truncatingIfNeeded: state) ^ byte)]
  }

  var value: UInt32 { ~state }
}
