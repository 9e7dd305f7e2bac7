import StateSpace
import TLASemantics
import TLASyntax
package import Traces

/// A session as one file: its model, branches with their names, watches and captions. `synscope FILE` opens it.
package enum Demonstration {
  /// The ending of such a file's name.
  package static let ending = ".synscope"
}

extension Session {
  /// The demonstration's text: the records of a session's file. A model that does not come with the program is in it.
  package var demonstration: String {
    let tree = recordedTree
    var records: [SessionRecord] = [.begin(emptyRecord)]
    for node in tree.nodes {
      records.append(.node(node, before: node.parent.map { tree.nodes[$0].values }))
    }
    records += [
      .deleted(tree.nodes.indices.filter { tree.nodes[$0].isDeleted }), .loops(self.tree.loops),
      .watches(tree.watches), .captions(tree.captions), .log(tree.log), .files(ownFiles),
      .cursor(tree.cursor),
    ]
    return records.map { $0.line(variables: model.variables) + "\n" }.joined()
  }

  /// The files of a model that is not bundled.
  private var ownFiles: [RecordedTree.File] {
    guard !options.modelNames.contains(options.sessionModel) else { return [] }
    let files = specification.files + [specification.configuration.file].compactMap { $0 }
    return files.filter { !$0.name.hasPrefix("<") }.map { file in
      RecordedTree.File(
        name: file.name.split(separator: "/").last.map(String.init) ?? file.name,
        text: String(decoding: file.bytes, as: UTF8.self))
    }
  }

  mutating func saveDemonstration(_ path: String, replaces: Bool) -> [Effect] {
    disk.savingNodes = Array(tree.nodes.indices)
    return [.save(path: path, piece: FilePiece(demonstration), replaces: replaces)]
  }

  /// Puts a demonstration into the tree and goes to its current state. `path` is its file.
  package mutating func open(_ recorded: RecordedTree, path: String) {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    guard !recorded.nodes.isEmpty else {
      screen.message = Message("\(name) has no states", .wrong)
      return
    }
    var replay = TreeReplay(recorded, on: model)
    edit { replay.grow(&$0) }
    let added = replay.nodes.compactMap { $0 }
    explored.savedNodes.formUnion(added)
    disk.savedPaths.insert(path)
    takeCaptions(recorded.captions, replay.nodes)
    screen.watches += recorded.watches.filter { !screen.watches.contains($0) }
    wantLog(recorded.log, arriving: .stays)
    growPanes()
    settle()
    settleSelections()
    let branches = Wording.count(Set(added.map { tree[$0].branch }).count, "branch", plural: "branches")
    let all = "\(name): \(Wording.count(recorded.stepCount, "step")) in \(branches)"
    let lost = zip(replay.nodes, recorded.nodes).contains { $0 == nil && !$1.isDeleted }
    tell(
      lost
        ? "\(name): the model has changed: \(replay.summary(of: recorded.path(to: recorded.cursor), in: tree))"
        : all,
      lost ? .wrong : .information)
  }

  /// Opens the file of a demonstration of this model.
  mutating func openDemonstration(_ contents: String, path: String) {
    do {
      let recorded = try SessionFileReader.read(contents, file: path)
      guard recorded.digest == model.digest || recorded.model == options.sessionModel else {
        screen.message = Message("\(path) is of \(recorded.model): synscope \(path) opens it", .wrong)
        return
      }
      open(recorded, path: path)
    } catch {
      screen.message = Message(Wording.message(of: error), .wrong)
    }
  }

  // MARK: Captions

  /// `:caption TEXT` says something about the current state, in place of the comment above its action; `:caption` says no more.
  mutating func setCaption(_ text: String?) {
    explored.captions[cursor] = text?.trimmingBlanks
    growPanes()
    settlePanes()
    screen.message = Message(text == nil ? "the caption is gone" : "step \(step) has a caption")
  }

  /// Takes the captions of recorded nodes.
  mutating func takeCaptions(_ captions: [Int: String], _ nodes: [Int?]) {
    for (position, text) in captions where nodes.indices.contains(position) {
      if let node = nodes[position] { explored.captions[node] = text }
    }
  }
}
