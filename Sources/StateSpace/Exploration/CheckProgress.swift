/// How far a search has come.
package struct CheckProgress: Sendable {
  package var generated = 0
  package var distinct = 0
  package var queue = 0
  package var depth = 0
  package var seconds = 0.0
  package var memoryBytes = 0

  package init() {}
}
