internal import StateSpace

/// Reads a session's file, which may be incomplete.
package enum SessionFileReader {
  /// Reads as long as the lines are whole and fit each other: a program that was killed leaves half a line at most. `file` is the user's
  /// name for the file. Throws `TraceReadingError` if the beginning cannot be read.
  package static func read(_ text: String, file: String) throws -> RecordedTree {
    var tree = RecordedTree(model: "", digest: "", variables: [])
    var hasBegun = false
    for (number, line) in text.utf8.split(separator: UInt8(ascii: "\n")).enumerated() {
      let json: JSONValue
      do {
        json = try JSONReader.read(Array(line), file: file)
      } catch {
        if number == 0 { throw error }
        break
      }
      if json["session"] != nil {
        guard let next = begin(json) else { break }
        tree = next
        hasBegun = true
      } else {
        guard hasBegun, take(json, into: &tree) else { break }
      }
    }
    guard hasBegun else {
      throw TraceReadingError(
        file: file, line: 1, message: "this is no session of this version",
        hint: "remove the file to forget it")
    }
    return tree
  }

  /// The model of a file, its constants, and the number of steps. Nil if the file is not a session, or belongs to another model than the
  /// requested one. It reads the first line; for the requested model it also goes through the text.
  package static func outline(
    _ text: [UInt8], of model: String? = nil
  ) -> (model: String, constants: [String], steps: Int)? {
    text.withUnsafeBufferPointer { outline($0, of: model) }
  }

  private static func outline(
    _ text: UnsafeBufferPointer<UInt8>, of model: String?
  ) -> (model: String, constants: [String], steps: Int)? {
    let (session, step) = (Array(#"{"session":"#.utf8), Array(#"{"from":"#.utf8))
    let (initial, keep) = (Array(#"{"initial":"#.utf8), Array(#"{"keep":"#.utf8))
    var begun: RecordedTree?
    var areSteps: [Bool] = []
    var start = 0
    while start < text.count {
      let end = text[start...].firstIndex(of: UInt8(ascii: "\n")) ?? text.count
      let line = text[start..<end]
      start = end + 1
      if line.starts(with: step) {
        areSteps.append(true)
      } else if line.starts(with: initial) {
        areSteps.append(false)
      } else if line.starts(with: keep) {
        let json = try? JSONReader.read(Array(line), file: "")
        guard case .integer(let count)? = json?["keep"], areSteps.indices.contains(count) else { continue }
        areSteps.removeSubrange(count...)
      } else if line.starts(with: session) {
        guard let json = try? JSONReader.read(Array(line), file: ""), let tree = begin(json) else { break }
        if let model, tree.model != model { return nil }
        begun = tree
        areSteps = []
      }
    }
    return begun.map { ($0.model, $0.constants, areSteps.count { $0 }) }
  }

  private static func begin(_ json: JSONValue) -> RecordedTree? {
    guard case .integer(let version)? = json["session"], SessionRecord.readableVersions.contains(version),
      case .string(let model)? = json["model"],
      case .string(let digest)? = json["digest"], let variables = strings(json["variables"]),
      let constants = strings(json["constants"])
    else { return nil }
    return RecordedTree(model: model, digest: digest, variables: variables, constants: constants)
  }

  /// Returns false if the line does not fit the lines before it.
  private static func take(_ json: JSONValue, into tree: inout RecordedTree) -> Bool {
    if case .integer(let count)? = json["keep"] {
      guard count >= 0, count <= tree.nodes.count else { return false }
      tree.nodes.removeSubrange(count...)
      tree.captions = tree.captions.filter { $0.key < count }
      tree.cursor = min(tree.cursor, max(0, count - 1))
      return true
    }
    if case .integer(let node)? = json["at"] {
      guard tree.nodes.indices.contains(node) else { return false }
      tree.cursor = node
      return true
    }
    if let watches = strings(json["watch"]) {
      tree.watches = watches
      return true
    }
    if case .array(let captions)? = json["captions"] {
      tree.captions = [:]
      for case .array(let pair) in captions {
        guard pair.count == 2, case .integer(let node) = pair[0], case .string(let text) = pair[1] else {
          return false
        }
        if tree.nodes.indices.contains(node) { tree.captions[node] = text }
      }
      return true
    }
    if let log = json["log"] {
      if case .string(let path) = log { tree.log = path } else { tree.log = nil }
      return true
    }
    if case .array(let files)? = json["files"] {
      let pairs = files.map { strings($0) ?? [] }
      guard pairs.allSatisfy({ $0.count == 2 }) else { return false }
      tree.files = pairs.map { RecordedTree.File(name: $0[0], text: $0[1]) }
      return true
    }
    if case .array(let deleted)? = json["deleted"] {
      for position in tree.nodes.indices { tree.nodes[position].isDeleted = false }
      for case .integer(let node) in deleted where tree.nodes.indices.contains(node) {
        tree.nodes[node].isDeleted = true
      }
      return true
    }
    if case .array(let loops)? = json["loops"] {
      for position in tree.nodes.indices { tree.nodes[position].loopsTo = nil }
      for case .array(let pair) in loops {
        guard pair.count == 2, case .integer(let end) = pair[0], case .integer(let start) = pair[1],
          tree.path(to: end).contains(start)
        else { return false }
        tree.nodes[end].loopsTo = start
      }
      return true
    }
    if let names = strings(json["rename"]), names.count == 2 {
      for position in tree.nodes.indices where tree.nodes[position].branch == names[0] {
        tree.nodes[position].branch = names[1]
      }
      return true
    }
    guard let node = node(json, in: tree) else { return false }
    tree.nodes.append(node)
    tree.cursor = tree.nodes.count - 1
    return true
  }

  private static func node(_ json: JSONValue, in tree: RecordedTree) -> RecordedTree.Node? {
    guard case .string(let branch)? = json["branch"], case .string(let origin)? = json["origin"] else {
      return nil
    }
    if case .array(let elements)? = json["initial"] {
      let values = elements.compactMap(ExactValueText.value)
      guard elements.count == tree.variables.count, values.count == elements.count else { return nil }
      return RecordedTree.Node(parent: nil, label: nil, values: values, branch: branch, origin: origin)
    }
    guard case .integer(let parent)? = json["from"], tree.nodes.indices.contains(parent),
      case .object(let changes)? = json["set"]
    else { return nil }
    var values = tree.nodes[parent].values
    for change in changes {
      guard let position = tree.variables.firstIndex(of: change.name),
        let value = ValueEditText.value(change.value, after: values[position])
      else { return nil }
      values[position] = value
    }
    var whatIf: String?
    if case .string(let text)? = json["what-if"] { whatIf = text }
    return RecordedTree.Node(
      parent: parent, label: label(json["by"]), values: values, branch: branch, origin: origin,
      whatIf: whatIf)
  }

  private static func label(_ json: JSONValue?) -> ActionLabel? {
    guard case .array(let elements)? = json, case .string(let name)? = elements.first else { return nil }
    return ActionLabel(name: name, arguments: elements.dropFirst().compactMap(ExactValueText.value))
  }

  private static func strings(_ json: JSONValue?) -> [String]? {
    guard case .array(let elements)? = json else { return nil }
    let texts = elements.compactMap { element in
      if case .string(let text) = element { text } else { nil }
    }
    return texts.count == elements.count ? texts : nil
  }
}
