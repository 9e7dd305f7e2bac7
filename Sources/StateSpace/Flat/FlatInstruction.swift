/// An instruction of flat code. Its operands are words of the frame, by their numbers, unless the operation says otherwise.
struct FlatInstruction {
  enum Operation: UInt8 {
    // Values of at most 64 bits.
    /// a = immediate
    case constant
    /// a = b
    case move
    /// a = the bits of word b from bit c on, under the mask `immediate`
    case load
    /// The same where the bits go on in the next word.
    case loadAcross
    /// a = bits of the string that begins at word b, from bit [c] on, under the mask `immediate`
    case loadAt
    /// The bits of word a from bit b on = c, under the mask `immediate`
    case store
    /// The same where the bits go on in the next word.
    case storeAcross
    /// Bits of the string that begins at word a, from bit [b] on = c, under the mask `immediate`
    case storeAt
    case add, subtract, multiply, divide, modulo
    /// a = b + immediate
    case addConstant
    /// a = b * immediate
    case multiplyConstant
    case and, or, andNot
    /// a = b and immediate
    case andConstant
    /// a = b << immediate, b >> immediate
    case shiftLeftConstant, shiftRightConstant
    /// a = 1 << [b]
    case bit
    /// a = the number of bits in b
    case countBits
    /// a = the lowest bit's place in b, which loses that bit
    case takeLowest
    /// a = the number at place [b] of the table that begins at `immediate`; leaves if it is negative
    case table
    /// The same, but it jumps to c if the number is -1.
    case tableOrJump
    /// a = the place of the code [b] in the universe number `immediate`; leaves if it is not a member
    case lookUp
    /// The same, but it jumps to c.
    case lookUpOrJump

    // Longer values.
    /// words a… = words b…; c of them
    case copyWords
    /// words a… = 0; c of them
    case clearWords
    /// Copies bits as the record number `immediate` says.
    case copyBits
    /// a = whether the bits that record number `immediate` names are equal
    case equalBits

    /// words a… = the value that memo number `immediate` gives; leaves if it gives none
    case recall

    /// Puts words on the stack: a of them, whose numbers lie in the tables from `immediate` on. Leaves if the stack has no room.
    case save
    /// The same words = the top of the stack, which loses them
    case restore

    // Control. Jumps go to instruction c.
    case jump
    case jumpIfZero, jumpIfNotZero
    /// Compare words a and b.
    case jumpIfEqual, jumpIfNotEqual, jumpIfLess, jumpIfNotLess
    /// Compare word a with the immediate.
    case jumpIfIs, jumpIfIsNot, jumpIfBelow, jumpIfNotBelow
    /// Leaves unless a <= [b] as signed numbers; the numbers are in `immediate` (low 32 bits: least, high 32 bits: greatest).
    case checkRange
    /// Gives the row under construction to the receiver.
    case emit
    /// Ends with the answer `immediate`.
    case end
    /// Leaves the code: the node tree has to take the state.
    case leave
  }

  var operation: Operation
  var a: Int32 = 0
  var b: Int32 = 0
  var c: Int32 = 0
  var immediate: Int64 = 0
}

extension FlatInstruction.Operation {
  /// Whether instruction c may be the next one.
  var isJump: Bool {
    switch self {
    case .jump, .jumpIfZero, .jumpIfNotZero, .jumpIfEqual, .jumpIfNotEqual, .jumpIfLess, .jumpIfNotLess,
      .jumpIfIs,
      .jumpIfIsNot, .jumpIfBelow, .jumpIfNotBelow, .tableOrJump, .lookUpOrJump:
      true
    default: false
    }
  }
}

/// A range of bits in two strings, for the operations on longer values.
struct FlatBits {
  var width: Int
  var target: FlatPlace
  var source: FlatPlace
}

/// Where a code lies: in the frame from the word `base` on, `offset` bits from there, and as many more as the word `index` says.
struct FlatPlace: Equatable {
  var base: Int
  var offset = 0
  var index: Int?
  var width: Int

  /// Whether the code fills its words from the lowest bit on, and the rest of the words is zero.
  var isWhole = false
  /// Whether it is a block of words of its own.
  var isBlock = false

  /// The string in which the code lies, and the distance of its lowest bit from the string's.
  @inline(__always) func string(
    in frame: UnsafeMutablePointer<UInt64>
  ) -> (words: UnsafeMutablePointer<UInt64>, start: Int) {
    (frame + base, offset &+ (index.map { Int(truncatingIfNeeded: frame[$0]) } ?? 0))
  }

  /// The place of a part, `start` bits from the lowest one.
  func part(at start: Int, width: Int) -> FlatPlace {
    if start == 0, width == self.width { return self }
    return FlatPlace(base: base, offset: offset + start, index: index, width: width)
  }
}
