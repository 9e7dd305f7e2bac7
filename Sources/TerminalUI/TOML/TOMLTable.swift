/// A value in a TOML file.
enum TOMLValue {
  case string(String)
  case integer(Int)
  case float(Double)
  case boolean(Bool)
  /// A date, a time, or both, as written.
  case time(String)
  case array([TOMLItem])
  case table(TOMLTable)
  /// The tables that `[[name]]` headers add, in the file's order.
  case tables([TOMLTable])
}

/// A value with the line on which it begins.
struct TOMLItem {
  let value: TOMLValue
  /// Counted from 1.
  let line: Int

  var string: String? { if case .string(let text) = value { text } else { nil } }
  var integer: Int? { if case .integer(let number) = value { number } else { nil } }
  var table: TOMLTable? { if case .table(let table) = value { table } else { nil } }

  /// The elements of an array or of an array of tables.
  var array: [TOMLItem]? {
    switch value {
    case .array(let elements): elements
    case .tables(let tables): tables.map { TOMLItem(value: .table($0), line: $0.line) }
    default: nil
    }
  }
}

/// A table in a TOML file. It grows while the file is read.
final class TOMLTable {
  /// How the table came about. This decides what may still be added to it.
  enum Origin {
    /// A header of an inner table. The table's own header may follow.
    case implicit
    case header
    /// A key with dots.
    case dottedKey
    /// `{ … }`: nothing can be added.
    case inline
  }

  /// In the file's order.
  private(set) var keys: [String] = []
  private var items: [String: TOMLItem] = [:]
  /// The line on which the table begins, counted from 1.
  let line: Int
  var origin: Origin

  init(_ origin: Origin, line: Int) {
    self.origin = origin
    self.line = line
  }

  subscript(key: String) -> TOMLItem? { items[key] }

  /// Adds a key, which must be new.
  func add(_ key: String, _ value: TOMLValue, line: Int) {
    keys.append(key)
    items[key] = TOMLItem(value: value, line: line)
  }

  /// Adds a table to an array of tables. Returns false if the key holds something else.
  func append(_ table: TOMLTable, to key: String) -> Bool {
    guard let item = items[key], case .tables(var tables) = item.value else { return false }
    // This makes `tables` the only owner of the array, so it is not copied when it grows.
    items[key] = nil
    tables.append(table)
    items[key] = TOMLItem(value: .tables(tables), line: item.line)
    return true
  }
}

/// Why a text is not TOML, and where.
struct TOMLProblem: Error {
  /// Counted from 1.
  let line: Int
  let message: String
}
