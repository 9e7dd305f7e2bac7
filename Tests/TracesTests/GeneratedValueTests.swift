import BigInt
import StateSpace
import Testing
import TextMutation
import Traces

extension SplitMix {
  /// A value whose sets and functions are in canonical order.
  mutating func value(depth: Int) -> PlainValue {
    switch Int.random(in: 0..<(depth == 0 ? 5 : 9), using: &self) {
    case 0: return .boolean(Bool.random(using: &self))
    case 1: return int(Int.random(in: -3...3, using: &self))
    case 2: return .integer(BigInt(Int.random(in: .min ... .max, using: &self)).power(3))
    case 3:
      return text(["", "n1", "a b", "\"\\\n", "é\u{1B}", "#set", "😀"].randomElement(using: &self) ?? "")
    case 4: return [n1, n2, n3].randomElement(using: &self) ?? n1
    case 5: return PlainValue.set(values(depth: depth)).canonical
    case 6: return .tuple(values(depth: depth))
    case 7:
      let pairs = values(depth: depth).map { PlainValue.Pair(argument: $0, value: value(depth: depth - 1)) }
      return PlainValue.function(of: pairs)?.canonical ?? tuple()
    default:
      let names = ["a", "b", "from", "#map", "x y"].shuffled(using: &self)
        .prefix(Int.random(in: 1...5, using: &self))
      return .record(names.map { PlainValue.Field(name: $0, value: value(depth: depth - 1)) })
    }
  }

  private mutating func values(depth: Int) -> [PlainValue] {
    (0..<Int.random(in: 0...4, using: &self)).map { _ in value(depth: depth - 1) }
  }
}

@Suite struct GeneratedValueTests {
  @Test(arguments: 0..<20) func tracesSurvive(_ seed: Int) throws {
    var random = SplitMix(state: UInt64(seed))
    let steps = (0..<20).map { index in
      TraceStep(
        label: index == 0 ? nil : ActionLabel(name: "A", arguments: [random.value(depth: 2)]),
        values: [random.value(depth: 4), random.value(depth: 3)])
    }
    let trace = Trace(variables: ["x", "y"], steps: steps)
    let read = try TraceReader.read(ITFWriter.text(trace), file: "t.json")
    for (step, original) in zip(read.steps, trace.steps) {
      #expect(step.values.map(\.canonical) == original.values.map(\.canonical))
      #expect(step.label?.arguments.map(\.canonical) == original.label?.arguments.map(\.canonical))
    }
    #expect(read.steps.count == steps.count)
  }

  @Test(arguments: 0..<20) func differencesAreEmptyExactlyForEqualValues(_ seed: Int) {
    var random = SplitMix(state: UInt64(seed) &+ 1_000)
    for _ in 0..<100 {
      let (old, new) = (random.value(depth: 3), random.value(depth: 3))
      #expect(ValueDifference.between(old, old).isEmpty)
      #expect(ValueDifference.between(old, new).isEmpty == (old.canonical == new.canonical))
    }
  }

  @Test func theCanonicalFormForgetsTheOrderOnly() {
    #expect(set(int(2), int(1), int(2)).canonical == set(int(1), int(2)).canonical)
    #expect(function((n2, set(n2, n1)), (n1, int(1))).canonical == each(int(1), set(n1, n2)).canonical)
    #expect(record(("b", int(1)), ("a", int(2))).canonical == record(("a", int(2)), ("b", int(1))).canonical)
    #expect(tuple(int(2), int(1)).canonical != tuple(int(1), int(2)).canonical)
    #expect(set(n1).canonical != set(text("n1")).canonical)
  }

  @Test func functionsTakeTheirForm() {
    func function(_ pairs: (PlainValue, PlainValue)...) -> PlainValue? {
      PlainValue.function(of: pairs.map { PlainValue.Pair(argument: $0.0, value: $0.1) })
    }
    #expect(function() == tuple())
    #expect(function((int(2), n2), (int(1), n1)) == tuple(n1, n2))
    #expect(
      function((int(0), n2), (int(1), n1))
        == .function([.init(argument: int(0), value: n2), .init(argument: int(1), value: n1)]))
    #expect(function((text("b"), n2), (text("a"), n1)) == record(("b", n2), ("a", n1)))
    #expect(function((n1, int(1)), (n1, int(1))) == .function([.init(argument: n1, value: int(1))]))
    #expect(function((n1, int(1)), (n1, int(2))) == nil)
    #expect(function((set(n1, n2), int(1)), (set(n2, n1), int(2))) == nil)
  }

  /// A file with any damage is either read, or refused with a place.
  @Test(arguments: 0..<10) func damagedFilesAreReadOrRefused(_ seed: Int) {
    var random = SplitMix(state: UInt64(seed) &+ 5_000)
    let trace = Trace(
      variables: ["x", "y"],
      steps: (0..<3).map { _ in
        TraceStep(label: ActionLabel(name: "A", arguments: [n1]), values: [random.value(depth: 3), n2])
      }, loop: 1)
    let bytes = Array(ITFWriter.text(trace).utf8)
    let pieces: [[UInt8]] =
      ["{", "}", "[", "]", "\"", ",", ":", "null", "-", "1e999", "\\u", "#map", "\u{0}"]
      .map { Array($0.utf8) } + [[0xFF], [0xC3]]
    var refused = 0
    for _ in 0..<300 {
      var damaged = bytes
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let place = Int.random(in: 0..<damaged.count, using: &random)
        let length = Int.random(in: 0...min(6, damaged.count - place), using: &random)
        damaged.replaceSubrange(place..<(place + length), with: pieces.randomElement(using: &random) ?? [])
      }
      do {
        let read = try TraceReader.read(damaged, file: "t.json")
        _ = TraceFormat.written.map { $0.write(read) }
      } catch let error as TraceReadingError {
        refused += 1
        #expect(error.description.hasPrefix("t.json:"))
      } catch {
        Issue.record("another error: \(error)")
      }
    }
    #expect(refused > 100)
  }
}
