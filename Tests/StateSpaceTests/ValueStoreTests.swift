import BigInt
@testable import StateSpace
import Testing

@Suite("Values") struct ValueStoreTests {
  private let store: ValueStore

  init() throws { store = try ValueStore(atoms: ["zz", "yy", "m1"], modelValues: ["m1"]) }

  private func tuple(_ elements: Value...) throws -> Value {
    let start = store.scratchTop
    for element in elements { try store.push(element) }
    return try store.popTuple(from: start)
  }

  private func number(_ value: Int) throws -> Value { try store.integer(value) }

  @Test("Trees are cached by their values, and dropped if there are too many parts") func spelledValues() {
    func value(_ number: Int) -> Value { Value(tag: Value.Tag.tuple, payload: UInt32(number)) }
    func tree(_ number: Int) -> PlainValue { .tuple([.integer(BigInt(number))]) }
    var kept = SpelledValues(limit: 20_001)
    for number in 0..<10_000 { kept.keep(tree(number), for: value(number), parts: 1) }
    #expect((0..<10_000).allSatisfy { kept[value($0)] == tree($0) })
    #expect(kept[value(10_000)] == nil)
    #expect(kept[Value(tag: Value.Tag.set, payload: 7)] == nil)
    kept.keep(tree(10_000), for: value(10_000), parts: 2)
    #expect(kept[value(10_000)] == tree(10_000))
    #expect((0..<10_000).allSatisfy { kept[value($0)] == nil })
  }

  @Test("Equal contents are one word, in any order") func interning() throws {
    let (one, two) = (try number(1), try number(2))
    #expect(try store.set(of: [two, one, two]) == store.set(of: [one, two]))
    #expect(try tuple(one, two) != tuple(two, one))
    #expect(try store.function([(one, two), (two, one)]) == tuple(two, one))
    #expect(try store.function([]) == store.emptyTuple)
    #expect(try store.function([(store.string("zz"), one)]).tag == Value.Tag.record)
    #expect(try store.function([(number(0), one)]).tag == Value.Tag.function)
    // The values are enough for the table to grow. All of them must be found again.
    let all = try (0..<20_000).map { try tuple(number($0), number($0 * 3)) }
    #expect(Set(all).count == 20_000)
    #expect(try (0..<20_000).allSatisfy { try tuple(number($0), number($0 * 3)) == all[$0] })
  }

  @Test("Sets have TLC's order: by first occurrence, by size, then by elements") func order() throws {
    let strings = try store.set(of: ["aa", "yy", "zz"].map(store.string))
    #expect(store.plain(strings).description == "{\"zz\", \"yy\", \"aa\"}")
    #expect(try store.plain(store.set(of: [.yes, .no])).description == "{FALSE, TRUE}")
    let numbers = try store.set(of: [3, -2, 1 << 40, -(1 << 40), 0].map(number))
    #expect(store.plain(numbers).description == "{-1099511627776, -2, 0, 3, 1099511627776}")
    let one = try number(1)
    let sets = try store.set(of: [
      store.set(of: [number(2), number(3)]), store.set(of: [number(9)]), store.emptySet, store.set(of: [one]),
    ])
    #expect(store.plain(sets).description == "{{}, {1}, {9}, {2, 3}}")
    let tuples = try store.set(of: [tuple(number(5)), tuple(one, one), store.emptyTuple, tuple(one)])
    #expect(store.plain(tuples).description == "{<<>>, <<1>>, <<5>>, <<1, 1>>}")
  }

  private func fails(_ body: () throws -> Void) -> Bool {
    do { try body() } catch is ValueError { return true } catch { return false }
    return false
  }

