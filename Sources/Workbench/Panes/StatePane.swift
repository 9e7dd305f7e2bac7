import BigInt
import StateSpace
import Traces

/// A row of the State pane's tree.
struct StateRow {
  let path: ValuePath
  let name: String
  let value: PlainValue
  /// The value of the part before the last step. Nil if the part did not exist, or there was no step.
  let old: PlainValue?
  /// Whether the last step added or changed it.
  let isChanged: Bool
  /// The number of parts; 0 for a value without parts.
  let parts: Int
  let isOpen: Bool
}

extension Session {
  /// The visible rows of the tree.
  var stateRows: [StateRow] {
    let values = values
    let previous = previousValues
    var rows: [StateRow] = []
    if screen.showsAlias, let shown = aliasedValues {
      for (position, field) in shown.fields.enumerated() {
        let old = shown.previous.flatMap { fields in fields.first { $0.name == field.name }?.value }
        addRows(
          ValuePath(variable: model.variables.count + position), name: field.name, field.value, old: old,
          hadParent: shown.previous != nil, to: &rows)
      }
      return rows
    }
    for (variable, value) in values.enumerated() {
      addRows(
        ValuePath(variable: variable), name: model.variables[variable], value, old: previous?[variable],
        hadParent: previous != nil, to: &rows)
    }
    return rows
  }

  private func addRows(
    _ path: ValuePath, name: String, _ value: PlainValue, old: PlainValue?, hadParent: Bool,
    to rows: inout [StateRow]
  ) {
    let count = value.partCount
    let opensByItself = path.steps.isEmpty && count > 0 && count <= 8 && value.isIndexed
    let isOpen = count > 0 && opensByItself != screen.toggled.contains(path)
    rows.append(
      StateRow(
        path: path, name: name, value: value, old: old, isChanged: hadParent && old != value, parts: count,
        isOpen: isOpen))
    guard isOpen else { return }
    for part in value.parts {
      let before = old?.part(at: part.step)
      addRows(
        path.appending(part.step), name: part.name, part.value, old: before, hadParent: old != nil, to: &rows)
    }
  }

  var stateList: PaneList {
    let rows = stateRows
    let width = paneWidth(.state)
    let nameWidth = min(
      max(10, width * 2 / 5), rows.map { $0.path.steps.count * 2 + Glyph.width(of: $0.name) }.max() ?? 0)
    return PaneList(count: rows.count) { line(of: rows[$0], nameWidth: nameWidth, width: width) }
  }

  private func line(of row: StateRow, nameWidth: Int, width: Int) -> StyledLine {
    let mark = row.parts == 0 ? "  " : (row.isOpen ? "▾ " : "▸ ")
    var line = StyledLine(
      String(repeating: "  ", count: row.path.steps.count) + " " + mark, Style(.accent))
    let indentation = row.path.steps.count * 2
    line += StyledLine(row.name, Style(row.isChanged ? .change : .plain, bold: row.isChanged)).fitted(
      to: max(1, nameWidth - indentation))
    line.append("  ")
    if row.isOpen {
      line.append(row.value.partCountText, Style(.dim))
      if row.isChanged { line.append("  ◆", Style(.change, bold: true)) }
      return line
    }
    var value = ValueLine.line(row.value, old: row.isChanged ? row.old : nil, limit: max(20, width))
    guard row.isChanged else { return line + value }
    if row.old == nil { value = value.restyled { $0 = Style(.change, bold: true) } }
    line += value
    line.append("  ◆ ", Style(.change, bold: true))
    line.append(row.old.map { "was " + ValueLine.text($0, limit: width) } ?? "new", Style(.dim))
    return line
  }

  /// Opens or closes the selected value; nil switches. If there is nothing to close, closes the value around it.
  mutating func openSelectedValue(_ opens: Bool?) {
    let rows = stateRows
    let selected = position(.state).selected
    guard rows.indices.contains(selected) else { return }
    let row = rows[selected]
    if opens == false, !row.isOpen {
      guard !row.path.steps.isEmpty else { return }
      let parent = ValuePath(variable: row.path.variable, steps: row.path.steps.dropLast())
      if let index = rows.firstIndex(where: { $0.path == parent }) { select(index, in: .state) }
      return
    }
    if opens == true, row.isOpen {
      select(min(selected + 1, rows.count - 1), in: .state)
      return
    }
    guard row.parts > 0 else { return }
    if screen.toggled.remove(row.path) == nil { screen.toggled.insert(row.path) }
    select(selected, in: .state)
  }
}

extension PlainValue {
  fileprivate struct NamedPart {
    let step: ValueDifference.Step
    let name: String
    let value: PlainValue
  }

  /// The number of parts; 0 for a value without parts.
  fileprivate var partCount: Int {
    switch self {
    case .set(let elements), .tuple(let elements): elements.count
    case .function(let pairs): pairs.count
    case .record(let fields): fields.count
    default: 0
    }
  }

  /// Whether the parts have names: in a function or a record.
  fileprivate var isIndexed: Bool {
    switch self {
    case .function, .record: true
    default: false
    }
  }

  /// `2 elements`, `1 field`
  fileprivate var partCountText: String {
    switch self {
    case .set: Wording.count(partCount, "element")
    case .record: Wording.count(partCount, "field")
    default: partCount == 1 ? "1 entry" : "\(Wording.grouped(partCount)) entries"
    }
  }

  fileprivate var parts: [NamedPart] {
    switch self {
    case .set(let elements):
      elements.map { NamedPart(step: .argument($0), name: "∈", value: $0) }
    case .tuple(let elements):
      elements.enumerated().map {
        NamedPart(step: .position($0.offset), name: "[\($0.offset + 1)]", value: $0.element)
      }
    case .function(let pairs):
      pairs.map { NamedPart(step: .argument($0.argument), name: "[\($0.argument)]", value: $0.value) }
    case .record(let fields):
      fields.map { NamedPart(step: .field($0.name), name: $0.name, value: $0.value) }
    default: []
    }
  }

  fileprivate func part(at step: ValueDifference.Step) -> PlainValue? {
    switch (self, step) {
    case (.set(let elements), .argument(let element)): elements.contains(element) ? element : nil
    case (.tuple(let elements), .position(let position)):
      elements.indices.contains(position) ? elements[position] : nil
    case (_, .argument(let argument)): value(at: argument)
    case (_, .field(let name)): value(at: .string(name))
    default: nil
    }
  }
}

extension PaneRecord {
  static let state = PaneRecord(
    title: "State", place: .lower, list: { $0.stateList },
    activate: { session in
      session.openSelectedValue(nil)
      return []
    },
    hints: { _ in [.close, .up] })
}
