import StateSpace
import TLASemantics
import TLASyntax
import Testing
import Traces

@testable import Workbench

/// A tour for tests. It answers effects in the calling thread; scenes are modules in memory.
struct TourStage {
  var tour: Tour
  var session: Session?
  private(set) var effects: [Effect] = []
  /// The text of the last saved progress.
  private(set) var saved: String?
  private(set) var hasLeft = false
  private var size: Size

  /// A light that is switched on and off, and counts.
  static let light = """
    ---- MODULE Light ----
    EXTENDS Naturals
    CONSTANT Max
    VARIABLES on, count
    Init == on = FALSE /\\ count = 0
    On == ~on /\\ count < Max /\\ on' = TRUE /\\ count' = count + 1
    Off == on /\\ on' = FALSE /\\ UNCHANGED count
    Next == On \\/ Off
    Small == count < 2
    Dark == ~on
    ====
    """
  static let configuration = "INIT Init\nNEXT Next\nCONSTANT Max = 3\nINVARIANT Small\nCHECK_DEADLOCK FALSE"

  init(
    _ beats: [Beat], width: Int = 80, height: Int = 24, progress: TourProgress = TourProgress()
  ) {
    var chapter = Chapter(name: "light", path: "light.toml")
    chapter.title = "Light"
    chapter.beats = beats
    size = Size(width: width, height: height)
    tour = Tour(chapter, progress: progress, progressPath: "progress")
    send(.resize(size))
    perform(tour.start(in: &session))
  }

  /// A beat on the light's module.
  static func beat(
    _ task: BeatTask? = nil, title: String = "B", begins: Bool = true,
    _ change: (inout Beat) -> Void = { _ in }
  ) -> Beat {
    var beat = Beat(at: TourPlace())
    beat.title = title
    beat.text = TourText("The light is off. Press {take}.")
    if begins {
      beat.scene.module = TourText(light)
      beat.scene.configuration = TourText(configuration)
    }
    beat.task = task
    change(&beat)
    return beat
  }

  static func choose(_ claims: [ChooseTask.Claim], then: [String] = [], goal: String? = nil) -> BeatTask {
    var task = ChooseTask(at: TourPlace())
    task.question = TourText("Which?")
    task.then = then.map { TourText($0) }
    task.goal = goal.map { TourText($0) }
    task.options = claims.enumerated().map {
      ChooseTask.Option(text: TourText("option \($0)"), claim: $1, because: TourText("Reason \($0)."))
    }
    return .choose(task)
  }

  static func make(goal: String? = nil, _ change: (inout DoTask) -> Void = { _ in }) -> BeatTask {
    var task = DoTask(at: TourPlace())
    task.task = TourText("Do it.")
    task.goal = goal.map { TourText($0) }
    change(&task)
    return .make(task)
  }

  mutating func send(_ event: Event) { perform(tour.update(event, in: &session)) }

  mutating func press(_ keys: String...) {
    for key in keys {
      let named: [String: Key] = [
        "Enter": .enter, "Esc": .escape, "Backspace": .backspace, "Left": .left,
        "Right": .right,
      ]
      for pressed in named[key].map({ [$0] }) ?? key.map(Key.character) { send(.key(pressed)) }
    }
  }

  mutating func resize(_ width: Int, _ height: Int) {
    size = Size(width: width, height: height)
    send(.resize(size))
  }

  var screen: String { tour.view(size, session).text }

  var feedback: String { tour.feedback?.text ?? "" }

  /// The learner has saved another version of the module.
  mutating func edit(_ text: String, _ replacement: String) throws {
    let former = try #require(session?.model)
    let module = String(decoding: try #require(former.explorer.specification.files.last).bytes, as: UTF8.self)
    let fresh = try TourStage.model(module.replacing(text, with: replacement), TourStage.configuration)
    perform(session?.adopt(fresh, constants: [], startsOver: false) ?? [])
    perform(tour.modelChanged(in: &session))
  }

  private static func model(_ module: String, _ configuration: String) throws -> SessionModel {
    let provider = TextProvider(files: ["Light.tla": module, "Light.cfg": configuration])
    let specification = try SpecificationLoader(provider: provider).load("Light.tla", options: .init())
    return try SessionModel(Explorer(specification), name: "Light")
  }

  private mutating func perform(_ new: [Effect]) {
    for effect in new {
      effects.append(effect)
      switch effect {
      case .openScene(let scene): open(scene)
      case .leaveChapter: hasLeft = true
      case .save(_, let piece, _):
        saved = piece.text
        send(.fileSaved(path: "progress"))
      case .wake: send(.tick)
      case .startJudging(let run, let task):
        send(.judged(run: run, Judge(task, stackBytes: 256 << 10, goesOn: { true }).verdict()))
      case .startCheck(let run, let options):
        guard let session else { break }
        var found: [Event] = []
        let result = try? Checker(session.specification, options: options).run(
          stackBytes: 256 << 10, progress: { _ in true },
          onViolation: { found.append(.checkFound(run: run, $0)) })
        for event in found { send(event) }
        if let result { send(.checkEnded(run: run, result)) }
      default: break
      }
    }
  }

  private mutating func open(_ scene: SceneModel) {
    guard case .texts(let module, let configuration) = scene.source,
      let model = try? TourStage.model(module, configuration)
    else { return tour.refuseScene("there is no such model") }
    var options = Session.Options()
    options.asksBeforeQuitting = false
    session = Session(model, options: options)
    tour.original = scene.isCopied ? model.explorer.specification : nil
    perform(tour.opened(&session, trace: nil))
  }
}
