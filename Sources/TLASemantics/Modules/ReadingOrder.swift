import TLASyntax

/// The order in which SANY, TLC's front end, reads a specification's modules. It parses them one after another, and analyzes them
/// afterwards.
///
/// It parses the root module, then repeatedly the first module that is named and not yet read. Extended modules come before instantiated
/// ones. It analyzes a module after all modules that it names.
struct ReadingOrder {
  /// The modules in the order in which they are parsed.
  private(set) var parsed: [ModuleOutline] = []
  /// The same modules in the order in which they are analyzed.
  var analyzed: [ModuleOutline] {
    var result: [ModuleOutline] = []
    var seen: Set<String> = []
    func analyze(_ name: String) {
      guard let file = files[name], seen.insert(name).inserted else { return }
      file.extended.forEach(analyze)
      file.instantiated.forEach(analyze)
      result.append(file.module.outline)
    }
    if let root = parsed.first { analyze(root.name) }
    return result
  }

  /// A file, with the files that the parser read because of its modules, including inner ones.
  private struct File {
    let module: Place
    var extended: [String] = []
    var instantiated: [String] = []
  }
  private var files: [String: File] = [:]
  /// The modules that have a file of their own, also those of which only the name is known.
  var moduleNames: Set<String> { Set(files.keys) }

  /// `find` returns other modules by name; nil if there is no such module.
  init(root: ModuleOutline, find: (String) -> ModuleOutline?) {
    let start = Place(root, within: nil, file: root.name)
    files[root.name] = File(module: start)
    parsed = [root]
    while true {
      var visited: Set<ObjectIdentifier> = []
      if let (place, name) = start.firstUnread(.extended, &visited) {
        place.known[name] = read(name, find)
        files[place.file]?.extended.append(name)
        continue
      }
      visited = []
      guard let (place, name) = start.firstUnread(.instantiated, &visited) else { break }
      place.known[name] = read(name, find)
      files[place.file]?.instantiated.append(name)
    }
  }

  private mutating func read(_ name: String, _ find: (String) -> ModuleOutline?) -> Place {
    if let known = files[name] { return known.module }
    let outline = find(name)
    let place = Place(outline ?? ModuleOutline(name: name), within: nil, file: name)
    files[name] = File(module: place)
    if let outline { parsed.append(outline) }
    return place
  }
}

/// A module, and the meaning of the module names in it.
private final class Place {
  enum Mention { case extended, instantiated }

  let outline: ModuleOutline
  /// The outermost module of its file.
  let file: String
  private weak var outer: Place?
  private var inner: [(place: Place, instancesBefore: Int)] = []
  /// The modules that it names and that have been read.
  var known: [String: Place] = [:]

  init(_ outline: ModuleOutline, within outer: Place?, file: String) {
    self.outline = outline
    self.outer = outer
    self.file = file
    inner = outline.inner.map { (Place($0.outline, within: self, file: file), $0.instancesBefore) }
  }

  /// The first unread module that this module, or one that it names, extends or instantiates, as `mention` says.
  func firstUnread(_ mention: Mention, _ visited: inout Set<ObjectIdentifier>) -> (Place, String)? {
    guard visited.insert(ObjectIdentifier(self)).inserted else { return nil }
    let names = mention == .extended ? outline.extends : outline.instances
    for (index, name) in names.enumerated() where meaning(of: name) == nil {
      if mention == .instantiated, isInner(name, before: index) { continue }
      return (self, name)
    }
    for name in outline.extends + outline.instances {
      if let found = meaning(of: name)?.firstUnread(mention, &visited) { return found }
    }
    for (place, _) in inner {
      if let found = place.firstUnread(mention, &visited) { return found }
    }
    return nil
  }

  /// Whether a module name in the instance at that position means an inner module that precedes it.
  private func isInner(_ name: String, before instance: Int) -> Bool {
    inner.contains { $0.place.outline.name == name && $0.instancesBefore <= instance }
  }

  /// The meaning of a name: a module read for it, a surrounding module or a neighbour of one, or a module inside an extended module.
  private func meaning(of name: String) -> Place? {
    if let place = known[name] { return place }
    for extended in outline.extends {
      if let place = known[extended]?.inner.first(where: { $0.place.outline.name == name }) {
        return place.place
      }
    }
    guard let outer else { return nil }
    return outer.inner.first { $0.place.outline.name == name && $0.place !== self }?.place
      ?? outer.meaning(of: name)
  }
}
