import ArgumentParser
import Foundation
import StateSpace
import TLASemantics
import TLASyntax
import TerminalUI
import Traces

/// Reads a system's log and its mapping, and loads the model that it is to be judged by.
struct LogLoader {
  private static let largestFile = 4 << 30
  private static let largestMapping = 1 << 20

  var options: ModelOptions
  /// The mapping's file, if it is not the one beside the model.
  var mappingPath: String?
  var order: LogOrder?
  /// The stack that an evaluation may use.
  var stackBytes = LargeStack.forEvaluation
  /// Takes what is to be said of the loading.
  var note: @Sendable (String) -> Void = { Console.note($0) }

  /// A log, read by its mapping for a loaded model.
  struct Loaded {
    let log: MappedLog
    let explorer: Explorer
    /// The options with the constants that the log gives.
    let options: ModelOptions
    /// Those constants.
    let constantsOfLog: [String]
  }

  /// Throws `LogProblems` for a log or a mapping that cannot be read, and whatever loading the model throws.
  func load(_ log: String, for model: String) throws -> Loaded {
    let known = try mapping(for: model)
    let lines = LogLines(try files(of: log))
    guard lines.count > 0 else {
      throw LogProblems([LogProblem(message: "\(log) has no records, one a line")])
    }
    var mapping = try known ?? propose(for: lines, model)
    if known != nil, !mapping.namesEvents {
      let fields = try LogProposal.fields(of: lines, try explorer(of: model, options))
      mapping.event = fields.event.map { [$0] } ?? []
      mapping.node = mapping.node ?? fields.node
      mapping.clock = mapping.clock ?? fields.clock
    }
    let index = try LogIndex(lines, mapping)
    var options = options
    let given = Set(options.constants.map { $0.prefix { $0 != "=" }.filter { $0 != " " } })
    let constants = index.assignments.filter { !given.contains($0.name) }.map { "\($0.name)=\($0.text)" }
    options.constants += constants
    let explorer = try explorer(of: model, options)
    return Loaded(
      log: try MappedLog(index, explorer, order: order), explorer: explorer, options: options,
      constantsOfLog: constants)
  }

  private func explorer(of model: String, _ options: ModelOptions) throws -> Explorer {
    let specification = try options.load(model)
    let explorer = try Explorer(
      specification, stackBytes: stackBytes, host: ModelHost(of: specification))
    explorer.onOutput(note)
    return explorer
  }

  /// A mapping for a model that has none. It is written beside the model.
  private func propose(for lines: LogLines, _ model: String) throws -> LogMapping {
    let proposal: LogProposal
    do {
      proposal = try LogProposal(for: lines, try explorer(of: model, options))
    } catch let problem as LogProblem { throw LogProblems([problem]) }
    let path = Self.mappingPath(of: model)
    do throws(FileStore.Failure) {
      if try FileStore.create(proposal.text, at: path) {
        note(
          "note: there was no mapping: \(path) was written, as far as names tell. Look it through.")
      }
    } catch {
      note("note: there is no mapping, and \(path) cannot be written (\(error.reason)). It would be:")
      note(proposal.text)
    }
    if !proposal.unmatched.isEmpty {
      note("note: no action was found for the events \(proposal.unmatched.joined(separator: ", "))")
    }
    return proposal.mapping
  }

  /// The path of the mapping beside a model.
  static func mappingPath(of model: String) -> String {
    ModelPath.stem(of: BundledModels().path(of: model)) + ".log.toml"
  }

  /// Nil if the model has none.
  private func mapping(for model: String) throws -> LogMapping? {
    let path = mappingPath ?? Self.mappingPath(of: model)
    guard mappingPath != nil || FileManager.default.fileExists(atPath: path) else { return nil }
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
    let text = try Self.text(of: path)
    let (mapping, problems): (LogMapping, [LogProblem])
    do {
      (mapping, problems) = try LogMappingReader.read(text) { name in
        try Self.text(of: folder.appendingPathComponent(name).path)
      }
    } catch let problem as LogProblem { throw LogProblems([problem]) }
    guard problems.isEmpty else {
      throw LogProblems(problems.map { LogProblem(place: "\(path): \($0.place)", message: $0.message) })
    }
    return mapping
  }

  private static func text(of path: String) throws -> String {
    do throws(FileStore.Failure) {
      let bytes = try FileStore.read(path, limit: largestMapping)
      if let text = String(validating: bytes, as: UTF8.self) { return text }
    } catch {
      throw LogProblems([LogProblem(message: "\(path) cannot be read: \(error.reason)")])
    }
    throw LogProblems([LogProblem(place: path, message: "it is not UTF-8 text")])
  }

  /// The files of a log: one, or those of a folder, one for each node.
  private func files(of path: String) throws -> [LogLines.File] {
    var isFolder: ObjCBool = false
    var paths = [path]
    if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
      let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
      paths = names.filter { !$0.hasPrefix(".") }.sorted().map { path + "/" + $0 }
    }
    return try paths.map { path in
      let bytes: [UInt8]
      do throws(FileStore.Failure) { bytes = try FileStore.read(path, limit: Self.largestFile) } catch {
        throw LogProblems([LogProblem(message: "\(path) cannot be read: \(error.reason)")])
      }
      do throws(LogProblem) {
        return try LogLines.File(name: path, perhapsPacked: bytes, largest: Self.largestFile)
      } catch { throw LogProblems([error]) }
    }
  }
}
