/// A chapter of the guided tour: a sequence of beats, each beside the live workbench. `ChapterReader` reads it from a file.
package struct Chapter: Sendable {
  /// The name for the user: `first-step` of `01-first-step.toml`.
  package let name: String
  /// The path of the chapter's file.
  package let path: String
  package var title = ""
  /// One line for the list of chapters.
  package var summary = ""
  /// How long it takes, roughly.
  package var minutes: Int?
  package var beats: [Beat] = []

  package init(name: String, path: String) {
    self.name = name
    self.path = path
  }
}

/// A text of a chapter with its place in the file.
package struct TourText: Hashable, Sendable {
  package let text: String
  package let place: TourPlace

  package init(_ text: String, at place: TourPlace = TourPlace()) {
    self.text = text
    self.place = place
  }
}

/// A number in a chapter with its place in the file.
package struct TourNumber: Hashable, Sendable {
  package let value: Int
  package let place: TourPlace

  package init(_ value: Int, at place: TourPlace = TourPlace()) {
    self.value = value
    self.place = place
  }
}

/// A place in a chapter's file, counted from 1.
package struct TourPlace: Hashable, Comparable, Sendable {
  package var line = 1
  package var column = 1

  package init(line: Int = 1, column: Int = 1) {
    self.line = line
    self.column = column
  }

  package static func < (one: TourPlace, other: TourPlace) -> Bool {
    (one.line, one.column) < (other.line, other.column)
  }
}

/// Something that is wrong with a chapter.
package struct ChapterProblem: Error, Hashable, Sendable {
  package let place: TourPlace
  /// A sentence without a full stop.
  package let message: String

  package init(_ message: String, at place: TourPlace) {
    self.message = message
    self.place = place
  }

  /// `chapter.toml:3:1: …`
  package func text(in file: String) -> String { "\(file):\(place.line):\(place.column): \(message)" }
}

/// A few sentences, a scene, and usually a task.
package struct Beat: Sendable {
  package let place: TourPlace
  package var title = ""
  package var text = TourText("")
  package var notes: TourText?
  package var hints: [TourText] = []
  package var scene = Scene()
  package var task: BeatTask?

  package init(at place: TourPlace) { self.place = place }
}

/// What the workbench shows when a beat begins. Anything that is missing stays as the beat before left it.
package struct Scene: Sendable {
  /// A bundled name or a path; nil for the model of the beat before.
  package var model: TourText?
  /// The text of a module, instead of a model, and its configuration.
  package var module: TourText?
  package var configuration: TourText?
  package var constants: [TourText]?
  /// The path of a saved trace.
  package var trace: TourText?
  /// The step of the branch to stand at.
  package var step: TourNumber?
  package var startsAgain = false
  /// Commands as they are typed after `:`.
  package var run: [TourText] = []
  /// The pane with the focus, and one to show besides.
  package var focus: Pane?
  package var shown: Pane?
  /// A text in the row to select.
  package var selection: TourText?

  package init() {}

  /// Whether the scene begins at an initial state or with a trace, whatever was before.
  package var beginsAnew: Bool {
    model != nil || module != nil || constants != nil || trace != nil || startsAgain
  }
}

/// What a beat asks of the learner.
package enum BeatTask: Sendable {
  case choose(ChooseTask)
  case make(DoTask)
  case write(WriteTask)
  case mend(MendTask)
}

/// Predict: which of some options is right?
package struct ChooseTask: Sendable {
  /// What decides whether an option is right. All options of a task have the same kind.
  package enum Claim: Hashable, Sendable {
    /// A predicate of the state after `then`.
    case holds(String)
    /// The invariant or property that fails; nil if none does.
    case falls(String?)
    /// The least number of steps to a state with the task's goal.
    case steps(Int)
    /// A predicate that holds in some state that can be reached.
    case reachable(String)
  }

  package struct Option: Sendable {
    package let text: TourText
    package let claim: Claim
    /// Said after this answer was chosen.
    package let because: TourText?

    package init(text: TourText, claim: Claim, because: TourText? = nil) {
      self.text = text
      self.claim = claim
      self.because = because
    }
  }

  /// The letters of the options. A question has no more options than that.
  package static let letters = Array("abcdefgh")

  package let place: TourPlace
  package var question = TourText("")
  /// Commands that are carried out once an answer is given.
  package var then: [TourText] = []
  package var goal: TourText?
  package var options: [Option] = []

  package init(at place: TourPlace) { self.place = place }
}

/// Make something happen.
package struct DoTask: Sendable {
  package let place: TourPlace
  package var task = TourText("")
  /// A predicate of the current state.
  package var goal: TourText?
  /// The most steps from where the beat began.
  package var within: Int?
  /// Names of actions that must have been taken since the beat began, in this order.
  package var took: [TourText] = []
  /// Names of actions that must not have been taken since then.
  package var avoid: [TourText] = []
  /// Names of commands that must have been used.
  package var pressed: [TourText] = []
  /// Commands that solve the task.
  package var solution: [TourText] = []

  package init(at place: TourPlace) { self.place = place }

  /// Whether the way to the goal counts, too.
  var judgesPath: Bool { within != nil || !took.isEmpty || !avoid.isEmpty }
}

/// Write an expression.
package struct WriteTask: Sendable {
  package struct Mistake: Sendable {
    package let wrong: TourText
    package let because: TourText?

    package init(_ wrong: TourText, because: TourText? = nil) {
      self.wrong = wrong
      self.because = because
    }
  }

  package let place: TourPlace
  package var task = TourText("")
  package var target = TourText("")
  /// Whether the answer is compared in the current state only.
  package var isInState = false
  package var mistakes: [Mistake] = []

  package init(at place: TourPlace) { self.place = place }
}

/// Mend a copy of the specification.
package struct MendTask: Sendable {
  /// A change of the module's text.
  package struct Edit: Sendable {
    package let replaced: TourText
    package let replacement: TourText
    package let because: TourText?

    package init(_ replaced: TourText, with replacement: TourText, because: TourText? = nil) {
      self.replaced = replaced
      self.replacement = replacement
      self.because = because
    }
  }

  package let place: TourPlace
  package var task = TourText("")
  /// A predicate of the original model that must hold in every reachable state.
  package var hidden = TourText("")
  /// Predicates that must each hold in some reachable state.
  package var possible: [TourText] = []
  /// Names of actions that must still be taken somewhere.
  package var actions: [TourText] = []
  package var solution: [Edit] = []
  package var wrong: [Edit] = []

  package init(at place: TourPlace) { self.place = place }
}
