import Foundation

/// A comparison of Synscope with TLC on random input, for `make differential`.
package struct DifferentialRun {
  package enum Kind: String, Sendable { case expressions, modules, orders, pairs, records }

  let kind: Kind
  let seed: UInt64
  let count: Int
  let jar: URL
  let binary: URL
  /// The folder for the report and the modules of a run.
  let folder: URL

  /// Reads KIND, SEED, COUNT, TLC_JAR, SYNSCOPE_BINARY and DIFFERENTIAL_FOLDER. Throws if one is missing or wrong.
  package init(environment: [String: String]) throws {
    func need(_ name: String) throws -> String {
      guard let value = environment[name], !value.isEmpty else {
        throw DifferentialError("\(name) is not given")
      }
      return value
    }
    guard let kind = Kind(rawValue: try need("KIND")) else {
      throw DifferentialError("KIND is expressions, modules, orders, pairs or records")
    }
    guard let seed = UInt64(try need("SEED")), let count = Int(try need("COUNT")), count > 0 else {
      throw DifferentialError("SEED and COUNT are numbers")
    }
    self.kind = kind
    self.seed = seed
    self.count = count
    jar = URL(filePath: try need("TLC_JAR")).absoluteURL
    binary = URL(filePath: try need("SYNSCOPE_BINARY")).absoluteURL
    folder = URL(filePath: try need("DIFFERENTIAL_FOLDER"), directoryHint: .isDirectory).absoluteURL
    for file in kind == .modules ? [jar, binary] : [jar]
    where !FileManager.default.fileExists(atPath: file.path) {
      throw DifferentialError("there is no \(file.path)")
    }
  }

  /// Compares and writes the report meanwhile. Returns the number of differences that are not on purpose.
  package func run() throws -> Int {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let driver = try TLCDriver(jar: jar, scratch: folder)
    defer { driver.stop() }
    if kind == .pairs { return try recordPairs(driver) }
    if kind == .records { return try recordExpressions(driver) }
    var report = DifferentialReport(kind: kind.rawValue)
    let file = folder.appending(path: "\(kind.rawValue)-\(seed).md")
    let step = kind == .expressions ? 1000 : kind == .orders ? 12 : 1
    for start in stride(from: 0, to: count, by: step) {
      let seed = seed &+ UInt64(start / step)
      let size = min(step, count - start)
      let found: [Difference]
      switch kind {
      case .expressions:
        let batch = ExpressionBatch(seed: seed, count: size)
        found = try ExpressionComparison(driver: driver, scratch: folder).run(batch, seed: seed)
      case .orders:
        let batch = ExpressionBatch(ordersOf: seed, count: size)
        found = try ExpressionComparison(driver: driver, scratch: folder).run(batch, seed: seed)
      case .pairs, .records: return 0
      case .modules:
        found = try ModuleComparison(driver: driver, binary: binary, scratch: folder).run(seed: seed)
      }
      report.add(found, compared: size)
      try report.text.write(to: file, atomically: true, encoding: .utf8)
      print("seed \(seed): \(report.figures)")
      fflush(nil)
    }
    print("\(file.path)")
    return report.unexpected
  }

  /// Writes TLC's answers for pairs of kinds to one file, and Synscope's differing answers to another. Returns the number of differences.
  private func recordPairs(_ driver: TLCDriver) throws -> Int {
    var text = PairTable.header
    var differences: [String] = []
    for question in PairTable.Question.all {
      let table = question.table(of: try question.batch.outcomes(in: driver, scratch: folder))
      text += table.text
      differences += question.table(of: question.batch.outcomesInSynscope()).differences(from: table)
        .map { $0.joined(separator: "\t") }
    }
    let files = [("pairs.tsv", text), ("pair-differences.tsv", differences.map { $0 + "\n" }.joined())]
    for (name, text) in files {
      let file = folder.appending(path: name)
      try text.write(to: file, atomically: true, encoding: .utf8)
      print(file.path)
    }
    return differences.count
  }

  /// Of COUNT short random expressions, records those for which both agree, with TLC's answers.
  private func recordExpressions(_ driver: TLCDriver) throws -> Int {
    var seen: Set<String> = []
    var kept: [Phrase] = []
    var seed = seed
    while kept.count < count {
      kept += ExpressionBatch(seed: seed, count: 1000).expressions.filter {
        "\($0)".count <= RecordedExpressions.longest && seen.insert("\($0)").inserted
      }
      seed &+= 1
    }
    // Most operators fail on most operands, so one failure in eight is enough.
    var batch = ExpressionBatch(Array(kept.prefix(count)))
    let outcomes = batch.outcomesInSynscope()
    batch = batch.with(
      batch.expressions.indices.filter {
        if case .value = outcomes[$0] { true } else { $0.isMultiple(of: 8) }
      }.map { batch.expressions[$0] })
    // Leaving an expression out may change the order of strings in the others, so the comparison is repeated.
    while true {
      let theirs = try batch.outcomes(in: driver, scratch: folder)
      let pairs = zip(theirs, batch.outcomesInSynscope())
      let agreeing = zip(batch.expressions, pairs).filter {
        $1.0.agrees(with: $1.1) && !$1.0.isRefused && $1.0 != .late && $1.1 != .late
      }
      if agreeing.count == batch.expressions.count {
        let file = folder.appending(path: "expressions.tsv")
        let text = RecordedExpressions.text(of: zip(batch.expressions, theirs))
        try text.write(to: file, atomically: true, encoding: .utf8)
        print("\(batch.expressions.count) expressions in \(file.path)")
        return 0
      }
      batch = batch.with(agreeing.map(\.0))
    }
  }
}
