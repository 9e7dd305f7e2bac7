import BigInt
import StateSpace

// Short names for values, so a test reads like a spec.
func int(_ number: Int) -> PlainValue { .integer(BigInt(number)) }
func text(_ string: String) -> PlainValue { .string(string) }
func model(_ name: String) -> PlainValue { .modelValue(name) }
func set(_ elements: PlainValue...) -> PlainValue { .set(elements) }
func tuple(_ elements: PlainValue...) -> PlainValue { .tuple(elements) }
func record(_ fields: (String, PlainValue)...) -> PlainValue {
  .record(fields.map { PlainValue.Field(name: $0.0, value: $0.1) })
}
func function(_ pairs: (PlainValue, PlainValue)...) -> PlainValue {
  .function(pairs.map { PlainValue.Pair(argument: $0.0, value: $0.1) })
}

let n1 = model("n1")
let n2 = model("n2")
let n3 = model("n3")

/// A function over `n1` and `n2`.
func each(_ first: PlainValue, _ second: PlainValue) -> PlainValue { function((n1, first), (n2, second)) }

/// The registry that resynchronises after a split: its variables and states, as the engine returns them.
enum Registry {
  static let variables = ["registered", "locally_registered", "inbox", "next_val", "visible_nodes"]
  static let constants: [(name: String, value: PlainValue)] = [
    ("MaxValues", int(5)), ("Nodes", set(n1, n2)),
  ]

  static func state(
    _ registered: PlainValue = set(), local: PlainValue = each(set(), set()),
    inbox: PlainValue = each(tuple(), tuple()), next: Int = 0, visible: PlainValue = each(set(n2), set(n1))
  ) -> [PlainValue] {
    [registered, local, inbox, int(next), visible]
  }

  static func message(_ action: String, name: Int) -> PlainValue {
    record(("action", text(action)), ("name", int(name)))
  }
  static func discover(from node: PlainValue) -> PlainValue {
    record(("action", text("discover")), ("from", node))
  }

  static let initial = state()
  static let registered = state(
    set(int(0)), local: each(set(int(0)), set()),
    inbox: each(tuple(), tuple(message("sync_register", name: 0))),
    next: 1)
}
