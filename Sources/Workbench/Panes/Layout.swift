/// The places of everything on a screen.
struct Layout {
  /// What the places depend on besides the screen.
  struct Facts {
    /// The width of the model's name in the top line.
    var nameWidth = 0
    var nodeCount = 0
    /// Whether steps have a caption below Nodes, and whether the user wrote some of them.
    var hasCaptions = false
    var hasOwnCaptions = false
    /// The width of the widest action, with its arguments.
    var actionWidth = 0
    /// Whether another model stands beside this one.
    var hasBeside = false
    /// Whether a log is open, which has a pane then.
    var hasLog = false
  }

  /// The place of a pane. Neighbouring frames share their lines.
  struct Place {
    let pane: Pane
    let frame: Rectangle
    /// The rows at the bottom for the caption of the step.
    let captionRows: Int
    /// The area inside the frame, above the caption.
    var area: Rectangle { frame.inner.splitAfterRows(frame.inner.height - captionRows).0 }
    var captionArea: Rectangle { frame.inner.splitAfterRows(frame.inner.height - captionRows).1 }

    init(pane: Pane, frame: Rectangle, hasCaption: Bool, isOwn: Bool) {
      self.pane = pane
      self.frame = frame
      let room = frame.height >= 10 ? 2 : frame.height >= (isOwn ? 5 : 9) ? 1 : 0
      captionRows = hasCaption && pane.record.place == .top ? room : 0
    }
  }

  struct Tab {
    let pane: Pane
    let title: String
    let area: Rectangle
  }

  /// A border, and the lines of its neighbours, between which it can be moved.
  struct BorderPlace {
    let border: Border
    /// The column of an upright border, the row of a level one.
    let position: Int
    let range: ClosedRange<Int>
    /// The cells of the line.
    let line: Rectangle
  }

  /// Panes one below the other.
  private struct Column {
    /// From the top. The heights are those of the frames; the last pane takes the remaining rows.
    let panes: [(pane: Pane, height: Int)]
    /// The width without the line at the right; the last column takes the remaining width.
    var width = 0
  }

  static let smallest = Size(width: 60, height: 16)
  /// From this size on, several panes stand side by side.
  static let wide = Size(width: 100, height: 24)
  /// From this width on, State has its own column.
  static let veryWide = 180
  /// From this height on, a very wide screen shows Space–time between Nodes and Trace.
  static let veryHigh = 48

  /// The height of the pane below Nodes when the cards take as much room as they can.
  private static let lowestBelow = 9
  /// The least height of Actions on a wide screen.
  private static let lowestActions = 10
  /// The least distance between two borders.
  private static let narrowest = 24
  private static let lowest = 3

  let isTooSmall: Bool
  let isWide: Bool
  private(set) var places: [Place] = []
  private(set) var borders: [BorderPlace] = []
  /// The frame of the other model's pane, and the pane that it shows: the one beside it.
  private(set) var besideFrame: Rectangle?
  private(set) var besidePane: Pane?
  /// The names of the panes in the top line; empty if all panes are visible.
  private(set) var tabs: [Tab] = []
  private let facts: Facts
  private let needs: PaneNeeds
  private let moved: MovedBorders
  private var captionNeed: Int { facts.hasCaptions ? 2 : 0 }

  /// On a wide screen Nodes and Properties are as high as they need to be, within limits. Without nodes there is no Space–time beside Nodes.
  init(_ screen: ScreenState, _ facts: Facts) {
    self.facts = facts
    needs = screen.needs
    moved = screen.movedBorders
    let size = screen.size
    isTooSmall =
      screen.inset == nil && (size.width < Layout.smallest.width || size.height < Layout.smallest.height)
    isWide = size.width >= Layout.wide.width && size.height >= Layout.wide.height
    guard !isTooSmall else { return }
    if screen.presents {
      add(screen.focus, Layout.presented(size))
      return
    }
    let body = Rectangle(x: 0, y: 1, width: size.width, height: size.height - 2)
    if facts.hasBeside, placeBeside(screen, body) {
      if !isWide { placeTabs(width: size.width) }
      return
    }
    switch (screen.paneSize, isWide) {
    case (.full, _): place([Column(panes: [(screen.focus, 0)])], .half, in: body)
    case (.half, true): place(halves(screen, body), .half, in: body)
    case (.normal, true) where size.width >= Layout.veryWide:
      place(threeColumns(screen, body), .veryWide, in: body)
    case (.normal, true): place(twoColumns(screen, body), .wide, in: body)
    case (let paneSize, false):
      place(
        [oneColumn(screen, body, isHalf: paneSize == .half)], paneSize == .half ? .half : .narrow, in: body)
    }
    if !isWide { placeTabs(width: size.width) }
  }

  func place(of pane: Pane) -> Place? { places.first { $0.pane == pane } }

