package import Workbench

/// The progress file of the tour.
package enum TourProgressReader {
  /// The progress that the text records. Anything that it does not record counts as not begun.
  package static func read(_ text: String) -> TourProgress {
    var progress = TourProgress()
    if let file = try? TOMLReader.read(text) {
      progress.current = file["current"]?.string
      progress.chapters = chapters(of: file)
    }
    return progress
  }

  private static func chapters(of file: TOMLTable) -> [String: TourProgress.Entry] {
    var chapters: [String: TourProgress.Entry] = [:]
    guard let file = file["chapters"]?.table else { return chapters }
    for name in file.keys {
      if let table = file[name]?.table { chapters[name] = entry(table) }
    }
    return chapters
  }

  private static func entry(_ table: TOMLTable) -> TourProgress.Entry {
    var entry = TourProgress.Entry()
    entry.beat = max(1, table["beat"]?.integer ?? 1) - 1
    for item in table["done"]?.array ?? [] {
      if let number = item.integer, number > 0 { entry.done.insert(number - 1) }
    }
    return entry
  }
}
