/// For each state of an explored graph, how far it is from the nearest bad state, and whether every path leads to one.
struct ViolationDistances {
  /// The distance of a state from which no bad one can be reached.
  static var never: UInt32 { .max }

  /// For each state, the least number of steps to a bad state; 0 for a bad state.
  let distances: [UInt32]
  /// For each state, whether it is bad, or has steps to other states that all lead to such a state again. A state that can only stutter
  /// avoids the bad ones, and so does a cycle.
  let isInevitable: [Bool]

  /// The graph must keep its edges. Takes memory for its edges once more, reversed.
  init(_ graph: ReachabilityGraph, bad: [Int]) {
    let predecessors = Predecessors(graph)
    distances = Self.distances(graph, bad, predecessors)
    isInevitable = Self.inevitable(graph, bad, predecessors)
  }

  /// Searches breadth-first, backwards from all bad states at once.
  private static func distances(
    _ graph: ReachabilityGraph, _ bad: [Int], _ predecessors: Predecessors
  ) -> [UInt32] {
    var distances = [UInt32](repeating: never, count: graph.count)
    var queue: [Int] = []
    for state in bad where distances[state] == never {
      distances[state] = 0
      queue.append(state)
    }
    var next = 0
    while next < queue.count {
      let state = queue[next]
      next += 1
      for source in predecessors[state] where distances[Int(source)] == never {
        distances[Int(source)] = distances[state] + 1
        queue.append(Int(source))
      }
    }
    return distances
  }

  /// Computes the least fixed point: a state joins when the last of its steps to other states leads into the set.
  private static func inevitable(
    _ graph: ReachabilityGraph, _ bad: [Int], _ predecessors: Predecessors
  ) -> [Bool] {
    var isInevitable = [Bool](repeating: false, count: graph.count)
    var queue: [Int] = []
    for state in bad where !isInevitable[state] {
      isInevitable[state] = true
      queue.append(state)
    }
    var ways = (0..<graph.count).map { graph.edges(of: $0).count }
    var next = 0
    while next < queue.count {
      let state = queue[next]
      next += 1
      for source in predecessors[state] {
        ways[Int(source)] -= 1
        if ways[Int(source)] == 0, !isInevitable[Int(source)] {
          isInevitable[Int(source)] = true
          queue.append(Int(source))
        }
      }
    }
    return isInevitable
  }
}

/// The reversed edges of a graph: for each state its predecessors.
private struct Predecessors {
  private var starts: [Int]
  private var sources: [UInt32]

  init(_ graph: ReachabilityGraph) {
    starts = Array(repeating: 0, count: graph.count + 1)
    for edge in 0..<graph.edgeCount { starts[graph.target(edge) + 1] += 1 }
    for state in 0..<graph.count { starts[state + 1] += starts[state] }
    var places = starts
    sources = Array(repeating: 0, count: graph.edgeCount)
    for state in 0..<graph.count {
      for edge in graph.edges(of: state) {
        let target = graph.target(edge)
        sources[places[target]] = UInt32(truncatingIfNeeded: state)
        places[target] += 1
      }
    }
  }

  subscript(state: Int) -> ArraySlice<UInt32> { sources[starts[state]..<starts[state + 1]] }
}