  /// The place at a point: the one with the point inside its frame, else one with the point on its frame.
  func place(at point: Point) -> Place? {
    places.first { $0.area.contains(point) } ?? places.first { $0.frame.contains(point) }
  }

  /// The borders at a point; two where they meet.
  func borders(at point: Point) -> [Border] {
    borders.filter { $0.line.contains(point) }.map(\.border)
  }

  // MARK: The arrangements

  private func oneColumn(_ screen: ScreenState, _ body: Rectangle, isHalf: Bool) -> Column {
    var actions = max(7, body.height * 2 / 5)
    if screen.upper == .nodes, needs.nodes > 0 {
      // Rows that the cards do not need go to Actions.
      actions = max(actions, body.height - needs.nodes - captionNeed - 1)
    }
    if isHalf { actions = screen.focus == .actions ? body.height * 2 / 3 : max(5, body.height / 4) }
    return Column(panes: [(screen.upper, body.height - actions + 1), (.actions, actions)])
  }

  private func twoColumns(_ screen: ScreenState, _ body: Rectangle) -> [Column] {
    var side = sideColumn(body, screen)
    var left = Column(
      panes: [(screen.top, heightOfTop(screen.top, body)), (screen.lower, 0)],
      width: 0)
    // Actions has room for the reasons, as far as two cards still stand side by side.
    let usual = body.width - body.width * 57 / 100 + 1
    side.width = max(usual, min(facts.actionWidth + 36, body.width * 48 / 100, body.width - 62))
    left.width = body.width - side.width
    return [left, side]
  }

  private func threeColumns(_ screen: ScreenState, _ body: Rectangle) -> [Column] {
    let top = heightOfTop(screen.top, body)
    var left = Column(panes: [(screen.top, top), (.trace, 0)])
    if facts.nodeCount > 0, body.height >= Layout.veryHigh {
      let nodes = min(heightOfTop(.nodes, body), body.height * 47 / 100)
      let rest = body.height - nodes
      left = Column(panes: [(.nodes, nodes), (.spaceTime, (rest * 11 / 20) + 1), (.trace, 0)])
    }
    // The diagram has a comfortable width. Actions has room for the reasons, and the middle takes what both leave.
    let lanes = max(2, facts.nodeCount)
    let widest = facts.hasLog ? body.width * 42 / 100 : body.width / 2
    left.width = min(max(26 + lanes * 30, body.width * 38 / 100), widest)
    let sideWidth = min(max(facts.actionWidth + 41, body.width * 26 / 100), body.width * 32 / 100)
    var middle = Column(panes: [(screen.lower == .source ? .source : .state, 0)])
    if body.height >= 40 {
      let state = min(max(needs.state + 2, body.height / 4), (body.height + 1) / 2)
      middle = Column(panes: [(.state, state), (.source, 0)])
    }
    if facts.hasLog {
      // The log stands beside Trace.
      let upper = screen.lower == .source ? Pane.source : .state
      let height = min(max(needs.state + 2, body.height / 4), body.height / 2)
      middle = Column(panes: [(upper, height), (.log, 0)])
    }
    middle.width = body.width - left.width - sideWidth
    return [left, middle, sideColumn(body)]
  }

  /// The focused pane on one half. The other half has the column from which the pane does not come.
  private func halves(_ screen: ScreenState, _ body: Rectangle) -> [Column] {
    let focused = Column(panes: [(screen.focus, 0)], width: body.width / 2)
    if screen.focus.record.place != .side { return [focused, sideColumn(body, screen)] }
    let left = [(screen.top, heightOfTop(screen.top, body)), (screen.lower, 0)]
    return [Column(panes: left, width: body.width - body.width / 2), focused]
  }

  private func heightOfTop(_ top: Pane, _ body: Rectangle) -> Int {
    guard top == .nodes, needs.nodes > 0 else { return (body.height + 1) * 52 / 100 }
    return max(
      body.height * 30 / 100, min(needs.nodes + captionNeed + 2, body.height - Layout.lowestBelow + 1))
  }

  /// Actions, Properties and Checker. With a `screen`, the log that is open takes turns with Checker, and stands beside Trace.
  private func sideColumn(_ body: Rectangle, _ screen: ScreenState? = nil) -> Column {
    let bottom = facts.hasLog ? screen?.bottom ?? .checker : .checker
    var height = max(6, body.height * (body.width >= Layout.veryWide ? 16 : 22) / 100)
    if bottom == .log, let screen { height = max(height, body.height - heightOfTop(screen.top, body) + 1) }
    let most = body.height - height - Layout.lowestActions + 2
    let properties = max(5, min(needs.properties + 2, most))
    return Column(panes: [
      (.actions, body.height - properties - height + 2), (.properties, properties), (bottom, 0),
    ])
  }

