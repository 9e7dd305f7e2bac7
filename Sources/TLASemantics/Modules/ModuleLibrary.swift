import TLASyntax

/// Finds modules and parses each once. It looks in the module's own folder, in the module's own file, in the other folders, and then among
/// the modules that come with the program. It collects the errors in their texts and the modules that were not found.
final class ModuleLibrary {
  private let provider: any SourceProvider
  private let folders: [String]
  private var known: [String: ParsedModule] = [:]
  /// The modules that come with the program. They find one another even if a folder has a module with the same name.
  private var bundled: [String: ParsedModule] = [:]
  /// The specification's own file, which may hold further modules after the first.
  private var root: ParsedModule?
  private var missing: Set<String> = []
  private(set) var diagnostics: [Diagnostic] = []

  init(provider: any SourceProvider, folders: [String]) {
    self.provider = provider
    self.folders = folders
  }

  /// Parses a text that has been read. Nil if no module can be recognized.
  func parse(_ file: SourceFile, from origin: ParsedModule.Origin = .specification) -> ParsedModule? {
    let parsed = Parser.parseModule(file)
    diagnostics += parsed.diagnostics
    guard let tree = parsed.tree else { return nil }
    let module = ParsedModule(
      tree: tree, file: file, isComplete: !parsed.diagnostics.contains { $0.severity == .error },
      origin: origin)
    if origin != .bundle { known[tree.name.text] = module }
    if root == nil { root = module }
    return module
  }

  /// The module of that name that another one mentions. Nil if there is none that can be used, which is reported at the first mention.
  func module(_ name: Identifier, from mentioning: ParsedModule.Origin) -> ParsedModule? {
    if mentioning == .bundle, let module = bundledModule(name) { return module }
    if let module = known[name.text] { return module }
    if missing.contains(name.text) { return nil }
    do {
      for (place, folder) in folders.enumerated() {
        let prefix = folder.isEmpty || folder.hasSuffix("/") ? folder : folder + "/"
        guard let file = try provider.read(prefix + name.text + ".tla") else {
          if place == 0, let file = laterModule(name.text) { return remember(parse(file), as: name) }
          continue
        }
        return remember(parse(file, from: place > 0 ? .library : .specification), as: name)
      }
      if let module = bundledModule(name) { return remember(module, as: name) }
      diagnostics.append(absence(of: name))
    } catch let error as Diagnostics {
      diagnostics += error.all
    } catch {
      diagnostics.append(Diagnostic(.error, .specification, .module, "\(error)", at: name.span))
    }
    missing.insert(name.text)
    return nil
  }

  /// The words that TLC reads in a used module, or in a module of its library. The program's own modules differ in text from TLC's.
  func outline(_ name: String) -> ModuleOutline? {
    guard let module = known[name] else { return LibraryWords.outline(name) }
    let listed = module.origin == .bundle ? LibraryWords.outline(name) : nil
    return listed ?? ModuleOutline(of: module.file)
  }

  private func bundledModule(_ name: Identifier) -> ParsedModule? {
    if let module = bundled[name.text] { return module }
    let module = BundledModules.file(name.text).flatMap { parse($0, from: .bundle) }
    bundled[name.text] = module
    return module
  }

  /// The module of that name that follows the specification's own in the same file, which TLC allows.
  private func laterModule(_ name: String) -> SourceFile? {
    guard let root else { return nil }
    return Parser.laterModule(name, in: root.file, behind: root.tree.span.end)
  }

  private func remember(_ module: ParsedModule?, as name: Identifier) -> ParsedModule? {
    known[name.text] = module
    if module == nil { missing.insert(name.text) }
    return module
  }

  private func absence(of name: Identifier) -> Diagnostic {
    if StandardModules.unsupportedModules.contains(name.text) {
      return Diagnostic(
        .error, .unsupported, .unsupported, "the module \(name.text) is not supported yet", at: name.span)
    }
    let close = closestName(
      to: name.text, in: StandardModules.modules.keys.sorted() + BundledModules.names)
    return Diagnostic(
      .error, .specification, .module, "there is no module \(name.text)", at: name.span,
      hint: close.map { "did you mean \($0)?" }
        ?? "put \(name.text).tla beside the module, or name its folder with --library")
  }
}
