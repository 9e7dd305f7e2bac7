import TLASyntax

/// A TLA+ value as one word: three tag bits below 29 bits of payload.
///
/// The payload is the integer itself, the number of an atom (a Boolean, string, or model value), or the offset of an object in the arena of
/// a `ValueStore`. A store keeps each composite value once, so two values of one store are equal exactly when their words are equal. A
/// value means nothing without its store.
struct Value: Hashable {
  let bits: UInt32

  enum Tag {
    static let integer: UInt32 = 0
    static let atom: UInt32 = 1
    static let set: UInt32 = 2
    /// A function whose domain is `1..n`; the empty function is the empty tuple.
    static let tuple: UInt32 = 3
    /// A function whose domain is a non-empty set of strings.
    static let record: UInt32 = 4
    /// Any other function.
    static let function: UInt32 = 5
    /// An integer that does not fit into the payload.
    static let bigInteger: UInt32 = 6
    /// A set that is described, not enumerated.
    static let symbolicSet: UInt32 = 7
  }

  @inline(__always) init(bits: UInt32) { self.bits = bits }

  @inline(__always) init(tag: UInt32, payload: UInt32) { bits = payload << 3 | tag }

  @inline(__always) init(_ value: Bool) { bits = value ? Value.yes.bits : Value.no.bits }

  /// An integer that is known to fit, such as a small literal or a length.
  @inline(__always) init(small value: Int) { bits = UInt32(truncatingIfNeeded: value) << 3 }

  static let no = Value(tag: Tag.atom, payload: 0)
  static let yes = Value(tag: Tag.atom, payload: 1)

  /// Stands where a variable or a slot has no value. No object lies at the arena's last place, so no value has this word.
  static let missing = Value(bits: .max)

  /// The integers that fit into a word.
  static let smallIntegers = -(1 << 28)...((1 << 28) - 1)

  @inline(__always) var tag: UInt32 { bits & 7 }
  @inline(__always) var isInteger: Bool { bits & 7 == Tag.integer }
  @inline(__always) var isBoolean: Bool { bits == Value.yes.bits || bits == Value.no.bits }
  @inline(__always) var isMissing: Bool { bits == UInt32.max }
  /// The integer; only for the tag `integer`.
  @inline(__always) var integer: Int { Int(Int32(bitPattern: bits) >> 3) }
  @inline(__always) var payload: UInt32 { bits >> 3 }
  /// Whether the value is an object with parts, or a described set.
  @inline(__always) var isComposite: Bool { tag >= Tag.set && tag != Tag.bigInteger && !isMissing }
  /// Whether the value is a tuple, a record, or another function.
  @inline(__always) var isFunction: Bool { tag >= Tag.tuple && tag <= Tag.function }
}

/// An error in an operation on values. The node that runs the operation adds the place.
struct ValueError: Error {
  let message: String
  var kind: EvaluationFailure.Kind = .evaluation
  /// What the user can do about it, if that is clear.
  var hint: String?
  /// The kind of message, where it is narrower than `kind` tells.
  var code: MessageCode?
  /// Whether it says that a set of a standard module cannot have an element.
  var isAboutModuleSet = false

  init(
    _ message: String, kind: EvaluationFailure.Kind = .evaluation, code: MessageCode? = nil,
    hint: String? = nil
  ) {
    self.message = message
    self.kind = kind
    self.code = code
    self.hint = hint
  }

  /// The same error as a failure of a standard module's operator.
  var inLibrary: ValueError {
    kind == .evaluation ? ValueError(message, kind: .library, code: code, hint: hint) : self
  }
}
