package func closestName(to name: String, in names: [String]) -> String? { nil }
package enum Lexer { package static func words(of file: SourceFile) -> [String] { [] } }
