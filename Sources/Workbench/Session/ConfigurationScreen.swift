package import TLASemantics

/// The screen for a model without a configuration. It shows a possible configuration, asks for the values of the constants, and lets the user
/// write it.
package struct ConfigurationScreen {
  /// The user's choice.
  package enum Outcome: Sendable {
    case stay
    case effect(Effect)
    /// The configuration exists now: open the model.
    case open(String)
    /// Back to where the user came from.
    case leave
  }

  private let proposal: ConfigurationProposal
  /// The user's name for the model.
  private let model: String
  /// The file to write.
  private let path: String
  /// A line for each constant.
  private var fields: [TextField]
  private var current = 0
  private var isWritten = false
  /// Why the model could not be opened, or the configuration could not be written.
  package var problem: String?

  package init(_ proposal: ConfigurationProposal, model: String, path: String) {
    self.proposal = proposal
    self.model = model
    self.path = path
    fields = proposal.constants.map { _ in TextField() }
  }

  package mutating func update(_ event: Event) -> Outcome {
    switch event {
    case .key(.escape), .key(.control("c")): return .leave
    case .key(.control("l")): return .effect(.redraw)
    case .key(.control("z")): return .effect(.suspend)
    case .key(.up), .key(.backTab): move(by: -1)
    case .key(.down), .key(.tab): move(by: 1)
    case .key(.enter): return accept()
    case .key(let key) where !fields.isEmpty && !isWritten:
      if fields[current].edit(key) { problem = nil }
    case .paste(let text) where !fields.isEmpty && !isWritten: fields[current].insert(text)
    case .fileSaved:
      isWritten = true
      return .open(model)
    case .fileExists: problem = "\(path) exists; it was not overwritten"
    case .fileFailed(_, let reason): problem = "\(path) cannot be written: \(reason)"
    default: break
    }
    return .stay
  }

  private mutating func move(by offset: Int) {
    if !fields.isEmpty { current = (current + offset + fields.count) % fields.count }
  }

  /// Goes to the first constant without a value. If all have one, writes the configuration.
  private mutating func accept() -> Outcome {
    if isWritten { return .open(model) }
    problem = nil
    for (index, constant) in proposal.constants.enumerated() {
      let value = fields[index].text.trimmingBlanks
      if value.isEmpty {
        // Enter on an empty line asks for the value; on another line it leads here.
        if index == current { problem = "\(constant.name) needs a value" }
        current = index
        return .stay
      }
      if let complaint = constant.complaint(about: value) {
        problem = "\(constant.name): \(complaint)"
        current = index
        return .stay
      }
    }
    return .effect(.save(path: path, piece: FilePiece(text), replaces: false))
  }

  private var text: String { lines.joined(separator: "\n") + "\n" }

  private var lines: [String] {
    let values = zip(proposal.constants, fields).filter { !$1.isEmpty }.map {
      ($0.name, $1.text.trimmingBlanks)
    }
    return proposal.lines(values: Dictionary(values, uniquingKeysWith: { first, _ in first }))
  }

  package func view(_ size: Size) -> Grid {
    var grid = Grid(size: size)
    let area = Rectangle(x: 2, y: 1, width: size.width - 3, height: size.height - 2)
    var rows = [
      StyledLine("\(proposal.module) has no configuration", Style(.accent, bold: true)), "",
      StyledLine(isWritten ? "\(path) is written:" : "This would be written to \(path):", Style(.dim)),
    ]
    rows += lines.map { StyledLine("  " + $0) }
    if !proposal.constants.isEmpty, !isWritten {
      rows += [
        "",
        StyledLine(
          "Give each constant a value: a number, a text, a name, a set such as {a, b}, or <- a definition.",
          Style(.dim)),
      ]
      for (index, constant) in proposal.constants.enumerated() {
        let isCurrent = index == current
        let label = StyledLine(
          "\(isCurrent ? "▸" : " ") \(constant.assignment(""))", Style(.accent, bold: isCurrent))
        if isCurrent {
          grid.cursor = Point(
            x: area.x + label.width + Glyph.width(of: fields[index].textBeforeCursor), y: area.y + rows.count)
        }
        rows.append(label + StyledLine(fields[index].text))
      }
    }
    if let problem {
      rows.append("")
      rows += problem.split(separator: "\n", omittingEmptySubsequences: false).flatMap {
        StyledLine(String($0), Style(.wrong)).wrapped(to: max(16, area.width))
      }
    }
    for (row, line) in rows.prefix(area.height).enumerated() { grid.write(line, row: row, of: area) }
    let keys = [
      (Key.enter, isWritten ? "try again" : "write it and open the model"), (.down, "next"),
      (.escape, "leave"),
    ]
    let shown = keys.filter { $0.0 != .down || fields.count > 1 && !isWritten }
    let line = shown.reduce(StyledLine()) {
      $0 + StyledLine($1.0.text, Style(.accent, bold: true)) + StyledLine(" \($1.1)   ", Style(.dim))
    }
    grid.write(line, at: Point(x: 2, y: max(0, size.height - 1)), maxWidth: size.width - 3)
    return grid
  }
}
