internal import TLASyntax

/// Where everything of a space–time picture stands, in pixels.
///
/// The gap on the right of each lane has three zones: the slots of the left lane, in which messages wait, the slots of the right lane, and
/// between them the words. Upright lines pass through slots and lanes only. Level lines pass through the words' zone at the height of their
/// row, and each row is as high as the words above and below that line need. So no word lies on another or on a line.
struct SpaceTimePlan {
  static let letterWidth = 8
  static let lineHeight = 17
  private static let slotWidth = 13
  private static let firstSlot = 16
  private static let margin = 14
  private static let narrowestWords = 104
  private static let longestTitle = 44
  private static let longestLabel = 48
  private static let longestName = 26

  /// A text in the words' zone of a gap.
  struct Label: Hashable {
    enum Side: Hashable { case left, center, right }

    let text: String
    let kind: String
    let step: Int
    let side: Side

    init(_ text: String, kind: String, step: Int, side: Side) {
      self.text = SpaceTimePlan.shortened(text, to: longestLabel)
      self.kind = kind
      self.step = step
      self.side = side
    }

    var width: Int { SpaceTimePlan.width(of: text) }
  }

  /// A text at its place.
  struct PlacedLabel {
    let label: Label
    let x: Int
    /// The middle of the line of text.
    let y: Int
  }

  private struct Zone: Hashable {
    let row: Int
    let gap: Int
  }

  let lanes: [String]
  let titles: [String]
  /// The height of each row's level lines; the last one is for messages still in flight and for the loop.
  let rowY: [Int]
  let laneX: [Int]
  let width: Int
  let bottom: Int
  /// The upright line of a loop from the last state back.
  let loopX: Int
  let labels: [PlacedLabel]
  private let words: [ClosedRange<Int>]

  /// - Parameters:
  ///   - top: The height of everything above the lanes' names.
  ///   - titles: The titles of the steps, on the left.
  ///   - remarks: Lines of text below some titles.
  ///   - gaps: Lines of text above some titles.
  init(
    _ diagram: SpaceTime?, lanes: [String], top: Int, titles: [String], remarks: [Int: String],
    gaps: [Int: String],
    loopWords: String?
  ) {
    self.lanes = lanes.map { Self.shortened($0, to: Self.longestName) }
    let titles = titles.map { Self.shortened($0, to: Self.longestTitle) }
    self.titles = titles
    let rowOfStep = titles.indices.map { diagram?.steps[$0].rows.lowerBound ?? $0 }
    let rowCount = (diagram?.rowCount ?? titles.count) + 1

    // The words of each zone.
    var above: [Zone: [Label]] = [:]
    var below: [Zone: [Label]] = [:]
    for arrow in diagram?.arrows ?? [] {
      let gap = Self.gap(sending: arrow)
      let label = Label(
        arrow.text, kind: arrow.isLost || arrow.isSuspect ? "wrong" : "message", step: arrow.sent,
        side: arrow.from == nil || arrow.from == arrow.to ? .left : .center)
      let zone = Zone(row: arrow.sentRow, gap: gap)
      // The same words to several nodes stand once on their line, as lost only if all of them are.
      if arrow.from != nil, let index = above[zone]?.firstIndex(where: { $0.text == label.text }) {
        if above[zone]?[index].kind == "wrong" { above[zone]?[index] = label }
      } else {
        above[zone, default: []].append(label)
      }
      if let suspicion = arrow.suspicion, let row = arrow.receivedRow, let to = arrow.to {
        let isLeft = arrow.comesFromLeft
        above[Zone(row: row, gap: isLeft ? to - 1 : to), default: []]
          .append(Label(suspicion, kind: "wrong", step: arrow.received ?? 0, side: isLeft ? .right : .left))
      }
    }
    for (number, step) in (diagram?.steps ?? []).enumerated() {
      for link in step.links {
        above[Zone(row: link.row, gap: link.first), default: []]
          .append(
            Label(
              link.isCut ? "split" : "healed", kind: link.isCut ? "wrong" : "healing", step: number,
              side: .center))
      }
      for note in step.notes {
        below[Zone(row: note.row, gap: note.lane), default: []]
          .append(Label(note.text, kind: "note", step: number, side: .left))
      }
    }

    // Columns.
    let remarkTexts = remarks.mapValues { Self.shortened($0, to: Self.longestTitle) }
    let gapTexts = gaps.mapValues { Self.shortened($0, to: Self.longestTitle) }
    let leftTexts = titles + Array(remarkTexts.values) + Array(gapTexts.values) + [loopWords ?? ""]
    let left = Self.margin + (leftTexts.map(Self.width).max() ?? 0)
    loopX = left + 14
    var slots = Array(repeating: (left: 0, right: 0), count: lanes.count)
    for arrow in diagram?.arrows ?? [] {
      guard let to = arrow.to, let slot = arrow.slot else { continue }
      if arrow.comesFromLeft {
        slots[to].left = max(slots[to].left, slot + 1)
      } else {
        slots[to].right = max(slots[to].right, slot + 1)
      }
    }
    func room(_ slots: Int) -> Int { slots == 0 ? 12 : Self.firstSlot + slots * Self.slotWidth }
    var widest = Array(repeating: 0, count: lanes.count)
    for (zone, labels) in above.merging(below, uniquingKeysWith: +) {
      widest[zone.gap] = max(widest[zone.gap], labels.map(\.width).max() ?? 0)
    }
    var x = max(left + 40, Self.margin + Self.width(of: self.lanes[0]) / 2)
    var laneX: [Int] = []
    var words: [ClosedRange<Int>] = []
    for lane in lanes.indices {
      laneX.append(x)
      let start = x + room(slots[lane].right)
      guard lane + 1 < lanes.count else {
        words.append(start...(start + widest[lane]))
        break
      }
      let names = (Self.width(of: self.lanes[lane]) + Self.width(of: self.lanes[lane + 1])) / 2 + 16
      let taken = room(slots[lane].right) + room(slots[lane + 1].left)
      let wordsWidth = max(Self.narrowestWords, widest[lane], names - taken)
      words.append(start...(start + wordsWidth))
      x = start + wordsWidth + room(slots[lane + 1].left)
    }
    self.laneX = laneX
    self.words = words
    let lastName = Self.width(of: self.lanes[lanes.count - 1]) / 2
    width = max((words.last?.upperBound ?? 0), (laneX.last ?? 0) + lastName) + Self.margin

    // Rows.
    var rowY: [Int] = []
    var y = top + 34
    var heights: [Int: (above: Int, below: Int)] = [:]
    for (zone, labels) in above {
      heights[zone.row, default: (0, 0)].above = max(heights[zone.row]?.above ?? 0, labels.count)
    }
    for (zone, labels) in below {
      heights[zone.row, default: (0, 0)].below = max(heights[zone.row]?.below ?? 0, labels.count)
    }
    for number in titles.indices {
      if gapTexts[number] != nil {
        heights[rowOfStep[number], default: (0, 0)].above = max(1, heights[rowOfStep[number]]?.above ?? 0)
      }
      if remarkTexts[number] != nil {
        heights[rowOfStep[number], default: (0, 0)].below = max(1, heights[rowOfStep[number]]?.below ?? 0)
      }
    }
    for row in 0..<rowCount {
      let height = heights[row] ?? (0, 0)
      y += 12 + height.above * Self.lineHeight
      rowY.append(y)
      y += 10 + height.below * Self.lineHeight
    }
    self.rowY = rowY
    bottom = y

    // Places.
    var placed: [PlacedLabel] = []
    for (zones, isAbove) in [(above, true), (below, false)] {
      for (zone, labels) in zones.sorted(by: { ($0.key.row, $0.key.gap) < ($1.key.row, $1.key.gap) }) {
        for (index, label) in labels.enumerated() {
          let area = words[zone.gap]
          let slack = area.count - 1 - label.width
          let x = area.lowerBound + (label.side == .left ? 0 : label.side == .right ? slack : slack / 2)
          let offset = 11 + index * Self.lineHeight
          placed.append(PlacedLabel(label: label, x: x, y: rowY[zone.row] + (isAbove ? -offset : offset)))
        }
      }
    }
    for (text, offset) in remarkTexts.map({ ($0, 1) }) + gapTexts.map({ ($0, -1) }) {
      let label = Label(text.value, kind: "note", step: text.key, side: .left)
      placed.append(
        PlacedLabel(label: label, x: Self.margin, y: rowY[rowOfStep[text.key]] + offset * Self.lineHeight))
    }
    labels = placed.sorted { ($0.y, $0.x) < ($1.y, $1.x) }
  }

