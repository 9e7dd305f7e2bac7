internal import Workbench

// Maps the user's colours to those of the terminal.
extension Settings.Color {
  /// The number that ncurses uses; nil for the terminal's default colour. If the terminal lacks the colour, it is the nearest one.
  func number(at depth: Palette.Depth) -> Int32? {
    switch (self, depth) {
    case (.terminal, _), (_, .none): return nil
    case (.indexed(let index), .eight) where index < 16: return Int32(index % 8)
    case (.indexed(let index), .indexed): return Int32(index)
    // On terminals with direct colours, the numbers 0 to 7 still name the terminal's own colours.
    case (.indexed(let index), .direct) where index < 8: return Int32(index)
    case (.indexed(let index), .direct): return Int32(Settings.Color.mixed(index))
    case (.direct(let color), .direct): return Int32(max(8, color))
    case (.indexed(let index), .eight):
      return Int32(Settings.Color.nearest(Settings.Color.mixed(index), 0..<8))
    case (.direct(let color), .eight): return Int32(Settings.Color.nearest(color, 0..<8))
    case (.direct(let color), .indexed): return Int32(Settings.Color.nearest(color, 16..<256))
    }
  }

  /// One of xterm's 256 colours as red, green and blue.
  static func mixed(_ index: Int) -> Int {
    switch index {
    case ..<16:
      let level = index < 8 ? 0xCD : 0xFF
      return (index & 1) * level << 16 | (index >> 1 & 1) * level << 8 | (index >> 2 & 1) * level
    case ..<232:
      func level(_ step: Int) -> Int { step == 0 ? 0 : 55 + 40 * step }
      let cube = index - 16
      return level(cube / 36) << 16 | level(cube / 6 % 6) << 8 | level(cube % 6)
    default:
      let grey = 8 + 10 * (index - 232)
      return grey << 16 | grey << 8 | grey
    }
  }

  private static func nearest(_ color: Int, _ candidates: Range<Int>) -> Int {
    func distance(_ other: Int) -> Int {
      [16, 8, 0].map { (color >> $0 & 0xFF) - (other >> $0 & 0xFF) }.map { $0 * $0 }.reduce(0, +)
    }
    var best = candidates.lowerBound
    for candidate in candidates where distance(mixed(candidate)) < distance(mixed(best)) { best = candidate }
    return best
  }
}
