internal import TLASyntax

/// A part of a model's state graph, to be drawn.
package struct StateGraph: Sendable, Hashable {
  package struct Node: Sendable, Hashable {
    /// A few words that distinguish the state from the others.
    package let title: String
    /// The whole state, one line for each variable.
    package let values: [String]
    package let isViolating: Bool
    /// Whether its own steps are also in the graph.
    package internal(set) var isExpanded: Bool

    package init(title: String, values: [String], isViolating: Bool, isExpanded: Bool = false) {
      self.title = title
      self.values = values
      self.isViolating = isViolating
      self.isExpanded = isExpanded
    }
  }

  package struct Edge: Sendable, Hashable {
    /// The positions of the two nodes.
    package let from: Int
    package let to: Int
    package let label: String

    package init(from: Int, to: Int, label: String) {
      self.from = from
      self.to = to
      self.label = label
    }
  }

  /// The name of what the graph shows.
  package let title: String
  package private(set) var nodes: [Node] = []
  package private(set) var edges: [Edge] = []
  /// The position of the state in the centre of the graph.
  package var current = 0
  /// Whether the graph leaves out states.
  package var isCut = false

  package init(title: String) { self.title = title }

  /// Adds a node and returns its position.
  package mutating func add(_ node: Node) -> Int {
    nodes.append(node)
    return nodes.count - 1
  }

  /// Adds a step unless the graph has it.
  package mutating func add(_ edge: Edge) {
    if !edges.contains(edge) { edges.append(edge) }
  }

  package mutating func expand(_ node: Int) { nodes[node].isExpanded = true }
}

/// Writes a state graph in the DOT language of Graphviz. The current state has a thick frame. States that violate an invariant are red.
/// States whose own steps are not in the graph are dashed. A state's values are its tooltip.
package enum StateGraphDOTWriter {
  package static func text(_ graph: StateGraph) -> String {
    var lines = [
      "digraph states {", "  label=\(quoted(graph.title)); labelloc=t; rankdir=LR;",
      "  node [shape=box, style=rounded, fontname=\"sans-serif\", fontsize=11];",
      "  edge [fontname=\"sans-serif\", fontsize=10];",
    ]
    for (index, node) in graph.nodes.enumerated() {
      var attributes = [
        "label=\(quoted(node.title))", "tooltip=\(quoted(node.values.joined(separator: "\n")))",
      ]
      if node.isViolating { attributes += ["color=\"#cf222e\"", "fontcolor=\"#cf222e\""] }
      if index == graph.current { attributes.append("penwidth=3") }
      if !node.isExpanded { attributes.append("style=\"rounded,dashed\"") }
      lines.append("  s\(index) [\(attributes.joined(separator: ", "))];")
    }
    lines += graph.edges.map { "  s\($0.from) -> s\($0.to) [label=\(quoted($0.label))];" }
    if graph.isCut { lines.append("  // There are more states than are drawn here.") }
    return (lines + ["}"]).joined(separator: "\n") + "\n"
  }

  /// A quoted string of DOT, in which a backslash begins an escape and `\n` is a line break.
  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      default: result += Printable.escaped(scalar).map { "\\" + $0 } ?? String(scalar)
      }
    }
    return result + "\""
  }
}
