internal import StateSpace
internal import TLASyntax

/// A file that traces are read from.
struct TraceSource {
  enum Contents {
    case json(JSONValue)
    case text(String)
  }

  /// The user's name for the file.
  let file: String
  let contents: Contents

  var text: String? { if case .text(let text) = contents { text } else { nil } }
}

/// The traces in a file: one, or one for each counterexample of a log.
package struct TraceDocument: Sendable {
  /// In the order of the file; at least one.
  package let traces: [Trace]
  /// What was removed from the text to read it; nil if nothing was.
  package internal(set) var removed: String?

  init(_ traces: [Trace]) { self.traces = traces }

  /// The trace with that number, counted from 1.
  package subscript(number: Int) -> Trace? {
    traces.indices.contains(number - 1) ? traces[number - 1] : nil
  }

  /// A line for each trace, beginning with its number: `2  3 states, to Up  counterexample to Small`.
  package var listing: [String] {
    let numbers = String(traces.count).count
    let rows = traces.enumerated().map { index, trace in
      let number = String(index + 1)
      return (
        number: String(repeating: " ", count: numbers - number.count) + number, length: trace.lengthWords,
        source: trace.metadata.source ?? ""
      )
    }
    let width = rows.map(\.length.count).max() ?? 0
    return rows.map { row in
      let gap = String(repeating: " ", count: width - row.length.count)
      return Printable.line(
        row.source.isEmpty
          ? "\(row.number)  \(row.length)" : "\(row.number)  \(row.length)\(gap)  \(row.source)")
    }
  }
}

extension Trace {
  /// `3 states, the last by Up`
  fileprivate var lengthWords: String {
    let states = steps.count == 1 ? "1 state" : "\(steps.count) states"
    let end =
      loop != nil ? ", a lasso" : steps.count > 1 ? steps.last?.label.map { ", the last by \($0)" } : nil
    return states + (end ?? "")
  }
}
