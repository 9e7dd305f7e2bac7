/// A value of a TOML file.
enum TOMLValue {
  case string(String)
  case integer(Int)
  case float(Double)
  case boolean(Bool)
  /// A date, a time, or both, as it is written.
  case time(String)
  case array([TOMLItem])
  case table(TOMLTable)
  /// The tables that `[[name]]` headers add, in the file's order.
  case tables([TOMLTable])
}

/// A value with the place where it begins.
struct TOMLItem {
  let value: TOMLValue
  /// Counted from 1.
  let line: Int

  var string: String? { if case .string(let text) = value { text } else { nil } }
  var integer: Int? { if case .integer(let number) = value { number } else { nil } }
  var table: TOMLTable? { if case .table(let table) = value { table } else { nil } }

  /// The elements of an array, those of an array of tables too.
  var array: [TOMLItem]? {
    switch value {
    case .array(let elements): elements
    case .tables(let tables): tables.map { TOMLItem(value: .table($0), line: $0.line) }
    default: nil
    }
  }
}

/// A table of a TOML file, which grows while the file is read.
final class TOMLTable {
  /// What made the table, which decides what may still be added to it.
  enum Origin {
    /// A header of a table inside it: its own header may follow.
    case implicit
    case header
    /// The dots of a key.
    case dottedKey
    /// `{ … }`: nothing can be added.
    case inline
  }

  /// In the file's order.
  private(set) var keys: [String] = []
  private var items: [String: TOMLItem] = [:]
  /// Where it begins, counted from 1.
  let line: Int
  var origin: Origin

  init(_ origin: Origin, line: Int) {
    self.origin = origin
    self.line = line
  }

  subscript(key: String) -> TOMLItem? { items[key] }

  /// Adds a key, which the table must not have.
  func add(_ key: String, _ value: TOMLValue, line: Int) {
    keys.append(key)
    items[key] = TOMLItem(value: value, line: line)
  }

  /// Adds a table to an array of tables; false when the key is something else.
  func append(_ table: TOMLTable, to key: String) -> Bool {
    guard let item = items[key], case .tables(var tables) = item.value else { return false }
    // The array has no second owner while it grows.
    items[key] = nil
    tables.append(table)
    items[key] = TOMLItem(value: .tables(tables), line: item.line)
    return true
  }
}

/// Why a text is no TOML, and where.
struct TOMLProblem: Error {
  /// Counted from 1.
  let line: Int
  let message: String
}
