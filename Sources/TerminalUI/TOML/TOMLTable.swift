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

/// A place in a TOML file, counted from 1. Columns are characters.
struct TOMLPlace: Hashable {
  var line = 1
  var column = 1
}

/// A value with the place at which it begins. A table begins with its name in the header.
struct TOMLItem {
  let value: TOMLValue
  let place: TOMLPlace

  var string: String? { if case .string(let text) = value { text } else { nil } }
  var integer: Int? { if case .integer(let number) = value { number } else { nil } }
  var table: TOMLTable? { if case .table(let table) = value { table } else { nil } }

  /// The elements of an array or of an array of tables.
  var array: [TOMLItem]? {
    switch value {
    case .array(let elements): elements
    case .tables(let tables): tables.map { TOMLItem(value: .table($0), place: $0.place) }
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
  private var keyPlaces: [String: TOMLPlace] = [:]
  /// The place at which the table begins.
  let place: TOMLPlace
  var origin: Origin

  init(_ origin: Origin, at place: TOMLPlace) {
    self.origin = origin
    self.place = place
  }

  subscript(key: String) -> TOMLItem? { items[key] }

  /// The place of a key of the table.
  func place(ofKey key: String) -> TOMLPlace { keyPlaces[key] ?? place }

  /// Adds a key, which must be new, and its value.
  func add(_ key: String, at place: TOMLPlace, _ value: TOMLItem) {
    keys.append(key)
    keyPlaces[key] = place
    items[key] = value
  }

  /// Adds a table to an array of tables. Returns false if the key holds something else.
  func append(_ table: TOMLTable, to key: String) -> Bool {
    guard let item = items[key], case .tables(var tables) = item.value else { return false }
    // This makes `tables` the only owner of the array, so it is not copied when it grows.
    items[key] = nil
    tables.append(table)
    items[key] = TOMLItem(value: .tables(tables), place: item.place)
    return true
  }
}

/// Why a text is not TOML, and where.
struct TOMLProblem: Error {
  /// Counted from 1. The column counts characters.
  let line: Int
  let column: Int
  let message: String
}
