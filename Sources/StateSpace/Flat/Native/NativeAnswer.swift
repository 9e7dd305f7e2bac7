/// How a chain of native code ended: all of it was done, or one of its parts, by its number, was not.
enum NativeAnswer {
  case done
  /// The part leaves its work to the node tree.
  case left(Int)
  /// There is no room for its rows.
  case full(Int)
  /// The part is a condition that is not satisfied.
  case no(Int)

  init(number: Int) {
    switch number & 3 {
    case 1: self = .left(number >> 2)
    case 2: self = .full(number >> 2)
    case 3: self = .no(number >> 2)
    default: self = .done
    }
  }

  /// The number by which machine code gives the answer.
  var number: Int {
    switch self {
    case .done: 0
    case .left(let part): part << 2 | 1
    case .full(let part): part << 2 | 2
    case .no(let part): part << 2 | 3
    }
  }
}
