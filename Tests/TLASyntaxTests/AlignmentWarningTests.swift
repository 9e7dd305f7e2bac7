import TLASyntax
import Testing

@Suite("Lists that bind otherwise than they look get a warning") struct AlignmentWarningTests {
  private func warnings(_ definition: String) -> [String] {
    parse(definition).diagnostics.filter { $0.code == .list && $0.severity == .warning }.map { warning in
      let position = warning.span?.startPosition
      return "\(position.map { "\($0.line):\($0.column)" } ?? "-") \(warning.message)"
    }
  }

  @Test(
    "The other bullet in the column of a list",
    arguments: [
      ("A ==\n  \\/ x\n  /\\ y", "4:3", "/\\", "\\/"),
      ("A ==\n  /\\ x\n  \\/ y", "4:3", "\\/", "/\\"),
      ("A == /\\ \\/ x\n        \\/ y\n        /\\ z", "4:9", "/\\", "\\/"),
      ("A ==\n  \\/ /\\ x\n     /\\ y\n  /\\ z", "5:3", "/\\", "\\/"),
      ("A == LET b == /\\ x\n              \\/ y\n     IN b", "3:15", "\\/", "/\\"),
    ])
  func otherBullet(text: String, place: String, sign: String, bullet: String) {
    #expect(
      warnings(text) == [
        "\(place) this `\(sign)` is not in the list of `\(bullet)` above it: it joins the whole list with what follows"
      ])
  }

  @Test(
    "What an IF, a quantifier, a CHOOSE or a LET takes in",
    arguments: [
      ("A ==\n  IF x THEN y ELSE z\n  /\\ w", "4:3 this `/\\` belongs to the `ELSE` of this `IF`"),
      (
        "A == x' = IF y THEN 1 ELSE 2\n     /\\ z' = z",
        "3:6 this `/\\` belongs to the `ELSE` of this `IF`"
      ),
      (
        "A == x' = IF y THEN 1 ELSE 2 /\\ z' = z",
        "2:30 this `/\\` belongs to the `ELSE` of this `IF`"
      ),
      (
        "A == x' = IF y THEN 1 ELSE 2 /\\ UNCHANGED z",
        "2:30 this `/\\` belongs to the `ELSE` of this `IF`"
      ),
      (
        "A == x' = CHOOSE n \\in S : TRUE /\\ z' = z",
        "2:33 this `/\\` belongs to the body of this `CHOOSE`"
      ),
      ("A == x' = LET n == 1 IN n /\\ z' = z", "2:27 this `/\\` belongs to the `IN` of this `LET`"),
      ("A ==\n  \\A n \\in S : P(n)\n  /\\ z", "4:3 this `/\\` belongs to the body of this `\\A`"),
      ("A ==\n  \\E n \\in S : P(n)\n  \\/ z", "4:3 this `\\/` belongs to the body of this `\\E`"),
    ])
  func takenIn(text: String, warning: String) {
    #expect(warnings(text) == [warning])
  }

  @Test(
    "What binds as it looks",
    arguments: [
      "A ==\n  /\\ x\n  /\\ y\n  /\\ z",
      "A ==\n  /\\ \\/ x\n     \\/ y\n  /\\ z",
      "A == /\\ x\n  /\\ y",
      "A ==\n  /\\ x\n   /\\ y",
      "A ==\n  /\\ x\n  /\\ y\n  => z",
      "A ==\n  /\\ IF x THEN y ELSE z\n  /\\ w",
      "A == IF x THEN y ELSE z /\\ w",
      "A == IF x\n     THEN y\n     ELSE /\\ z\n          /\\ w",
      "A == (IF x THEN y ELSE z)\n     /\\ w",
      "A ==\n  \\E n \\in S : P(n)\n  /\\ Q(n)",
      "A ==\n  \\E n \\in S : P(n)\n  /\\ z",
      "A ==\n  \\A n \\in S : P(n)\n  \\/ z",
      "A ==\n  \\E n \\in S :\n    /\\ P(n)\n    /\\ z",
      "A == b' = IF x THEN y ELSE z /\\ w",
      "A == (x' = IF y THEN 1 ELSE 2) /\\ z' = z",
      "A == x' = [n \\in S |-> IF n = 1 THEN y ELSE z] /\\ z' = z",
    ])
  func plain(text: String) {
    #expect(warnings(text) == [])
  }
}
