import Foundation
import TLASemantics
import TLASyntax

/// The names of a model's files.
enum ModelPath {
  /// The path of a module or a configuration without its ending.
  static func stem(of path: String) -> String {
    path.hasSuffix(".tla") || path.hasSuffix(".cfg") ? String(path.dropLast(4)) : path
  }
}

/// The models that come with the program.
struct BundledModels {
  /// A bundled model.
  struct Entry {
    /// The name for the user: `syn/part5`.
    let name: String
    let path: String

    /// The title: the first comment of the module.
    var title: String { firstComment(path) }
    /// The expected result of a check and its time: the first comment of the configuration.
    var expectation: String { firstComment(path.dropLast(4) + ".cfg") }

    private func firstComment(_ path: String) -> String {
      (try? DiskProvider().read(path)).flatMap { TitleReader.title(of: $0) } ?? ""
    }
  }

  /// The folder with the models; nil if none is found.
  let folder: String?

  /// Looks in `$SYNSCOPE_MODELS`, then beside the installed program, then in the source tree that the program was built in.
  init(
    environment: [String: String] = ProcessInfo.processInfo.environment,
    executable: String = Bundle.main.executablePath ?? CommandLine.arguments[0]
  ) {
    var candidates: [URL] = []
    if let given = environment["SYNSCOPE_MODELS"] { candidates.append(URL(fileURLWithPath: given)) }
    var place = URL(fileURLWithPath: executable).resolvingSymlinksInPath().deletingLastPathComponent()
    candidates.append(place.deletingLastPathComponent().appendingPathComponent("share/synscope/Models"))
    while place.path != "/" {
      candidates.append(place.appendingPathComponent("Models"))
      place = place.deletingLastPathComponent()
    }
    folder =
      candidates.first { FileManager.default.fileExists(atPath: $0.appendingPathComponent("syn").path) }?.path
  }

  /// The models with a configuration. Those in `syn` come first. In a folder, the numbered ones come first, by number, then the others by
  /// name.
  var entries: [Entry] {
    guard let folder, let names = FileManager.default.enumerator(atPath: folder)?.allObjects as? [String]
    else { return [] }
    return names.filter { $0.hasSuffix(".cfg") }.map { String($0.dropLast(4)) }
      .sorted { BundledModels.comes($0, before: $1) }
      .filter { FileManager.default.fileExists(atPath: "\(folder)/\($0).tla") }
      .map { Entry(name: $0, path: "\(folder)/\($0).tla") }
  }

  private static func comes(_ name: String, before other: String) -> Bool {
    func isLater(_ name: String) -> [Bool] { [!name.hasPrefix("syn/"), !name.contains(where: \.isNumber)] }
    for (first, second) in zip(isLater(name), isLater(other)) where first != second { return second }
    return name.compare(other, options: .numeric) == .orderedAscending
  }

  /// The bundled name closest to an unknown name; nil if none is close.
  func suggestion(for model: String) -> String? {
    guard !FileManager.default.fileExists(atPath: path(of: model)) else { return nil }
    let wanted = ModelPath.stem(of: model)
    let names = entries.map(\.name)
    func last(_ name: String) -> String { name.split(separator: "/").last.map(String.init) ?? name }
    if let known = names.first(where: { last($0) == last(wanted) }) { return known }
    if let close = closestName(to: wanted, in: names) { return close }
    guard let close = closestName(to: last(wanted), in: names.map(last)) else { return nil }
    return names.first { last($0) == close }
  }

  /// Whether a file is one of the bundled models'.
  func isInside(_ path: String) -> Bool {
    guard let folder else { return false }
    func real(_ path: String) -> String { URL(fileURLWithPath: path).resolvingSymlinksInPath().path }
    return real(path).hasPrefix(real(folder) + "/")
  }

  /// The path of a model that is given by a file or a bundled name.
  func path(of model: String) -> String {
    if model.hasSuffix(".tla") || model.hasSuffix(".cfg") { return model }
    if FileManager.default.fileExists(atPath: model + ".tla") { return model + ".tla" }
    if let folder, FileManager.default.fileExists(atPath: "\(folder)/\(model).tla") {
      return "\(folder)/\(model).tla"
    }
    // A module's name has no hyphen, and people write one.
    let spelled = model.replacing("-", with: "_")
    if spelled != model, let folder, FileManager.default.fileExists(atPath: "\(folder)/\(spelled).tla") {
      return "\(folder)/\(spelled).tla"
    }
    return model + ".tla"
  }
}
