/// The look of a cell, given by its meaning. The terminal chooses the colours. Colour alone never carries information.
package struct Style: Hashable, Sendable {
  /// The meaning of the text.
  package enum Role: UInt8, Hashable, Sendable, CaseIterable {
    case plain
    /// The only accent: frame and title of the focused pane, the current step, keys in the bottom line.
    case accent
    /// Something that the last step changed.
    case change
    /// A violation, an error, a cut link.
    case wrong
    /// Something that holds.
    case good
    /// Something disabled or secondary.
    case dim
  }

  package var role: Role
  package var bold: Bool
  package var underlined: Bool
  /// The selection. It swaps foreground and background, so it is visible without colours.
  package var reversed: Bool

  package init(_ role: Role = .plain, bold: Bool = false, underlined: Bool = false, reversed: Bool = false) {
    self.role = role
    self.bold = bold
    self.underlined = underlined
    self.reversed = reversed
  }

  package static let plain = Style()
}

/// What the colours of a screen are made for.
package enum Theme: Hashable, Sendable, CaseIterable {
  case usual
  /// A wall, from which pale colours cannot be read.
  case projector
}

/// One cell of the screen: one character (with combining marks), or the right half of a wide one.
package struct Cell: Hashable, Sendable {
  /// Never a control character. Empty for the right half of a wide character.
  package var character: String
  package var style: Style

  package init(_ character: String = " ", _ style: Style = .plain) {
    self.character = character
    self.style = style
  }
}

package struct Size: Hashable, Sendable {
  package var width: Int
  package var height: Int

  package init(width: Int, height: Int) {
    self.width = width
    self.height = height
  }
}

/// A place on the screen, counted from 0 at the top left.
package struct Point: Hashable, Sendable {
  package var x: Int
  package var y: Int

  package init(x: Int, y: Int) {
    self.x = x
    self.y = y
  }
}

package struct Rectangle: Hashable, Sendable {
  package var x: Int
  package var y: Int
  package var width: Int
  package var height: Int

  package init(x: Int, y: Int, width: Int, height: Int) {
    self.x = x
    self.y = y
    self.width = width
    self.height = height
  }

  /// The rectangle inside a frame that is one cell wide.
  package var inner: Rectangle {
    Rectangle(x: x + 1, y: y + 1, width: max(0, width - 2), height: max(0, height - 2))
  }

  package func contains(_ point: Point) -> Bool {
    point.x >= x && point.x < x + width && point.y >= y && point.y < y + height
  }
}
