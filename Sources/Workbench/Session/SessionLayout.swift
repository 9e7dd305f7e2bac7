// The places of the panes, and the borders that the user moves.
extension Session {
  var layout: Layout { Layout(screen, layoutFacts) }

  private var layoutFacts: Layout.Facts {
    Layout.Facts(
      nameWidth: Glyph.width(of: model.name), nodeCount: model.nodes.count,
      hasCaptions: model.hasCaptions || !explored.captions.isEmpty || screen.inset != nil,
      hasOwnCaptions: !explored.captions.isEmpty || screen.inset != nil, actionWidth: model.actionWidth,
      hasBeside: beside != nil, hasLog: log != nil)
  }

  /// The place of a pane. If the pane is hidden, the place that it would have.
  func place(of pane: Pane) -> Layout.Place? {
    if let place = layout.place(of: pane) { return place }
    var shown = screen
    shown.show(pane)
    return Layout(shown, layoutFacts).place(of: pane)
  }

  /// The longest branch that is looked at as a whole.
  private static let shortBranch = 60

  /// Gives more room to panes that need more rows than before. A short branch gets the rows of all its states at once, so that nothing moves
  /// while the user steps along it.
  mutating func growPanes() {
    let layout = layout
    guard !layout.isTooSmall else { return }
    let (width, path) = (paneWidth(.nodes), tree.branchPath(through: cursor))
    for node in path.count <= Self.shortBranch ? path : [cursor] {
      var there = self
      there.cursor = node
      screen.needs.nodes = max(screen.needs.nodes, there.wantedNodesRows(width: width))
    }
    screen.needs.properties = max(screen.needs.properties, propertyRows.count)
    if layout.place(of: .state) != nil { screen.needs.state = max(screen.needs.state, stateRows.count) }
  }

  /// The number of rows inside a pane's frame.
  func paneHeight(_ pane: Pane) -> Int { place(of: pane)?.area.height ?? 0 }
  /// The number of columns inside a pane's frame.
  func paneWidth(_ pane: Pane) -> Int { place(of: pane)?.area.width ?? 0 }

  /// The list of a pane; nil for a pane without rows.
  func list(for pane: Pane) -> PaneList? { pane.record.list(self) }

  // MARK: Sizes

  mutating func setPaneSize(_ size: PaneSize) {
    screen.paneSize = size
    settlePanes()
  }

  /// Moves a border of the focused pane so that the pane grows by this much, or shrinks.
  mutating func growFocusedPane(by amount: Int, isUpright: Bool) {
    let layout = layout
    guard let frame = layout.place(of: screen.focus)?.frame else { return }
    // The border after the pane, or if there is none, the one before it.
    let after = layout.borders.first { place in
      place.border.isUpright == isUpright
        && (isUpright
          ? place.position == frame.endX - 1 : place.position == frame.endY - 1 && touches(place, frame))
    }
    let before = layout.borders.first { place in
      place.border.isUpright == isUpright
        && (isUpright ? place.position == frame.x : place.position == frame.y && touches(place, frame))
    }
    guard let border = after ?? before else {
      screen.message = Message(
        "\(screen.focus.title) has the whole \(isUpright ? "width" : "height") already")
      return
    }
    move(border.border, to: border.position + (after == nil ? -amount : amount))
  }

  private func touches(_ border: Layout.BorderPlace, _ frame: Rectangle) -> Bool { border.line.x == frame.x }

  /// Moves a border to a column or a row of the screen, as far as its neighbours allow.
  mutating func move(_ border: Border, to position: Int) {
    guard let place = layout.borders.first(where: { $0.border == border }) else { return }
    let position = max(place.range.lowerBound, min(position, place.range.upperBound))
    let (start, size) =
      border.isUpright ? (0, screen.size.width) : (1, screen.size.height - 2)
    screen.movedBorders.move(border, to: position - start, in: size - 1)
    // The layout may keep the border further away from its neighbours.
    if let shown = layout.borders.first(where: { $0.border == border })?.position, shown != position {
      screen.movedBorders.move(border, to: shown - start, in: size - 1)
    }
    settlePanes()
  }

  /// Gives all panes the sizes that follow from their content.
  mutating func resetPaneSizes() {
    screen.movedBorders = MovedBorders()
    setPaneSize(.normal)
    screen.message = Message("the panes have their usual sizes")
  }

  /// Fits the panes to their new widths, and keeps every selection in sight.
  mutating func settlePanes() {
    screen.needs = PaneNeeds()
    growPanes()
    for pane in Pane.allCases where pane != .nodes { select(position(pane).selected, in: pane) }
    settleSelections()
    revealStepInSpaceTime()
  }
}
