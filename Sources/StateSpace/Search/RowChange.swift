/// A change of the rows by which a system names its states.
package struct RowChange {
  /// The number of words in each new row.
  let width: Int
  /// Writes a state's new row. The old one is valid during the call.
  let convert: (_ old: UnsafePointer<UInt32>, _ new: UnsafeMutablePointer<UInt32>) throws -> Void
  /// A state's words in the form in which the system gives and takes states outside of the search; nil if the new rows have that form.
  let original: ((UnsafePointer<UInt32>) throws -> [UInt32])?
}

/// The end of a generation that needs other rows before it can go on. It gave no state.
struct RowsOutgrown: Error {}
