/// The names and kinds of atoms, by number: FALSE and TRUE, then strings and model values in the order in which they were entered. That is
/// also their order as values.
final class AtomTable {
  /// The kind of an atom in one word, so that comparing values does not read names.
  struct Kind {
    fileprivate let bits: UInt32

    static let boolean = Kind(bits: 1)
    static let string = Kind(bits: 3)

    /// A model value whose name begins with a letter and `_` has that letter as its type.
    static func modelValue(_ name: String) -> Kind {
      var scalars = name.unicodeScalars.makeIterator()
      guard let first = scalars.next(), scalars.next() == "_", scalars.next() != nil,
        first.properties.isAlphabetic
      else { return Kind(bits: 0) }
      return Kind(bits: first.value << 8)
    }

    /// The place of this kind in the order of values: model values, Booleans, integers (which are not atoms), strings.
    @inline(__always) var rank: Int { Int(bits & 0xFF) }
    @inline(__always) var isModelValue: Bool { bits & 0xFF == 0 }
    @inline(__always) var isString: Bool { bits == Kind.string.bits }
    /// The letter that is a model value's type; 0 for an untyped model value and for other atoms.
    @inline(__always) var type: UInt32 { bits >> 8 }
  }

  private(set) var names = ["FALSE", "TRUE"]
  /// Plain memory instead of an array, because every comparison of atoms reads it.
  private var kinds: UnsafeMutablePointer<Kind>
  private var capacity = 1 << 10
  private var strings: [String: UInt32] = [:]
  private var modelValues: [String: UInt32] = [:]

  init() {
    kinds = .allocate(capacity: capacity)
    kinds.initialize(repeating: .boolean, count: 2)
  }

  deinit { kinds.deallocate() }

  @inline(__always) func kind(_ number: UInt32) -> Kind { kinds[Int(number)] }

  /// The number of a string. A new string is added.
  func string(_ text: String) -> UInt32 { enter(text, .string, in: \.strings) }

  func hasString(_ text: String) -> Bool { strings[text] != nil }
  func hasModelValue(_ name: String) -> Bool { modelValues[name] != nil }

  /// The number of a model value. A new model value is added.
  func modelValue(_ name: String) -> UInt32 { enter(name, .modelValue(name), in: \.modelValues) }

  /// The atom of another kind with the same name: a model value for a string, and the other way round. Nil if there is none.
  func namesake(of number: UInt32) -> UInt32? {
    let (kind, name) = (kind(number), names[Int(number)])
    if kind.isString { return modelValues[name] }
    return kind.isModelValue ? strings[name] : nil
  }

  private func enter(
    _ name: String, _ kind: @autoclosure () -> Kind,
    in table: ReferenceWritableKeyPath<AtomTable, [String: UInt32]>
  ) -> UInt32 {
    if let known = self[keyPath: table][name] { return known }
    let number = UInt32(names.count)
    if names.count == capacity { grow() }
    (kinds + names.count).initialize(to: kind())
    names.append(name)
    self[keyPath: table][name] = number
    return number
  }

  private func grow() {
    let bigger = UnsafeMutablePointer<Kind>.allocate(capacity: capacity * 2)
    bigger.moveInitialize(from: kinds, count: capacity)
    kinds.deallocate()
    kinds = bigger
    capacity *= 2
  }
}
