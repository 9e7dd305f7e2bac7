/// The content of one or two cells: a character with a width, and the marks that combine with it.
///
/// Widths follow the Unicode East Asian Width property: W and F take two columns, ambiguous characters one. They are counted per scalar, as
/// terminals and the C library's `wcwidth` do. Only some terminals join sequences such as flags and families, so these are left apart. Then
/// no terminal can disagree about the columns.
package struct Glyph: Hashable, Sendable {
  package let text: String
  /// 1 or 2.
  package let width: Int
}

extension Glyph {
  /// The columns that a text takes when it is written, including the escapes of control characters.
  package static func width(of text: String) -> Int {
    var width = 0
    for byte in text.utf8 {
      guard byte >= 0x20, byte < 0x7F else { return Glyphs(text).reduce(0) { $0 + $1.width } }
      width += 1
    }
    return width
  }

  /// The longest beginning of a text that fits in this many columns.
  package static func prefix(of text: String, columns: Int) -> String {
    var result = ""
    var used = 0
    for glyph in Glyphs(text) {
      guard used + glyph.width <= columns else { break }
      result += glyph.text
      used += glyph.width
    }
    return result
  }

  /// The text itself if it fits in this many columns, else its beginning and `…`.
  package static func truncated(_ text: String, columns: Int) -> String {
    guard width(of: text) > columns else { return text }
    return columns <= 0 ? "" : prefix(of: text, columns: columns - 1) + "…"
  }

  /// Replaces each tab by blanks up to the next multiple of `stop` columns.
  package static func expandingTabs(in text: String, stop: Int = 8) -> String {
    guard text.utf8.contains(UInt8(ascii: "\t")) else { return text }
    var result = ""
    var column = 0
    for glyph in Glyphs(text, keepingTabs: true) {
      let isTab = glyph.text == "\t"
      let columns = isTab ? stop - column % stop : glyph.width
      result += isTab ? String(repeating: " ", count: columns) : glyph.text
      column += columns
    }
    return result
  }

  /// The columns of a scalar: 0 for a combining mark, 2 for a wide one. Nil for one that cannot be shown: a control or format character, a
  /// line separator, an unassigned code point.
  static func width(of scalar: Unicode.Scalar) -> Int? {
    if scalar.value < 0x300 {
      return scalar.value >= 0x20 && scalar.value < 0x7F || scalar.value >= 0xA0 && scalar.value != 0xAD
        ? 1 : nil
    }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark: return 0
    case .control, .format, .surrogate, .unassigned, .lineSeparator, .paragraphSeparator: return nil
    default: return isWide(scalar.value) ? 2 : 1
    }
  }

  /// East Asian Width W and F (Unicode 15, unassigned gaps included).
  private static let wideRanges: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x231A...0x231B, 0x2329...0x232A, 0x23E9...0x23EC, 0x23F0...0x23F0, 0x23F3...0x23F3,
    0x25FD...0x25FE, 0x2614...0x2615, 0x2648...0x2653, 0x267F...0x267F, 0x2693...0x2693, 0x26A1...0x26A1,
    0x26AA...0x26AB, 0x26BD...0x26BE, 0x26C4...0x26C5, 0x26CE...0x26CE, 0x26D4...0x26D4, 0x26EA...0x26EA,
    0x26F2...0x26F3, 0x26F5...0x26F5, 0x26FA...0x26FA, 0x26FD...0x26FD, 0x2705...0x2705, 0x270A...0x270B,
    0x2728...0x2728, 0x274C...0x274C, 0x274E...0x274E, 0x2753...0x2755, 0x2757...0x2757, 0x2795...0x2797,
    0x27B0...0x27B0, 0x27BF...0x27BF, 0x2B1B...0x2B1C, 0x2B50...0x2B50, 0x2B55...0x2B55, 0x2E80...0x303E,
    0x3041...0x4DBF, 0x4E00...0xA4CF, 0xA960...0xA97C, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19,
    0xFE30...0xFE6B, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x16FF1, 0x17000...0x18D08,
    0x1AFF0...0x1B2FB, 0x1F004...0x1F004, 0x1F0CF...0x1F0CF, 0x1F18E...0x1F18E, 0x1F191...0x1F19A,
    0x1F200...0x1F320, 0x1F32D...0x1F335, 0x1F337...0x1F37C, 0x1F37E...0x1F393, 0x1F3A0...0x1F3CA,
    0x1F3CF...0x1F3D3, 0x1F3E0...0x1F3F0, 0x1F3F4...0x1F3F4, 0x1F3F8...0x1F43E, 0x1F440...0x1F440,
    0x1F442...0x1F4FC, 0x1F4FF...0x1F53D, 0x1F54B...0x1F54E, 0x1F550...0x1F567, 0x1F57A...0x1F57A,
    0x1F595...0x1F596, 0x1F5A4...0x1F5A4, 0x1F5FB...0x1F64F, 0x1F680...0x1F6C5, 0x1F6CC...0x1F6CC,
    0x1F6D0...0x1F6D2, 0x1F6D5...0x1F6D7, 0x1F6DC...0x1F6DF, 0x1F6EB...0x1F6EC, 0x1F6F4...0x1F6FC,
    0x1F7E0...0x1F7EB, 0x1F7F0...0x1F7F0, 0x1F90C...0x1F93A, 0x1F93C...0x1F945, 0x1F947...0x1F9FF,
    0x1FA70...0x1FAF8, 0x20000...0x3FFFD,
  ]

  private static func isWide(_ value: UInt32) -> Bool {
    guard value >= 0x1100 else { return false }
    var low = 0
    var high = wideRanges.count - 1
    while low <= high {
      let middle = (low + high) / 2
      if wideRanges[middle].contains(value) { return true }
      if value < wideRanges[middle].lowerBound { high = middle - 1 } else { low = middle + 1 }
    }
    return false
  }
}

