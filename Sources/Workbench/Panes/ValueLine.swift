import StateSpace
import Traces

/// Writes values on one line. The parts that a step changed have the style of a change.
enum ValueLine {
  /// The marked value (`MarkedValue.runs`) in styles.
  static func line(_ value: PlainValue, old: PlainValue? = nil, limit: Int = 240, isBrief: Bool = false)
    -> StyledLine
  {
    let runs = MarkedValue.runs(value, old: old, limit: limit, isBrief: isBrief)
    return StyledLine(
      runs.map { StyledRun($0.text, $0.isChanged ? Style(.change, bold: true) : .plain) })
  }

  /// The text of a value without marks, on one line.
  static func text(_ value: PlainValue, limit: Int = 240, isBrief: Bool = false) -> String {
    MarkedValue.text(value, limit: limit, isBrief: isBrief)
  }
}
