import BigInt

/// Random numbers that are the same for the same seed on every machine and in every run: SplitMix64 (Steele, Lea and Flood, "Fast
/// splittable pseudorandom number generators", OOPSLA 2014).
package struct SeededNumbers: RandomNumberGenerator, Hashable, Sendable {
  private var state: UInt64

  package init(seed: UInt64 = 0) { state = seed }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// A number from 0 to `limit - 1`.
  mutating func number(below limit: BigInt) -> BigInt {
    if let small = UInt64(exactly: limit) { return BigInt(UInt64.random(in: 0..<small, using: &self)) }
    return BigInt(BigUInt.randomInteger(lessThan: limit.magnitude, using: &self))
  }
}
