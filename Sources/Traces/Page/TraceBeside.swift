/// The same branch on another model, for a page that shows both.
package struct TraceBeside: Sendable {
  /// The other model's name.
  package let name: String
  package let trace: Trace
  package let structure: ProtocolStructure
  /// For each step of the page's trace, the step of the other one that stands beside it.
  package let places: [Int]
  /// For each step, a sentence that says how far the two are alike.
  package let notes: [String]
  /// The step at which they part; nil if they never do.
  package let parting: Int?

  package init(
    name: String, trace: Trace, structure: ProtocolStructure, places: [Int], notes: [String], parting: Int?
  ) {
    self.name = name
    self.trace = trace
    self.structure = structure
    self.places = places
    self.notes = notes
    self.parting = parting
  }
}
