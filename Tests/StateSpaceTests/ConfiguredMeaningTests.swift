import StateSpace
import TLASyntax
import Testing

@Suite("What a configuration gives a meaning means the same as in TLC") struct ConfiguredMeaningTests {
  @Test(
    "Replacements that lead back to what they replace are recursive",
    arguments: SmallSpecification.all("replacement-cycles"))
  func cycle(_ specification: SmallSpecification) throws { try specification.expectAgreement() }

  @Test(
    "Values, points and definitions in the place of all kinds of names",
    arguments: SmallSpecification.all("assignments"))
  func assignment(_ specification: SmallSpecification) throws { try specification.expectAgreement() }

  @Test("Recursive actions", arguments: SmallSpecification.all("recursive-actions"))
  func recursiveAction(_ specification: SmallSpecification) throws { try specification.expectAgreement() }

  @Test("What is printed, and how often", arguments: SmallSpecification.all("prints"))
  func print(_ specification: SmallSpecification) throws { try specification.expectAgreement() }

  @Test("The files are there") func files() {
    #expect(SmallSpecification.all("replacement-cycles").count >= 35)
    #expect(SmallSpecification.all("assignments").count >= 100)
    #expect(SmallSpecification.all("prints").count >= 35)
    #expect(SmallSpecification.all("recursive-actions").count >= 4)
  }

  @Test("A replacement that does not end says so") func endless() throws {
    for specification in SmallSpecification.all("replacement-cycles")
    where specification.name.hasPrefix("endless") {
      let problem = problems {
        let result = try Checker(specification.load(), options: CheckOptions()).run(
          progress: { _ in true }, onViolation: { _ in })
        throw Diagnostics(
          result.violations.map { Diagnostic(.error, .specification, .value, $0.message, at: nil) })
      }
      #expect(problem.contains("to which it leads back"), "\(specification.name): \(problem)")
    }
  }
}
