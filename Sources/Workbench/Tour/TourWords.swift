/// What the tour says. Among interpolated texts, only the chapter's own are read as markup: a value such as `{alice}` keeps its braces.
struct TourWords: Hashable, ExpressibleByStringInterpolation {
  private(set) var pieces: [TourMarkup.Piece] = []

  init(stringLiteral text: String) { pieces = [.words(text)] }

  init(stringInterpolation: StringInterpolation) { pieces = stringInterpolation.pieces }

  /// The words without the styles of their marks.
  var text: String {
    pieces.map { piece in
      switch piece {
      case .words(let text), .key(let text), .code(let text), .term(let text): text
      }
    }.joined()
  }

  struct StringInterpolation: StringInterpolationProtocol {
    var pieces: [TourMarkup.Piece] = []

    init(literalCapacity: Int, interpolationCount: Int) {}

    mutating func appendLiteral(_ text: String) { pieces.append(.words(text)) }

    /// Words of the program or the engine. Line breaks become blanks.
    mutating func appendInterpolation(_ text: some StringProtocol) {
      pieces.append(.words(text.split(whereSeparator: \.isNewline).joined(separator: " ")))
    }

    mutating func appendInterpolation(_ words: TourWords) { pieces += words.pieces }

    /// A text of the chapter.
    mutating func appendInterpolation(marked text: String) { pieces += TourMarkup.pieces(text) }
  }
}
