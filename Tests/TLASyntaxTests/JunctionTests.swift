import TLASyntax
import Testing

@Suite struct JunctionTests {
  static let rows = [
    Row("/\\ a\n/\\ b", "(AND a b)"),
    Row("/\\ a\n", "(AND a)"),
    Row("  /\\ \\/ a\n     \\/ b\n  /\\ c", "(AND (OR a b) c)"),
    Row("/\\ a\n  /\\ b", "(AND (/\\ a b))"),
    Row("  /\\ a\n  /\\ b\n=> c", "(=> (AND a b) c)"),
    Row("  /\\ a\n  /\\ b\n  => c", "(=> (AND a b) c)"),
    Row("  /\\ a\n  /\\ b\n   => c", "(AND a (=> b c))"),
    Row("\\/ a\n\\/ b\n/\\ c", "(/\\ (OR a b) c)"),
    Row("/\\ x = 1 \\/ y\n/\\ z", "(AND (\\/ (= x 1) y) z)"),
    Row("/\\ \\E x \\in S : /\\ a\n                /\\ b\n/\\ c", "(AND (\\E (x in S) (AND a b)) c)"),
    Row("/\\ IF a THEN b\n   ELSE /\\ c\n        /\\ d\n/\\ e", "(AND (if a b (AND c d)) e)"),
    Row("/\\ LET x == /\\ 1\n            /\\ 2\n   IN x\n/\\ y", "(AND (let ((def x (AND 1 2))) x) y)"),
    Row("/\\ CASE a -> 1\n     [] b -> 2\n/\\ c", "(AND (case (a 1) (b 2)) c)"),
    Row("/\\ f = [x \\in S |->\n     /\\ a\n     /\\ b]\n/\\ c", "(AND (= f (fun (x in S) (AND a b))) c)"),
    Row("(/\\ a\n /\\ b) \\/ c", "(\\/ (AND a b) c)"),
    Row("a \\/ /\\ b\n     /\\ c", "(\\/ a (AND b c))"),
    Row("\t/\\ a\n        /\\ b", "(AND a b)"),
    Row("  \t/\\ a\n        /\\ b", "(AND a b)"),
    Row("∧ ∨ a\n  ∨ b\n∧ c", "(AND (OR a b) c)"),
    Row("\"∀∀\" = x /\\ y", "(/\\ (= \"∀∀\" x) y)"),
    Row("\\land a\n\\land b", "(AND a b)"),
    Row("/\\ a (* note *)\n(* x *) /\\ b", "(AND (/\\ a b))"),
    Row("/\\ x' = /\\ a\n        /\\ b\n/\\ UNCHANGED y", "(AND (= (x ') (AND a b)) (UNCHANGED y))"),
    Row("/\\ a\n/\\ lab :: /\\ b\n          /\\ c", "(AND a (label lab (AND b c)))"),
  ]

  @Test(arguments: rows) func reads(_ row: Row) { #expect(read(row.source) == row.tree) }

  @Test func aBracketCannotReachOverAnItem() {
    #expect(
      read("/\\ (a\n) /\\ b")
        == "expected `)` or an operator, but `)` is at or left of the bullet, which ends the item")
    #expect(
      read("/\\ a = \n/\\ b")
        == "expected an expression, but `/\\` is at or left of the bullet, which ends the item")
  }
}
