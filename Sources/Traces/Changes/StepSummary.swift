package import StateSpace

/// A step in a few words: `name 0 → n2 sync_register 0`, `n1 ╳ n2`, `registered +0`, `x 1 → 2`.
package struct StepSummary: Sendable, Hashable {
  package let changes: [StepChange]
  private let structure: ProtocolStructure
  private let acting: PlainValue?
  private let action: String?

  /// Both states must hold the values of all variables of the structure; otherwise the summary has no changes.
  package init(
    from before: [PlainValue], to after: [PlainValue], label: ActionLabel?, in structure: ProtocolStructure
  ) {
    changes = StepChange.all(from: before, to: after, label: label, in: structure)
    self.structure = structure
    acting = structure.actingNode(of: label)
    action = label?.name
  }

  /// The marks between the words, for terminals with and without Unicode.
  package struct Marks: Sendable, Hashable {
    package var arrow: String
    package var cut: String
    package var link: String
    package var minus: String
    package var times: String
    package var more: String

    package static let unicode = Marks(arrow: "→", cut: "╳", link: "──", minus: "−", times: "×", more: "…")
    package static let ascii = Marks(arrow: "->", cut: "X", link: "--", minus: "-", times: "x", more: "...")
  }

  /// The summary on one line; empty if nothing changed. If there are more than `limit` phrases of a kind, an ellipsis stands for the rest.
  /// The text holds no control characters.
  package func text(marks: Marks = .unicode, limit: Int = 3) -> String {
    let links = linkPhrases(marks)
    let received = receivedPhrases()
    let sent = sentPhrases(marks, briefly: !links.isEmpty)
    let subject = links.isEmpty && received.isEmpty ? sentSubject() : nil
    let explained = !(links.isEmpty && received.isEmpty && sent.isEmpty)
    let others = otherPhrases(marks, onlyModes: explained)
    let before = [links, received, subject.map { [$0] } ?? []].flatMap { shortened($0, limit, marks) }
    var text = before.joined(separator: ", ")
    if !sent.isEmpty {
      let phrase = shortened(sent, limit, marks).joined(separator: ", ")
      if text.isEmpty {
        text = phrase
      } else {
        text += (links.isEmpty ? " " : ", ") + phrase
      }
    }
    let rest = shortened(others, limit, marks).joined(separator: ", ")
    return text.isEmpty ? rest : (rest.isEmpty ? text : text + ", " + rest)
  }

  /// The messages that the step took, each in words (`sync_register 0`), and whether each was lost.
  package var takenMessages: [(words: String, isLost: Bool)] {
    changes.compactMap { change in
      switch change {
      case .received(_, _, let message): (MessageText(message).words(), false)
      case .lost(_, _, let message): (MessageText(message).words(), true)
      default: nil
      }
    }
  }

  /// Nobody reads more phrases of a step than this, and each is compared with those before it.
  private static let mostPhrases = 1000

  private func shortened(_ phrases: [String], _ limit: Int, _ marks: Marks) -> [String] {
    let limit = min(limit, Self.mostPhrases)
    return phrases.count <= limit ? phrases : phrases.prefix(limit) + [marks.more]
  }

  private func linkPhrases(_ marks: Marks) -> [String] {
    changes.compactMap { change in
      switch change {
      case .cut(let first, let second): "\(first) \(marks.cut) \(second)"
      case .healed(let first, let second): "\(first) \(marks.link) \(second)"
      default: nil
      }
    }
  }

  /// `reads request c1` for a message that the acting node has read; `name 0` if the action's name tells the kind; the kind if there is
  /// nothing else. Other messages are given in full.
  private func receivedPhrases() -> [String] {
    changes.compactMap { change in
      switch change {
      case .received(_, let node, let message):
        let text = MessageText(message)
        guard node == acting || acting == nil else { return "\(node) takes \(text.words())" }
        if let kind = text.kind, let action, !action.tells(kind) { return "reads \(text.words())" }
        let payload = text.payload.map { "\($0.name) \($0.value.brief)" }.joined(separator: ", ")
        return payload.isEmpty ? text.words() : payload
      case .lost(_, let node, let message): return "\(node) loses \(MessageText(message).words())"
      default: return nil
      }
    }
  }

  /// `→ n2 sync_register 0`, or `+discover ×2` if the step is about links and the messages are a consequence.
  private func sentPhrases(_ marks: Marks, briefly: Bool) -> [String] {
    var groups: [(words: String, nodes: [PlainValue])] = []
    for case .sent(_, let node, let message) in changes {
      let text = MessageText(message)
      let words =
        briefly
        ? text.kind ?? text.words() : structure.words(of: message, leavingOut: acting.map { [$0] } ?? [])
      if let index = groups.firstIndex(where: { $0.words == words }) {
        groups[index].nodes.append(node)
      } else {
        groups.append((words, [node]))
      }
    }
    return groups.map { words, nodes in
      if briefly { return nodes.count == 1 ? "+\(words)" : "+\(words) \(marks.times)\(nodes.count)" }
      return "\(marks.arrow) \(nodes.map(\.description).joined(separator: ", ")) \(words)"
    }
  }

  /// The subject of a sent message: its first field whose value some set gained or lost in this step.
  private func sentSubject() -> String? {
    guard changes.contains(where: { if case .sent = $0 { true } else { false } }) else { return nil }
    var moved = Set<PlainValue>()
    for case .other(_, _, let difference) in changes {
      switch difference.change {
      case .added(let value), .removed(let value): moved.insert(value)
      case .changed: break
      }
    }
    for case .sent(_, _, let message) in changes {
      if let field = MessageText(message).payload.first(where: { moved.contains($0.value) }) {
        return "\(field.name) \(field.value.brief)"
      }
    }
    return nil
  }

  /// `→ n2 ask 3` for a message that was put into a pool, `→ ask 3` if it names no receiver.
  private func poolPhrase(_ message: PlainValue, _ marks: Marks) -> String {
    let receiver = structure.receiver(of: message)
    let words = structure.words(of: message, leavingOut: [acting, receiver].compactMap { $0 })
    return "\(marks.arrow) " + (receiver.map { "\($0) " } ?? "") + words
  }

  /// The remaining phrases. A gain or loss that several variables share is given once, for the variable with the shortest name. If other
  /// phrases explain the step, only changes of mode remain: a string, a model value or a truth value of the acting node.
  private func otherPhrases(_ marks: Marks, onlyModes: Bool) -> [String] {
    var phrases: [(text: String, name: String, key: ValueDifference.Change?)] = []
    for case .other(let variable, let node, let difference) in changes {
      if phrases.count > Self.mostPhrases { break }
      if onlyModes, !(node == acting && difference.path.isEmpty && difference.isChangeOfMode) { continue }
      let place = node == nil || node == acting ? "" : "[\(node?.description ?? "")]"
      let name = structure.variables[variable] + place + ValueDifference.text(of: difference.path)
      switch difference.change {
      case .changed(let old, let new):
        phrases.append(("\(name) \(old.brief) \(marks.arrow) \(new.brief)", name, nil))
      case .added(let message) where structure.pools.contains(variable) && message.isSpelledOut:
        phrases.append((poolPhrase(message, marks), name, difference.change))
      case .removed(let message) where structure.pools.contains(variable) && message.isSpelledOut:
        phrases.append(("\(marks.minus)\(MessageText(message).words())", name, difference.change))
      case .added(let value), .removed(let value):
        let sign = if case .added = difference.change { "+" } else { marks.minus }
        let text = "\(name) \(sign)\(value.brief)"
        guard let index = phrases.firstIndex(where: { $0.key == difference.change }) else {
          phrases.append((text, name, difference.change))
          continue
        }
        if name.count < phrases[index].name.count { phrases[index] = (text, name, difference.change) }
      }
    }
    // Gains and losses say more than counters do.
    let ordered = phrases.filter { $0.key != nil } + phrases.filter { $0.key == nil }
    return ordered.map(\.text)
  }
}

extension String {
  /// Whether an action of this name is obviously about a kind of message: `SyncRegister` about `sync_register`.
  fileprivate func tells(_ kind: String) -> Bool {
    func letters(_ name: String) -> String {
      String(name.lowercased().filter { $0.isLetter || $0.isNumber })
    }
    let (action, kind) = (letters(self), letters(kind))
    return action.contains(kind) || kind.contains(action)
  }
}

extension PlainValue {
  /// Whether its parts are given without field names.
  fileprivate var isSpelledOut: Bool {
    switch self {
    case .record, .tuple: true
    default: false
    }
  }
}

extension ValueDifference {
  fileprivate var isChangeOfMode: Bool {
    guard case .changed(_, let new) = change else { return false }
    switch new {
    case .string, .modelValue, .boolean: return true
    default: return false
    }
  }
}