  @Test("Values of different kinds cannot be compared, except model values and sets of different sizes")
  func equality()
    throws
  {
    let (one, text, model) = (try number(1), store.string("zz"), store.modelValue("m1"))
    let set = try store.set(of: [one])
    let record = try store.function([(text, one)])
    for (left, right) in try [
      (one, Value.yes), (text, one), (text, .no), (set, one), (store.emptyTuple, store.emptySet),
      (store.emptyTuple, text), (record, tuple(one)), (set, store.set(of: [text])), (tuple(one), tuple(text)),
    ] {
      #expect(
        fails { _ = try store.equal(left, right) }, "\(store.describe(left)) = \(store.describe(right))")
      #expect(fails { _ = try store.equal(right, left) })
    }
    for other in [one, text, set, record, .yes, store.emptyTuple] {
      #expect(try !store.equal(model, other))
      #expect(try !store.equal(other, model))
    }
    #expect(try store.equal(model, store.modelValue("m1")))
    #expect(try !store.equal(model, store.string("m1")))
    #expect(try !store.equal(store.emptySet, store.set(of: [text])))
    #expect(try !store.equal(tuple(one), tuple(one, one)))
    #expect(try !store.equal(tuple(one, text), tuple(number(2), number(3))))
    #expect(try store.contains(store.set(of: [one, text]), one))
    #expect(fails { _ = try store.contains(set, text) })
    #expect(try !store.contains(store.emptySet, text))
  }

  @Test("Integers are exact at every boundary of their representation") func integers() throws {
    let boundaries = [28, 29, 31, 32, 62, 63].flatMap { bit -> [BigInt] in
      let power = BigInt(1) << bit
      return [power - 1, power, power + 1, -power - 1, -power, -power + 1]
    }
    for a in boundaries {
      let value = try store.literal(a)
      #expect(store.bigInteger(value) == a)
      #expect(store.plain(value) == .integer(a))
      for b in boundaries {
        let other = try store.literal(b)
        #expect(store.bigInteger(try store.compute(.plus, value, other)) == a + b)
        #expect(store.bigInteger(try store.compute(.minus, value, other)) == a - b)
        #expect(store.bigInteger(try store.compute(.times, value, other)) == a * b)
        #expect((store.compare(value, other) < 0) == (a < b))
        // A number is always the same word, however it was made.
        #expect((value == other) == (a == b))
        let quotient = store.bigInteger(try store.compute(.divide, value, other))
        let next = (quotient + 1) * b
        #expect(b > 0 ? quotient * b <= a && a < next : quotient * b >= a && a > next)
        if b > 0 {
          let remainder = store.bigInteger(try store.compute(.modulo, value, other))
          #expect(0 <= remainder && remainder < b && (a - remainder) % b == 0)
        }
      }
    }
    #expect(store.bigInteger(try store.compute(.power, number(3), number(100))) == BigInt(3).power(100))
    #expect(store.leftTLCIntegers)
    #expect(fails { _ = try store.compute(.power, store.literal(BigInt(2).power(5000)), number(100_000)) })
    let strict = try ValueStore(tlcIntegers: true)
    #expect(try strict.integer(Int(Int32.max)) != strict.emptySet)
    #expect(fails { _ = try strict.integer(Int(Int32.max) + 1) })
    #expect(!strict.leftTLCIntegers)
  }

  @Test("Described sets answer without their elements") func symbolicSets() throws {
    let (naturals, integers) = (try store.symbolic(.naturals), try store.symbolic(.integers))
    let (one, minus) = (try number(1), try number(-1))
    #expect(
      try store.contains(naturals, one) && !store.contains(naturals, minus) && store.contains(integers, minus)
    )
    #expect(fails { _ = try store.contains(naturals, .yes) })
    let large = try store.interval(1, 1_000_000)
    #expect(try store.cardinality(large) == 1_000_000)
    let subsets = try store.symbolic(.powerset, [store.interval(1, 200)])
    #expect(try store.cardinality(subsets) == BigInt(1) << 200)
    #expect(try store.contains(subsets, store.set(of: [one, number(200)])))
    #expect(try !store.contains(subsets, store.set(of: [one, number(201)])))
    let functions = try store.symbolic(.functions, [store.interval(1, 2), naturals])
    #expect(try store.contains(functions, tuple(one, one)) && !store.contains(functions, tuple(one, minus)))
    #expect(try !store.contains(functions, tuple(one)))
    let sequences = try store.symbolic(.sequences, [naturals])
    #expect(try store.contains(sequences, tuple(one, one, one)) && !store.contains(sequences, tuple(minus)))
    let positive = try store.difference(naturals, store.set(of: [number(0)]))
    #expect(
      try store.contains(positive, one) && !store.contains(positive, number(0))
        && store.finiteness(of: positive) == false)
    let both = try store.intersection(naturals, integers)
    #expect(try store.contains(both, one) && !store.contains(both, minus))
    #expect(fails { _ = try store.enumerated(naturals) })
    #expect(fails { _ = try store.cardinality(positive) })
    // A described set equals the enumerated one, also as a part of another value.
    let listed = try store.union(store.interval(1, 1500), store.interval(1400, 2000))
    #expect(try store.equal(store.interval(1, 2000), listed))
    #expect(
      try store.append(store.emptyTuple, store.interval(1, 2000)) == store.append(store.emptyTuple, listed))
    #expect(try store.function([(one, store.interval(1, 2000))]) == tuple(listed))
    let far = try store.interval(number(1 << 40), number(1 << 40 + 3000))
    #expect(try store.length(store.enumerated(far)) == 3001)
    #expect(
      try store.cardinality(store.interval(number(Int.min + 5), number(Int.max))) == BigInt(Int.max)
        - BigInt(Int.min + 5) + 1)
  }
}
