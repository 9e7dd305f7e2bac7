import Foundation
import StateSpace
import Synchronization
import TerminalUI
import Traces
import Workbench

/// Reads and judges logs for the workbench.
enum LogJudging {
  /// The effect runner's function. A log that is not found may be one that comes with the program.
  static func judge(_ options: ModelOptions, mapping: String? = nil, order: LogOrder? = nil)
    -> EffectRunner.LogJudge
  {
    { task, stackBytes, progress in
      let said = Mutex<[String]>([])
      var options = options
      options.constants = task.constants
      var loader = LogLoader(options: options, mappingPath: mapping, order: order)
      loader.stackBytes = stackBytes
      loader.note = { text in said.withLock { $0.append(text) } }
      let path = path(of: task.path)
      let loaded = try loader.load(path, for: task.model)
      var limits = CheckOptions()
      limits.memoryLimit = Memory.defaultLimit
      let search = try LogSearch(loaded.log, loaded.explorer, options: limits)
      let verdict = try search.judge(loaded.log, report: progress)
      return JudgedLog(
        LogReport(verdict, of: loaded.log, loaded.explorer, search.progress),
        path: URL(fileURLWithPath: path).path, constants: loaded.options.constants,
        constantsOfLog: loaded.constantsOfLog, notes: said.withLock { $0 })
    }
  }

  private static func path(of log: String) -> String {
    guard !FileManager.default.fileExists(atPath: log),
      let bundled = BundledModels().folder.map({ "\($0)/\(log)" }),
      FileManager.default.fileExists(atPath: bundled)
    else { return log }
    return bundled
  }

  /// Whether there is such a file or folder, or one that comes with the program.
  static func exists(_ log: String) -> Bool { FileManager.default.fileExists(atPath: path(of: log)) }
}