/// The glyphs of a text in order. Characters that a terminal would act on are escaped: Esc is `^[`, DEL is `^?`, any other one is written
/// like `<U+202E>`.
package struct Glyphs: Sequence, IteratorProtocol {
  private var scalars: String.UnicodeScalarView.Iterator
  /// A scalar that has been read and belongs to the next glyph.
  private var pending: Unicode.Scalar?
  /// The rest of an escape, last character first.
  private var escape: [Character] = []
  private let keepsTabs: Bool

  package init(_ text: String) { self.init(text, keepingTabs: false) }

  init(_ text: String, keepingTabs: Bool) {
    scalars = text.unicodeScalars.makeIterator()
    keepsTabs = keepingTabs
  }

  package mutating func next() -> Glyph? {
    if let character = escape.popLast() { return Glyph(text: String(character), width: 1) }
    guard let scalar = takeScalar() else { return nil }
    if keepsTabs, scalar == "\t" { return Glyph(text: "\t", width: 1) }
    guard let width = Glyph.width(of: scalar) else {
      escape = Glyphs.escaped(scalar).reversed()
      return next()
    }
    guard width > 0 else {
      // A combining mark without a character is put on a blank.
      return Glyph(text: " " + marks(after: scalar), width: 1)
    }
    return Glyph(text: withMarks(scalar), width: width)
  }

  private mutating func takeScalar() -> Unicode.Scalar? {
    while let scalar = pending.take() ?? scalars.next() {
      // Joiners and the selectors of text or emoji change the width on some terminals only.
      if scalar.value == 0x200D || scalar.value == 0xFE0E || scalar.value == 0xFE0F { continue }
      return scalar
    }
    return nil
  }

  private mutating func withMarks(_ scalar: Unicode.Scalar) -> String {
    guard let following = takeScalar() else { return String(Character(scalar)) }
    guard Glyph.width(of: following) == 0 else {
      pending = following
      return String(Character(scalar))
    }
    return String(Character(scalar)) + marks(after: following)
  }

  /// The mark and the marks after it: at most three, which is what a terminal library keeps in a cell.
  private mutating func marks(after first: Unicode.Scalar) -> String {
    var result = String.UnicodeScalarView([first])
    while let scalar = takeScalar() {
      guard Glyph.width(of: scalar) == 0 else {
        pending = scalar
        break
      }
      if result.count < 3 { result.append(scalar) }
    }
    return String(result)
  }

  private static func escaped(_ scalar: Unicode.Scalar) -> String {
    if scalar.value < 0x20 { return "^" + String(UnicodeScalar(UInt8(scalar.value) + 0x40)) }
    if scalar.value == 0x7F { return "^?" }
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "<U+" + String(repeating: "0", count: Swift.max(0, 4 - digits.count)) + digits + ">"
  }
}

extension Optional {
  /// Returns the value and sets it to nil.
  fileprivate mutating func take() -> Wrapped? {
    let value = self
    self = nil
    return value
  }
}
