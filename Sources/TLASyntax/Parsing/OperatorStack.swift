/// The operands and operators of the expressions that are being read. All expressions share it; each uses the part above its own base.
struct OperatorStack: Sendable {
  struct Operand: Sendable {
    /// The parts of `A /\ B`, `A \/ B` or `A \X B` without parentheses. A further operator of the same kind adds a part. The tree is made
    /// on request, so that a chain costs no more than its length.
    struct Chain: Sendable {
      enum Kind: Sendable, Equatable {
        case junction(Expression.Junction)
        case product
      }

      let kind: Kind
      var parts: [Expression]
    }

    private let whole: Expression.Kind
    private(set) var chain: Chain?
    private(set) var span: SourceSpan
    /// The height of its tree.
    private(set) var height: Int

    init(_ expression: Expression, height: Int) {
      whole = expression.kind
      span = expression.span
      self.height = height
    }

    init(_ chain: Chain, _ span: SourceSpan, height: Int) {
      whole = .invalid
      self.chain = chain
      self.span = span
      self.height = height
    }

    var expression: Expression {
      guard let chain else { return Expression(whole, span) }
      switch chain.kind {
      case .junction(let junction): return Expression(.row(junction, chain.parts), span)
      case .product: return Expression(.product(chain.parts), span)
      }
    }

    /// Adds a part to the chain; does nothing if there is none.
    mutating func extend(by part: Operand) {
      chain?.parts.append(part.expression)
      span = span.joined(with: part.span)
      height = max(height, part.height + 1)
    }
  }

  /// A prefix or infix operator whose right operand is being read.
  struct Pending: Sendable {
    let symbol: UInt8
    let isPrefix: Bool
    let low: UInt8
    let high: UInt8
    let isLeftAssociative: Bool
    let token: Int
  }

  var operands: [Operand] = []
  var pending: [Pending] = []
}
