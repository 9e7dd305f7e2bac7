internal import TLASyntax
package import Workbench

/// Reads the user's configuration file. Each mistake becomes a problem to show; the correct entries are used.
///
///     [colors]
///     accent = "#1f9fbf"
///     background = "light"
///     [keys]
///     back = ["b", "Left"]
///     [panes]
///     focus = "nodes"
///     [play]
///     pace = 500
package enum SettingsReader {
  package static func read(_ text: String) -> Settings {
    var reading = SettingsReading()
    do {
      reading.take(try TOMLReader.read(text))
    } catch {
      reading.settings.problems = ["line \(error.line): \(error.message)"]
    }
    return reading.settings
  }
}

private struct SettingsReading {
  var settings = Settings()

  private mutating func complain(_ problem: String) { settings.problems.append(Printable.line(problem)) }

  mutating func take(_ file: TOMLTable) {
    let sections = ["colors", "keys", "panes", "play"]
    for name in file.keys {
      guard sections.contains(name) else {
        complain("there is no section \(name)\(hint(name, sections))")
        continue
      }
      guard let table = file[name]?.table else {
        complain("\(name) is to be a section: [\(name)]")
        continue
      }
      for key in table.keys {
        guard let value = table[key] else { continue }
        switch name {
        case "colors": takeColor(key, value)
        case "keys": takeKeys(key, value)
        case "panes": takePane(key, value)
        default: takePlay(key, value)
        }
      }
    }
  }

  private mutating func takeColor(_ name: String, _ value: TOMLItem) {
    if name == "background" {
      guard let background = value.string.flatMap(Settings.Background.init(rawValue:)) else {
        let names = Settings.Background.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
        return complain("colors.background is to be one of \(names)")
      }
      settings.background = background
      return
    }
    let roles = Style.Role.allCases.filter { $0 != .plain }
    guard let role = roles.first(where: { "\($0)" == name }) else {
      complain("colors.\(name): there is no such role\(hint(name, roles.map { "\($0)" }))")
      return
    }
    guard let color = (value.string ?? value.integer.map(String.init)).flatMap(Settings.Color.init) else {
      complain("colors.\(name): a colour is \"#1f9fbf\", \"red\", \"bright-red\", \"terminal\" or 0 to 255")
      return
    }
    settings.colors[role] = color
  }

  private mutating func takeKeys(_ name: String, _ value: TOMLItem) {
    guard let command = CommandTable.withKeys.first(where: { $0.name == name }) else {
      complain("keys.\(name): there is no such command\(hint(name, CommandTable.withKeys.map(\.name)))")
      return
    }
    guard command.id != .takeNumbered else {
      complain("keys.\(name): the digits stay what they are")
      return
    }
    var keys: [Key] = []
    let names = value.string.map { [$0] } ?? value.array?.map { $0.string ?? "" }
    guard let names else {
      complain("keys.\(name): a key's name or a list of them is expected, as \"b\" or [\"b\", \"Ctrl-R\"]")
      return
    }
    for text in names {
      if let key = Key(name: text) {
        keys.append(key)
      } else {
        complain("keys.\(name): \"\(text)\" is no key; some are x, X, Ctrl-R, F5, Enter, Left, PgUp, Space")
      }
    }
    if names.isEmpty || !keys.isEmpty { settings.keys[name] = keys }
  }

  private mutating func takePane(_ name: String, _ value: TOMLItem) {
    let allowed: [Pane]
    switch name {
    case "focus": allowed = Pane.allCases.filter { $0 != .log }
    case "upper": allowed = Pane.allCases.filter { $0 != .actions && $0 != .log }
    case "lower": allowed = [.trace, .state]
    default:
      complain("panes.\(name): there is no such setting\(hint(name, ["focus", "upper", "lower"]))")
      return
    }
    guard let pane = allowed.first(where: { $0.title.lowercased() == value.string?.lowercased() }) else {
      let names = allowed.map { $0.title.lowercased() }.joined(separator: ", ")
      complain("panes.\(name) is to be one of \(names)")
      return
    }
    switch name {
    case "focus": settings.focus = pane
    case "upper": settings.upper = pane
    default: settings.lower = pane
    }
  }

  private mutating func takePlay(_ name: String, _ value: TOMLItem) {
    guard name == "pace" else {
      complain("play.\(name): there is no such setting\(hint(name, ["pace"]))")
      return
    }
    guard let pace = value.integer, (20...60_000).contains(pace) else {
      complain("play.pace is the pause between two steps in milliseconds, 20 to 60000")
      return
    }
    settings.pace = pace
  }

  private func hint(_ name: String, _ names: [String]) -> String {
    closestName(to: name, in: names).map { " (did you mean \($0)?)" } ?? ""
  }
}