  /// The gap in which a message's words stand.
  private static func gap(sending arrow: SpaceTime.Arrow) -> Int {
    guard let from = arrow.from else { return arrow.to ?? 0 }
    guard let to = arrow.to, to < from else { return from }
    return from - 1
  }

  static let titleX = margin

  /// The column in which an arrow waits; nil if its receiver is not known.
  func slotX(_ arrow: SpaceTime.Arrow) -> Int? {
    guard let to = arrow.to, let slot = arrow.slot else { return nil }
    let distance = Self.firstSlot + slot * Self.slotWidth
    return laneX[to] + (arrow.comesFromLeft ? -distance : distance)
  }

  /// Where the line of a message without a known receiver ends.
  func openX(from lane: Int) -> Int { words[lane].upperBound }

  /// The width of a text; wide characters count twice.
  static func width(of text: String) -> Int {
    text.unicodeScalars.reduce(0) { $0 + (isWide($1) ? 2 : 1) } * letterWidth
  }

  private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
    (0x1100...0x115F).contains(scalar.value) || (0x2E80...0xA4CF).contains(scalar.value)
      || (0xAC00...0xD7A3).contains(scalar.value) || (0xF900...0xFAFF).contains(scalar.value)
      || (0xFE30...0xFE6F).contains(scalar.value) || (0xFF00...0xFF60).contains(scalar.value)
      || (0xFFE0...0xFFE6).contains(scalar.value) || (0x1F300...0x3FFFD).contains(scalar.value)
  }

  /// The text on one line, with `…` in place of its end if it has more letters.
  static func shortened(_ text: String, to count: Int) -> String {
    let text = Printable.line(text)
    return text.count > count ? "\(text.prefix(count - 1))…" : text
  }

  /// The text in lines of at most `width` pixels, if its words are shorter.
  static func wrapped(_ text: String, width: Int) -> [String] {
    var lines: [String] = []
    for word in Printable.line(text).split(separator: " ", omittingEmptySubsequences: false) {
      if let last = lines.last, self.width(of: last) + letterWidth + self.width(of: String(word)) <= width {
        lines[lines.count - 1] += " " + word
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }
}
