import ArgumentParser
import Traces
import Workbench

/// The forms in which `show` shows a trace.
enum ShowForm: ExpressibleByArgument, Equatable {
  case format(TraceFormat)
  /// A recording of the workbench, for asciinema.
  case recording

  private static let recordingName = "cast"

  init?(argument: String) {
    if argument == Self.recordingName {
      self = .recording
    } else if let format = TraceFormat(named: argument), format.isWritten {
      self = .format(format)
    } else {
      return nil
    }
  }

  /// The form for a file with that ending; nil if there is none.
  init?(forPath path: String) {
    if path.lowercased().hasSuffix(Recording.ending) {
      self = .recording
    } else if let format = TraceFormat(forPath: path) {
      self = .format(format)
    } else {
      return nil
    }
  }

  static var allValueStrings: [String] { TraceFormat.written.map(\.name) + [recordingName] }
}
