/// The operands and operators of the expressions that are being read, shared by all of them: each expression
/// uses what lies above its own base.
struct OperatorStack: Sendable {
  struct Operand: Sendable {
    var expression: Expression
    /// The height of its tree.
    var height: Int
    /// Whether it is an `A \X B` without parentheses, to which `\X C` adds a factor.
    var isOpenProduct = false
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
