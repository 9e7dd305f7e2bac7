/// The places of everything on a screen.
struct Layout {
  /// The place of a pane. Neighbouring frames share their lines.
  struct Place {
    let pane: Pane
    let frame: Rectangle
    /// The rows at the bottom for the caption of the step.
    let captionRows: Int
    /// The area inside the frame, above the caption.
    var area: Rectangle { frame.inner.splitAfterRows(frame.inner.height - captionRows).0 }
    var captionArea: Rectangle { frame.inner.splitAfterRows(frame.inner.height - captionRows).1 }

    init(pane: Pane, frame: Rectangle, hasCaption: Bool) {
      self.pane = pane
      self.frame = frame
      let room = frame.height >= 14 ? 2 : frame.height >= 9 ? 1 : 0
      captionRows = hasCaption && pane.record.place == .top ? room : 0
    }
  }

  struct Tab {
    let pane: Pane
    let title: String
    let area: Rectangle
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

  private let hasCaptions: Bool
  let isTooSmall: Bool
  let isWide: Bool
  private(set) var places: [Place] = []
  /// The names of the panes in the top line; empty if all panes are visible.
  private(set) var tabs: [Tab] = []

  /// `nameWidth` is the width of the model's name in the top line. On a wide screen Nodes and Properties are as high as they need to be, within
  /// limits. Without nodes there is no Space–time beside Nodes.
  init(
    size: Size, focus: Pane, upper: Pane, top: Pane = .nodes, lower: Pane, isZoomed: Bool, nameWidth: Int,
    hasNodes: Bool, hasCaptions: Bool = false, needs: PaneNeeds = PaneNeeds()
  ) {
    self.hasCaptions = hasCaptions
    isTooSmall = size.width < Layout.smallest.width || size.height < Layout.smallest.height
    isWide = size.width >= Layout.wide.width && size.height >= Layout.wide.height
    guard !isTooSmall else { return }
    let body = Rectangle(x: 0, y: 1, width: size.width, height: size.height - 2)
    if isZoomed {
      places = [Place(pane: focus, frame: body, hasCaption: hasCaptions)]
    } else if isWide {
      placeColumns(in: body, top: top, lower: lower, hasNodes: hasNodes, needs)
    } else {
      var actions = max(7, body.height * 2 / 5)
      if upper == .nodes, needs.nodes > 0 {
        // Rows that the cards do not need go to Actions.
        actions = max(actions, body.height - needs.nodes - (hasCaptions ? 2 : 0) - 1)
      }
      let (top, _) = body.splitAfterRows(body.height - actions + 1)
      let (_, bottom) = body.splitAfterRows(body.height - actions)
      places = [
        Place(pane: upper, frame: top, hasCaption: hasCaptions),
        Place(pane: .actions, frame: bottom, hasCaption: false),
      ]
    }
    if !isWide {
      let panes = Pane.allCases.filter { $0 != .actions }
      let whole = panes.reduce(0) { $0 + $1.title.count + 2 }
      // The model's name comes before the tabs if the step still fits after them. On a narrow screen the tabs are shortened.
      let start = min(19, nameWidth + 2)
      var x = start + whole + 16 <= size.width ? start : 1
      for pane in panes {
        let title = 1 + whole + 8 <= size.width ? pane.title : pane.record.shortTitle
        let area = Rectangle(x: x, y: 0, width: title.count + 2, height: 1)
        tabs.append(Tab(pane: pane, title: title, area: area))
        x = area.endX
      }
    }
  }

