import DifferentialTesting
import Foundation
@testable import StateSpace
import Synchronization
import TLASemantics
import TLASyntax
import Testing

/// A specification for walks, by a name that finds it again.
private struct WalkedSpecification: Sendable, CustomTestStringConvertible {
  /// How a specification's share of all steps is found.
  enum Size {
    case model
    case small
    case random
  }

  let name: String
  let size: Size
  /// The module and its configuration, if there is no file with them.
  var text = ""
  /// Whether compiling it alone takes long.
  var isLarge = false
  let load: @Sendable () throws -> Specification
  var testDescription: String { name }

  // MARK: Where they come from

  /// The bundled models, and those of `make bench` in both sizes.
  static let models: [WalkedSpecification] =
    files(below: "Models", .model)
    + BenchModel.all.map { file($0.module, configuration: $0.configuration, .model, isLarge: !$0.isSmall) }
  static let fixtures = files(below: "Tests/StateSpaceTests/Fixtures", .small)
  static let samples = FlatAgreementTests.samples.map { sample in
    WalkedSpecification(name: "sample: \(sample.name)", size: .small) {
      try InMemory.load(sample.body, sample.configuration)
    }
  }

  static let written = models + fixtures + samples

  /// A random specification over small integers or over values of all kinds.
  static func random(_ seed: Int) -> WalkedSpecification {
    if seed.isMultiple(of: 3) {
      let generator = ModuleGenerator(seed: UInt64(seed))
      let (body, configuration) = (generator.body, generator.configuration)
      return WalkedSpecification(
        name: "random integers: \(seed)", size: .random, text: "\(body)\n\(configuration)"
      ) { try InMemory.load(body, configuration) }
    }
    let files = WideModule(seed: UInt64(seed)).files
    return WalkedSpecification(
      name: "random values: \(seed)", size: .random,
      text: "\(files["M.tla"] ?? "")\n\(files["M.cfg"] ?? "")"
    ) { try SpecificationLoader(provider: TextProvider(files: files)).load("M.tla") }
  }

  /// The specification with a name.
  static func named(_ name: String) -> WalkedSpecification? {
    if let seed = name.split(separator: ": ").last.flatMap({ Int($0) }), name.hasPrefix("random ") {
      return random(seed)
    }
    return written.first { $0.name == name }
  }

  private static func file(
    _ module: String, configuration: String, _ size: Size, isLarge: Bool = false
  ) -> WalkedSpecification {
    WalkedSpecification(name: configuration, size: size, isLarge: isLarge) {
      var options = SpecificationLoader.Options()
      options.configuration = FixtureTable.root.appending(path: configuration).path
      return try SpecificationLoader(provider: DiskModules()).load(
        FixtureTable.root.appending(path: module).path, options: options)
    }
  }

  /// Every module with a configuration beside it.
  private static func files(below folder: String, _ size: Size) -> [WalkedSpecification] {
    let found = FileManager.default.enumerator(atPath: FixtureTable.root.appending(path: folder).path)
    let paths = Set((found?.allObjects as? [String] ?? []).map { "\(folder)/\($0)" })
    return paths.sorted().filter { $0.hasSuffix(".cfg") }.compactMap { path in
      let module = "\(path.dropLast(4)).tla"
      return paths.contains(module) ? file(module, configuration: path, size) : nil
    }
  }
}

/// The node tree, the loop and machine code give the same answers at every step of random walks.
///
/// Every test run walks a little. `make explorations` takes ten million steps, or `SYNSCOPE_WALK_STEPS`, from the seed
/// `SYNSCOPE_WALK_SEED`. A difference is reported with the value of `SYNSCOPE_WALK` that repeats its walk.
@Suite("Random walks find no difference between the executors") struct FlatWalkTests {
  private static let environment = ProcessInfo.processInfo.environment
  /// What `make explorations` asks for.
  private static let isRequested = environment["SYNSCOPE_EXPLORATIONS"] != nil
  private static let allSteps = environment["SYNSCOPE_WALK_STEPS"].flatMap { Int($0) } ?? 10_000_000
  private static let firstSeed = environment["SYNSCOPE_WALK_SEED"].flatMap { UInt64($0) } ?? 1

