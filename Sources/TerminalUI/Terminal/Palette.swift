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
  /// Whether the terminal's background is light; nil if that is not known.
  var isLight: Bool?
  var theme = Theme.usual

  /// The attributes of a style besides its colour. Without colours, attributes distinguish the roles. Dim text is an attribute as long as
  /// the terminal has no grey.
  func attributes(of style: Style) -> UInt32 {
    var attributes: UInt32 = 0
    if style.bold { attributes |= ncurses_bold() }
    if style.underlined { attributes |= ncurses_underline() }
    if style.reversed { attributes |= ncurses_reverse() }
    if theme == .projector {
      // On a wall, shape carries the meaning: what changed is bold, what is wrong is underlined, too.
      if style.role != .dim, style.role != .plain { attributes |= ncurses_bold() }
      if style.role == .wrong { attributes |= ncurses_underline() }
      if style.role == .dim { return attributes }
    }
    switch (style.role, depth) {
    case (.dim, .none), (.dim, .eight): attributes |= ncurses_dim()
    case (.accent, .none): attributes |= ncurses_bold()
    case (.change, .none): attributes |= ncurses_underline()
    case (.wrong, .none): attributes |= ncurses_bold() | ncurses_underline()
    default: break
    }
    return attributes
  }

  /// The foreground colour by its ncurses number; nil for the terminal's own. The user's own colour comes first.
  func color(of role: Style.Role) -> Int32? {
    if depth != .none, let chosen = colors[role] { return chosen.number(at: depth) }
    switch depth {
    case .none: return nil
    case .eight: return Palette.basic[role]
    case .indexed, .direct:
      let tone =
        theme == .projector
        ? (isLight ?? false ? Palette.onWhiteWall : Palette.onBlackWall)
        : isLight.map { $0 ? Palette.onLight : Palette.onDark } ?? Palette.onAny
      return tone[role].map { depth == .indexed ? $0.indexed : $0.direct }
    }
  }

  private typealias Tones = [Style.Role: (indexed: Int32, direct: Int32)]

  private static let basic: [Style.Role: Int32] = [.accent: 6, .change: 3, .wrong: 1, .good: 2]
  /// Readable on dark and on light backgrounds.
  private static let onAny: Tones = [
    .accent: (38, 0x1F9FBF), .change: (172, 0xD08A1D), .wrong: (203, 0xE5534B), .good: (71, 0x4FA457),
    .dim: (244, 0x808080),
  ]
  /// At least 4.5 to 1 on black.
  private static let onDark: Tones = [
    .accent: (44, 0x3FBFDF), .change: (214, 0xE8A33D), .wrong: (203, 0xFF6B61), .good: (77, 0x63C46C),
    .dim: (246, 0x949494),
  ]
  /// At least 4.5 to 1 on white.
  private static let onLight: Tones = [
    .accent: (24, 0x005F87), .change: (94, 0x875F00), .wrong: (160, 0xC62828), .good: (22, 0x1B6B2A),
    .dim: (242, 0x6C6C6C),
  ]
  /// At least 7 to 1 on black, for a wall.
  private static let onBlackWall: Tones = [
    .accent: (87, 0x5FFFFF), .change: (220, 0xFFD75F), .wrong: (217, 0xFFAFAF), .good: (120, 0x87FF87),
    .dim: (250, 0xBCBCBC),
  ]
  /// At least 7 to 1 on white, for a wall.
  private static let onWhiteWall: Tones = [
    .accent: (18, 0x000087), .change: (53, 0x5F4B00), .wrong: (88, 0x870000), .good: (22, 0x005F00),
    .dim: (238, 0x444444),
  ]

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
