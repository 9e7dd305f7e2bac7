import TLASyntax

/// In which order SANY, TLC's front end, reads a specification's modules: it parses one after another, and analyzes them afterwards.
///
/// It parses the root module, then again and again the first module that is named and not yet read: those that are extended before
/// those that are instantiated. It analyzes a module after all that it names.
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

  /// A file with the files that its modules, the inner ones included, made the parser read.
  private struct File {
    let module: Place
    var extended: [String] = []
    var instantiated: [String] = []
  }
  private var files: [String: File] = [:]

  /// `find` gives the other modules by name; nil for one that there is not.
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

/// A module, and what the names of modules in it mean.
private final class Place {
  enum Mention { case extended, instantiated }

  let outline: ModuleOutline
  /// The outermost module of its file.
  let file: String
  private weak var outer: Place?
  private var inner: [(place: Place, instancesBefore: Int)] = []
  /// The modules that it names, as far as they are read.
  var known: [String: Place] = [:]

  init(_ outline: ModuleOutline, within outer: Place?, file: String) {
    self.outline = outline
    self.outer = outer
    self.file = file
    inner = outline.inner.map { (Place($0.outline, within: self, file: file), $0.instancesBefore) }
  }

  /// The first module that this one, or one that it names, mentions in that way and that is not yet read.
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

  /// Whether an instance, by its position, is one of a module that stands before it in this one.
  private func isInner(_ name: String, before instance: Int) -> Bool {
    inner.contains { $0.place.outline.name == name && $0.instancesBefore <= instance }
  }

  /// What a name means: a module that was read for it, one around this or beside those around it, or one inside an extended module.
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
