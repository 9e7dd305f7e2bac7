internal import TLASyntax

/// Reads values.
extension ConfigurationParser {
  mutating func value(of name: Identifier) -> Configuration.Constant? {
    if current.kind == .end || current.keyword != nil || isAtAssignment {
      report(
        "`\(name.text) =` has no value", at: name.span.joined(with: tokens[index - 1].span),
        hint: "values are numbers, strings, TRUE, FALSE, model values, and sets of these")
      return nil
    }
    guard let value = value() else { return nil }
    if case .symbol(let symbol) = current.kind, symbol != ",", !isAtAssignment {
      report(
        "A configuration holds plain values, and `\(symbol)` makes this an expression", at: current.span,
        hint: "define the expression in the module, and write `\(name.text) <- Definition`")
      return nil
    }
    return value
  }

  private mutating func value() -> Configuration.Constant? {
    guard depth < Self.maximumDepth else {
      if !isTooDeep {
        report("The value is nested more than \(Self.maximumDepth) deep", at: current.span)
      }
      isTooDeep = true
      return nil
    }
    depth += 1
    defer { depth -= 1 }
    switch current.kind {
    case .number(let digits):
      guard digits.utf8.count <= Self.maximumDigits else {
        report("The number has more than \(Self.maximumDigits) digits", at: advance().span)
        return nil
      }
      advance()
      return .integer(digits: digits)
    case .symbol("-"):
      let sign = advance()
      guard case .number(let digits) = current.kind, digits.utf8.count <= Self.maximumDigits else {
        report("expected a number after `-`", at: sign.span)
        return nil
      }
      advance()
      return .integer(digits: digits == "0" ? "0" : "-\(digits)")
    case .string(let contents):
      advance()
      return .string(contents)
    case .word(let text) where current.keyword == nil:
      advance()
      switch text {
      case "TRUE": return .boolean(true)
      case "FALSE": return .boolean(false)
      default: return .modelValue(text)
      }
    case .symbol("{"):
      advance()
      return values(upTo: "}", opened: "{").map { .set($0) }
    case .symbol("<<"):
      advance()
      return values(upTo: ">>", opened: "<<").map { .tuple($0) }
    case .symbol("["):
      advance()
      return record()
    case .invalid:
      return nil
    default:
      report(
        "expected a value, found \(current.description)", at: current.span,
        hint: "values are numbers, strings, TRUE, FALSE, model values, and sets of these")
      return nil
    }
  }

  /// Reads the values up to and including the closing bracket, after the opening one.
  mutating func values(upTo close: String, opened open: String) -> [Configuration.Constant]? {
    let opening = tokens[index - 1]
    if case .symbol(close) = current.kind, close != ")" {
      advance()
      return []
    }
    var values: [Configuration.Constant] = []
    while let value = value() {
      values.append(value)
      switch current.kind {
      case .symbol(","): advance()
      case .symbol(close):
        advance()
        return values
      default:
        closingMissing(close, opening)
        return nil
      }
    }
    return nil
  }

  private mutating func record() -> Configuration.Constant? {
    let opening = tokens[index - 1]
    var fields: [Configuration.Constant.Field] = []
    var names: Set<String> = []
    while true {
      guard let name = word() else {
        report("expected the name of a field, found \(current.description)", at: current.span)
        return nil
      }
      guard case .symbol("|->") = current.kind else {
        report("The field `\(name.text)` needs `|->` and a value", at: name.span)
        return nil
      }
      advance()
      guard let value = value() else { return nil }
      if !names.insert(name.text).inserted {
        report("The record has the field `\(name.text)` twice", at: name.span)
      }
      fields.append(Configuration.Constant.Field(name: name.text, value: value))
      switch current.kind {
      case .symbol(","): advance()
      case .symbol("]"):
        advance()
        return .record(fields)
      default:
        closingMissing("]", opening)
        return nil
      }
    }
  }

  private mutating func closingMissing(_ close: String, _ opening: Token) {
    guard current.kind != .invalid else { return }
    report(
      "`,` or `\(close)` is needed here, and \(current.description) is neither",
      at: current.kind == .end ? opening.span : current.span,
      notes: [Diagnostic.Note(message: "the bracket is opened here", span: opening.span)])
  }
}
