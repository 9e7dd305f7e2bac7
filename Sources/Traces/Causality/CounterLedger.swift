import BigInt
import StateSpace

/// The books of a trace: which steps changed the counters that an expression compares, and what came or went in them.
struct CounterLedger {
  struct Entry {
    let counter: ValuePlace
    let step: Int
    let amount: BigInt
  }

  /// The entries of each counter that changed, in the order of the steps.
  private(set) var accounts: [(counter: ValuePlace, value: PlainValue, entries: [Entry])] = []
  /// What came, and what went, in steps that count just that; and all that moved.
  private var gains: [Movement] = []
  private var losses: [Movement] = []
  private var movements: [Movement] = []

  /// The books of counters, about one element if it is given, and about what comes and goes in some variables. Costs a look at
  /// every step.
  init(
    _ counters: [ValuePlace], about element: PlainValue?, in variables: Set<Int>, history: CausalHistory
  ) {
    var entries: [Entry] = []
    var moved: [Int: [Movement]] = [:]
    for step in Array(history.steps(upTo: history.last)).reversed() {
      let (before, after) = (history.values(step - 1), history.values(step))
      guard before != after else { continue }
      for counter in counters {
        guard case .integer(let old)? = counter.value(in: before),
          case .integer(let new)? = counter.value(in: after), old != new
        else { continue }
        entries.append(Entry(counter: counter, step: step, amount: new - old))
      }
      moved[step] = history.movements(in: step).filter {
        (element == nil || $0.element == element) && variables.contains($0.place.variable)
      }
    }
    let values = history.values(history.last)
    for counter in counters {
      let own = entries.filter { $0.counter == counter }
      guard !own.isEmpty, let value = counter.value(in: values) else { continue }
      accounts.append((counter, value, own))
      for entries in [own.filter { $0.amount > 0 }, own.filter { $0.amount < 0 }] {
        let inSteps = entries.map { moved[$0.step] ?? [] }
        // What all steps that count so have in common is what they count.
        if inSteps.allSatisfy({ $0.contains { !$0.isGain } }) {
          losses += inSteps.joined().filter { !$0.isGain }
        } else if inSteps.allSatisfy({ $0.contains(where: \.isGain) }) {
          gains += inSteps.joined().filter(\.isGain)
        }
      }
    }
    losses.sort { $0.step < $1.step }
    movements = moved.values.joined().sorted { $0.step < $1.step }
  }

  /// The loss of an element that was counted though the element had been counted as gone before, with the losses before it:
  /// more losses of it are in the books than gains.
  var excess: (earlier: [Movement], last: Movement)? {
    for element in losses.map(\.element).uniqued() {
      let own = losses.filter { $0.element == element }
      guard own.count > 1, own.count > gains.count(where: { $0.element == element }), let last = own.last
      else {
        continue
      }
      return (Array(own.dropLast()), last)
    }
    return nil
  }

  /// The losses that no counter noticed, at places where the gain of the same element was counted.
  var omitted: [Movement] {
    movements.filter { loss in
      !loss.isGain
        && !losses.contains { $0.step == loss.step && $0.place == loss.place && $0.element == loss.element }
        && gains.contains { $0.place == loss.place && $0.element == loss.element && $0.step < loss.step }
    }
  }
}

extension [PlainValue] {
  /// Each value once, in the order of the first of its kind.
  fileprivate func uniqued() -> [PlainValue] {
    var seen = Set<PlainValue>()
    return filter { seen.insert($0).inserted }
  }
}
