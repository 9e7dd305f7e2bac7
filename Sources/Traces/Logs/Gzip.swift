/// Unpacks gzip files (RFC 1952, with the compression of RFC 1951).
package struct Gzip {
  /// Why bytes cannot be unpacked.
  package struct Problem: Error {
    package let message: String

    package init(message: String) { self.message = message }
  }

  private let bytes: [UInt8]
  private let largest: Int
  private var position = 0
  /// The bits of the current byte that are not read yet, and how many they are.
  private var bits: UInt32 = 0
  private var bitCount = 0
  /// The bytes that are not given yet, after those to which the next ones may refer.
  private var output: [UInt8] = []
  /// How many of them were given.
  private var given = 0
  /// How many bytes were given of all members, and of the current one, with their checksum so far.
  private var total = 0
  private var memberLength = 0
  private var memberSum = ~UInt32(0)
  private let take: (ArraySlice<UInt8>) throws(Problem) -> Void
  private static let farthest = 1 << 15
  private static let pieceSize = 1 << 20

  package static func isPacked(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0x1F, 0x8B]) }

  /// Unpacks all members of a file, at most `largest` bytes, and gives them to `take` in pieces. Throws `Problem`.
  package static func unpack(
    _ bytes: [UInt8], largest: Int, _ take: @escaping (ArraySlice<UInt8>) throws(Problem) -> Void
  ) throws(Problem) {
    var reader = Gzip(bytes: bytes, largest: largest, take: take)
    repeat {
      try reader.member()
    } while reader.position + 2 <= bytes.count && bytes[reader.position...].starts(with: [0x1F, 0x8B])
  }

  private init(
    bytes: [UInt8], largest: Int, take: @escaping (ArraySlice<UInt8>) throws(Problem) -> Void
  ) {
    self.bytes = bytes
    self.largest = largest
    self.take = take
  }

  // MARK: The file

  private mutating func member() throws(Problem) {
    guard bytes.count >= position + 18, bytes[position + 2] == 8 else { throw cutOff }
    let flags = bytes[position + 3]
    position += 10
    if flags & 4 != 0 {
      let length = Int(try byte()) | Int(try byte()) << 8
      position += length
    }
    for flag: UInt8 in [8, 16] where flags & flag != 0 {
      while try byte() != 0 {}
    }
    if flags & 2 != 0 { position += 2 }
    (output, given, memberLength, memberSum) = ([], 0, 0, ~0)
    (bits, bitCount) = (0, 0)
    while try !block() {}
    try give()
    (bits, bitCount) = (0, 0)
    let sum = try word()
    let length = try word()
    guard length == UInt32(truncatingIfNeeded: memberLength), sum == ~memberSum else {
      throw Problem(message: "it is damaged: its checksum is another one")
    }
  }

  private var cutOff: Problem { Problem(message: "it is cut off, or no gzip file") }

  private mutating func byte() throws(Problem) -> UInt8 {
    guard position < bytes.count else { throw cutOff }
    position += 1
    return bytes[position - 1]
  }

  private mutating func word() throws(Problem) -> UInt32 {
    var word: UInt32 = 0
    for shift: UInt32 in [0, 8, 16, 24] { word |= UInt32(try byte()) << shift }
    return word
  }

  private mutating func take(_ count: Int) throws(Problem) -> Int {
    while bitCount < count {
      bits |= UInt32(try byte()) << UInt32(bitCount)
      bitCount += 8
    }
    let value = bits & ((1 << UInt32(count)) - 1)
    bits >>= UInt32(count)
    bitCount -= count
    return Int(value)
  }

  // MARK: Blocks

  /// Reads a block. Returns whether it is the last one.
  private mutating func block() throws(Problem) -> Bool {
    let isLast = try take(1) == 1
    switch try take(2) {
    case 0: try stored()
    case 1: try compressed(Self.fixedLiterals, Self.fixedDistances)
    case 2:
      let (literals, distances) = try codes()
      try compressed(literals, distances)
    default: throw cutOff
    }
    return isLast
  }

  private mutating func stored() throws(Problem) {
    (bits, bitCount) = (0, 0)
    let length = Int(try byte()) | Int(try byte()) << 8
    position += 2
    guard position + length <= bytes.count else { throw cutOff }
    output += bytes[position..<position + length]
    position += length
    if output.count >= Self.pieceSize { try give() }
  }

  /// Gives what was unpacked, and keeps what may be referred to.
  private mutating func give() throws(Problem) {
    let piece = output[given...]
    total += piece.count
    memberLength += piece.count
    guard total <= largest else { throw Problem(message: "unpacked it has more than \(largest >> 20) MiB") }
    memberSum = piece.reduce(memberSum) { Self.table[Int(($0 ^ UInt32($1)) & 0xFF)] ^ $0 >> 8 }
    try take(piece)
    output = Array(output.suffix(Self.farthest))
    given = output.count
  }

  /// The order in which the lengths of the codes for code lengths come.
  private static let lengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]

  private mutating func codes() throws(Problem) -> (Huffman, Huffman) {
    let counts = (try take(5) + 257, try take(5) + 1, try take(4) + 4)
    var lengths = [Int](repeating: 0, count: 19)
    for index in 0..<counts.2 { lengths[Self.lengthOrder[index]] = try take(3) }
    let code = Huffman(lengths)
    var all: [Int] = []
    while all.count < counts.0 + counts.1 {
      let symbol = try decode(code)
      switch symbol {
      case 16:
        guard let last = all.last else { throw cutOff }
        all += Array(repeating: last, count: 3 + (try take(2)))
      case 17: all += Array(repeating: 0, count: 3 + (try take(3)))
      case 18: all += Array(repeating: 0, count: 11 + (try take(7)))
      default: all.append(symbol)
      }
    }
    return (Huffman(Array(all[..<counts.0])), Huffman(Array(all[counts.0..<counts.0 + counts.1])))
  }

  private static let fixedLiterals = Huffman(
    Array(repeating: 8, count: 144) + Array(repeating: 9, count: 112) + Array(repeating: 7, count: 24)
      + Array(repeating: 8, count: 8))
  private static let fixedDistances = Huffman(Array(repeating: 5, count: 30))

  private mutating func compressed(_ literals: Huffman, _ distances: Huffman) throws(Problem) {
    while true {
      let symbol = try decode(literals)
      if symbol < 256 {
        output.append(UInt8(symbol))
      } else if symbol == 256 {
        return
      } else {
        let length = try lengthOf(symbol - 257)
        let distance = try distanceOf(try decode(distances))
        guard distance <= output.count else { throw cutOff }
        for _ in 0..<length { output.append(output[output.count - distance]) }
      }
      if output.count >= Self.pieceSize { try give() }
    }
  }

  /// The length for a symbol: the first eight have their own, then four share a number of further bits each. The last one is 258.
  private mutating func lengthOf(_ symbol: Int) throws(Problem) -> Int {
    if symbol < 8 { return symbol + 3 }
    if symbol == 28 { return 258 }
    guard symbol < 28 else { throw cutOff }
    let extra = symbol / 4 - 1
    return 3 + ((4 + symbol % 4) << extra) + (try take(extra))
  }

  private mutating func distanceOf(_ symbol: Int) throws(Problem) -> Int {
    if symbol < 4 { return symbol + 1 }
    guard symbol < 30 else { throw cutOff }
    let extra = symbol / 2 - 1
    return 1 + ((2 + symbol % 2) << extra) + (try take(extra))
  }

  private mutating func decode(_ code: Huffman) throws(Problem) -> Int {
    var (value, first, index) = (0, 0, 0)
    for length in 1...15 {
      value |= try take(1)
      let count = code.counts[length]
      if value - count < first { return code.symbols[index + value - first] }
      index += count
      first = (first + count) << 1
      value <<= 1
    }
    throw cutOff
  }

  /// A canonical Huffman code: how many symbols have codes of each length, and the symbols in the order of their codes.
  private struct Huffman {
    var counts = [Int](repeating: 0, count: 16)
    var symbols: [Int] = []

    init(_ lengths: [Int]) {
      for length in lengths where length > 0 { counts[min(length, 15)] += 1 }
      symbols = lengths.indices.filter { lengths[$0] > 0 }.sorted { (lengths[$0], $0) < (lengths[$1], $1) }
    }
  }

  // MARK: Checksum

  private static let table: [UInt32] = (0..<256).map { number in
    (0..<8).reduce(UInt32(number)) { value, _ in value & 1 == 1 ? 0xEDB8_8320 ^ value >> 1 : value >> 1 }
  }
}
