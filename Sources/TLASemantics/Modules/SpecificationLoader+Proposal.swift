import TLASyntax

extension SpecificationLoader {
  /// A first configuration for the module at `path`; nil if it has a configuration or errors, or defines no behavior under a usual name.
  package func proposal(for path: String, options: Options = Options()) -> ConfigurationProposal? {
    DeepStack.run {
      let stem = ModulePath.withoutExtension(path)
      guard options.configuration == nil, (try? provider.read(stem + ".cfg")) == nil,
        let file = try? provider.read(stem + ".tla")
      else { return nil }
      let library = ModuleLibrary(
        provider: provider, folders: [ModulePath.folder(of: path)] + options.libraries)
      let resolver = ModuleResolver(library)
      guard let root = library.parse(file).flatMap({ resolver.resolveRoot($0) }),
        !(library.diagnostics + resolver.diagnostics).contains(where: { $0.severity == .error })
      else { return nil }
      return ConfigurationProposal(for: root, definitions: resolver.definitions)
    }
  }
}
