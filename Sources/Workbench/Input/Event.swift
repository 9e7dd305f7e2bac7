/// What happens to the workbench.
package enum Event: Hashable, Sendable {
  case key(Key)
  case mouse(Mouse)
  case resize(Size)
  /// Text pasted or typed as one piece.
  case paste(String)
  /// A wake-up that an effect asked for.
  case tick
}

/// A key as the user names it.
package enum Key: Hashable, Sendable {
  case character(Character)
  /// Ctrl with a letter, in lower case.
  case control(Character)
  case up, down, left, right, home, end, pageUp, pageDown
  case enter, escape, tab, backTab, backspace, delete
  case function(Int)
}

package struct Mouse: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    case click, doubleClick, wheelUp, wheelDown
  }
  package var kind: Kind
  package var point: Point

  package init(kind: Kind, point: Point) {
    self.kind = kind
    self.point = point
  }
}
