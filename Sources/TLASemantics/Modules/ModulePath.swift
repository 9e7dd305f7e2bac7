/// The parts of the path of a module or its configuration.
enum ModulePath {
  static func withoutExtension(_ path: String) -> String {
    for suffix in [".tla", ".cfg"] where path.hasSuffix(suffix) { return String(path.dropLast(suffix.count)) }
    return path
  }

  static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
  }

  static func name(of stem: String) -> String {
    stem.lastIndex(of: "/").map { String(stem[stem.index(after: $0)...]) } ?? stem
  }
}
