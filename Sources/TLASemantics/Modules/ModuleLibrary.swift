import TLASyntax

/// A module's text and tree.
final class ParsedModule {
  let tree: Module
  let file: SourceFile
  /// Whether the text was read without an error: if not, names may be missing for which nobody is to blame.
  let isComplete: Bool
  let origin: Origin

  enum Origin {
    /// One of the specification's own.
    case specification
    /// From a library's folder.
    case library
    /// It comes with the program.
    case bundle
  }

  init(tree: Module, file: SourceFile, isComplete: Bool, origin: Origin = .specification) {
    self.tree = tree
    self.file = file
    self.isComplete = isComplete
    self.origin = origin
  }
}

/// Finds and parses modules, each once: in the module's own folder, in its own file, in the other folders, then among those that come with the program. Collects what is wrong with their texts, and which were not found.
final class ModuleLibrary {
  private let provider: any SourceProvider
  private let folders: [String]
  private var known: [String: ParsedModule] = [:]
  /// The specification's own file, which may hold more modules behind the first.
  private var root: ParsedModule?
  private var missing: Set<String> = []
  private(set) var diagnostics: [Diagnostic] = []

  init(provider: any SourceProvider, folders: [String]) {
    self.provider = provider
    self.folders = folders
  }

  /// Parses a text that is read already. Nil where no module can be made out.
  func parse(_ file: SourceFile, from origin: ParsedModule.Origin = .specification) -> ParsedModule? {
    let parsed = Parser.parseModule(file)
    diagnostics += parsed.diagnostics
    guard let tree = parsed.tree else { return nil }
    let module = ParsedModule(
      tree: tree, file: file, isComplete: !parsed.diagnostics.contains { $0.severity == .error },
      origin: origin)
    known[tree.name.text] = module
    if root == nil { root = module }
    return module
  }

  /// The module of that name; nil when there is none that can be used, which is reported at the name's first mention.
  func module(_ name: Identifier) -> ParsedModule? {
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
      if let file = BundledModules.file(name.text) {
        return remember(parse(file, from: .bundle), as: name)
      }
      diagnostics.append(absence(of: name))
    } catch let error as Diagnostics {
      diagnostics += error.all
    } catch {
      diagnostics.append(Diagnostic(.error, .specification, "\(error)", at: name.span))
    }
    missing.insert(name.text)
    return nil
  }

  /// What TLC reads of a module that was used, or of one of its library. What comes with the program is another text than TLC's.
  func outline(_ name: String) -> ModuleOutline? {
    guard let module = known[name] else { return LibraryWords.outline(name) }
    let listed = module.origin == .bundle ? LibraryWords.outline(name) : nil
    return listed ?? ModuleOutline(of: module.file)
  }

  /// The module of that name that stands behind the specification's own in the same file, as TLC allows it.
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
      return Diagnostic(.error, .unsupported, "the module \(name.text) is not supported yet", at: name.span)
    }
    let close = closestName(to: name.text, in: StandardModules.modules.keys.sorted() + BundledModules.names)
    return Diagnostic(
      .error, .specification, "there is no module \(name.text)", at: name.span,
      hint: close.map { "did you mean \($0)?" }
        ?? "put \(name.text).tla beside the module, or name its folder with --library")
  }
}
