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
  /// The name of the chapter that the learner was at last.
  package var current: String?

  package init() {}

  /// The file's text.
  package var text: String {
    var text = "# The tour: where you were, and which beats are done.\n"
    if let current { text += "current = \(TourProgress.quoted(current))\n" }
    for name in chapters.keys.sorted() {
      guard let entry = chapters[name] else { continue }
      let done = entry.done.sorted().map { String($0 + 1) }.joined(separator: ", ")
      text += "\n[chapters.\(TourProgress.quoted(name))]\nbeat = \(entry.beat + 1)\ndone = [\(done)]\n"
    }
    return text
  }

  private static func quoted(_ name: String) -> String {
    let escaped = name.unicodeScalars.map { scalar in
      switch scalar {
      case "\"", "\\": "\\\(scalar)"
      case _ where scalar.value < 0x20 || scalar.value == 0x7F:
        "\\u" + String(scalar.value + 0x10000, radix: 16).suffix(4)
      default: "\(scalar)"
      }
    }
    return "\"" + escaped.joined() + "\""
  }

  /// How many of the chapter's beats are done.
  func doneCount(of chapter: Chapter) -> Int {
    (chapters[chapter.name]?.done ?? []).count { chapter.beats.indices.contains($0) }
  }
}
