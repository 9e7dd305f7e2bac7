/// The screen that lists the chapters of the tour with the learner's progress.
package struct ChapterList {
  /// A chapter in the list. One that cannot be read is listed with the reason.
  package struct Entry: Sendable {
    package let name: String
    package let chapter: Result<Chapter, ChapterProblem>

    package init(name: String, chapter: Result<Chapter, ChapterProblem>) {
      self.name = name
      self.chapter = chapter
    }
  }

  /// The user's choice.
  package enum Outcome: Sendable {
    case stay
    case open(Chapter)
    case effect(Effect)
    /// Back to where the user came from.
    case leave
  }

  private let entries: [Entry]
  package var progress: TourProgress
  private let bindings: KeyBindings
  private var list = ListPosition()
  package var problem: String?
  private var size = Size(width: 80, height: 24)
  private static let firstRow = 4
  /// The rows below the list for the summary of the selected chapter.
  private static let summaryRows = 2
  /// The widths of the mark with the number, and of the progress.
  private static let numberWidth = 5
  private static let progressWidth = 8

  package init(_ entries: [Entry], progress: TourProgress, bindings: KeyBindings = KeyBindings()) {
    self.entries = entries
    self.progress = progress
    self.bindings = bindings
    select(entries.firstIndex { !isFinished($0) } ?? 0)
  }

  /// Whether there is nothing left to do in it, as in a file that cannot be read.
  private func isFinished(_ entry: Entry) -> Bool {
    guard case .success(let chapter) = entry.chapter else { return true }
    return progress.doneCount(of: chapter) == chapter.beats.count
  }

  /// Selects a chapter that was left, or the one after it if it is finished.
  package mutating func select(after chapter: Chapter) {
    guard let index = entries.firstIndex(where: { $0.name == chapter.name }) else { return }
    select(isFinished(entries[index]) ? index + 1 : index)
  }

  private mutating func select(_ index: Int) {
    list.selected = max(0, min(index, entries.count - 1))
    list.reveal(height: listHeight(size), count: entries.count)
    problem = nil
  }

  private var selection: Int { list.selected }

  package mutating func update(_ event: Event) -> Outcome {
    switch event {
    case .resize(let size):
      self.size = size
      list.reveal(height: listHeight(size), count: entries.count)
    case .mouse(let mouse):
      switch mouse.kind {
      case .wheelUp: select(selection - 1)
      case .wheelDown: select(selection + 1)
      case .click, .doubleClick:
        let row = mouse.point.y - ChapterList.firstRow
        let index = row + top(size)
        guard (0..<listHeight(size)).contains(row), entries.indices.contains(index) else { break }
        select(index)
        if mouse.kind == .doubleClick { return open() }
      case .drag, .release: break
      }
    case .key(let key):
      switch bindings.command(for: key, in: .chapters) {
      case .up: select(selection - 1)
      case .down: select(selection + 1)
      case .toStart: select(0)
      case .toEnd: select(entries.count - 1)
      case .activate: return open()
      case .takeNumbered:
        if let number = key.digit, entries.indices.contains(number - 1) {
          select(number - 1)
          return open()
        }
      case .escape: return .leave
      case .quit: return .effect(.quit)
      case .redraw: return .effect(.redraw)
      case .suspend: return .effect(.suspend)
      default: break
      }
    default: break
    }
    return .stay
  }

  private mutating func open() -> Outcome {
    guard entries.indices.contains(selection) else { return .stay }
    switch entries[selection].chapter {
    case .success(let chapter): return .open(chapter)
    case .failure(let found):
      problem = found.text(in: entries[selection].name)
      return .stay
    }
  }

  private func listHeight(_ size: Size) -> Int {
    max(1, size.height - ChapterList.firstRow - ChapterList.summaryRows - 2)
  }

  /// The first visible entry.
  private func top(_ size: Size) -> Int {
    list.visibleTop(height: listHeight(size), count: entries.count)
  }

  package func view(_ size: Size) -> Grid {
    var grid = Grid(size: size)
    grid.write("The tour", at: Point(x: 2, y: 1), style: Style(.accent, bold: true))
    grid.write(
      entries.isEmpty
        ? "There are no chapters."
        : "Each chapter is a series of short tasks beside the workbench.",
      at: Point(x: 2, y: 2), style: Style(.dim))
    let first = top(size)
    let titleWidth = entries.map { Glyph.width(of: title(of: $0)) }.max() ?? 0
    let summaryWidth = entries.map { Glyph.width(of: summary(of: $0)) }.max() ?? 0
    // The summaries stand beside the titles if that cuts none of them. The selected one is below the list, anyway.
    let margin = 2 + ChapterList.numberWidth + 2 + ChapterList.progressWidth + 1
    let showsSummaries = margin + titleWidth + summaryWidth < size.width
    let shownTitle = min(titleWidth, max(16, size.width - margin))
    for (row, index) in entries.indices.dropFirst(first).prefix(listHeight(size)).enumerated() {
      let entry = entries[index]
      var line = StyledLine("\(index == selection ? "▸" : " ") \(index < 9 ? "\(index + 1)" : " ")  ")
      line += StyledLine(title(of: entry)).fitted(to: shownTitle) + "  "
      line += StyledLine(progressWords(of: entry)).fitted(to: ChapterList.progressWidth)
      if showsSummaries { line += StyledLine(" " + summary(of: entry), Style(.dim)) }
      grid.write(
        index == selection ? line.reversed : line, at: Point(x: 2, y: ChapterList.firstRow + row),
        maxWidth: size.width - 3)
    }
    grid.drawScrollMark(
      x: size.width - 1, from: ChapterList.firstRow, height: listHeight(size), first: first,
      count: entries.count)
    if entries.indices.contains(selection) {
      let words = problem.map { StyledLine($0, Style(.wrong)) } ?? StyledLine(summary(of: entries[selection]))
      for (row, line) in words.wrapped(to: size.width - 4).prefix(ChapterList.summaryRows).enumerated() {
        grid.write(line, at: Point(x: 2, y: size.height - 1 - ChapterList.summaryRows + row))
      }
    }
    let keys = [
      "\(bindings.key(.activate, in: .chapters)) begin",
      "\(bindings.keys(.up, .down, in: .chapters)) choose", "\(bindings.key(.escape, in: .chapters)) leave",
      "\(bindings.key(.quit, in: .chapters)) quit",
    ]
    grid.write(
      keys.joined(separator: "   "), at: Point(x: 2, y: max(0, size.height - 1)), style: Style(.dim))
    return grid
  }

  private func title(of entry: Entry) -> String {
    if case .success(let chapter) = entry.chapter { chapter.title } else { entry.name }
  }

  private func summary(of entry: Entry) -> String {
    switch entry.chapter {
    case .success(let chapter):
      (chapter.minutes.map { "\($0) min: " } ?? "") + chapter.summary
    case .failure(let problem): problem.text(in: entry.name)
    }
  }

  /// `3 of 8`, `✓ done`
  private func progressWords(of entry: Entry) -> String {
    guard case .success(let chapter) = entry.chapter else { return "✗" }
    let done = progress.doneCount(of: chapter)
    if done == chapter.beats.count { return "✓ done" }
    return done == 0 ? "\(chapter.beats.count) beats" : "\(done) of \(chapter.beats.count)"
  }
}
