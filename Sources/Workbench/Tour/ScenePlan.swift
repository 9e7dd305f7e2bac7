/// The model of a scene, for the application to load.
package struct SceneModel: Hashable, Sendable {
  package enum Source: Hashable, Sendable {
    /// A bundled name, or a path that is relative to the chapter's file.
    case named(String)
    /// The texts of a module and its configuration.
    case texts(module: String, configuration: String)
  }

  package let source: Source
  package let constants: [String]
  /// The path of a trace to replay; nil for none.
  package let trace: String?
  /// The chapter's file.
  package let chapterPath: String
  /// The folder of the learner's own files for this beat, below the tour's folder.
  package let folder: String
  /// Whether the learner edits a copy.
  package let isCopied: Bool
  /// Whether the learner gives up the copy that they have, and begins with a new one.
  package var discardsCopy = false
}

/// How to set the scene of a beat from nothing: a model, and commands that lead to where the beats before it end. The copy that a learner
/// mends begins at its initial state: commands need not fit it.
package struct ScenePlan: Sendable {
  package let model: SceneModel
  package let lines: [TourText]
}

extension Chapter {
  /// The plan for a beat; nil if no model was named up to there.
  package func plan(for beat: Int) -> ScenePlan? {
    guard let source = source(at: beat) else { return nil }
    let first = (0...beat).last { begins(at: $0) } ?? 0
    var lines: [TourText] = []
    for index in first...beat {
      lines += beats[index].scene.lines
      if index < beat { lines += beats[index].solutionLines }
    }
    let model = SceneModel(
      source: source, constants: constants(at: beat), trace: beats[first].scene.trace?.text,
      chapterPath: path, folder: "\(name)-\(beat + 1)", isCopied: beats[beat].isMended)
    return ScenePlan(model: model, lines: lines)
  }

  /// Whether the scene of a beat needs its model loaded. The model that a learner mended is not that of the next beat.
  package func begins(at beat: Int) -> Bool {
    if beat == 0 || beats[beat].scene.beginsAnew { return true }
    return beats[beat].isMended || beats[beat - 1].isMended
  }

  private func source(at beat: Int) -> SceneModel.Source? {
    for scene in beats[...beat].reversed().map(\.scene) {
      if let model = scene.model { return .named(model.text) }
      if let module = scene.module {
        return .texts(module: module.text, configuration: scene.configuration?.text ?? "")
      }
    }
    return nil
  }

  private func constants(at beat: Int) -> [String] {
    for scene in beats[...beat].reversed().map(\.scene) {
      if let constants = scene.constants { return constants.map(\.text) }
      if scene.model != nil || scene.module != nil { return [] }
    }
    return []
  }
}

extension Scene {
  /// The commands that set the scene, once the model and the trace are there.
  var lines: [TourText] {
    (step.map { [TourText("goto \($0.value)", at: $0.place)] } ?? []) + run
  }
}

extension Beat {
  /// Whether the learner mends a copy of the specification. No other beat shows that copy.
  var isMended: Bool { if case .mend = task { true } else { false } }

  /// The commands that lead from the beat's scene to its end.
  var solutionLines: [TourText] {
    switch task {
    case .choose(let task): task.then
    case .make(let task): task.solution
    case .write, .mend, nil: []
    }
  }
}
