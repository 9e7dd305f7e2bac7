package import StateSpace

/// Values on one line, with the parts marked that a step changed.
package enum MarkedValue {
  /// A stretch of the text.
  package struct Run: Sendable, Hashable {
    package var text: String
    package let isChanged: Bool
  }

  /// The value as a spec writes it. Elements that `old` lacks and parts that differ from it are marked; without `old`, nothing is. The text
  /// has little more than `limit` characters, however large the value is. With `isBrief`, a record inside a set is written without field
  /// names if that is clear enough: `{c1 r1 1}`.
  package static func runs(
    _ value: PlainValue, old: PlainValue? = nil, limit: Int = 240, isBrief: Bool = false
  ) -> [Run] {
    var writer = Writer(limit: limit, isBrief: isBrief)
    writer.write(value, old: old.map(Old.compared) ?? .unmarked)
    return writer.runs
  }

  /// The text of a value without marks.
  package static func text(_ value: PlainValue, limit: Int = 240, isBrief: Bool = false) -> String {
    runs(value, limit: limit, isBrief: isBrief).map(\.text).joined()
  }

  /// The value that a part is compared with.
  private enum Old {
    /// No comparison: the part is not marked.
    case unmarked
    case compared(PlainValue)
    /// The part did not exist: all of it is new.
    case absent
  }

  private struct Writer {
    var runs: [Run] = []
    private var left: Int
    private let isBrief: Bool
    /// The number of enclosing brackets.
    private var depth = 0

    init(limit: Int, isBrief: Bool) {
      left = limit
      self.isBrief = isBrief
    }

    mutating func append(_ text: String, _ isChanged: Bool) {
      guard left > 0 else { return }
      left -= text.utf8.count
      let text = left <= 0 ? text + "…" : text
      if let last = runs.indices.last, runs[last].isChanged == isChanged {
        runs[last].text += text
      } else {
        runs.append(Run(text: text, isChanged: isChanged))
      }
    }

    mutating func write(_ value: PlainValue, old: Old) {
      guard left > 0 else { return }
      if isBrief, depth > 0, let words = value.briefWords {
        var isChanged = false
        switch old {
        case .unmarked: break
        case .absent: isChanged = true
        case .compared(let old): isChanged = old != value
        }
        return append(words, isChanged)
      }
      var isNew = false
      switch old {
      case .unmarked: break
      case .absent: isNew = true
      case .compared(let old) where old == value: break
      case .compared(let old):
        if writeParts(of: value, old: old) { return }
        isNew = true
      }
      if !writeParts(of: value, isNew: isNew) { append(value.description, isNew) }
    }

    /// Writes a value with parts, all of it marked or nothing. Returns false for a value without parts.
    private mutating func writeParts(of value: PlainValue, isNew: Bool) -> Bool {
      let old = isNew ? Old.absent : .unmarked
      switch value.asWritten {
      case .set(let elements): bracket("{", elements, "}", isNew) { $0.write($1, old: old) }
      case .tuple(let elements): bracket("<<", elements, ">>", isNew) { $0.write($1, old: old) }
      case .record(let fields):
        bracket("[", fields, "]", isNew) { writer, field in
          writer.append("\(field.name) |-> ", isNew)
          writer.write(field.value, old: old)
        }
      case .function(let pairs):
        bracket("(", pairs, ")", isNew, separator: " @@ ") { writer, pair in
          writer.append("\(pair.argument) :> ", isNew)
          writer.write(pair.value, old: old)
        }
      default: return false
      }
      return true
    }

    /// Writes a value with parts and marks the changed ones. Returns false if the two values have no parts in common.
    private mutating func writeParts(of value: PlainValue, old: PlainValue) -> Bool {
      switch (value.asWritten, old.asWritten) {
      case (.set(let elements), .set(let before)):
        let known = Set(before)
        // If a set only lost elements, its braces are marked.
        let hasOnlyLost = elements.allSatisfy(known.contains)
        bracket("{", elements, "}", hasOnlyLost) {
          $0.write($1, old: known.contains($1) ? .unmarked : .absent)
        }
      case (.tuple(let elements), .tuple):
        var added = Set<Int>()
        for difference in ValueDifference.between(old, value) {
          guard case .position(let position)? = difference.path.first else { continue }
          if case .removed = difference.change, difference.path.count == 1 { continue }
          added.insert(position)
        }
        bracket("<<", Array(elements.enumerated()), ">>", added.isEmpty) { writer, element in
          writer.write(element.element, old: added.contains(element.offset) ? .absent : .unmarked)
        }
      case (.record(let fields), .record):
        bracket("[", fields, "]", false) { writer, field in
          writer.append("\(field.name) |-> ", false)
          writer.write(field.value, old: old.value(at: .string(field.name)).map(Old.compared) ?? .absent)
        }
      case (.function(let pairs), .function):
        bracket("(", pairs, ")", false, separator: " @@ ") { writer, pair in
          writer.append("\(pair.argument) :> ", false)
          writer.write(pair.value, old: old.value(at: pair.argument).map(Old.compared) ?? .absent)
        }
      default:
        return false
      }
      return true
    }

    private mutating func bracket<Part>(
      _ open: String, _ parts: [Part], _ close: String, _ isMarked: Bool, separator: String = ", ",
      _ write: (inout Writer, Part) -> Void
    ) {
      append(open, isMarked)
      depth += 1
      defer { depth -= 1 }
      for (index, part) in parts.enumerated() {
        guard left > 0 else { return }
        if index > 0 { append(separator, isMarked) }
        write(&self, part)
      }
      append(close, isMarked)
    }
  }
}
