import TLASyntax

/// The operators of the standard and the community's modules, for a user's expression, which has no EXTENDS.
enum LibraryNames {
  /// What the words of an expression mean in these modules. A name that several modules define has its meaning in the standard modules, or
  /// else in the first module in alphabetical order.
  static func entities(in expression: String) -> [String: Entity] {
    let module = SourceFile(
      name: "<expression>", text: "---- MODULE Expression ----\nExpression ==\n\(expression)\n====\n")
    var result: [String: Entity] = [:]
    for word in ModuleOutline(of: module)?.words ?? [] {
      if let entry = StandardModules.entry(word) {
        result[word] = .builtin(entry.builtin, arity: entry.arity)
      } else if let home = homes[word] {
        result[word] = exports(of: home)[word]
      }
    }
    return result
  }

  /// The bundled module that defines each name.
  private static let homes: [String: String] = BundledModules.names.reduce(into: [:]) { homes, module in
    for name in exports(of: module).keys where homes[name] == nil { homes[name] = module }
  }

  /// The names that a bundled module defines.
  private static func exports(of module: String) -> [String: Entity] {
    let library = ModuleLibrary(provider: TextProvider(files: [:]), folders: [])
    guard let file = BundledModules.file(module), let parsed = library.parse(file, from: .bundle) else {
      return [:]
    }
    let resolved = ModuleResolver(library).resolveRoot(parsed)
    return (resolved?.exported ?? [:]).filter { $0.value.module == module || $0.value.module == nil }
  }
}
