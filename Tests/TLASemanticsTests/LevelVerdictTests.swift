import Foundation
import TLASemantics
import TLASyntax
import Testing

/// Modules for each place where a level matters, each level, and each way in which an operator or a value gets there.
/// `Fixtures/levels/verdicts.tsv` records SANY's verdicts: for each way and place a letter for each level, which is `x` if SANY refuses the
/// module.
///
/// In a way, `@(e)` is the place with `e` in it, and `$` is the expression with the level. In a place, `?` is the expression.
private struct LevelFamily: Sendable {
  struct Part: Sendable, CustomTestStringConvertible {
    let name: String
    let text: String
    var testDescription: String { name }
  }

  static let shared = LevelFamily()

  let ways: [Part]
  let places: [Part]
  let levels: [Part]
  /// SANY's verdicts for each level, by way and place.
  let verdicts: [String: String]
  /// Synscope's verdicts where it differs on purpose, by way and place.
  let differences: [String: String]

  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Fixtures/levels")

  private static func lines(_ file: String) -> [[String]] {
    let text = (try? String(contentsOf: folder.appending(path: file), encoding: .utf8)) ?? ""
    return text.split(separator: "\n").filter { !$0.hasPrefix("#") }
      .map { $0.split(separator: "\t").map(String.init) }
  }

  private init() {
    places = Self.lines("places.tsv").map { Part(name: $0[0], text: $0[1]) }
    levels = Self.lines("levels.tsv").map { Part(name: $0[0], text: $0[1]) }
    let text = (try? String(contentsOf: Self.folder.appending(path: "ways.txt"), encoding: .utf8)) ?? ""
    ways = text.components(separatedBy: "# ").dropFirst().map { section in
      let end = section.firstIndex(of: "\n") ?? section.endIndex
      return Part(name: String(section[..<end]), text: String(section[end...].dropFirst()))
    }
    let key = { (row: [String]) in (row[0] + " | " + row[1], row[2]) }
    verdicts = Dictionary(uniqueKeysWithValues: Self.lines("verdicts.tsv").map(key))
    differences = Dictionary(uniqueKeysWithValues: Self.lines("differences.tsv").map(key))
  }

  /// The body of a module.
  func body(_ way: Part, _ place: Part, _ level: Part) -> String {
    var result = ""
    var rest = way.text[...]
    while let start = rest.range(of: "@(") {
      result += rest[..<start.lowerBound]
      var depth = 1
      var end = start.upperBound
      while depth > 0 {
        if rest[end] == "(" { depth += 1 } else if rest[end] == ")" { depth -= 1 }
        end = rest.index(after: end)
      }
      let inside = rest[start.upperBound..<rest.index(before: end)]
      result += "(" + place.text.replacing("?", with: inside) + ")"
      rest = rest[end...]
    }
    return "EXTENDS Naturals\nCONSTANT c\nVARIABLE x\n" + (result + rest).replacing("$", with: level.text)
  }
}

@Suite("Levels are judged as SANY judges them") struct LevelVerdictTests {
  @Test("In every place and at every level", arguments: LevelFamily.shared.ways)
  fileprivate func verdicts(way: LevelFamily.Part) {
    let family = LevelFamily.shared
    for place in family.places {
      let key = way.name + " | " + place.name
      let found = family.levels.map { level in
        isRefused(family.body(way, place, level)) ? "x" : "."
      }.joined()
      #expect(found == family.differences[key] ?? family.verdicts[key], "\(key)")
    }
  }

  private func isRefused(_ body: String) -> Bool {
    do {
      _ = try InMemory.load(body, "CONSTANT c = 1")
      return false
    } catch let error as Diagnostics {
      return error.all.contains { $0.severity == .error && $0.category == .specification }
    } catch {
      return true
    }
  }
}
