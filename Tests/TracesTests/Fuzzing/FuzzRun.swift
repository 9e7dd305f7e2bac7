import Foundation
import TextMutation

/// A run of mutated inputs against one target. Each input is made from its number alone, so a finding can be repeated.
struct FuzzRun {
  let corpus: FuzzCorpus
  let target: FuzzTarget

  /// The numbers of the inputs of a test. `SYNSCOPE_FUZZ=FIRST:COUNT` overrides them.
  static func numbers(standard: Int) -> Range<UInt64> {
    let parts = (ProcessInfo.processInfo.environment["SYNSCOPE_FUZZ"] ?? "").split(separator: ":").map {
      UInt64($0)
    }
    guard parts.count == 2, let first = parts[0], let count = parts[1], first < 1 << 48 else {
      return 0..<UInt64(standard)
    }
    return first..<(first + min(count, 1 << 40))
  }

  struct Input {
    var text: [UInt8]
    var companion: [UInt8] = []
  }

  func input(_ number: UInt64) -> Input {
    var mutator = TextMutator(
      seed: number &* 5 &+ UInt64(target.rawValue.utf8.count), dictionary: FuzzCorpus.words,
      keepsNumbersSmall: target == .specification)
    switch target {
    case .module:
      let texts = corpus.specifications.map(\.module)
      return Input(text: mutated(texts, &mutator))
    case .configuration:
      return Input(text: mutated(corpus.specifications.map(\.configuration).filter { !$0.isEmpty }, &mutator))
    case .trace: return Input(text: mutated(corpus.traces, &mutator))
    case .session: return Input(text: mutated(corpus.sessions, &mutator))
    case .specification:
      let pairs = corpus.specifications.filter { !$0.configuration.isEmpty }
      let chosen = pairs[mutator.below(pairs.count)]
      let other = pairs[mutator.below(pairs.count)]
      if mutator.below(6) == 0 {
        return Input(
          text: chosen.module, companion: mutator.mutate(chosen.configuration, other: other.configuration))
      }
      return Input(text: mutator.mutate(chosen.module, other: other.module), companion: chosen.configuration)
    }
  }

  private func mutated(_ texts: [[UInt8]], _ mutator: inout TextMutator) -> [UInt8] {
    let text = texts[mutator.below(texts.count)]
    return mutator.mutate(text, other: texts[mutator.below(texts.count)])
  }

  /// The promises that the input with this number breaks.
  func broken(_ number: UInt64, _ reach: inout SpecificationWalk.Reach) -> [String] {
    let input = input(number)
    guard target == .specification else { return target.broken(by: input.text) }
    let walk = SpecificationWalk(
      module: String(decoding: input.text, as: UTF8.self),
      configuration: String(decoding: input.companion, as: UTF8.self), others: others)
    return walk.broken(&reach)
  }

  private var others: [String: String] {
    let modules = corpus.specifications.filter(\.configuration.isEmpty)
    return Dictionary(
      modules.map { ($0.name + ".tla", String(decoding: $0.module, as: UTF8.self)) },
      uniquingKeysWith: { first, _ in first })
  }
}
