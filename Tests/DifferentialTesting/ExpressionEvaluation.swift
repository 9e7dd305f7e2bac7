import Foundation
import StateSpace
import TLASemantics
import TLASyntax

extension ExpressionBatch {
  /// The module without expressions, to test whether it can read a phrase; nil if the module itself is refused.
  func specification() -> Specification? {
    try? SpecificationLoader(provider: TextProvider(files: with([]).files)).load("M.tla")
  }

  /// Synscope's result for each expression.
  package func outcomesInSynscope() -> [ExpressionOutcome] {
    halving { batch in
      do {
        var options = SpecificationLoader.Options()
        options.tlcIntegers = true
        let specification = try SpecificationLoader(provider: TextProvider(files: batch.files)).load(
          "M.tla", options: options)
        let explorer = try Explorer(specification)
        return batch.expressions.indices.map { Self.outcome(of: "E\($0)(0)", explorer) }
      } catch let problems as Diagnostics {
        let errors = problems.all.filter { $0.severity == .error }
        let message = errors.first?.message ?? ""
        if batch.expressions.count == 1 { return [.refused(message)] }
        let places = errors.compactMap { $0.span?.startPosition.line }
        return batch.without(batch.expressions(onLines: places), message) { $0.outcomesInSynscope() }
      } catch { return batch.expressions.count == 1 ? [.error("\(error)")] : nil }
    }
  }

  /// TLC's result for each expression.
  func outcomes(in driver: TLCDriver, scratch: URL) throws -> [ExpressionOutcome] {
    try halving { batch in
      let folder = scratch.appending(path: "module", directoryHint: .isDirectory)
      try write(batch.files, into: folder)
      guard let lines = try driver.answers(to: "expressions \(folder.path) \(batch.expressions.count)") else {
        return batch.expressions.count == 1 ? [.late] : nil
      }
      if lines.first?.hasPrefix("refused") == true {
        let message = String(lines[0].dropFirst(8))
        if batch.expressions.count == 1 { return [.refused(message)] }
        let places = message.matches(of: /line (\d+), col/).compactMap { Int($0.1) }
        return try batch.without(batch.expressions(onLines: places), message) {
          try $0.outcomes(in: driver, scratch: scratch)
        }
      }
      var result = Array(repeating: ExpressionOutcome.late, count: batch.expressions.count)
      for line in lines {
        let words = line.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
        guard words.count == 3, let number = Int(words[1]), result.indices.contains(number) else { continue }
        let rest = String(words[2])
        switch words[0] {
        case "value": result[number] = .value(rest)
        case "unspelled": result[number] = rest.contains("OutOfMemory") ? .late : .unspelled(rest)
        case "error": result[number] = rest.contains("OutOfMemory") ? .late : .error(rest)
        default: break
        }
      }
      return result
    }
  }

  /// Evaluates all expressions at once, or if that fails, each half on its own. One expression can make a module unreadable.
  private func halving(_ evaluate: (ExpressionBatch) throws -> [ExpressionOutcome]?) rethrows
    -> [ExpressionOutcome]
  {
    if expressions.isEmpty { return [] }
    if let outcomes = try evaluate(self) { return outcomes }
    if expressions.count == 1 { return [.refused("")] }
    let middle = expressions.count / 2
    return try with(Array(expressions[..<middle])).halving(evaluate)
      + with(Array(expressions[middle...])).halving(evaluate)
  }

  /// The outcomes of all expressions if those at `refused` are refused; nil if `refused` is empty.
  private func without(
    _ refused: Set<Int>, _ message: String, _ evaluate: (ExpressionBatch) throws -> [ExpressionOutcome]
  ) rethrows -> [ExpressionOutcome]? {
    if refused.isEmpty { return nil }
    let others = expressions.indices.filter { !refused.contains($0) }
    var result = Array(repeating: ExpressionOutcome.refused(message), count: expressions.count)
    for (index, outcome) in zip(others, try evaluate(with(others.map { expressions[$0] }))) {
      result[index] = outcome
    }
    return result
  }

  private static func outcome(of name: String, _ explorer: Explorer) -> ExpressionOutcome {
    do {
      let value = try explorer.evaluate(name, in: nil)
      return value.isSpelled ? .value(value.description) : .unspelled(value.description)
    } catch let failure as EvaluationFailure {
      return failure.kind == .resource ? .late : .error(failure.message)
    } catch { return .refused("\(error)") }
  }
}

extension PlainValue {
  /// Whether every set is finite and all its elements can be compared.
  fileprivate var isSpelled: Bool {
    switch self {
    // TLC prints these by name, too.
    case .symbolicSet: false
    case .boolean, .integer, .string, .modelValue: true
    case .set(let elements): elements.allSatisfy(\.isSpelled)
    case .tuple(let elements): elements.allSatisfy(\.isSpelled)
    case .function(let pairs): pairs.allSatisfy { $0.argument.isSpelled && $0.value.isSpelled }
    case .record(let fields): fields.allSatisfy(\.value.isSpelled)
    }
  }
}

/// Writes files into a folder and removes everything else from it.
func write(_ files: [String: String], into folder: URL) throws {
  try? FileManager.default.removeItem(at: folder)
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  for (name, text) in files {
    try text.write(to: folder.appending(path: name), atomically: false, encoding: .utf8)
  }
}
