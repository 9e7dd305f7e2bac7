internal import TLASyntax
package import Traces

/// Reads the view file of a model. Each mistake becomes a problem to show; the correct entries are used.
///
///     nodes = "Node"
///     pools = ["msgs"]
///     [messages.Prepared]
///     sender = "rm"
///     receiver = "TM"
///     [actions.TMRcvPrepared]
///     by = "TM"
///     reads = ["Prepared"]
///     [[part]]
///     name = "TM"
///     variables = ["tmState"]
package enum ViewReader {
  package static func read(_ text: String) -> ProtocolView {
    var reading = ViewReading()
    do {
      reading.take(try TOMLReader.read(text))
    } catch {
      reading.view.problems = ["line \(error.line): \(error.message)"]
    }
    return reading.view
  }
}

private struct ViewReading {
  var view = ProtocolView()

  private mutating func complain(_ place: TOMLPlace, _ problem: String) {
    view.problems.append(Printable.line("line \(place.line), column \(place.column): \(problem)"))
  }

  private mutating func note(_ mention: ProtocolView.Mention, _ place: TOMLPlace) {
    if view.places[mention] == nil {
      view.places[mention] = ProtocolView.Place(line: place.line, column: place.column)
    }
  }

  private static let keys =
    ["nodes", "senders", "receivers", "others", "messages", "actions", "part"]
    + ProtocolView.Role.allCases.map(\.rawValue)

  mutating func take(_ file: TOMLTable) {
    for key in file.keys {
      guard let value = file[key] else { continue }
      if let role = ProtocolView.Role(rawValue: key) {
        for variable in words(key, value, ProtocolView.Mention.variable) { view.roles[variable] = role }
        continue
      }
      switch key {
      case "nodes": view.nodes = words(key, value, ProtocolView.Mention.nodes)
      case "senders": view.senders = words(key, value, ProtocolView.Mention.field)
      case "receivers": view.receivers = words(key, value, ProtocolView.Mention.field)
      case "others": view.others = word(key, value)
      case "messages":
        takeEach(key, value, ["sender", "receiver"], ProtocolView.Mention.kind) {
          $0.takeMessages($1, $2, $3)
        }
      case "actions":
        takeEach(key, value, ["by", "reads"], ProtocolView.Mention.action) { $0.takeAction($1, $2, $3) }
      case "part": takeParts(value)
      default:
        complain(file.place(ofKey: key), "there is no setting \(key)\(hint(key, ViewReading.keys))")
      }
    }
  }

  /// The named tables of a section. Unknown keys in them are problems.
  private mutating func takeEach(
    _ section: String, _ value: TOMLItem, _ keys: [String], _ mention: (String) -> ProtocolView.Mention,
    _ take: (inout ViewReading, String, String, TOMLItem) -> Void
  ) {
    guard let table = value.table else {
      complain(value.place, "\(section) is to have sections: [\(section).Name]")
      return
    }
    for name in table.keys {
      guard let own = table[name]?.table else {
        complain(table.place(ofKey: name), "\(section).\(name) is to be a section: [\(section).\(name)]")
        continue
      }
      note(mention(name), table.place(ofKey: name))
      for key in own.keys {
        guard let value = own[key] else { continue }
        if keys.contains(key) {
          take(&self, name, key, value)
        } else {
          complain(
            own.place(ofKey: key), "\(section).\(name).\(key): there is no such setting\(hint(key, keys))")
        }
      }
    }
  }

  private mutating func takeMessages(_ kind: String, _ key: String, _ value: TOMLItem) {
    guard let end = word("messages.\(kind).\(key)", value) else { return }
    note(.end(end, ofKind: kind), value.place)
    if key == "sender" {
      view.messages[kind, default: ProtocolView.Ends()].sender = end
    } else {
      view.messages[kind, default: ProtocolView.Ends()].receiver = end
    }
  }

  private mutating func takeAction(_ name: String, _ key: String, _ value: TOMLItem) {
    if key == "by" {
      guard let by = word("actions.\(name).by", value) else { return }
      note(.actor(by, ofAction: name), value.place)
      view.actions[name, default: ProtocolView.Action()].by = by
    } else {
      let kinds = words("actions.\(name).reads", value) { .readKind($0, byAction: name) }
      view.actions[name, default: ProtocolView.Action()].reads = kinds
    }
  }

  private mutating func takeParts(_ value: TOMLItem) {
    guard let array = value.array else {
      complain(value.place, "part is to be a list of sections: [[part]]")
      return
    }
    for element in array {
      guard let table = element.table, let name = table["name"]?.string, !name.isEmpty else {
        complain(element.place, "part: each needs a name = \"…\"")
        continue
      }
      var part = ProtocolView.Part(name: name)
      for key in table.keys where key != "name" {
        guard let value = table[key] else { continue }
        switch key {
        case "variables":
          part.variables = words("part \(name): variables", value) { .partVariable($0, ofPart: name) }
        case "actions": part.actions = words("part \(name): actions", value) { .partAction($0, ofPart: name) }
        default:
          complain(
            table.place(ofKey: key),
            "part \(name): there is no setting \(key)\(hint(key, ["variables", "actions"]))")
        }
      }
      view.parts.append(part)
    }
  }

  private mutating func word(_ key: String, _ value: TOMLItem) -> String? {
    if let text = value.string { return text }
    if let number = value.integer { return String(number) }
    complain(value.place, "\(key) is to be a text, as \"Node\"")
    return nil
  }

  /// A string or an array of strings, each of which names something.
  private mutating func words(
    _ key: String, _ value: TOMLItem, _ mention: (String) -> ProtocolView.Mention
  ) -> [String] {
    let items = value.array ?? [value]
    guard !items.contains(where: { $0.string == nil }) else {
      complain(value.place, "\(key) is to be a text or a list of texts, as \"msgs\" or [\"msgs\", \"acks\"]")
      return []
    }
    return items.compactMap { item in
      guard let text = item.string else { return nil }
      note(mention(text), item.place)
      return text
    }
  }

  private func hint(_ name: String, _ names: [String]) -> String {
    closestName(to: name, in: names).map { " (did you mean \($0)?)" } ?? ""
  }
}
