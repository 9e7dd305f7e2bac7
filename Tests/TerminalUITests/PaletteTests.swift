import Testing
import Workbench

@testable import TerminalUI

@Suite("How roles look")
struct PaletteTests {
  @Test(
    "Whatever colours say is also visible without colours",
    arguments: [Style.Role.accent, .change, .wrong, .dim])
  func withoutColors(role: Style.Role) {
    let palette = Palette(depth: .none)
    #expect(palette.attributes(of: Style(role)) != palette.attributes(of: .plain))
    #expect(palette.pair(of: role) == 0)
  }

  @Test(
    "A selection is visible at every colour depth", arguments: Style.Role.allCases, Palette.Depth.allCases)
  func selection(role: Style.Role, depth: Palette.Depth) {
    let palette = Palette(depth: depth)
    #expect(palette.attributes(of: Style(role, reversed: true)) != palette.attributes(of: Style(role)))
  }

  @Test(
    "Roles differ from each other and from plain text at every colour depth",
    arguments: Palette.Depth.allCases)
  func distinct(depth: Palette.Depth) {
    let palette = Palette(depth: depth)
    let looks = Style.Role.allCases.filter { depth != .none || $0 != .good }.map {
      [Int(palette.attributes(of: Style($0))), Int(palette.color(of: $0) ?? -1)]
    }
    #expect(Set(looks).count == looks.count)
  }

  /// The luminance of an xterm colour or of one with eight bits for each part, by WCAG 2.
  private func luminance(_ color: Int32, _ depth: Palette.Depth) -> Double {
    let parts: [Int32]
    if depth == .direct {
      parts = [color >> 16 & 255, color >> 8 & 255, color & 255]
    } else if color >= 232 {
      parts = Array(repeating: 8 + 10 * (color - 232), count: 3)
    } else {
      parts = [(color - 16) / 36, (color - 16) / 6 % 6, (color - 16) % 6].map { $0 == 0 ? 0 : 55 + 40 * $0 }
    }
    let linear = parts.map { part -> Double in
      let value = Double(part) / 255
      // A cube is near enough to the exponent of 2.4 for comparing contrasts.
      return value <= 0.04045 ? value / 12.92 : power((value + 0.055) / 1.055)
    }
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
  }

  /// The power of 2.4, by Newton's method for the fifth root of the twelfth power.
  private func power(_ base: Double) -> Double {
    let target = (0..<12).reduce(1) { value, _ in value * base }
    var root = base * base
    for _ in 0..<60 { root -= (root * root * root * root * root - target) / (5 * root * root * root * root) }
    return root
  }

  @Test(
    "Every colour can be read on its background, and from the last row on a wall",
    arguments: [Palette.Depth.indexed, .direct], [true, false])
  func contrast(depth: Palette.Depth, isLight: Bool) {
    for (theme, least) in [(Theme.usual, 4.5), (.projector, 7.0)] {
      var palette = Palette(depth: depth)
      (palette.isLight, palette.theme) = (isLight, theme)
      for role in Style.Role.allCases {
        guard let color = palette.color(of: role) else { continue }
        let light = luminance(color, depth)
        let ratio = isLight ? 1.05 / (light + 0.05) : (light + 0.05) / 0.05
        #expect(ratio >= least, "\(theme) \(role) \(ratio)")
      }
    }
  }

  @Test("On a wall, roles differ without their colours", arguments: Palette.Depth.allCases)
  func wall(depth: Palette.Depth) {
    var palette = Palette(depth: depth)
    palette.theme = .projector
    for role in [Style.Role.accent, .change, .wrong] {
      #expect(palette.attributes(of: Style(role)) != palette.attributes(of: .plain))
    }
    #expect(palette.attributes(of: Style(.dim)) == palette.attributes(of: .plain) || depth == .none)
  }

  @Test("Only colours that exist and that the user wants are used")
  func depths() {
    #expect(Palette.Depth(count: 256, allowed: false) == .none)
    #expect(Palette.Depth(count: 2, allowed: true) == .none)
    #expect(Palette.Depth(count: 8, allowed: true) == .eight)
    #expect(Palette.Depth(count: 16, allowed: true) == .eight)
    #expect(Palette.Depth(count: 256, allowed: true) == .indexed)
    #expect(Palette.Depth(count: 1 << 24, allowed: true) == .direct)
    #expect(Palette(depth: .eight).color(of: .wrong).map { $0 < 8 } == true)
    #expect(Palette(depth: .indexed).color(of: .wrong).map { $0 < 256 } == true)
  }
}
