/// The columns of the Space–time pane: the steps on the left, then the lanes at equal distances, then room for text.
struct SpaceTimeMeasures {
  static let narrowestPitch = 14
  /// Lanes stand this close if all of them are in sight then.
  private static let tightestPitch = 13
  /// The room for the last lane itself.
  private static let laneWidth = 3
  private static let comfortablePitch = 33
  private static let widestPitch = 60
  private static let widestRight = 34

  /// The width of the steps' numbers and actions.
  let left: Int
  /// The number of columns after `left`.
  let width: Int
  let numberWidth: Int
  /// The distance between two lanes.
  let pitch: Int
  let firstLane: Int
  let shownLanes: Int

  /// Shows as many lanes as fit, beginning with `firstLane`, or further left if there are not enough lanes on the right.
  init(width: Int, lanes: Int, steps: Int, firstLane: Int) {
    numberWidth = max(2, String(max(0, steps - 1)).count)
    left = 5 + numberWidth + min(28, max(10, width / 5))
    self.width = max(0, width - left)
    let right = max(
      8, min(SpaceTimeMeasures.widestRight, self.width - SpaceTimeMeasures.comfortablePitch * (lanes - 1)))
    let room = max(0, self.width - right - 2)
    let wanted = lanes > 1 ? room / (lanes - 1) : room
    let usual = max(SpaceTimeMeasures.narrowestPitch, min(SpaceTimeMeasures.widestPitch, wanted))
    let tight = lanes > 1 ? (self.width - SpaceTimeMeasures.laneWidth) / (lanes - 1) : 0
    // The text of the last lane then stands on its left.
    let isTight = 1 + room / usual < lanes && tight >= SpaceTimeMeasures.tightestPitch
    pitch = isTight ? min(tight, SpaceTimeMeasures.narrowestPitch) : usual
    shownLanes = isTight ? lanes : max(1, min(lanes, 1 + room / pitch))
    self.firstLane = max(0, min(firstLane, lanes - shownLanes))
  }

  /// The column of a lane, counted after `left`; outside the pane if the lane is not shown.
  func column(of lane: Int) -> Int { 1 + (lane - firstLane) * pitch }

  /// The number of arrows that can wait on one side of a lane.
  var slots: Int { max(1, (pitch / 2 - 1) / 2) }
}
