import StateSpace
import TLASemantics
import TLASyntax

/// Looks up the names of a view file in a model, and reports those that name nothing.
struct ViewProblems {
  private let view: ProtocolView
  private let structure: ProtocolStructure
  private let specification: Specification
  /// The names of the actions of sampled states.
  private let actions: Set<String>
  /// The words of the specification and its configuration, comments included. A field or a kind that is not among them is in no message.
  private let words: Set<Substring>
  private var found: [(place: ProtocolView.Place?, text: String)] = []

  init(_ view: ProtocolView, in structure: ProtocolStructure, of explorer: Explorer, actions: Set<String>) {
    self.view = view
    self.structure = structure
    specification = explorer.specification
    self.actions = actions
    let files = specification.files + [specification.configuration.file].compactMap { $0 }
    words = Set(
      files.flatMap { file in
        String(decoding: file.bytes, as: UTF8.self).split { !$0.isLetter && !$0.isNumber && $0 != "_" }
      })
  }

  /// The problems in the file's order, each with its place. `others` are known already.
  func problems(and others: [(ProtocolView.Mention, String)]) -> [String] {
    var search = self
    for (mention, text) in others { search.tell(mention, text) }
    search.lookUpVariables()
    search.lookUpMessages()
    search.lookUpActions()
    let first = ProtocolView.Place(line: 0, column: 0)
    return search.found.sorted { ($0.place ?? first, $0.text) < ($1.place ?? first, $1.text) }.map {
      problem in
      let place = problem.place.map { "line \($0.line), column \($0.column): " } ?? ""
      return Printable.line(place + problem.text)
    }
  }

  private mutating func tell(_ mention: ProtocolView.Mention, _ text: String) {
    found.append((view.places[mention], text))
  }

  private mutating func lookUpVariables() {
    for name in view.roles.keys where !structure.variables.contains(name) {
      tell(.variable(name), "there is no variable \(name)\(hint(name, structure.variables))")
    }
    for part in view.parts {
      for name in part.variables where !structure.variables.contains(name) {
        tell(
          .partVariable(name, ofPart: part.name),
          "there is no variable \(name), of part \(part.name)\(hint(name, structure.variables))")
      }
    }
  }

  private mutating func lookUpMessages() {
    for field in view.senders + view.receivers where !isMentioned(field) {
      tell(.field(field), "no message has a field \(field)")
    }
    for (kind, ends) in view.messages {
      if !isMentioned(kind) { tell(.kind(kind), "there is no message of the kind \(kind)") }
      for end in [ends.sender, ends.receiver].compactMap({ $0 }) where !isNode(end) && !isMentioned(end) {
        tell(.end(end, ofKind: kind), "\(end) is neither a node nor a field of \(kind)")
      }
    }
  }

  private mutating func lookUpActions() {
    for part in view.parts {
      for name in part.actions where !isAction(name) {
        tell(
          .partAction(name, ofPart: part.name),
          "there is no action \(name), of part \(part.name)\(hint(name, actions.sorted()))")
      }
    }
    for (name, action) in view.actions {
      if !isAction(name) { tell(.action(name), "there is no action \(name)\(hint(name, actions.sorted()))") }
      if let by = action.by, by != "others", by != view.others, !isNode(by) {
        tell(.actor(by, ofAction: name), "there is no node \(by), which is to take \(name)")
      }
      for kind in action.reads where !isMentioned(kind) {
        tell(
          .readKind(kind, byAction: name), "there is no message of the kind \(kind), which \(name) is to read"
        )
      }
    }
  }

  private func isNode(_ name: String) -> Bool { structure.nodes.contains { $0.isPrinted(as: name) } }

  private func isMentioned(_ name: String) -> Bool {
    let parts = name.split { !$0.isLetter && !$0.isNumber && $0 != "_" }
    return !parts.isEmpty && parts.allSatisfy(words.contains)
  }

  /// Whether steps have this name: it was seen, or a definition of that level has it.
  private func isAction(_ name: String) -> Bool {
    actions.contains(name) || specification.definition(named: name).map { $0.level == .action } ?? false
  }

  private func hint(_ name: String, _ names: some Sequence<String>) -> String {
    closestName(to: name, in: names).map { " (did you mean \($0)?)" } ?? ""
  }
}
