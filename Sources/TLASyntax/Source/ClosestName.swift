/// The candidate that was probably meant by `name`, for "did you mean"; nil if none is close.
///
/// A candidate is close if it differs only in case, or by few insertions, deletions, substitutions and swaps of neighbours
/// (Damerau–Levenshtein, optimal string alignment): one for names of up to five characters, one for every three characters of longer names.
/// If several are equally close, the first in alphabetical order is returned.
package func closestName(to name: String, in candidates: some Sequence<String>) -> String? {
  let wanted = Array(name.lowercased().unicodeScalars)
  let limit = wanted.count <= 2 ? 0 : max(1, wanted.count / 3)
  var best: (distance: Int, name: String)?
  for candidate in candidates where candidate != name {
    let other = Array(candidate.lowercased().unicodeScalars)
    guard abs(other.count - wanted.count) <= limit else { continue }
    let distance = editDistance(wanted, other)
    guard distance <= limit, distance < other.count else { continue }
    if let current = best, (current.distance, current.name) <= (distance, candidate) { continue }
    best = (distance, candidate)
  }
  return best?.name
}

private func editDistance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
  var twoAbove = [Int](repeating: 0, count: right.count + 1)
  var above = Array(0...right.count)
  for row in 0..<left.count {
    var current = [row + 1]
    for column in 0..<right.count {
      var cost = min(
        current[column] + 1, above[column + 1] + 1, above[column] + (left[row] == right[column] ? 0 : 1))
      if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
        cost = min(cost, twoAbove[column - 1] + 1)
      }
      current.append(cost)
    }
    twoAbove = above
    above = current
  }
  return above[right.count]
}
