extension Session {
  mutating func run(_ command: Command.ID?, in listing: Listing) {
    let page = max(1, screen.size.height - 6)
    switch command {
    case .up: move(listing, by: -1)
    case .down: move(listing, by: 1)
    case .pageUp: move(listing, by: -page)
    case .pageDown, .box(.pageOn): move(listing, by: page)
    case .toStart: move(listing, by: -listing.lines.count)
    case .toEnd: move(listing, by: listing.lines.count)
    case .activate:
      screen.dialog = nil
      if let target = listing.target { go(to: target) }
    case .box(.close): screen.dialog = nil
    default: break
    }
  }

  mutating func move(_ listing: Listing, by offset: Int) {
    var listing = listing
    let last = listing.isChoice ? listing.lines.count - 1 : listing.lines.count - listingHeight(listing)
    listing.selected = max(0, min(listing.selected + offset, last))
    screen.dialog = .listing(listing)
  }

  private func listingHeight(_ listing: Listing) -> Int { min(listing.lines.count, screen.size.height - 4) }

  func drawListing(_ listing: Listing, on grid: inout Grid) {
    let height = listingHeight(listing)
    let width = max(
      listing.lines.map(\.width).max() ?? 0, Glyph.width(of: listing.title) + 4)
    let box = boxArea(Size(width: width + 4, height: height + 2))
    grid.fill(box)
    grid.drawFrame(box, title: StyledLine(listing.title, Style(.accent, bold: true)), style: Style(.accent))
    let inside = Rectangle(x: box.x + 2, y: box.y + 1, width: box.width - 4, height: box.height - 2)
    let top =
      listing.isChoice ? max(0, listing.selected - inside.height + 1) : listing.selected
    for (row, line) in listing.lines.dropFirst(top).prefix(inside.height).enumerated() {
      grid.write(line, row: row, of: inside, selected: listing.isChoice && top + row == listing.selected)
    }
    grid.drawScrollMark(
      x: box.endX - 1, from: inside.y, height: inside.height, first: top, count: listing.lines.count)
  }
}
