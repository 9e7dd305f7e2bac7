/// A row of the Properties pane.
struct PropertyRow {
  let line: StyledLine
  /// The position of the watched expression in this row; nil for any other row.
  var watch: Int?

  init(_ line: StyledLine, watch: Int? = nil) {
    self.line = line
    self.watch = watch
  }
}

/// The rows of the Properties pane, and what they were made from.
struct PropertyRows {
  struct Key: Hashable {
    let node: Int
    let tree: Int
    let width: Int
    let watches: [String]
    let readings: Int
    let check: Int
  }

  let key: Key
  let rows: [PropertyRow]
}
