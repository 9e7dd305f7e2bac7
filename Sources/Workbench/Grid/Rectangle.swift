/// Cuts rectangles, for layouts. No result has a negative size.
extension Rectangle {
  package var size: Size { Size(width: width, height: height) }
  package var isEmpty: Bool { width <= 0 || height <= 0 }
  package var origin: Point { Point(x: x, y: y) }

  /// The column after the last.
  package var endX: Int { x + width }
  /// The row after the last.
  package var endY: Int { y + height }

  /// The area that both cover; empty if they do not meet.
  package func intersection(_ other: Rectangle) -> Rectangle {
    let left = max(x, other.x)
    let top = max(y, other.y)
    return Rectangle(
      x: left, y: top, width: max(0, min(endX, other.endX) - left),
      height: max(0, min(endY, other.endY) - top))
  }

  /// The first `count` rows and the others.
  package func splitAfterRows(_ count: Int) -> (top: Rectangle, bottom: Rectangle) {
    let count = min(max(0, count), max(0, height))
    return (
      Rectangle(x: x, y: y, width: width, height: count),
      Rectangle(x: x, y: y + count, width: width, height: max(0, height - count))
    )
  }

  /// The first `count` columns and the others.
  package func splitAfterColumns(_ count: Int) -> (left: Rectangle, right: Rectangle) {
    let count = min(max(0, count), max(0, width))
    return (
      Rectangle(x: x, y: y, width: count, height: height),
      Rectangle(x: x + count, y: y, width: max(0, width - count), height: height)
    )
  }

  /// A row of the rectangle, counted from 0 at the top; empty outside.
  package func row(_ index: Int) -> Rectangle {
    Rectangle(x: x, y: y + index, width: width, height: index >= 0 && index < height ? 1 : 0)
  }

  /// A centred rectangle of this size, or smaller if it does not fit.
  package func centered(_ size: Size) -> Rectangle {
    let width = min(max(0, size.width), max(0, width))
    let height = min(max(0, size.height), max(0, height))
    return Rectangle(
      x: x + (self.width - width) / 2, y: y + (self.height - height) / 2, width: width, height: height)
  }
}