  /// Places Nodes or Space–time on the left half and the other model's on the right one. Returns false if neither is to be shown.
  private mutating func placeBeside(_ screen: ScreenState, _ body: Rectangle) -> Bool {
    let pane = screen.isZoomed ? screen.focus : isWide ? screen.top : screen.upper
    guard pane.record.place == .top else { return false }
    let middle = body.width / 2
    let actions = max(7, body.height * 2 / 5)
    var height = screen.isZoomed ? body.height : body.height - actions + 1
    if !screen.isZoomed, isWide {
      height = min(max(heightOfTop(pane, body), body.height / 2), body.height - Layout.lowestBelow + 1)
    }
    besidePane = pane
    besideFrame = Rectangle(x: middle, y: body.y, width: body.width - middle, height: height)
    add(pane, Rectangle(x: 0, y: body.y, width: middle + 1, height: height))
    guard !screen.isZoomed else { return true }
    let (y, rest) = (body.y + height - 1, body.height - height + 1)
    if isWide {
      // A pane without a place beside two models takes the one at the left.
      let hasPlace = [pane, screen.lower, .actions].contains(screen.focus)
      add(hasPlace ? screen.lower : screen.focus, Rectangle(x: 0, y: y, width: middle + 1, height: rest))
      add(.actions, Rectangle(x: middle, y: y, width: body.width - middle, height: rest))
    } else {
      add(.actions, Rectangle(x: 0, y: y, width: body.width, height: rest))
    }
    return true
  }

  private mutating func add(_ pane: Pane, _ frame: Rectangle) {
    places.append(Place(pane: pane, frame: frame, hasCaption: facts.hasCaptions, isOwn: facts.hasOwnCaptions))
  }

  /// The frame, which is not drawn, around the one pane that a class sees.
  private static func presented(_ size: Size) -> Rectangle {
    let (x, y) = (size.width >= wide.width ? size.width / 20 : 1, size.height >= 30 ? 2 : 1)
    return Rectangle(x: x, y: y + 1, width: size.width - 2 * x, height: size.height - 2 * y - 2)
  }

  // MARK: Placing

  private mutating func place(
    _ columns: [Column], _ arrangement: Border.Arrangement, in body: Rectangle
  ) {
    let uprights = lines(
      sizes: columns.map(\.width), from: body.x, to: body.endX - 1, least: Layout.narrowest
    ) { Border(arrangement: arrangement, column: $0, row: nil) }
    for (number, column) in columns.enumerated() {
      let (left, right) = (uprights[number], uprights[number + 1])
      let levels = lines(
        sizes: column.panes.map { $0.height - 1 }, from: body.y, to: body.endY - 1, least: Layout.lowest
      ) { Border(arrangement: arrangement, column: number, row: $0) }
      for (row, pane) in column.panes.enumerated() {
        let frame = Rectangle(
          x: left, y: levels[row], width: right - left + 1, height: levels[row + 1] - levels[row] + 1)
        places.append(
          Place(pane: pane.pane, frame: frame, hasCaption: facts.hasCaptions, isOwn: facts.hasOwnCaptions))
      }
      for row in column.panes.indices.dropLast() {
        borders.append(
          BorderPlace(
            border: Border(arrangement: arrangement, column: number, row: row), position: levels[row + 1],
            range: levels[row]...levels[row + 2],
            line: Rectangle(x: left, y: levels[row + 1], width: right - left + 1, height: 1)))
      }
    }
    for number in columns.indices.dropLast() {
      borders.append(
        BorderPlace(
          border: Border(arrangement: arrangement, column: number, row: nil), position: uprights[number + 1],
          range: uprights[number]...uprights[number + 2],
          line: Rectangle(x: uprights[number + 1], y: body.y, width: 1, height: body.height)))
    }
  }

  /// The lines around parts of these sizes, the first and the last line included. A border that the user moved is where they put it, unless
  /// a part would have no room.
  private func lines(sizes: [Int], from start: Int, to end: Int, least: Int, border: (Int) -> Border) -> [Int]
  {
    var lines = [start]
    var wished = start
    for (index, size) in sizes.enumerated().dropLast() {
      wished += size
      let position = moved.distance(of: border(index), in: end - start).map { start + $0 } ?? wished
      let most = end - least * (sizes.count - 1 - index)
      lines.append(max(min(position, most), lines[index] + min(least, max(1, most - lines[index]))))
    }
    return lines + [end]
  }

  private mutating func placeTabs(width: Int) {
    let panes = Pane.allCases.filter { $0 != .actions && ($0 != .log || facts.hasLog) }
    let whole = panes.reduce(0) { $0 + $1.title.count + 2 }
    // The model's name comes before the tabs if the step still fits after them. On a narrow screen the tabs are shortened.
    let start = min(19, facts.nameWidth + 2)
    var x = start + whole + 16 <= width ? start : 1
    for pane in panes {
      let title = 1 + whole + 8 <= width ? pane.title : pane.record.shortTitle
      let area = Rectangle(x: x, y: 0, width: title.count + 2, height: 1)
      tabs.append(Tab(pane: pane, title: title, area: area))
      x = area.endX
    }
  }
}
