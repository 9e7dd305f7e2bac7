/// Something that the command line offers while a name is typed: a command, or what a command can do.
package struct PaletteEntry: Hashable, Sendable {
  package let name: String
  /// The keys that do the same; empty for none.
  let keys: String
  let summary: String
  /// The command line that it stands for.
  let line: String
  /// What Tab puts in the place of what was typed.
  let completion: String
}
