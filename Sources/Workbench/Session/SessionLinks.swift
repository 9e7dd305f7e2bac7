import StateSpace
import Traces

// Cutting and healing links.
extension Session {
  /// The link between two nodes, given by their positions, in a state; nil if the model has no links.
  func link(_ first: Int, _ second: Int, in values: [PlainValue]) -> LinkState? {
    model.structure.link(first, second, in: values)
  }

  /// The pairs of nodes that can have a link, in order.
  var linkPairs: [NodePair] { model.structure.linkPairs(in: values) }

  /// The key `x`, or `:link n1 n2`.
  mutating func toggleLink(_ argument: String?) {
    guard model.structure.roles.contains(.links) else {
      screen.message = Message("this model has no variable that says which nodes see each other", .wrong)
      return
    }
    let pairs = linkPairs
    if let argument {
      let words = argument.split { $0 == " " || $0 == "," }.map(String.init)
      let named = words.compactMap { word in model.nodes.firstIndex { $0.description == word } }
      guard named.count == 2, words.count == 2, named[0] != named[1] else {
        screen.message = Message(
          "which link? Two of \(model.nodes.map(\.description).joined(separator: ", "))", .wrong)
        return
      }
      toggle(NodePair(named[0], named[1]))
    } else if pairs.count == 1 {
      toggle(pairs[0])
    } else if pairs.isEmpty {
      screen.message = Message("there is one node, and no link", .wrong)
    } else {
      screen.dialog = .linkChooser(selected: 0)
    }
  }

  /// Takes the first enabled action of one of the two nodes whose only effect on the links is this change.
  mutating func toggle(_ pair: NodePair) {
    let values = values
    let cuts = link(pair.first, pair.second, in: values) != .cut
    let report = report
    // In Next's order, the nodes of a quantifier follow one another as in the report.
    for index in report.enabled where report.items[index].concerns(pair, of: model) {
      guard let target = report.items[index].target else { continue }
      if changes(only: pair, cutting: cuts, from: values, to: model.values(of: target)) {
        take(item: index)
        if screen.message == nil {
          screen.message = Message(
            "\(names(pair)) \(cuts ? "cut" : "healed") by \(report.items[index].label)")
        }
        return
      }
    }
    screen.message = Message(refusal(pair, cutting: cuts, report), .wrong)
    if whatIfValues(pair, cutting: cuts) != nil { screen.dialog = .whatIfLink(pair, cutting: cuts) }
  }

  func names(_ pair: NodePair) -> String {
    "\(model.nodes[pair.first]) – \(model.nodes[pair.second])"
  }

  func changes(
    only pair: NodePair, cutting: Bool, from before: [PlainValue], to after: [PlainValue]
  ) -> Bool {
    for other in linkPairs {
      let was = link(other.first, other.second, in: before)
      let has = link(other.first, other.second, in: after)
      if other == pair {
        guard was != has, has == (cutting ? .cut : .linked) else { return false }
      } else if was != has {
        return false
      }
    }
    return true
  }

  /// Why no step makes the change: the conjunct that forbids the fitting action, with the action's name.
  private func refusal(_ pair: NodePair, cutting: Bool, _ report: ActionReport) -> String {
    let words =
      cutting
      ? ["disconnect", "split", "cut", "partition", "down", "isolate"]
      : ["reconnect", "heal", "connect", "join", "merge"]
    let concerned = report.items.filter { !$0.isEnabled && $0.concerns(pair, of: model) }
    let candidate = words.lazy.compactMap { word in
      concerned.first { item in
        let name = item.label.name.lowercased()
        return name.contains(word) && (cutting || !name.contains("disconnect"))
      }
    }.first
    let start = "no action \(cutting ? "cuts" : "heals") \(names(pair)) here"
    guard let candidate, candidate.disabledBecause != nil else {
      let other = report.items.first { item in
        let name = item.label.name.lowercased()
        return item.isEnabled && item.concerns(pair, of: model) && words.contains { name.contains($0) }
          && (cutting || !name.contains("disconnect"))
      }
      return other.map { "\(start): \($0.label) would give \($0.effect)" } ?? start
    }
    return "\(start). \(candidate.label): \(candidate.reasons[0])"
  }
}

extension ActionReport.Item {
  /// Whether one of the action's arguments is one of the two nodes.
  fileprivate func concerns(_ pair: NodePair, of model: SessionModel) -> Bool {
    let nodes = [model.nodes[pair.first], model.nodes[pair.second]]
    return label.arguments.contains { nodes.contains($0) }
  }
}
