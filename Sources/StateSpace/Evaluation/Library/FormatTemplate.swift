/// A template as Java's `Formatter` reads it, as far as it is about texts: `%s`, `%2$s`, `%-8s`, `%.3s`, `%n`, `%%`.
struct FormatTemplate {
  private enum Part {
    case text(String)
    /// A parameter: its position, or nil for the next one, and how it is cut and filled up.
    case parameter(position: Int?, isLeft: Bool, width: Int, limit: Int?, isUppercase: Bool)
  }

  private var parts: [Part] = []

  /// Throws `ValueError` for a template that is not well formed, or that asks for something other than a text.
  init(_ template: String) throws {
    var rest = Substring(template)
    var text = ""
    while let first = rest.popFirst() {
      guard first == "%" else {
        text.append(first)
        continue
      }
      parts.append(.text(text))
      text = ""
      var number = Self.number(&rest)
      var position: Int?
      if number != nil, rest.first == "$" {
        position = number
        rest.removeFirst()
        number = nil
      }
      let isLeft = number == nil && rest.first == "-"
      if isLeft {
        rest.removeFirst()
        number = Self.number(&rest)
      }
      let width = number ?? Self.number(&rest) ?? 0
      var limit: Int?
      if rest.first == "." {
        rest.removeFirst()
        limit = Self.number(&rest)
      }
      switch rest.popFirst() {
      case "s":
        parts.append(
          .parameter(position: position, isLeft: isLeft, width: width, limit: limit, isUppercase: false))
      case "S":
        parts.append(
          .parameter(position: position, isLeft: isLeft, width: width, limit: limit, isUppercase: true))
      case "n": text += "\n"
      case "%": text += "%"
      case let other:
        throw ValueError(
          "the template \(template) has %\(other.map(String.init) ?? ""): only texts (%s) can be filled in")
      }
    }
    parts.append(.text(text))
  }

  private static func number(_ rest: inout Substring) -> Int? {
    let digits = rest.prefix { $0.isASCII && $0.isNumber }
    guard let first = digits.first, first != "0", let number = Int(digits), number < 10_000 else {
      return nil
    }
    rest = rest.dropFirst(digits.count)
    return number
  }

  /// The template with its parameters filled in. Throws `ValueError` if there are too few.
  func filled(with parameters: [String]) throws -> String {
    var next = 0
    var result = ""
    for part in parts {
      switch part {
      case .text(let text): result += text
      case .parameter(let position, let isLeft, let width, let limit, let isUppercase):
        if position == nil { next += 1 }
        let place = position ?? next
        guard parameters.indices.contains(place - 1) else {
          throw ValueError("the template asks for parameter \(place), and there are \(parameters.count)")
        }
        var text = parameters[place - 1]
        if let limit { text = String(text.prefix(limit)) }
        if isUppercase { text = text.uppercased() }
        let filler = String(repeating: " ", count: max(0, width - text.count))
        result += isLeft ? text + filler : filler + text
      }
    }
    return result
  }
}
