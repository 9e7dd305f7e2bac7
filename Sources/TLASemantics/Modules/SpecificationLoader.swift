import TLASyntax

/// Loads a specification with its configuration.
package struct SpecificationLoader {
  /// What a command line can add to the files.
  package struct Options: Sendable {
    /// The configuration's path; nil for the one beside the module.
    package var configuration: String?
    package var constants: [Configuration.Assignment] = []
    /// Folders that are searched for extended modules, after the module's own.
    package var libraries: [String] = []
    package var tlcIntegers = false

    package init() {}
  }

  package let provider: any SourceProvider

  package init(provider: any SourceProvider) { self.provider = provider }

  /// Loads the module at `path` (a `.tla` or `.cfg`) with all modules that it extends, and binds its configuration. Throws `Diagnostics`
  /// with every error; warnings are in the specification.
  package func load(_ path: String, options: Options = Options()) throws -> Specification {
    try DeepStack.run { try loaded(path, options) }
  }

  private func loaded(_ path: String, _ options: Options) throws -> Specification {
    let stem = ModulePath.withoutExtension(path)
    let rootFile = try rootFile(stem + ".tla", named: path)
    let library = ModuleLibrary(
      provider: provider, folders: [ModulePath.folder(of: path)] + options.libraries)
    let (configuration, found) = try readConfiguration(stem: stem, options: options)
    let resolver = ModuleResolver(library, replacing: Set(configuration.constants.map(\.name.text)))
    let root = library.parse(rootFile).flatMap { resolver.resolveRoot($0) }
    var diagnostics = library.diagnostics + hinting(resolver.diagnostics, at: configuration) + found
    if configuration.file == nil {
      let proposal = root.flatMap { ConfigurationProposal(for: $0, definitions: resolver.definitions) }
      diagnostics.append(missingConfiguration(stem: stem, options: options, proposal))
    }
    if let root, root.name != ModulePath.name(of: stem) {
      diagnostics.append(
        Diagnostic(
          .error, .specification, .module, "the file \(rootFile.name) holds the module \(root.name)",
          hint: "a module stands in a file of its own name: rename one of them"))
    }
    if let warning = PlusCalTranslation(in: rootFile)?.warning { diagnostics.append(warning) }
    let untranslated = PlusCalAlgorithm(in: rootFile).flatMap { $0.isTranslated ? nil : $0.warning }
    let reading = ModuleOutline(of: rootFile).map { ReadingOrder(root: $0) { library.outline($0) } }
    let moduleNames = reading?.moduleNames ?? []
    if root != nil {
      diagnostics += resolver.mentionedModules.filter { !moduleNames.contains($0.text) }.map {
        Diagnostic(
          .error, .specification, .module, "the specification has no module \($0.text)", at: $0.span,
          hint: closestName(to: $0.text, in: moduleNames.sorted()).map { "did you mean \($0)?" }
            ?? "a proof can mention the modules that are extended or instantiated")
      }
    }
    guard let root, !diagnostics.contains(where: { $0.severity == .error }) else {
      throw Diagnostics(diagnostics + (untranslated.map { [$0] } ?? []))
    }
    var binder = SpecificationBinder(
      root: root, files: resolver.files, resolved: resolver.resolved, definitions: resolver.definitions,
      moduleNames: moduleNames, configuration: configuration)
    var parts = binder.bind(
      title: TitleReader.title(of: rootFile), tlcIntegers: options.tlcIntegers,
      atomOrder: AtomOrder.order(configuration: configuration, reading))
    diagnostics += binder.diagnostics
    if let untranslated, parts.next == nil { diagnostics.append(untranslated) }
    if diagnostics.contains(where: { $0.severity == .error }) { throw Diagnostics(diagnostics) }
    parts.warnings = diagnostics
    return Specification(parts)
  }

  /// The errors of a module, with a hint where the name of a model value is not declared.
  private func hinting(_ diagnostics: [Diagnostic], at configuration: Configuration) -> [Diagnostic] {
    let modelValues = configuration.modelValues
    return diagnostics.map { diagnostic in
      guard diagnostic.code == .undefined, let name = diagnostic.span?.text, modelValues.contains(name) else {
        return diagnostic
      }
      var hinted = diagnostic
      hinted.hint =
        "it is a model value of the configuration: declare it, with `CONSTANT \(name)`, and add `\(name) = \(name)` there; or take an element of its set, as in `\\E n \\in Nodes : …`"
      return hinted
    }
  }

  private func rootFile(_ path: String, named given: String) throws -> SourceFile {
    if let file = try provider.read(path) { return file }
    throw Diagnostics([
      Diagnostic(
        .error, .specification, .module, "there is no module \(path)",
        hint: given.hasSuffix(".cfg")
          ? "it is looked for beside the configuration; for a module of another name: MODULE.tla --config \(given)"
          : "give the path of a .tla or .cfg file, or a bundled name: `synscope models` lists them")
    ])
  }

  /// The configuration with the command line's constants. Its `file` is nil if there is none.
  private func readConfiguration(
    stem: String, options: Options
  ) throws -> (Configuration, [Diagnostic]) {
    var configuration = Configuration()
    var diagnostics: [Diagnostic] = []
    if let file = try provider.read(options.configuration ?? stem + ".cfg") {
      let parsed = ConfigurationReader.read(file)
      diagnostics = parsed.diagnostics
      configuration = parsed.tree ?? configuration
      configuration.file = file
    }
    let given = Set(options.constants.map(\.name.text))
    configuration.constants.removeAll { given.contains($0.name.text) }
    configuration.constants += options.constants
    return (configuration, diagnostics)
  }

  private func missingConfiguration(
    stem: String, options: Options, _ proposal: ConfigurationProposal?
  ) -> Diagnostic {
    let path = options.configuration ?? stem + ".cfg"
    return Diagnostic(
      .error, .configuration, .configuration, "there is no configuration \(path)",
      hint: options.configuration == nil ? hint(forMissing: path, stem: stem, proposal) : nil)
  }

  /// What to write where there is no configuration.
  private func hint(forMissing path: String, stem: String, _ proposal: ConfigurationProposal?) -> String {
    guard let proposal else {
      return "write \(path) with INIT …, NEXT …, INVARIANT …, CONSTANT …; or name another one with --config"
    }
    let constants = proposal.constants.map { " --constant '\($0.assignment("…"))'" }.joined()
    return
      "`synscope configure \(stem).tla\(constants)` writes \(proposal.lines().joined(separator: ", ")); or name another one with --config"
  }
}