  /// Walks from a seed. Nil for a specification that is refused, cannot be compiled, or has no flat rows.
  private static func walk(
    _ specification: WalkedSpecification, seed: UInt64, steps: Int, stageLengths: ClosedRange<Int>
  ) -> FlatWalk.Report? {
    guard let loaded = try? specification.load(), loaded.next != nil,
      let program = try? Program.make(loaded, stackBytes: 1 << 20, host: nil)
    else { return nil }
    var walk = FlatWalk(program, seed: seed, stageLengths: stageLengths)
    do { try walk.run(steps: steps) } catch {
      Issue.record("\(specification.name), seed \(seed): \(error)")
    }
    if let difference = walk.report.difference {
      Issue.record(
        """
        \(specification.name): \(difference)
        This repeats it: SYNSCOPE_WALK='\(specification.name) \(seed) \(steps) \(stageLengths.lowerBound) \
        \(stageLengths.upperBound)' swift test --filter FlatWalkTests
        """)
    }
    return walk.report.steps == 0 ? nil : walk.report
  }

  /// Walks on several specifications, two or more at the same time. Returns the number of steps, and of the specifications that were walked.
  private static func walkAll(
    _ specifications: [WalkedSpecification], stageLengths: ClosedRange<Int>, tells: Bool = false,
    steps: @escaping @Sendable (WalkedSpecification) -> Int
  ) async -> (steps: Int, count: Int) {
    let (next, taken) = (Counter(), Counter())
    let walked = Counter()
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<ProcessInfo.processInfo.activeProcessorCount {
        group.addTask {
          while true {
            let index = next.add(1) - 1
            guard index < specifications.count else { return }
            let specification = specifications[index]
            // If the process ends, it is known where.
            if tells { print("\(specification.name) …") }
            let report = walk(
              specification, seed: firstSeed, steps: steps(specification), stageLengths: stageLengths)
            if report != nil { _ = walked.add(1) }
            let all = taken.add(report?.steps ?? 0)
            if tells {
              let result = report.map { "\($0.steps) steps, \($0.layoutChanges) layouts" } ?? "no walk"
              print("\(specification.name): \(result); \(all) steps in all")
            }
          }
        }
      }
    }
    return (taken.add(0), walked.add(0))
  }

  // MARK: Always

  /// One short stage on each model, and on one of a few fixtures and samples.
  @Test("A few steps on models, fixtures and samples") func short() async {
    let models = WalkedSpecification.models.filter { !$0.isLarge }
    let others = (WalkedSpecification.fixtures + WalkedSpecification.samples).enumerated()
      .filter { $0.offset.isMultiple(of: 5) }.map(\.element)
    let (steps, count) = await Self.walkAll(models + others, stageLengths: 20...20) { _ in 20 }
    #expect(steps > 2_500 && count > 120, "\(steps) steps on \(count) specifications")
  }

  @Test("A few steps on random specifications") func shortRandom() async {
    let random = (1...100).map(WalkedSpecification.random)
    let (steps, count) = await Self.walkAll(random, stageLengths: 10...20) { _ in 40 }
    #expect(steps > 1_500 && count > 40, "\(steps) steps on \(count) specifications")
  }

  // MARK: On request

  /// Models get most of the steps, because small specifications have few states.
  @Test("Ten million steps, by `make explorations`", .enabled(if: isRequested), .timeLimit(.minutes(600)))
  func long() async {
    let all = Self.allSteps
    let random = (1...max(1, all / 5000)).map {
      WalkedSpecification.random(Int(Self.firstSeed) * 1_000_000 + $0)
    }
    let (models, small) = (WalkedSpecification.models.count, WalkedSpecification.written.count)
    let specifications = random + WalkedSpecification.written
    let (steps, count) = await Self.walkAll(specifications, stageLengths: 100...3000, tells: true) {
      switch $0.size {
      case .random: 1000
      case .small: max(100, all / 20 / (small - models))
      case .model: max(100, all / 4 * 3 / models)
      }
    }
    print("\(steps) steps on \(count) specifications")
  }

  @Test("The walk that SYNSCOPE_WALK names", .enabled(if: environment["SYNSCOPE_WALK"] != nil))
  func named() throws {
    let words = (Self.environment["SYNSCOPE_WALK"] ?? "").split(separator: " ")
    let numbers = words.suffix(4).compactMap { Int($0) }
    try #require(numbers.count == 4, "SYNSCOPE_WALK='NAME SEED STEPS SHORTEST LONGEST'")
    let specification = try #require(WalkedSpecification.named(words.dropLast(4).joined(separator: " ")))
    print(specification.text)
    let report = Self.walk(
      specification, seed: UInt64(numbers[0]), steps: numbers[1], stageLengths: numbers[2]...numbers[3])
    print(report.map { "\($0.steps) steps, \($0.layoutChanges) layouts" } ?? "no walk")
  }
}

/// A number to which several threads add.
private final class Counter: Sendable {
  private let number = Mutex(0)

  /// The number after `amount` was added.
  func add(_ amount: Int) -> Int {
    number.withLock { number in
      number += amount
      return number
    }
  }
}
