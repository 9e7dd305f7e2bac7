import Foundation

/// The result of a check, as far as it is compared.
private struct CheckOutcome: Hashable, CustomStringConvertible {
  var exit: Int
  /// The figures of a complete search.
  var generated: Int?
  var distinct: Int?
  var depth: Int?
  var violated: String?
  /// The number of states of the counterexample.
  var length: Int?
  var message = ""

  var description: String {
    let figures = [generated, distinct, depth].compactMap { $0 }.map(String.init).joined(separator: " ")
    return "exit \(exit); \(figures); \(violated ?? ""); \(length.map { "\($0) states" } ?? ""); \(message)"
  }

  static func == (one: CheckOutcome, other: CheckOutcome) -> Bool {
    one.key == other.key
  }

  func hash(into hasher: inout Hasher) { hasher.combine(key) }

  /// Everything but the wording.
  private var key: [String] {
    [exit, generated, distinct, depth, length].map { "\($0 as Any)" } + [violated ?? ""]
  }
}

/// Compares the results of checks of random modules.
struct ModuleComparison {
  let driver: TLCDriver
  let binary: URL
  let scratch: URL
  private static let simplest: [Phrase] = ["1", "TRUE", "FALSE", "{}", "{1}", "<<>>", "\"a\"", "U"]
  /// The greatest number of smaller modules that are tried in all.
  private static let mostTried = 250

  /// The difference in the module for that seed, if there is one.
  func run(seed: UInt64) throws -> [Difference] {
    let module = WideModule(seed: seed)
    guard var best = try compared(module) else { return [] }
    let group = Self.group(best.tlc, best.synscope)
    var small = module
    var tried = 0
    search: while true {
      for candidate in small.text.reductions(simplest: Self.simplest).shortestFirst(below: small.text) {
        guard tried < Self.mostTried else { break search }
        tried += 1
        let smaller = WideModule(text: candidate)
        guard let outcomes = try compared(smaller, wanting: best.synscope.exit),
          Self.group(outcomes.tlc, outcomes.synscope) == group
        else { continue }
        (small, best) = (smaller, outcomes)
        continue search
      }
      break
    }
    return [
      Difference(
        seed: seed, input: "\(small.text)", tlc: "\(best.tlc)", synscope: "\(best.synscope)",
        shape: "\(group): \(Self.wording(best.tlc.message)) / \(Self.wording(best.synscope.message))")
    ]
  }

  /// The two results if they differ. Nil if they agree, if one did not end, or if Synscope's exit code is not the wanted one.
  private func compared(_ module: WideModule, wanting exit: Int? = nil) throws
    -> (tlc: CheckOutcome, synscope: CheckOutcome)?
  {
    let folder = scratch.appending(path: "module", directoryHint: .isDirectory)
    try write(module.files, into: folder)
    let ours = try outcomeInSynscope(folder)
    // This is a limit that TLC does not have.
    if ours.exit == 152 || exit != nil && exit != ours.exit { return nil }
    // One TLC process checks many modules. A difference counts only if a process for this module alone reports it, too.
    for request in ["check", "alone check"] {
      guard let theirs = try outcomeInTLC(folder, request), theirs != ours else { return nil }
      if request == "alone check" { return (theirs, ours) }
    }
    return nil
  }

  private func outcomeInTLC(_ folder: URL, _ request: String) throws -> CheckOutcome? {
    guard let lines = try driver.answers(to: "\(request) \(folder.path)"),
      let exit = lines.first?.split(separator: " ").last.flatMap({ Int($0) })
    else { return nil }
    try? FileManager.default.removeItem(at: folder.appending(path: "states"))
    return Self.outcome(
      exit: exit, of: try String(contentsOf: folder.appending(path: "tlc.out"), encoding: .utf8))
  }

  private static func group(_ tlc: CheckOutcome, _ synscope: CheckOutcome) -> String {
    if tlc.exit != synscope.exit { return "TLC \(tlc.exit), Synscope \(synscope.exit)" }
    if tlc.violated != synscope.violated || tlc.length != synscope.length { return "another trace" }
    return "other counts"
  }

  private static func wording(_ message: String) -> String {
    String(message.replacing(/"[^"]*"|\b[0-9]+\b/, with: "n").prefix(70))
  }

  // MARK: Reading the results

  private static func outcome(exit: Int, of output: String) -> CheckOutcome {
    var outcome = CheckOutcome(exit: exit)
    if exit == 0 {
      if let found = output.firstMatch(of: /(\d+) states generated, (\d+) distinct states found/) {
        outcome.generated = Int(found.1)
        outcome.distinct = Int(found.2)
      }
      outcome.depth = output.firstMatch(of: /graph search is (\d+)/).flatMap { Int($0.1) }
    }
    if exit == 11 || exit == 12 {
      outcome.length = max(1, output.matches(of: /(?m)^State \d+:/).count)
      outcome.violated = output.firstMatch(of: /Invariant (\w+) is violated/).map { String($0.1) }
    }
    outcome.message = output.split(separator: "\n").filter {
      $0.hasPrefix("Error: ") || $0.contains("***Parse")
    }.prefix(2)
      .joined(separator: " ")
    if outcome.message.isEmpty, exit != 0 { outcome.message = String(output.suffix(300)) }
    return outcome
  }

  private func outcomeInSynscope(_ folder: URL) throws -> CheckOutcome {
    let process = Process()
    process.executableURL = binary
    process.arguments = ["check", "M", "--json", "--quiet", "--tlc-integers", "--max-states", "20000"]
    process.currentDirectoryURL = folder
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    var outcome = CheckOutcome(exit: Int(process.terminationStatus))
    guard process.terminationReason == .exit, let report = try? JSONDecoder().decode(Report.self, from: data)
    else {
      outcome.message = "no report"
      return outcome
    }
    if outcome.exit == 0 {
      (outcome.generated, outcome.distinct, outcome.depth) = (report.generated, report.distinct, report.depth)
    }
    if outcome.exit == 11 || outcome.exit == 12 {
      outcome.length = report.trace?.states.count
      outcome.violated = report.violated
    }
    outcome.message = report.message
    return outcome
  }

  private struct Report: Decodable {
    struct Trace: Decodable {
      struct State: Decodable {}
      let states: [State]
    }
    let violated: String?
    let message: String
    let generated: Int
    let distinct: Int
    let depth: Int
    let trace: Trace?
  }
}
