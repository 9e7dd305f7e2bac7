/// What a learner has done so far, chapter by chapter. It is kept in a file of its own.
package struct TourProgress: Hashable, Sendable {
  package struct Entry: Hashable, Sendable {
    /// The beat that the learner was at, counted from 0.
    package var beat = 0
    /// The beats that are solved or were read, counted from 0.
    package var done: Set<Int> = []

    package init() {}
  }

  package var chapters: [String: Entry] = [:]

  package init() {}

  /// The file's text.
  package var text: String {
    chapters.keys.sorted().reduce(into: "# The tour: where you were, and which beats are done.\n") {
      text, name in
      guard let entry = chapters[name] else { return }
      let done = entry.done.sorted().map { String($0 + 1) }.joined(separator: ", ")
      let quoted = name.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : "\($0)" }.joined()
      text += "\n[\"\(quoted)\"]\nbeat = \(entry.beat + 1)\ndone = [\(done)]\n"
    }
  }
}
