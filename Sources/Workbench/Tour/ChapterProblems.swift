import StateSpace
import TLASyntax

// The parts of a check of a chapter that need no judge.
extension Chapter {
  /// The commands that set only the scene of a beat.
  package func sceneLines(of beat: Int) -> [TourText] { beats[beat].scene.lines }

  /// What is wrong with the texts: their length, that of their sentences, unknown keys, and terms that are marked twice.
  package func problemsOfTexts() -> [ChapterProblem] {
    var problems: [ChapterProblem] = []
    var terms: Set<String> = []
    for (index, beat) in beats.enumerated() {
      if index > 0, beats[index - 1].isMended, !beat.scene.beginsAnew {
        problems.append(
          ChapterProblem(
            "after a beat that mends the spec, a scene begins anew: it needs start, model, constants or trace",
            at: beat.place))
      }
      let text = beat.text
      let plain = TourMarkup.paragraphs(text.text).joined(separator: " ")
      if plain.count > Chapter.longestText {
        problems.append(
          ChapterProblem(
            "the text has \(plain.count) characters; the limit is \(Chapter.longestText)", at: text.place))
      }
      let sentences = TourMarkup.paragraphs(text.text).flatMap(Chapter.sentences)
      if !(2...Chapter.mostSentences).contains(sentences.count) {
        problems.append(
          ChapterProblem(
            "the text has \(Wording.count(sentences.count, "sentence")); expected 2 to \(Chapter.mostSentences)",
            at: text.place))
      }
      for piece in TourMarkup.paragraphs(text.text).flatMap(TourMarkup.pieces) {
        guard case .term(let term) = piece else { continue }
        if !terms.insert(term.lowercased()).inserted {
          problems.append(ChapterProblem("the term \(term) is marked twice", at: text.place))
        }
      }
      for shown in beat.shownTexts { problems += Chapter.problems(of: shown) }
      if let notes = beat.notes { problems += Chapter.problemsOfKeys(in: notes) }
    }
    return problems
  }

  private static let longestText = 420
  private static let mostSentences = 5
  private static let mostWords = 25

  private static func problems(of text: TourText) -> [ChapterProblem] {
    let long = TourMarkup.paragraphs(text.text).flatMap(sentences).filter {
      $0.split(separator: " ").count > mostWords
    }
    return long.map { sentence in
      let start = sentence.split(separator: " ").prefix(6).joined(separator: " ")
      return ChapterProblem(
        "a sentence has \(sentence.split(separator: " ").count) words; the limit is \(mostWords): \(start) …",
        at: text.place)
    } + problemsOfKeys(in: text)
  }

  private static func problemsOfKeys(in text: TourText) -> [ChapterProblem] {
    TourMarkup.unknownKeys(in: text.text).map { ChapterProblem("{\($0)} names no command", at: text.place) }
  }

  /// The sentences of a paragraph. A stop, question or exclamation mark ends one if a blank follows, but not inside code.
  static func sentences(_ paragraph: String) -> [String] {
    var sentences: [String] = []
    var current = ""
    var isCode = false
    let characters = Array(paragraph)
    for (index, character) in characters.enumerated() {
      current.append(character)
      if character == "`" { isCode.toggle() }
      let isEnd = index + 1 == characters.count || characters[index + 1] == " "
      if !isCode, isEnd, ".?!".contains(character) {
        sentences.append(current.trimmingBlanks)
        current = ""
      }
    }
    return current.trimmingBlanks.isEmpty ? sentences : sentences + [current.trimmingBlanks]
  }
}

extension Beat {
  /// Every text that the learner reads.
  var shownTexts: [TourText] {
    let ofTask: [TourText] =
      switch task {
      case .choose(let task):
        [task.question] + task.options.flatMap { [$0.text] + [$0.because].compactMap { $0 } }
      case .make(let task): [task.task]
      case .write(let task): [task.task] + task.mistakes.compactMap(\.because)
      case .mend(let task): [task.task] + task.wrong.compactMap(\.because)
      case nil: []
      }
    return [text] + hints + ofTask
  }
}

extension Session {
  /// What the last message says if it says that something was wrong.
  package var wrongMessage: String? { screen.message.flatMap { $0.kind == .wrong ? $0.text : nil } }

  /// Why a text is not a predicate of the current state; nil if it is one.
  package func problem(ofPredicate text: String) -> String? {
    switch model.evaluateQuickly(text, in: state, before: nil) {
    case .value(.boolean): nil
    case .value(let value): "it is \(value), and neither TRUE nor FALSE"
    case .failure(let message): message
    case nil: "it takes too long to be judged after each step"
    }
  }

  /// Whether the model has an action with a name.
  package func hasAction(_ name: String) -> Bool {
    model.explorer.actions(in: state).contains { $0.label.name == name }
      || model.explorer.actions(in: model.initialStates[0]).contains { $0.label.name == name }
  }
}
