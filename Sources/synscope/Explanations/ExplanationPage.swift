import TLASyntax

/// A page of `synscope explain`: what a kind of message means, with examples that the tests run.
///
/// The pages are written in `Pages/*.md`. A page begins with `# CODE: TITLE`. Its blocks between fences are the parts of examples: `tla` a
/// module, `cfg` its configuration, `says` what a check of it prints, and `mend` lines to take out (`- `) and to put in (`+ `).
struct ExplanationPage {
  /// A part of a page.
  enum Block: Equatable {
    case text(String)
    case module(name: String, String)
    case configuration(String)
    case message(String)
    case change([String])
  }

  let code: MessageCode
  /// One line.
  let title: String
  let blocks: [Block]

  /// All pages, in the order of the files.
  static let all: [ExplanationPage] = files.flatMap { pages(in: String(decoding: $0, as: UTF8.self)) }

  private static let files = [
    PackageResources.text_md, PackageResources.names_md, PackageResources.configuration_md,
    PackageResources.steps_md, PackageResources.values_md, PackageResources.results_md,
  ]

  /// The page on a code; nil if there is none.
  static func page(on code: MessageCode) -> ExplanationPage? { all.first { $0.code == code } }

  /// The pages of a file. A page without a known code in its heading is left out.
  static func pages(in text: String) -> [ExplanationPage] {
    var pages: [ExplanationPage] = []
    var lines: [Substring] = []
    var isInFence = false
    func finish() {
      if let page = ExplanationPage(lines) { pages.append(page) }
      lines = []
    }
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("# "), !isInFence { finish() }
      if line.hasPrefix("```") { isInFence.toggle() }
      lines.append(line)
    }
    finish()
    return pages
  }

  private init?(_ lines: [Substring]) {
    guard let heading = lines.first, heading.hasPrefix("# "),
      let colon = heading.firstIndex(of: ":"),
      let code = MessageCode(rawValue: String(heading[..<colon].dropFirst(2)))
    else { return nil }
    self.code = code
    title = String(heading[colon...].dropFirst(2))
    blocks = Self.blocks(lines.dropFirst())
  }

  private static func blocks(_ lines: ArraySlice<Substring>) -> [Block] {
    var blocks: [Block] = []
    var open: [Substring] = []
    var fence: Substring?
    func close() {
      let content = open.joined(separator: "\n")
      switch fence {
      case "tla": blocks.append(.module(name: moduleName(content), content))
      case "cfg": blocks.append(.configuration(content))
      case "says": blocks.append(.message(content))
      case "mend": blocks.append(.change(open.map(String.init)))
      default: if !content.allSatisfy(\.isWhitespace) { blocks.append(.text(content)) }
      }
      open = []
    }
    for line in lines {
      if line.hasPrefix("```") {
        close()
        fence = fence == nil ? line.dropFirst(3) : nil
      } else if line.isEmpty, fence == nil {
        close()
      } else {
        open.append(line)
      }
    }
    close()
    return blocks
  }

  private static func moduleName(_ text: String) -> String {
    text.split(separator: " ").drop { $0 != "MODULE" }.dropFirst().first.map(String.init) ?? ""
  }

  /// The page as text for a terminal.
  var text: String {
    var parts = ["\(code.rawValue): \(title)"]
    var module = ""
    for block in blocks {
      switch block {
      case .text(let text): parts.append(text)
      case .module(let name, let text):
        module = name
        parts.append("  \(name).tla\n" + Self.indented(text))
      case .configuration(let text): parts.append("  \(module).cfg\n" + Self.indented(text))
      case .message(let text): parts.append("  synscope check \(module)\n" + Self.indented(text))
      case .change(let lines):
        parts.append("  the change\n" + Self.indented(lines.joined(separator: "\n")))
      }
    }
    return parts.joined(separator: "\n\n")
  }

  private static func indented(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.isEmpty ? "" : "    \($0)" }.joined(separator: "\n")
  }
}
