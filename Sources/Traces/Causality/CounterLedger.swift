import BigInt
import StateSpace

/// The books of a trace: the steps that changed the counters of an expression, and the elements that were gained or lost in them.
struct CounterLedger {
  struct Entry {
    let counter: ValuePlace
    let step: Int
    let amount: BigInt
  }

  /// The entries of each counter that changed, in the order of the steps.
  private(set) var accounts: [(counter: ValuePlace, value: PlainValue, entries: [Entry])] = []
  /// `gains` and `losses` are the movements in steps whose counters count just these; `movements` are all of them.
  private var gains: [Movement] = []
  private var losses: [Movement] = []
  private var movements: [Movement] = []

  /// The books of counters, limited to one element if it is given, and to what some variables gain and lose. It reads every step.
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
        // A counter counts what all steps that change it in one direction have in common.
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

  /// A counted loss of an element that was already counted as lost, with the earlier losses: the books have more losses of it than gains.
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

  /// Losses that no counter recorded, at places where the gain of the same element was counted.
  var omitted: [Movement] {
    movements.filter { loss in
      !loss.isGain
        && !losses.contains { $0.step == loss.step && $0.place == loss.place && $0.element == loss.element }
        && gains.contains { $0.place == loss.place && $0.element == loss.element && $0.step < loss.step }
    }
  }
}

extension [PlainValue] {
  /// The values without duplicates, each at its first place.
  fileprivate func uniqued() -> [PlainValue] {
    var seen = Set<PlainValue>()
    return filter { seen.insert($0).inserted }
  }
}
