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
