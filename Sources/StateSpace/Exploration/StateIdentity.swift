import TLASemantics
import TLASyntax

/// What makes two states the same for a search: `SYMMETRY` and `VIEW`, as in TLC. With a symmetry, a state stands for all states that the
/// permutations make of it; with a view, for all states with the same value of the view, taken of the least of these.
///
/// The search keeps, explores and shows each state as it was first reached. Only its identity is computed here.
final class StateIdentity {
  private let machine: Machine
  private let symmetry: SymmetryGroup?
  private let view: Node?
  private let least: UnsafeMutablePointer<UInt32>

  /// Nil if every state is only the same as itself.
  init?(symmetry: SymmetryGroup?, view: Node?, _ machine: Machine) {
    if symmetry == nil, view == nil { return nil }
    self.machine = machine
    self.symmetry = symmetry
    self.view = view
    least = .allocate(capacity: max(machine.variableCount, 1))
  }

  deinit { least.deallocate() }

  /// The number of words of an identity.
  var width: Int { view == nil ? machine.variableCount : 1 }

  /// Writes the identity of a state.
  func write(of row: UnsafePointer<UInt32>, to identity: UnsafeMutablePointer<UInt32>) throws {
    guard let view else {
      try symmetry?.writeRepresentative(of: row, to: identity)
      return
    }
    var state = row
    if let symmetry {
      // The value of a view may depend on the chosen state of the orbit, so this must be the state that TLC chooses.
      try symmetry.writeLeast(of: row, to: least)
      state = UnsafePointer(least)
    }
    let saved = machine.state
    machine.state = state
    defer { machine.state = saved }
    identity[0] = try view.here { try machine.store.part(view.evaluate(machine)) }.bits
  }
}
