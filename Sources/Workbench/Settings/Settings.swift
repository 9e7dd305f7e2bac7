/// What the user's configuration file can set.
package struct Settings: Sendable, Hashable {
  /// A colour as the user names it.
  package enum Color: Sendable, Hashable {
    /// The terminal's own text colour.
    case terminal
    /// 0 to 15: the terminal's sixteen; up to 255 those of xterm.
    case indexed(Int)
    /// Red, green and blue, eight bits each.
    case direct(Int)
  }

  package var colors: [Style.Role: Color] = [:]
  /// The keys of commands, by the command's name; none takes its keys away.
  package var keys: [String: [Key]] = [:]
  /// The pause between two steps of a trace that is played, in milliseconds.
  package var pace = 1_000
  /// The pane that has the focus at first.
  package var focus = Pane.actions
  /// The pane above the actions on a narrow screen.
  package var upper = Pane.nodes
  /// Whether Trace or State stands below Nodes on a wide screen.
  package var lower = Pane.trace
  /// What is wrong with the file, for the user.
  package var problems: [String] = []

  package init() {}
}

extension Settings.Color {
  private static let names = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"]

  /// `"#1f9fbf"`, `"red"`, `"bright-red"`, `"38"` or `"terminal"`; nil for anything else.
  package init?(_ text: String) {
    let text = text.lowercased()
    let basic = text.hasPrefix("bright-") ? String(text.dropFirst("bright-".count)) : text
    if text == "terminal" {
      self = .terminal
    } else if let index = Settings.Color.names.firstIndex(of: basic) {
      self = .indexed(basic == text ? index : index + 8)
    } else if let index = Int(text), (0...255).contains(index) {
      self = .indexed(index)
    } else if text.hasPrefix("#"), text.count == 7, let value = Int(text.dropFirst(), radix: 16), value >= 0 {
      self = .direct(value)
    } else {
      return nil
    }
  }
}
