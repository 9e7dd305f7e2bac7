internal import TLASyntax
internal import Workbench

/// A table that is being read. It reports keys that nobody asked for.
struct TableReading {
  let table: TOMLTable
  /// The table's name in messages.
  let name: String
  private var known: Set<String> = []
  private(set) var problems: [ChapterProblem] = []

  init(_ table: TOMLTable, _ name: String) {
    self.table = table
    self.name = name
  }

  var place: TourPlace { TourPlace(table.place) }

  mutating func complain(_ message: String, at place: TourPlace) {
    problems.append(ChapterProblem(Printable.line(message), at: place))
  }

  mutating func item(_ key: String) -> TOMLItem? {
    known.insert(key)
    return table[key]
  }

  mutating func text(_ key: String, isNeeded: Bool = false) -> TourText? {
    guard let item = item(key) else {
      if isNeeded { complain("\(name) needs \(key)", at: place) }
      return nil
    }
    guard let text = item.string else {
      complain("expected a text: \(key) = \"…\"", at: TourPlace(item.place))
      return nil
    }
    return TourText(text, at: TourPlace(item.place))
  }

  mutating func number(_ key: String) -> TourNumber? {
    guard let item = item(key) else { return nil }
    guard let number = item.integer, number >= 0 else {
      complain("expected a number, 0 or more: \(key) = 3", at: TourPlace(item.place))
      return nil
    }
    return TourNumber(number, at: TourPlace(item.place))
  }

  mutating func flag(_ key: String) -> Bool {
    guard let item = item(key) else { return false }
    guard case .boolean(let isTrue) = item.value else {
      complain("expected true or false: \(key) = true", at: TourPlace(item.place))
      return false
    }
    return isTrue
  }

  /// A list of texts; nil if it is missing.
  mutating func texts(_ key: String) -> [TourText]? {
    guard let item = item(key) else { return nil }
    guard let elements = item.array else {
      complain("expected a list of texts: \(key) = [\"…\"]", at: TourPlace(item.place))
      return nil
    }
    return elements.compactMap { element in
      guard let text = element.string else {
        complain("expected only texts in the list: \(key) = [\"…\"]", at: TourPlace(element.place))
        return nil
      }
      return TourText(text, at: TourPlace(element.place))
    }
  }

  /// The tables of a list.
  mutating func tables(_ key: String) -> [TOMLTable] {
    guard let item = item(key) else { return [] }
    guard let elements = item.array else {
      complain("expected a list of tables: \(key) = [{ … }]", at: TourPlace(item.place))
      return []
    }
    return elements.compactMap { element in
      guard let table = element.table else {
        complain("expected only tables in the list: \(key) = [{ … }]", at: TourPlace(element.place))
        return nil
      }
      return table
    }
  }

  /// Takes over what is wrong with a table in this one, which has been read.
  mutating func take(_ inner: inout TableReading) { problems += inner.finish() }

  /// Reports the keys that nobody asked for. Returns all problems.
  mutating func finish() -> [ChapterProblem] {
    for key in table.keys where !known.contains(key) {
      let hint = closestName(to: key, in: known.sorted()).map { " (did you mean \($0)?)" } ?? ""
      complain("\(name) has no setting \(key)\(hint)", at: TourPlace(table.place(ofKey: key)))
    }
    return problems
  }
}

extension TourPlace {
  init(_ place: TOMLPlace) { self.init(line: place.line, column: place.column) }
}
