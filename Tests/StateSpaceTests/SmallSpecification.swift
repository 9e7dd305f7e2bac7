import Foundation
import StateSpace
import TLASemantics
import TLASyntax
import Testing

/// A small specification of a file below `Fixtures/Small`, with TLC's result. It begins with a line that gives its name, TLC's exit code (ours,
/// after a `!`, where we differ on purpose), and the generated states, the distinct states and the depth of a complete search:
///
///     @@ name 0 3 2 2
///     the body of module M, with its EXTENDS
///     @module A
///     the body of another module
///     @configuration
///     the lines of the configuration
///     @prints
///     what the specification prints, in any order
struct SmallSpecification: Sendable, CustomTestStringConvertible {
  let name: String
  let exit: Int
  /// The counts of a complete search; empty where there is none.
  let counts: [Int]
  let modules: [String: String]
  let configuration: String
  let prints: [String]

  var testDescription: String { name }

  static func all(_ file: String) -> [SmallSpecification] {
    let path = FixtureTable.folder.appending(path: "Small/\(file).txt")
    let text = (try? String(contentsOf: path, encoding: .utf8)) ?? ""
    return text.components(separatedBy: "\n@@ ").dropFirst().map { SmallSpecification($0) }
  }

  private init(_ text: String) {
    var sections: [(title: String, text: String)] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if sections.isEmpty || line.hasPrefix("@") {
        sections.append((title: String(line), text: ""))
      } else {
        sections[sections.count - 1].text += line + "\n"
      }
    }
    let head = sections[0].title.split(separator: " ")
    name = String(head[0])
    exit = Int(head[1].drop { $0 == "!" }) ?? -1
    counts = head.dropFirst(2).compactMap { Int($0) }
    var modules = ["M": sections[0].text]
    for section in sections where section.title.hasPrefix("@module ") {
      modules[String(section.title.dropFirst("@module ".count))] = section.text
    }
    self.modules = modules
    configuration = sections.first { $0.title == "@configuration" }?.text ?? ""
    prints = (sections.first { $0.title == "@prints" }?.text ?? "").split(separator: "\n").map(String.init)
  }

  func load() throws -> Specification {
    var files = ["M.cfg": configuration]
    for (name, body) in modules { files["\(name).tla"] = "---- MODULE \(name) ----\n\(body)====\n" }
    return try SpecificationLoader(provider: TextProvider(files: files)).load("M.tla")
  }

  /// Checks the specification, and expects TLC's exit code, counts and prints.
  func expectAgreement() throws {
    var printed: [String] = []
    let result: CheckResult
    do {
      result = try Checker(load(), options: CheckOptions()).run(
        output: { printed.append($0) }, progress: { _ in true }, onViolation: { _ in })
    } catch let problems as Diagnostics {
      #expect(exit == 151, "\(problems.all.map(\.message))")
      return
    }
    switch result.outcome {
    case .success: #expect(exit == 0)
    case .violation(let violation):
      #expect(violation.kind == kind, "\(violation.message)")
    case .limit, .stopped: Issue.record("it did not end")
    }
    if !counts.isEmpty {
      let progress = result.progress
      #expect([progress.generated, progress.distinct, progress.depth] == counts)
    }
    #expect(printed.sorted() == prints.sorted())
  }

  /// The kind of violation for the exit code; nil for none.
  private var kind: Violation.Kind? {
    switch exit {
    case 0, 151: nil
    case 10: .assumption
    case 11: .deadlock
    case 12: .invariant
    case 13: .property
    case 14: .assertion
    default: .evaluation
    }
  }
}
