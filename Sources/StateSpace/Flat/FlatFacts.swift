/// What is known of words at a place in flat code: numbers, copies of other words, and ranges.
struct FlatFacts {
  /// A word's number as that of another word and a distance, and the range in which it lies as a signed number.
  private struct Fact {
    var epoch: Int32 = -1
    /// The other word; -1 if there is none.
    var origin: Int32 = -1
    /// How often the other word had been written.
    var version: Int32 = 0
    var distance: Int64 = 0
    var low = Int64.min
    var high = Int64.max
  }

  private var facts: [Fact]
  /// How often each word was written.
  private var versions: [Int32]
  private var epoch: Int32 = 0
  /// The words that never have a negative number.
  private let natural: [Bool]
  /// The numbers that words never exceed.
  private let greatest: [Int64]

  init(natural: [Bool], greatest: [Int64]) {
    self.natural = natural
    self.greatest = greatest
    facts = Array(repeating: Fact(), count: natural.count)
    versions = Array(repeating: 0, count: natural.count)
  }

  /// Forgets everything: other code leads here.
  mutating func forget() { epoch += 1 }

  // MARK: Asking

  func range(of word: Int) -> ClosedRange<Int64> {
    let fact = facts[word]
    let least: Int64 = natural[word] ? 0 : .min
    let most = max(least, greatest[word])
    guard fact.epoch == epoch else { return least...most }
    let (low, high) = (max(fact.low, least), min(fact.high, most))
    // Code that cannot be reached may have contradictions.
    return low <= high ? low...high : fact.low...fact.high
  }

  /// The number of a word, if it is known.
  func number(in word: Int) -> Int64? {
    let fact = facts[word]
    return fact.epoch == epoch && fact.low == fact.high ? fact.low : nil
  }

  /// The word of whose number this is a copy, and what is added to that; the word itself if none is known.
  func origin(of word: Int) -> (word: Int, distance: Int64) {
    let fact = facts[word]
    guard fact.epoch == epoch, fact.origin >= 0, versions[Int(fact.origin)] == fact.version else {
      return (word, 0)
    }
    return (Int(fact.origin), fact.distance)
  }

  // MARK: Noting

  /// Notes that a word has a new number.
  mutating func write(_ word: Int, in range: ClosedRange<Int64>? = nil) {
    versions[word] += 1
    facts[word] = Fact()
    guard let range else { return }
    facts[word].epoch = epoch
    (facts[word].low, facts[word].high) = (range.lowerBound, range.upperBound)
  }

  mutating func write(_ word: Int, _ number: Int64) { write(word, in: number...number) }

  /// Notes that a word has the number of another one, and `distance` more.
  mutating func write(_ word: Int, from source: Int, plus distance: Int64) {
    let range = range(of: source)
    let (low, lowOverflow) = range.lowerBound.addingReportingOverflow(distance)
    let (high, highOverflow) = range.upperBound.addingReportingOverflow(distance)
    write(word, in: lowOverflow || highOverflow ? nil : low...high)
    if word == source { return }
    facts[word].epoch = epoch
    facts[word].origin = Int32(source)
    facts[word].version = versions[source]
    facts[word].distance = distance
  }

  /// Notes that the number of a word lies in a range.
  mutating func narrow(_ word: Int, to range: ClosedRange<Int64>) {
    let known = self.range(of: word)
    if facts[word].epoch != epoch { facts[word] = Fact(epoch: epoch) }
    let (low, high) = (
      max(known.lowerBound, range.lowerBound), min(known.upperBound, range.upperBound)
    )
    // Code that cannot be reached may have contradictions.
    if low <= high { (facts[word].low, facts[word].high) = (low, high) }
  }
}
