import Foundation
import TerminalUI
import Workbench

/// The speaker's notes on a second terminal. They follow the tour through the file of its progress.
struct NotesApplication: TerminalApplication {
  private var notes: SpeakerNotes
  /// The chapter to show; nil for the one that the tour is at.
  private let fixed: Chapter?
  private let files = TourFiles()
  private let bindings: KeyBindings
  private var began = Date()
  private var isFollowing = false

  init(chapter: Chapter?, bindings: KeyBindings) {
    fixed = chapter
    self.bindings = bindings
    notes = SpeakerNotes(bindings: bindings)
    files.prepare()
    follow()
  }

  mutating func handle(_ event: Event) -> [Effect] {
    switch event {
    case .resize:
      guard !isFollowing else { break }
      isFollowing = true
      return [.watchFiles([files.progressPath]), .wake(afterMilliseconds: Self.interval)]
    case .filesChanged: follow()
    case .tick:
      notes.minutes = Int(Date().timeIntervalSince(began) / 60)
      return [.wake(afterMilliseconds: Self.interval)]
    case .key(let key):
      switch bindings.command(for: key, in: .nodes)?.id {
      case .quit: return [.quit]
      case .redraw: return [.redraw]
      case .suspend: return [.suspend]
      default: break
      }
    default: break
    }
    return []
  }

  /// The time is shown in minutes.
  private static let interval = 10_000

  /// Reads where the tour is.
  private mutating func follow() {
    let progress = files.progress
    let former = notes.chapter?.name
    notes.chapter = fixed ?? progress.current.flatMap(TourFiles.path).map { TourFiles.read($0).chapter }
    notes.beat = notes.chapter.flatMap { progress.chapters[$0.name]?.beat } ?? 0
    if notes.chapter?.name != former { (began, notes.minutes) = (Date(), 0) }
  }

  func view(_ size: Size) -> Grid { notes.view(size) }
}
