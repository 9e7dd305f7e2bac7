/// An infinite behavior: its states, and the position in them to which the last one leads back. If that is the last one, it stutters there
/// for ever.
struct Lasso: Equatable {
  var states: [Int]
  var loopStart: Int
}

extension Lasso {
  /// Removes what does not change the behavior: stuttering steps, repetitions of the loop, and states before the loop that are part of it.
  mutating func shorten() {
    var stem: [Int] = []
    for state in states[...loopStart] where stem.last != state { stem.append(state) }
    var loop = [states[loopStart]]
    for state in states[(loopStart + 1)...] where loop.last != state { loop.append(state) }
    if loop.count > 1, loop.last == loop.first { loop.removeLast() }
    for length in 1..<max(loop.count, 2) where loop.count % length == 0 {
      if loop.indices.allSatisfy({ loop[$0] == loop[$0 % length] }) {
        loop = Array(loop[..<length])
        break
      }
    }
    stem.removeLast()
    while let last = stem.last, last == loop.last {
      stem.removeLast()
      loop.insert(loop.removeLast(), at: 0)
    }
    states = stem + loop
    loopStart = stem.count
  }
}
