import Foundation
import StateSpace
import TLASemantics
import Testing

/// A line of `Tests/Bench/models.tsv`: TLC's counts for a model of `make bench`.
struct BenchModel: Sendable, CustomTestStringConvertible {
  let name: String
  let isSmall: Bool
  /// Paths from the root of the repository.
  let module: String
  let configuration: String
  /// The generated and the distinct states, and the depth.
  let counts: [Int]

  var testDescription: String { name }

  static let all: [BenchModel] = FixtureTable.rows("../../Bench/models.tsv").map { cells in
    BenchModel(
      name: cells[0], isSmall: cells[1] == "small", module: cells[2], configuration: cells[3],
      counts: cells.dropFirst(4).compactMap { Int($0) })
  }
}

/// The way in which states are evaluated.
private enum Executor: CaseIterable {
  case nodeTree
  case loop
  case machineCode
}

@Suite("The models of `make bench` have TLC's counts") struct BenchModelTests {
  @Test("Each model has a line for its smallest size and then one for its full size") func table() throws {
    let lines = BenchModel.all
    #expect(lines.count >= 24)
    #expect(lines.allSatisfy { $0.counts.count == 3 })
    for (index, line) in lines.enumerated() {
      #expect(line.isSmall == index.isMultiple(of: 2), "\(line.name)")
      #expect(line.name == lines[index / 2 * 2].name)
    }
    let folder = FixtureTable.root.appending(path: "Tests/Bench").path
    let files = try FileManager.default.contentsOfDirectory(atPath: folder)
      .filter { $0.hasSuffix(".tla") || $0.hasSuffix(".cfg") }
    let used = Set(lines.flatMap { [$0.module, $0.configuration] })
    #expect(files.allSatisfy { used.contains("Tests/Bench/" + $0) })
  }

  @Test("Smallest size", arguments: BenchModel.all.filter(\.isSmall), Executor.allCases)
  private func smallestSize(_ model: BenchModel, _ executor: Executor) throws {
    var options = SpecificationLoader.Options()
    options.configuration = FixtureTable.root.appending(path: model.configuration).path
    let specification = try SpecificationLoader(provider: DiskModules()).load(
      FixtureTable.root.appending(path: model.module).path, options: options)
    var check = CheckOptions()
    check.statesBeforeFlatCode = executor == .nodeTree ? nil : 1
    check.flatCode.usesNativeCode = executor == .machineCode
    let result = try Checker(specification, options: check).run(
      progress: { _ in true }, onViolation: { _ in })
    guard case .success = result.outcome else {
      Issue.record("\(result.outcome)")
      return
    }
    #expect([result.progress.generated, result.progress.distinct, result.progress.depth] == model.counts)
  }
}
