internal import TLASyntax

/// HTML that is put together from parts. Text from a spec or a file gets in only through `escaped`, so it never becomes markup.
struct HTMLText {
  private(set) var html = ""

  /// Adds markup that holds nothing from a spec or a file.
  mutating func markup(_ markup: String) { html += markup }

  mutating func text(_ text: String) { html += HTMLText.escaped(text) }

  /// A text whose line breaks stay.
  mutating func lines(of text: String) {
    html += text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { HTMLText.escaped(String($0)) }.joined(separator: "\n")
  }

  /// An element with what `content` adds. `attributes` is markup.
  mutating func element(_ name: String, _ attributes: String = "", _ content: (inout HTMLText) -> Void) {
    html += attributes.isEmpty ? "<\(name)>" : "<\(name) \(attributes)>"
    content(&self)
    html += "</\(name)>"
  }

  /// An element with a text.
  mutating func element(_ name: String, _ attributes: String = "", text: String) {
    element(name, attributes) { $0.text(text) }
  }

  /// The text as the contents of an element or of an attribute in double quotes.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in Printable.line(text).unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      // Not allowed in XML at all.
      case "\u{FFFE}", "\u{FFFF}": result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
