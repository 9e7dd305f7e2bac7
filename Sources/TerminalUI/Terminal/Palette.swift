internal import CNcurses
internal import Workbench

/// How the roles look on a terminal. It uses as many colours as the terminal has, always on the terminal's own background.
struct Palette {
  /// How many colours may be used.
  enum Depth: Hashable, CaseIterable {
    case none, eight, indexed, direct

    /// `count` comes from the terminal's description. `allowed` is false if the user wants no colours (`NO_COLOR`).
    init(count: Int, allowed: Bool) {
      self = !allowed || count < 8 ? .none : count < 256 ? .eight : count == 256 ? .indexed : .direct
    }
  }

  let depth: Depth
  /// The user's own colours.
  var colors: [Style.Role: Settings.Color] = [:]

  /// The attributes of a style besides its colour. Without colours, attributes distinguish the roles. Dim text is an attribute as long as
  /// the terminal has no grey.
  func attributes(of style: Style) -> UInt32 {
    var attributes: UInt32 = 0
    if style.bold { attributes |= ncurses_bold() }
    if style.underlined { attributes |= ncurses_underline() }
    if style.reversed { attributes |= ncurses_reverse() }
    switch (style.role, depth) {
    case (.dim, .none), (.dim, .eight): attributes |= ncurses_dim()
    case (.accent, .none): attributes |= ncurses_bold()
    case (.change, .none): attributes |= ncurses_underline()
    case (.wrong, .none): attributes |= ncurses_bold() | ncurses_underline()
    default: break
    }
    return attributes
  }

  /// The foreground colour by its ncurses number; nil for the terminal's own. The colours are readable on dark and on light backgrounds.
  func color(of role: Style.Role) -> Int32? {
    if depth != .none, let chosen = colors[role] { return chosen.number(at: depth) }
    return switch (role, depth) {
    case (.plain, _), (_, .none), (.dim, .eight): nil
    case (.accent, .eight): 6
    case (.accent, .indexed): 38
    case (.accent, .direct): 0x1F9FBF
    case (.change, .eight): 3
    case (.change, .indexed): 172
    case (.change, .direct): 0xD08A1D
    case (.wrong, .eight): 1
    case (.wrong, .indexed): 203
    case (.wrong, .direct): 0xE5534B
    case (.good, .eight): 2
    case (.good, .indexed): 71
    case (.good, .direct): 0x4FA457
    case (.dim, .indexed): 244
    case (.dim, .direct): 0x808080
    }
  }

  /// The number of the colour pair for a role; 0 means the terminal's own colours.
  func pair(of role: Style.Role) -> Int16 { color(of: role) == nil ? 0 : Int16(role.rawValue) + 1 }

  /// Defines the colour pairs. The screen must be open.
  func apply() {
    guard depth != .none else { return }
    for role in Style.Role.allCases {
      if let color = color(of: role) { init_extended_pair(Int32(pair(of: role)), color, -1) }
    }
  }
}
