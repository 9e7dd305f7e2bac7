/// Offers a search other rows for the states that it has reached.
protocol RowChanging: AnyObject {
  /// A change to other rows, if it is wanted now. A search asks now and then between two generations, and whenever a generation ends with
  /// `RowsOutgrown`.
  /// `generated` is the number of generated states so far.
  func change(for states: StateTable, generated: Int, isNeeded: Bool) throws -> RowChange?
}

/// A change of the rows of a search's states. The states, their order and their steps stay the same.
struct RowChange {
  /// The system that gives and takes the new rows.
  let system: any TransitionSystem
  /// Writes a state's new row. The old one is valid during the call.
  let convert: (_ old: UnsafePointer<UInt32>, _ new: UnsafeMutablePointer<UInt32>) throws -> Void
  /// A state's row in the form in which the search began; nil if the new rows have that form.
  let original: ((UnsafePointer<UInt32>) throws -> [UInt32])?
}

/// The end of a generation that needs other rows before it can go on. It gave no state.
struct RowsOutgrown: Error {}
