import StateSpace
import Testing
import Traces

@Suite struct ValueDifferenceTests {
  func differences(_ old: PlainValue, _ new: PlainValue) -> [String] {
    ValueDifference.between(old, new).map(\.description)
  }

  @Test func equalValuesDoNotDiffer() {
    #expect(differences(Registry.initial[2], Registry.initial[2]).isEmpty)
  }

  @Test func setsLoseAndGain() {
    #expect(differences(set(int(1), int(2)), set(int(2), int(3))) == ["−1", "+3"])
  }

  @Test func functionsDownToTheElement() {
    #expect(differences(each(set(int(0)), set()), each(set(), set(int(0)))) == ["[n1] −0", "[n2] +0"])
    #expect(
      differences(function((n1, int(1))), function((n1, int(1)), (n2, int(2)))) == ["[n2] +2"])
    #expect(differences(tuple(), function((n2, int(2)))) == ["[n2] +2"])
  }

  @Test func recordsByField() {
    #expect(
      differences(record(("a", int(1)), ("b", tuple())), record(("a", int(2)), ("c", int(3))))
        == [".b −<<>>", ".a 1 → 2", ".c +3"])
  }

  @Test func sequencesLoseTheirHeadAndGainAtTheEnd() {
    #expect(differences(tuple(int(1), int(2)), tuple(int(2))) == ["[1] −1"])
    #expect(differences(tuple(int(1)), tuple(int(1), int(9))) == ["[2] +9"])
    #expect(differences(tuple(int(1), int(2)), tuple(int(2), int(5))) == ["[1] −1", "[2] +5"])
    #expect(differences(tuple(), tuple(int(1))) == ["[1] +1"])
    #expect(differences(tuple(int(1)), tuple()) == ["[1] −1"])
  }

  @Test func sequencesPlaceByPlace() {
    #expect(differences(tuple(int(1), int(2), int(3)), tuple(int(1), int(7), int(3))) == ["[2] 2 → 7"])
  }

  @Test func sequencesWithAGap() {
    #expect(
      differences(tuple(int(1), int(2), int(3), int(4)), tuple(int(1), int(4))) == ["[2] −2", "[3] −3"])
  }

  @Test func aMessageReplacedIsNotAMessageEdited() {
    let old = Registry.message("a", name: 1)
    let new = Registry.message("b", name: 1)
    #expect(
      ValueDifference.between(tuple(old), tuple(new)) == [
        ValueDifference(path: [.position(0)], change: .removed(old)),
        ValueDifference(path: [.position(0)], change: .added(new)),
      ])
  }

  @Test func valuesOfDifferentKindsAreReplaced() {
    #expect(differences(int(1), text("a")) == ["1 → \"a\""])
    #expect(differences(set(), tuple()) == ["{} → <<>>"])
  }
}
