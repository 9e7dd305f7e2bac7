internal import Glibc
package import StateSpace
package import TLASemantics
internal import TLASyntax

/// What a specification may use of this machine: the files below its own folder to read, and more if the user allows it. Paths are relative
/// to the working folder; a file to read that is not there is looked for in the specification's folder.
package struct ModelHost: HostAccess {
  package enum Writing: Sendable {
    case allowed
    /// Writing fails, with the option that allows it.
    case refused
    /// Nothing is written, and no message says so. This is for stepping, where a step is evaluated many times.
    case ignored
  }

  /// Runs a program, given by its name and arguments, with additional environment variables.
  package typealias Run =
    @Sendable (_ command: [String], _ environment: [String: String]) throws -> CommandResult

  private static let sizeLimit = 1 << 30

  /// The folder of the root module, without symbolic links; nil if there is none.
  private let folder: String?
  private let writing: Writing
  private let runProgram: Run?

  /// `run` is nil if programs must not be run.
  package init(of specification: Specification, writing: Writing = .ignored, run: Run? = nil) {
    folder = specification.files.last.flatMap { Self.realPath(FileStore.folder(of: $0.name)) }
    self.writing = writing
    runProgram = run
  }

  package func read(_ path: String) throws -> String {
    do {
      return String(decoding: try FileStore.read(place(of: path), limit: Self.sizeLimit), as: UTF8.self)
    } catch let failure as FileStore.Failure {
      throw HostProblem("\(path) cannot be read: \(failure.reason)")
    }
  }

  package func hasFile(_ path: String) throws -> Bool { FileStore.exists(try place(of: path)) }

  package func write(_ text: String, to path: String) throws {
    guard try mayWrite(path) else { return }
    do { try FileStore.save(text, to: path) } catch {
      throw HostProblem("\(path) cannot be written: \(error.reason)")
    }
  }

  package func append(_ text: String, to path: String) throws {
    guard try mayWrite(path) else { return }
    let file = Glibc.open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o666)
    guard file >= 0 else { throw HostProblem("\(path) cannot be written: \(FileStore.systemReason())") }
    defer { close(file) }
    do { try FileStore.write(text, to: file) } catch {
      throw HostProblem("\(path) cannot be written: \(error.reason)")
    }
  }

  package func run(_ command: [String], environment: [String: String]) throws -> CommandResult {
    guard let runProgram else {
      throw HostProblem(
        "the specification runs the program \(command[0]): allow it with `check --allow-commands`")
    }
    return try runProgram(command, environment)
  }

  package var environment: [String: String] {
    var result: [String: String] = [:]
    var entry = environ
    while let text = entry.pointee {
      let parts = String(cString: text).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if parts.count == 2 { result[String(parts[0])] = String(parts[1]) }
      entry += 1
    }
    return result
  }

  // MARK: Permissions

  private func mayWrite(_ path: String) throws -> Bool {
    switch writing {
    case .allowed: return true
    case .ignored: return false
    case .refused:
      throw HostProblem("the specification writes the file \(path): allow it with --allow-output")
    }
  }

  /// The path under which a file is read.
  private func place(of path: String) throws -> String {
    let own = folder.map { path.hasPrefix("/") ? path : $0 + "/" + path }
    let place = FileStore.exists(path) ? path : own ?? path
    if case .allowed = writing { return place }
    // A missing file has nothing to hide, so the message says that it is missing.
    guard let real = Self.realPath(place) else { return place }
    guard let folder, real == folder || real.hasPrefix(folder == "/" ? "/" : folder + "/") else {
      throw HostProblem(
        "the specification reads the file \(path), which is not below its folder: allow it with `check --allow-output`"
      )
    }
    return real
  }

  private static func realPath(_ path: String) -> String? {
    guard let real = realpath(path, nil) else { return nil }
    defer { free(real) }
    return String(cString: real)
  }
}
