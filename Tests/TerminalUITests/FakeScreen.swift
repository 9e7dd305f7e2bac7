import Glibc
import StateSpace
import Workbench

@testable import TerminalUI

/// A screen in memory, with a pipe as the keyboard. After each drawing it takes the next step of a script, so a test acts on what it has
/// seen.
final class FakeScreen: Screen {
  var size = Size(width: 20, height: 2)
  let inputDescriptor: Int32
  private let keyboard: Int32
  private var decoder = KeyDecoder()
  private(set) var drawn: [String] = []
  private(set) var invalidations = 0
  private(set) var suspensions = 0
  private(set) var loans = 0
  private(set) var resumptions = 0
  private(set) var copied: [String] = []
  var script: [(FakeScreen) -> Void] = []
  var sizeToMeasure: Size?

  init() {
    var ends: [Int32] = [-1, -1]
    pipe(&ends)
    inputDescriptor = ends[0]
    keyboard = ends[1]
  }

  deinit { close(inputDescriptor) }

  func type(_ text: String) {
    let bytes = Array(text.utf8)
    _ = write(keyboard, bytes, bytes.count)
  }

  func hangUp() { close(keyboard) }

  func draw(_ grid: Grid) {
    drawn.append(grid.text)
    if !script.isEmpty { script.removeFirst()(self) }
  }

  func invalidate() { invalidations += 1 }

  func measure() -> Size {
    size = sizeToMeasure ?? size
    return size
  }

  func readEvents() -> [Event]? {
    var bytes = [UInt8](repeating: 0, count: 1024)
    let count = read(inputDescriptor, &bytes, bytes.count)
    return count > 0 ? decoder.decode(bytes[..<count], at: .now) : nil
  }

  var isInputPending: Bool { decoder.isWaiting }
  func finishInput() -> [Event] { decoder.finish(at: .now) }
  func copy(_ text: String) { copied.append(text) }
  func suspend() { suspensions += 1 }
  func lend(_ work: (_ standardError: Int32) -> Void) {
    loans += 1
    work(2)
  }
  func resume() { resumptions += 1 }
}

/// Records the events, and answers with the effects that the test sets.
struct RecordingApplication: TerminalApplication {
  var events: [String] = []
  var answer: (Event) -> [Effect] = { _ in [] }

  mutating func handle(_ event: Event) -> [Effect] {
    events.append(RecordingApplication.name(event))
    if case .key(.character("q")) = event { return [.quit] }
    return answer(event)
  }

  func view(_ size: Size) -> Grid {
    var grid = Grid(size: size)
    grid.write(events.last ?? "", at: Point(x: 0, y: 0))
    return grid
  }

  static func name(_ event: Event) -> String {
    switch event {
    case .key(.character(let character)): String(character)
    case .key(let key): "\(key)"
    case .resize(let size): "\(size.width)x\(size.height)"
    case .checkFailed(let run, let message): "failed \(run): \(message)"
    case .checkProgress(let run, let progress): "progress \(run): \(progress.distinct)"
    case .fileSaved(_, let size): "saved \(size)"
    case .filePieceSaved: "piece"
    case .fileOpened(_, let contents): "opened \(contents)"
    case .fileFailed(_, let reason): "not a file: \(reason)"
    case .edited(let problem): "edited \(problem ?? "well")"
    case .filesChanged(let paths): "changed \(paths.joined(separator: " "))"
    case .tick: "tick"
    default: "other"
    }
  }
}
