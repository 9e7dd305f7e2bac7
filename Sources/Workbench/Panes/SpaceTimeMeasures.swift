/// The columns of the Space–time pane: the steps on the left, then a lane each so many columns, then room for words.
struct SpaceTimeMeasures {
  static let narrowestPitch = 14
  private static let comfortablePitch = 31
  private static let widestPitch = 36

  /// What the numbers and actions of the steps take.
  let left: Int
  /// The columns behind `left`.
  let width: Int
  let numberWidth: Int
  /// From one lane to the next.
  let pitch: Int
  let firstLane: Int
  let shownLanes: Int

  /// As many lanes as fit are shown, from `firstLane` on or from further left when there are no more on the right.
  init(width: Int, lanes: Int, steps: Int, firstLane: Int) {
    numberWidth = max(2, String(max(0, steps - 1)).count)
    left = 5 + numberWidth + min(18, max(10, width / 5))
    self.width = max(0, width - left)
    let right = max(8, min(34, self.width - SpaceTimeMeasures.comfortablePitch * (lanes - 1)))
    let room = max(0, self.width - right - 2)
    let wanted = lanes > 1 ? room / (lanes - 1) : room
    pitch = max(SpaceTimeMeasures.narrowestPitch, min(SpaceTimeMeasures.widestPitch, wanted))
    shownLanes = max(1, min(lanes, 1 + room / pitch))
    self.firstLane = max(0, min(firstLane, lanes - shownLanes))
  }

  /// A lane's column behind `left`; outside of the pane for one that is not shown.
  func column(of lane: Int) -> Int { 1 + (lane - firstLane) * pitch }

  /// How many arrows can wait on one side of a lane.
  var slots: Int { max(1, (pitch / 2 - 1) / 2) }
}
