/// The aligned `/\` and `\/` lists that are being read.
///
/// The rule: a token at or left of the column of the innermost list's bullets ends the current item of that list. If the token is a bullet
/// of the same kind in exactly that column, another item follows; otherwise the list ends. Brackets do not suspend the rule.
struct Junctions: Sendable {
  struct List: Sendable {
    let junction: Expression.Junction
    let column: Int32
    /// The index of the bullet whose item is being read.
    var bullet: Int
  }

  private(set) var lists: [List] = []
  /// The column of the innermost list; less than any column if no list is open.
  private(set) var column: Int32 = -1

  var innermost: List? { lists.last }

  mutating func open(_ junction: Expression.Junction, column: Int32, bullet: Int) {
    lists.append(List(junction: junction, column: column, bullet: bullet))
    self.column = column
  }

  mutating func nextItem(bullet: Int) {
    lists[lists.count - 1].bullet = bullet
  }

  mutating func close() {
    lists.removeLast()
    column = lists.last?.column ?? -1
  }
}
