/// How native code ended.
enum NativeAnswer {
  case ended(FlatAnswer)
  /// There is no room for the rows of an action, by its number.
  case full(Int)

  @inline(__always) init(number: Int) {
    switch number & 3 {
    case 1: self = .ended(.left(number >> 2))
    case 2: self = .full(number >> 2)
    case 3: self = .ended(.no(number >> 2))
    default: self = .ended(.done)
    }
  }

  /// The number by which machine code gives the answer.
  var number: Int {
    switch self {
    case .ended(.done): 0
    case .ended(.left(let part)): part << 2 | 1
    case .full(let part): part << 2 | 2
    case .ended(.no(let part)): part << 2 | 3
    }
  }
}
