/// A text of TLA+ that knows its parts, so that it can be shrunk part by part.
///
/// It is written as a string literal, in which the interpolations are the parts.
package struct Phrase: Hashable, Sendable {
  enum Part: Hashable, Sendable {
    case text(String)
    case phrase(Phrase)
    /// Parts that can each be left out.
    case list([Phrase], separator: String)
  }

  var parts: [Part]

  init(parts: [Part]) { self.parts = parts }
}

extension Phrase: CustomStringConvertible {
  package var description: String {
    parts.map { part in
      switch part {
      case .text(let text): text
      case .phrase(let phrase): phrase.description
      case .list(let phrases, let separator): phrases.map(\.description).joined(separator: separator)
      }
    }.joined()
  }
}

extension Phrase: ExpressibleByStringInterpolation {
  package init(stringLiteral text: String) { self.init(parts: [.text(text)]) }

  package init(stringInterpolation: StringInterpolation) { self.init(parts: stringInterpolation.parts) }

  package struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var parts: [Part] = []

    package init(literalCapacity: Int, interpolationCount: Int) {
      parts.reserveCapacity(2 * interpolationCount + 1)
    }

    package mutating func appendLiteral(_ text: String) { parts.append(.text(text)) }

    package mutating func appendInterpolation(_ text: String) { parts.append(.text(text)) }

    package mutating func appendInterpolation(_ phrase: Phrase) { parts.append(.phrase(phrase)) }

    package mutating func appendInterpolation(_ phrases: [Phrase], separator: String) {
      parts.append(.list(phrases, separator: separator))
    }
  }
}

extension Phrase {
  /// The phrases that differ from this one in one part: the part is left out, replaced by one of its own parts, or replaced by one of
  /// `simplest`.
  func reductions(simplest: [Phrase]) -> [Phrase] {
    var result: [Phrase] = []
    for index in parts.indices {
      func with(_ part: Part) -> Phrase {
        var copy = self
        copy.parts[index] = part
        return copy
      }
      switch parts[index] {
      case .text: break
      case .phrase(let phrase):
        result += simplest.map { with(.phrase($0)) }
        result += phrase.ownPhrases.map { with(.phrase($0)) }
        result += phrase.reductions(simplest: simplest).map { with(.phrase($0)) }
      case .list(let phrases, let separator):
        for position in phrases.indices {
          var rest = phrases
          rest.remove(at: position)
          result.append(with(.list(rest, separator: separator)))
        }
        for position in phrases.indices {
          let phrase = phrases[position]
          for reduced in phrase.ownPhrases + phrase.reductions(simplest: simplest) {
            var changed = phrases
            changed[position] = reduced
            result.append(with(.list(changed, separator: separator)))
          }
        }
      }
    }
    return result
  }

  /// The parts that are phrases.
  var ownPhrases: [Phrase] {
    parts.flatMap { part in
      switch part {
      case .text: [Phrase]()
      case .phrase(let phrase): [phrase]
      case .list(let phrases, _): phrases
      }
    }
  }

  /// The phrases to try instead of this one.
  func smaller(simplest: [Phrase]) -> [Phrase] {
    (simplest + ownPhrases + reductions(simplest: simplest)).shortestFirst(below: self)
  }
}

extension [Phrase] {
  /// Each different text once, if it is shorter than `whole`.
  func shortestFirst(below whole: Phrase) -> [Phrase] {
    let length = whole.description.utf8.count
    var seen: Set<String> = []
    return map { (phrase: $0, text: $0.description) }
      .filter { $0.text.utf8.count < length && seen.insert($0.text).inserted }
      .sorted { $0.text.utf8.count < $1.text.utf8.count }
      .map(\.phrase)
  }
}
