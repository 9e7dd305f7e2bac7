/// The settings in the user's configuration file.
package struct Settings: Sendable, Hashable {
  /// A colour in the configuration.
  package enum Color: Sendable, Hashable {
    /// The terminal's default text colour.
    case terminal
    /// 0 to 15 are the terminal's sixteen colours; 16 to 255 are xterm's.
    case indexed(Int)
    /// Red, green and blue, eight bits each.
    case direct(Int)
  }

  /// The terminal's background.
  package enum Background: String, Sendable, Hashable, CaseIterable {
    /// The terminal is asked.
    case ask
    case dark, light
  }

  package var colors: [Style.Role: Color] = [:]
  package var background = Background.ask
  /// The keys of commands, by the command's name. An empty list leaves the command without keys.
  package var keys: [String: [Key]] = [:]
  /// The time between two steps of a play, in milliseconds.
  package var pace = 1_000
  /// The pane that has the focus at the start.
  package var focus = Pane.actions
  /// The pane above Actions on a narrow screen.
  package var upper = Pane.nodes
  /// The pane below Nodes on a wide screen: Trace or State.
  package var lower = Pane.trace
  /// The mistakes in the file, for the user.
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