  private mutating func placeColumns(
    in body: Rectangle, top: Pane, lower: Pane, hasNodes: Bool, _ needs: PaneNeeds
  ) {
    let hasState = body.width >= Layout.veryWide
    let left = hasState ? body.width * 44 / 100 : body.width * 57 / 100
    let middle = hasState ? body.width * 24 / 100 : 0
    var upperHeight = (body.height + 1) * 52 / 100
    let needed = needs.nodes + (hasCaptions ? 2 : 0) + 2
    if top == .nodes, needs.nodes > 0 {
      upperHeight = max(body.height * 30 / 100, min(needed, body.height - Layout.lowestBelow + 1))
    }
    let checker = max(6, body.height * 22 / 100)
    let most = body.height - checker - Layout.lowestActions + 2
    let properties = max(5, min(needs.properties + 2, most))
    if hasState, hasNodes, body.height >= Layout.veryHigh {
      let nodes = min(upperHeight, (body.height + 2) / 3)
      let rest = body.height - nodes
      place([(.nodes, nodes), (.spaceTime, (rest + 2) / 2), (.trace, nil)], x: body.x, width: left, in: body)
    } else {
      place([(top, upperHeight), (hasState ? .trace : lower, nil)], x: body.x, width: left, in: body)
    }
    if hasState {
      let half: Int? = body.height >= 40 ? (body.height + 1) / 2 : nil
      let column: [(Pane, Int?)] =
        half == nil ? [(lower == .source ? .source : .state, nil)] : [(.state, half), (.source, nil)]
      place(column, x: body.x + left - 1, width: middle + 1, in: body)
    }
    let start = left + middle - 1
    place(
      [(.actions, body.height - properties - checker + 2), (.properties, properties), (.checker, nil)],
      x: body.x + start, width: body.width - start, in: body)
  }

  /// Places panes one below the other. Each begins on the line that closes the one above. A height of nil takes the remaining rows.
  private mutating func place(
    _ panes: [(pane: Pane, height: Int?)], x: Int, width: Int, in body: Rectangle
  ) {
    var y = body.y
    for (pane, height) in panes {
      let height = height ?? body.endY - y
      let frame = Rectangle(x: x, y: y, width: width, height: height)
      places.append(Place(pane: pane, frame: frame, hasCaption: hasCaptions))
      y += height - 1
    }
  }

  func place(of pane: Pane) -> Place? { places.first { $0.pane == pane } }

  /// The place at a point: the one with the point inside its frame, else one with the point on its frame.
  func place(at point: Point) -> Place? {
    places.first { $0.area.contains(point) } ?? places.first { $0.frame.contains(point) }
  }
}

extension Session {
  var layout: Layout {
    Layout(
      size: screen.size, focus: screen.focus, upper: screen.upper, top: screen.top, lower: screen.lower,
      isZoomed: screen.isZoomed,
      nameWidth: Glyph.width(of: model.name), hasNodes: !model.nodes.isEmpty,
      hasCaptions: model.hasCaptions, needs: screen.needs)
  }

  /// The place of a pane. If the pane is hidden, the place that it would have.
  func place(of pane: Pane) -> Layout.Place? {
    if let place = layout.place(of: pane) { return place }
    let shown = Layout(
      size: screen.size, focus: pane, upper: pane == .actions ? screen.upper : pane,
      top: pane.record.place == .top ? pane : screen.top,
      lower: pane.record.place == .lower ? pane : screen.lower, isZoomed: screen.isZoomed,
      nameWidth: Glyph.width(of: model.name), hasNodes: !model.nodes.isEmpty,
      hasCaptions: model.hasCaptions, needs: screen.needs)
    return shown.place(of: pane)
  }

  /// Gives more room to panes that need more rows than before.
  mutating func growPanes() {
    guard !layout.isTooSmall else { return }
    screen.needs.nodes = max(screen.needs.nodes, wantedNodesRows(width: paneWidth(.nodes)))
    screen.needs.properties = max(screen.needs.properties, propertiesList.count)
  }

  /// The number of rows inside a pane's frame.
  func paneHeight(_ pane: Pane) -> Int { place(of: pane)?.area.height ?? 0 }
  /// The number of columns inside a pane's frame.
  func paneWidth(_ pane: Pane) -> Int { place(of: pane)?.area.width ?? 0 }

  /// The list of a pane; nil for a pane without rows.
  func list(for pane: Pane) -> PaneList? { pane.record.list(self) }
}
