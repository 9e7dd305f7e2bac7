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
  /// Receives the remarks on the loading.
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
    let lines = LogLines(try files(of: log))
    do {
      guard try lines.haveRecords() else {
        throw LogProblems([LogProblem(message: "\(log) has no records, one a line")])
      }
    } catch let problem as LogProblem { throw LogProblems([problem]) }
    return try load(lines, log, for: model)
  }

  /// The same for lines that may become more. At least one of them has a record.
  func load(_ lines: LogLines, _ log: String, for model: String, isGrowing: Bool = false) throws -> Loaded {
    let known = try mapping(for: model)
    var mapping: LogMapping
    do {
      mapping = try known ?? propose(for: lines, model, beside: log)
      if known != nil, !mapping.namesEvents {
        let fields = try LogProposal.fields(of: lines, try explorer(of: model, options))
        mapping.event = fields.event.map { [$0] } ?? []
        mapping.node = mapping.node ?? fields.node
        mapping.clock = mapping.clock ?? fields.clock
      }
    } catch let problem as LogProblem {
      // All lines that cannot be read are told, not only the first.
      _ = try LogIndex(lines, LogMapping(), isGrowing: isGrowing)
      throw LogProblems([problem])
    }
    let index = try LogIndex(lines, mapping, isGrowing: isGrowing)
    var options = options
    let given = Set(options.constants.map { $0.prefix { $0 != "=" }.filter { $0 != " " } })
    let constants = index.assignments.filter { !given.contains($0.name) }.map { "\($0.name)=\($0.text)" }
    options.constants += constants
    let explorer = try explorer(of: model, options)
    let log = try MappedLog(index, explorer, order: order, isGrowing: isGrowing)
    return Loaded(log: log, explorer: explorer, options: options, constantsOfLog: constants)
  }

  private func explorer(of model: String, _ options: ModelOptions) throws -> Explorer {
    let specification = try options.load(model)
    let explorer = try Explorer(
      specification, stackBytes: stackBytes, host: ModelHost(of: specification))
    explorer.onOutput(note)
    return explorer
  }

  /// A mapping for a model that has none. It is written beside the model; if that is one of the program's own, beside the log.
  private func propose(for lines: LogLines, _ model: String, beside log: String) throws -> LogMapping {
    let proposal = try LogProposal(for: lines, try explorer(of: model, options))
    var path = Self.mappingPath(of: model)
    var use = ""
    if BundledModels().isInside(path) {
      let name = path.split(separator: "/").last.map(String.init) ?? path
      let folder = URL(fileURLWithPath: log == "-" ? "./-" : log).deletingLastPathComponent().relativePath
      path = folder == "." ? name : folder + "/" + name
      use = " Then give it by --map."
    }
    do throws(FileStore.Failure) {
      if try FileStore.create(proposal.text, at: path) {
        note(
          "note: there was no mapping: \(path) was written, with guesses from the names. Check it before you use it.\(use)"
        )
      } else {
        note(
          "note: there is no mapping; \(path) exists, and --map \(path) would use it. For now the names decide."
        )
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
    do throws(LogProblem) {
      return try paths.map { path throws(LogProblem) in
        LogLines.File(
          name: path,
          contents: try LogFile(path, follows: false).unpacked(largest: Self.largestFile))
      }
    } catch { throw LogProblems([error]) }
  }
}
