import StateSpace

extension SpaceTime {
  /// What a step changed in a node's variables, in few words: `up → FALSE`, `rows +r1, sequence → 2`.
  package struct Note: Sendable, Hashable {
    package let lane: Int
    /// The row in which the note stands: the step's first, or a later one if a message's line takes the room beside the lane.
    package internal(set) var row: Int
    package let changes: [Change]

    /// A change in a place.
    package struct Change: Sendable, Hashable {
      /// The variable; empty if the path begins with a field, which names the place well enough.
      let variable: String
      /// The steps that lead into the variable: `.field`, `[n1]`.
      let path: [String]
      /// `+0`, `−0` or `→ 0`.
      var words: String
      /// A gain or a loss tells more without its place than a new value does.
      let isMovement: Bool

      var text: String { Self.text(variable + path.joined(), words) }

      /// The change with shorter and shorter places, beginning with the whole one.
      var wordings: [String] {
        var places = [variable + path.joined()]
        for start in path.indices.dropFirst(variable.isEmpty ? 1 : 0)
        where path[start].hasPrefix(".") || variable.isEmpty {
          places.append(path[start...].joined())
        }
        let name = variable.isEmpty ? path.first ?? "" : variable
        let rest = (variable.isEmpty ? Array(path.dropFirst()) : path).joined()
        // Three letters are enough to recognize a name.
        for count in stride(from: name.hasPrefix("[") ? 0 : name.count - 2, through: 3, by: -1) {
          places.append(name.prefix(count) + "…" + rest)
        }
        places += [path.joined()] + path.suffix(1)
        return (places + [""]).flatMap { place in
          [words, words.filter { $0 != "\"" }].uniqued().map { Self.text(place, $0) }
        }
      }

      private static func text(_ place: String, _ words: String) -> String {
        place.isEmpty ? words : "\(place) \(words)"
      }
    }

    /// The most changes that a note names.
    private static let mostChanges = 3

    package var text: String { wordings[0] }

    /// The note in more and more narrow forms. Less is said before a place is left out.
    package var wordings: [String] {
      guard let first = changes.first else { return ["changes nothing", "no change"] }
      let most = min(changes.count, Self.mostChanges)
      var result = stride(from: most, through: 1, by: -1).map { count in
        changes.prefix(count).map(\.text).joined(separator: ", ") + (count < changes.count ? ", …" : "")
      }
      for wording in first.wordings {
        result.append(wording + (changes.count > 1 ? ", …" : ""))
        if changes.count > 1 { result.append(wording) }
      }
      return result
    }

    /// The fewest characters that say what matters.
    var leastWidth: Int {
      guard let first = changes.first else { return text.count }
      return first.isMovement ? first.words.count : first.text.count
    }
  }
}
