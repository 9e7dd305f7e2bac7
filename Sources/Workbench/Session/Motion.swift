import StateSpace

/// Something that moves by itself, from tick to tick, until a key stops it.
enum Motion {
  case none
  case playing(Play)
  case walking(Walk)

  struct Play {
    /// The current node before the motion began.
    let start: Int
    /// The time between two steps.
    var milliseconds: Int
    var isPaused = false
  }

  struct Walk {
    let start: Int
    let length: Int
    let seed: UInt64
    /// A predicate that ends the walk when it holds.
    let goal: String?
    var numbers: SeededNumbers
    /// The states of the walk so far, beginning with the start.
    var states: [State]
    var labels: [ActionLabel?] = [nil]
    /// Why the walk ended before its full length; nil if it has not.
    var ending: Ending?
  }

  enum Ending: Hashable {
    case deadlock
    /// Every step leads out of the configuration's constraints.
    case constraint
    case goal
    case violation(String)
    case failed(String)
    case interrupted
  }

  var isMoving: Bool {
    if case .none = self { false } else { true }
  }
}

/// The argument of `:walk`: `[N] [SEED] [until PREDICATE]`.
struct WalkRequest: Hashable {
  var length = 100
  var seed: UInt64?
  var goal: String?

  static let longest = 100_000

  /// Nil if the text cannot be read.
  init?(_ text: String) {
    let words = text.split(separator: " ", omittingEmptySubsequences: true)
    let until = words.firstIndex { $0 == "until" }
    let numbers = words[..<(until ?? words.endIndex)]
    guard numbers.count <= 2 else { return nil }
    if until != nil { length = 10_000 }
    if let first = numbers.first {
      guard let number = Int(first), (1...WalkRequest.longest).contains(number) else { return nil }
      length = number
    }
    if numbers.count == 2 {
      guard let number = UInt64(numbers[1]) else { return nil }
      seed = number
    }
    if let until {
      goal = words[(until + 1)...].joined(separator: " ")
      if goal?.isEmpty ?? true { return nil }
    }
  }
}
