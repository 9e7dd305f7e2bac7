import TLASyntax

/// The modules that are compiled into the program as TLA+ text: those of the community library, Bags, and Apalache.
enum BundledModules {
  private static let texts: [String: [UInt8]] = [
    "Apalache": PackageResources.Apalache_tla,
    "Bags": PackageResources.Bags_tla,
    "BagsExt": PackageResources.BagsExt_tla,
    "Bitwise": PackageResources.Bitwise_tla,
    "CSV": PackageResources.CSV_tla,
    "Combinatorics": PackageResources.Combinatorics_tla,
    "DyadicRationals": PackageResources.DyadicRationals_tla,
    "FiniteSetsExt": PackageResources.FiniteSetsExt_tla,
    "Folds": PackageResources.Folds_tla,
    "Functions": PackageResources.Functions_tla,
    "Graphs": PackageResources.Graphs_tla,
    "IOUtils": PackageResources.IOUtils_tla,
    "Relation": PackageResources.Relation_tla,
    "SVG": PackageResources.SVG_tla,
    "SequencesExt": PackageResources.SequencesExt_tla,
    "ShiViz": PackageResources.ShiViz_tla,
    "Toolbox": PackageResources.Toolbox_tla,
    "UndirectedGraphs": PackageResources.UndirectedGraphs_tla,
    "VectorClocks": PackageResources.VectorClocks_tla,
  ]

  static var names: [String] { texts.keys.sorted() }

  /// The text of a module; nil if there is none with that name.
  static func file(_ name: String) -> SourceFile? {
    texts[name].map { SourceFile(name: "\(name).tla", text: String(decoding: $0, as: UTF8.self)) }
  }
}
