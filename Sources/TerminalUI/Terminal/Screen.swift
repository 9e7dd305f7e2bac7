package import Workbench

/// The loop draws on this and reads from it: the terminal, or a stand-in in tests.
package protocol Screen: AnyObject {
  /// The size in cells, as last measured.
  var size: Size { get }
  /// The descriptor to poll for input.
  var inputDescriptor: Int32 { get }
  /// Whether the input ends with an incomplete sequence. After a short wait, `finishInput` takes it as complete.
  var isInputPending: Bool { get }

  /// Shows a grid. Only the differences from the previous grid are sent.
  func draw(_ grid: Grid)
  /// Forgets the shown grid, so the next `draw` sends everything.
  func invalidate()
  /// Measures the terminal and adopts the new size.
  func measure() -> Size
  /// The events typed since the last call; nil if the terminal is gone.
  func readEvents() -> [Event]?
  func finishInput() -> [Event]
  /// Puts a text on the terminal's clipboard. Whether the terminal takes it is not known.
  func copy(_ text: String)
  /// Gives the terminal back and stops the process. Takes the terminal again when the process continues.
  func suspend()
  /// Gives the terminal back while `work` runs. `work` gets the descriptor of the user's standard error.
  func lend(_ work: (_ standardError: Int32) -> Void)
  /// Takes the terminal again after the process was stopped without warning.
  func resume()
}
