package import Workbench

/// What the loop draws on and reads from: the terminal, or a stand-in of a test.
package protocol Screen: AnyObject {
  /// The size in cells, as last measured.
  var size: Size { get }
  /// What to wait on for input.
  var inputDescriptor: Int32 { get }
  /// Whether input ends in a sequence that may go on; after a short wait, `finishInput` takes it for complete.
  var isInputPending: Bool { get }

  /// Shows a grid; only what differs from the last one is sent.
  func draw(_ grid: Grid)
  /// Forgets what is shown: the next `draw` sends everything.
  func invalidate()
  /// Measures again and takes the new size over.
  func measure() -> Size
  /// Everything that was typed; nil when the terminal is gone.
  func readEvents() -> [Event]?
  func finishInput() -> [Event]
  /// Gives the terminal back, stops the process, and takes the terminal again when it goes on.
  func suspend()
  /// Gives the terminal back for as long as `work` takes, which gets the descriptor of the user's standard error.
  func lend(_ work: (_ standardError: Int32) -> Void)
  /// Takes the terminal again after the process was stopped without notice.
  func resume()
}
