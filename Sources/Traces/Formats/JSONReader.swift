#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Reads JSON text with limits, so that no input can exhaust the machine.
enum JSONReader {
  static let largestSize = 512 << 20
  static let largestDepth = 200

  /// Reads one value. Throws `TraceReadingError` with the line and column as far as they are known.
  static func read(_ bytes: [UInt8], file: String) throws -> JSONValue {
    guard bytes.count <= largestSize else {
      throw TraceReadingError(
        file: file, message: "the file is larger than \(largestSize >> 20) MiB",
        hint: "save a shorter trace")
    }
    if let line = firstLineThatIsNotText(bytes) {
      throw TraceReadingError(
        file: file, line: line, message: "the file is not UTF-8 text", hint: "save it as UTF-8")
    }
    try checkDepth(bytes, file: file)
    do {
      return try JSONDecoder().decode(DecodedValue.self, from: Data(bytes)).value
    } catch let DecodingError.dataCorrupted(context) {
      throw syntaxError(context, bytes, file: file)
    } catch {
      throw TraceReadingError(file: file, message: "this is not JSON", hint: nil)
    }
  }

  /// Recursion follows the nesting, so it is limited before the text is decoded.
  private static func checkDepth(_ bytes: [UInt8], file: String) throws {
    var depth = 0
    var line = 1
    var isInString = false
    var isEscaped = false
    for byte in bytes {
      if byte == UInt8(ascii: "\n") { line += 1 }
      if isInString {
        if isEscaped {
          isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
          isEscaped = true
        } else if byte == UInt8(ascii: "\"") {
          isInString = false
        }
        continue
      }
      switch byte {
      case UInt8(ascii: "\""): isInString = true
      case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
      default: break
      }
      guard depth <= largestDepth else {
        throw TraceReadingError(
          file: file, line: line, message: "values are nested more than \(largestDepth) deep", hint: nil)
      }
    }
  }

  private static func firstLineThatIsNotText(_ bytes: [UInt8]) -> Int? {
    guard String(validating: bytes, as: UTF8.self) == nil else { return nil }
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    return (lines.firstIndex { String(validating: $0, as: UTF8.self) == nil } ?? 0) + 1
  }

  /// The decoder tells the place in words only: its numbers are taken from them where they can be found.
  private static func syntaxError(
    _ context: DecodingError.Context, _ bytes: [UInt8], file: String
  ) -> TraceReadingError {
    let words = context.underlyingError.map { String(describing: $0) } ?? context.debugDescription
    let line = number(after: "line: ", in: words) ?? number(after: "line ", in: words)
    let column = number(after: "column: ", in: words) ?? number(after: "column ", in: words)
    let isCutOff = words.contains("unexpectedEndOfFile") || words.contains("nexpected end")
    return TraceReadingError(
      file: file, line: line ?? (isCutOff ? bytes.split(separator: UInt8(ascii: "\n")).count : nil),
      column: column,
      message: isCutOff ? "the file ends in the middle of a value" : "this is not JSON",
      hint: isCutOff ? "it was cut off: save or copy it again" : nil)
  }

  private static func number(after words: String, in text: String) -> Int? {
    guard let range = text.firstRange(of: words) else { return nil }
    return Int(text[range.upperBound...].prefix { $0.isASCII && $0.isNumber })
  }
}

/// A value as the decoder hands it out.
private struct DecodedValue: Decodable {
  let value: JSONValue

  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  init(from decoder: any Decoder) throws {
    // The kinds that are most frequent in a trace are tried first: a failed attempt costs an error.
    let single = try decoder.singleValueContainer()
    if let text = try? single.decode(String.self) {
      value = .string(text)
    } else if let container = try? decoder.container(keyedBy: Key.self) {
      value = .object(
        try container.allKeys.sorted { $0.stringValue < $1.stringValue }.map {
          JSONValue.Member($0.stringValue, try container.decode(DecodedValue.self, forKey: $0).value)
        })
    } else if var container = try? decoder.unkeyedContainer() {
      var elements: [JSONValue] = []
      while !container.isAtEnd { elements.append(try container.decode(DecodedValue.self).value) }
      value = .array(elements)
    } else if let truth = try? single.decode(Bool.self) {
      value = .boolean(truth)
    } else if let number = try? single.decode(Int.self) {
      value = .integer(number)
    } else if single.decodeNil() {
      value = .null
    } else {
      value = .number(try single.decode(Double.self))
    }
  }
}
