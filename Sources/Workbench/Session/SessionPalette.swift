import StateSpace
import TLASemantics

// The entries that the command line offers.
extension Session {
  /// From this many letters on, it offers more than commands.
  private static let lettersForAll = 2
  private static let mostEntries = 60

  /// The commands, actions, steps, branches and definitions whose names fit what was typed, the best first. None once an argument
  /// is typed, and commands alone for the first letter.
  func completions(of field: TextField) -> [PaletteEntry] {
    let text = field.text
    guard !text.contains(" ") else { return [] }
    let commands = CommandTable.completions(of: text).map(entry(of:))
    guard text.count >= Session.lettersForAll else { return commands }
    var scored: [(entry: PaletteEntry, score: Int, position: Int)] = []
    for (position, entry) in (commands + actionEntries + stepEntries + branchEntries + definitionEntries)
      .enumerated()
    {
      if let score = FuzzyMatch.score(of: text, in: entry.name) { scored.append((entry, score, position)) }
    }
    return scored.sorted { ($0.score, $1.position) > ($1.score, $0.position) }.prefix(Session.mostEntries)
      .map(\.entry)
  }

  private func entry(of command: Command) -> PaletteEntry {
    var name = command.name
    if case .required(let what) = command.argument { name += " \(what)" }
    let completion = command.name + (command.argument == .none ? "" : " ")
    return PaletteEntry(
      name: name, keys: bindings.command(command.id)?.keyText ?? "", summary: command.summary,
      line: command.name,
      completion: completion)
  }

  private var actionEntries: [PaletteEntry] {
    report.items.map { item in
      let label = item.label.description
      return PaletteEntry(
        name: label, keys: item.number.map { $0 <= 9 ? "\($0)" : "" } ?? "",
        summary: item.isEnabled ? "take this action: \(item.effect)" : "cannot be taken: \(item.reasons[0])",
        line: "take \(label)", completion: "take \(label)")
    }
  }

  private var stepEntries: [PaletteEntry] {
    tree.branchPath(through: cursor).enumerated().compactMap { step, node in
      tree[node].label.map { label in
        PaletteEntry(
          name: "\(label)", keys: "", summary: "go to step \(step)", line: "goto \(step)",
          completion: "goto \(step)")
      }
    }
  }

  private var branchEntries: [PaletteEntry] {
    tree.branches.count < 2
      ? []
      : branchList.entries.map { entry in
        let name = tree.branches[entry.branch].name
        return PaletteEntry(
          name: name, keys: "", summary: "go to the end of this branch", line: "branches \(name)",
          completion: "branches \(name)")
      }
  }

  /// The definitions that can be evaluated as they are.
  private var definitionEntries: [PaletteEntry] {
    model.knownNames.compactMap { name in
      guard let definition = specification.definition(named: name), definition.parameters.isEmpty,
        definition.instanceParameterCount == 0, !definition.isRecursive
      else { return nil }
      return PaletteEntry(
        name: name, keys: "", summary: "evaluate this definition", line: "eval \(name)",
        completion: "eval \(name)")
    }
  }
}
