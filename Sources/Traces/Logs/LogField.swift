import StateSpace

/// Where a line of a log keeps something: `$.event.name`.
package struct LogField: Hashable, Sendable, CustomStringConvertible {
  /// The lines of an event: usually one. An event that spans lines has a last one, and others in between.
  package enum Root: Hashable, Sendable {
    /// `$`
    case line
    /// `$end`: the last line of the event.
    case end
    /// `$lines`: the lines between the first and the last one.
    case between
  }

  package let root: Root
  package let path: [String]

  package init(_ path: [String], in root: Root = .line) {
    self.root = root
    self.path = path
  }

  /// Reads `event.name` or `$.event.name` or `$end.reply`; nil for anything else.
  package init?(_ text: String) {
    if text.hasPrefix("$") {
      var rest = text.unicodeScalars[...]
      guard let field = LogField.take(from: &rest), rest.isEmpty else { return nil }
      self = field
    } else {
      let path = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
      guard !path.contains("") else { return nil }
      self.init(path)
    }
  }

  /// Takes a field off the front of a text that begins with `$`. A path ends where no name follows a dot; a name in quotes may have any
  /// characters. Nil if no root has that name.
  static func take(from text: inout Substring.UnicodeScalarView) -> LogField? {
    var rest = text.dropFirst()
    let word = String(Substring.UnicodeScalarView(rest.prefix(while: isOfName)))
    let roots: [String: Root] = ["": .line, "end": .end, "lines": .between]
    guard let root = roots[word] else { return nil }
    rest = rest.dropFirst(word.unicodeScalars.count)
    var path: [String] = []
    while rest.first == "." {
      let after = rest.dropFirst()
      if after.first == "\"" {
        let name = after.dropFirst().prefix { $0 != "\"" }
        guard after.dropFirst(1 + name.count).first == "\"" else { return nil }
        path.append(String(Substring.UnicodeScalarView(name)))
        rest = after.dropFirst(name.count + 2)
        continue
      }
      let name = after.prefix(while: isOfName)
      if name.isEmpty { break }
      path.append(String(Substring.UnicodeScalarView(name)))
      rest = rest.dropFirst(1 + name.count)
    }
    text = rest
    return LogField(path, in: root)
  }

  private static func isOfName(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "_"
      || scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
  }

  package var description: String {
    let start =
      switch root {
      case .line: "$"
      case .end: "$end"
      case .between: "$lines"
      }
    let names = path.map { $0.unicodeScalars.allSatisfy(Self.isOfName) ? $0 : "\"\($0)\"" }
    return ([start] + names).joined(separator: ".")
  }

  /// The name that stands for the field in an expression: another one for each field.
  var identifier: String {
    let start =
      switch root {
      case .line: "line_"
      case .end: "end_"
      case .between: "lines_"
      }
    return path.reduce(start) { text, name in
      let spelled = name.unicodeScalars.map { scalar in
        Self.isOfName(scalar) ? String(Character(scalar)) : "_\(scalar.value)_"
      }
      return "\(text)_\(name.unicodeScalars.count)_\(spelled.joined())"
    }
  }

  /// The field's value in a line; nil if the line lacks it. A member may also have several names of the path, joined by dots.
  func value(in line: JSONValue) -> JSONValue? { Self.value(in: line, path[...]) }

  private static func value(in line: JSONValue, _ path: ArraySlice<String>) -> JSONValue? {
    guard let name = path.first else { return line }
    if let inner = line[name] { return value(in: inner, path.dropFirst()) }
    guard path.count > 1 else { return nil }
    for count in 2...path.count {
      if let inner = line[path.prefix(count).joined(separator: ".")] {
        return value(in: inner, path.dropFirst(count))
      }
    }
    return nil
  }
}

/// TLA+ that mentions fields of a line, as `$.name`.
package struct LogText: Hashable, Sendable {
  /// As the user wrote it.
  package let shown: String
  /// With a name in place of each field.
  let text: String
  let fields: [LogField]

  /// Throws the text that begins with `$` and is not a field.
  package init(_ shown: String) throws(LogText.Problem) {
    self.shown = shown
    var text = ""
    var fields: [LogField] = []
    var rest = shown.unicodeScalars[...]
    var isInString = false
    while let scalar = rest.first {
      if scalar == "$", !isInString {
        let start = rest
        guard let field = LogField.take(from: &rest) else {
          let word = start.prefix { !$0.properties.isWhitespace }
          throw Problem(
            message:
              "\(String(Substring.UnicodeScalarView(word))) is no field: the fields begin with $., $end. or $lines"
          )
        }
        if !fields.contains(field) { fields.append(field) }
        text += field.identifier
        continue
      }
      if scalar == "\\", isInString {
        text.unicodeScalars.append(scalar)
        rest = rest.dropFirst()
        if let escaped = rest.first {
          text.unicodeScalars.append(escaped)
          rest = rest.dropFirst()
        }
        continue
      }
      if scalar == "\"" { isInString.toggle() }
      text.unicodeScalars.append(scalar)
      rest = rest.dropFirst()
    }
    self.text = text
    self.fields = fields
  }

  package struct Problem: Error {
    package let message: String

    package init(message: String) { self.message = message }
  }

  /// The field, if the text is nothing else.
  var onlyField: LogField? {
    fields.count == 1 && fields[0].identifier == text.trimmedBlanks ? fields[0] : nil
  }
}

extension String {
  fileprivate var trimmedBlanks: String {
    let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" || $0 == "\n" }
    return String(drop(while: isBlank).reversed().drop(while: isBlank).reversed())
  }
}
