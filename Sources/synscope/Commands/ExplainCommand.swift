import ArgumentParser
import TLASyntax

/// Prints a page on a kind of message.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Explains a kind of message, with an example.",
    discussion: """
      Each error and warning ends with its code in brackets, such as [unprimed]. `synscope explain unprimed` says what it means and how \
      to mend it. Without CODE, it lists the codes.
      """)

  @Argument(
    help: "The code of a message, such as unprimed.",
    completion: .list(MessageCode.allCases.map(\.rawValue)))
  var code: String?

  func run() throws {
    guard let code else { return try Console.write(Self.list) }
    let name = code.filter { $0 != "[" && $0 != "]" }
    guard let page = MessageCode(rawValue: name).flatMap(ExplanationPage.page) else {
      let close = closestName(to: name, in: MessageCode.allCases.map(\.rawValue))
      throw ValidationError(
        "there is no code \(name)\(close.map { " (did you mean \($0)?)" } ?? ""); `synscope explain` lists them"
      )
    }
    try Console.write(page.text)
  }

  /// The codes with what they mean.
  private static var list: String {
    let width = MessageCode.allCases.map(\.rawValue.count).max() ?? 0
    return ExplanationPage.all.map { page in
      page.code.rawValue + String(repeating: " ", count: width + 2 - page.code.rawValue.count) + page.title
    }.joined(separator: "\n")
  }
}
