import StateSpace

/// A state on the page: the cards of the nodes with the links between them, the shared variables, and the changes.
struct StateSection {
  /// The most cards side by side. On a narrow screen they stand below one another.
  private static let mostColumns = 4
  /// The most characters of a value.
  private static let longestValue = 600
  /// The most rows of the table of changes.
  private static let mostChanges = 60

  private let trace: Trace
  private let state: StateCards
  private let wrong: Set<PlainValue>
  /// Goes before the ids on the page: those of another model's state have one of their own.
  private let prefix: String

  init(_ trace: Trace, _ state: StateCards, isBeside: Bool = false) {
    self.trace = trace
    self.state = state
    prefix = isBeside ? "beside-" : ""
    wrong = trace.violation.map { $0.step == state.step ? Set($0.witnesses) : [] } ?? []
  }

  /// Writes another model's state below the one that it stands beside.
  static func pair(
    _ other: StateSection, named name: String, note: String, parts: Bool, step: Int, _ page: inout HTMLText
  ) {
    let title = "beside-title-\(step)"
    page.element("section", "class=\"beside\" aria-labelledby=\"\(title)\"") { page in
      page.element("h3", "id=\"\(title)\"") { page in
        page.text("On ")
        page.element("code", text: name)
        page.text(", step \(other.state.step)")
      }
      page.element("p", parts ? "class=\"wrong\"" : "class=\"caption\"", text: note)
      other.contents(&page, at: step)
    }
    page.markup("\n")
  }

  /// The cards and values, or without nodes the variables. `step` makes the ids on the page.
  private func contents(_ page: inout HTMLText, at step: Int) {
    if state.structure.nodes.isEmpty {
      values(state.variables, title: "Variables", &page)
    } else {
      cards(&page, at: step)
      values(state.shared, title: "Shared", &page)
    }
  }

  /// `more` is written after the cards and values.
  func write(to page: inout HTMLText, more: (inout HTMLText) -> Void = { _ in }) {
    let number = state.step
    page.element("section", "class=\"state\" id=\"\(number)\" aria-labelledby=\"title-\(number)\"") { page in
      page.element("h2", "id=\"title-\(number)\"") { page in
        page.element("span", "class=\"number\"", text: "\(number)")
        page.text(" \(trace.title(ofStep: number, unknown: "unknown action"))")
        if let violation = trace.violation, violation.step == number {
          page.text(" ")
          page.element("span", "class=\"wrong\"", text: "✗ \(violation.name)")
        }
      }
      if let omission = trace.omissions[number] {
        page.element("p", "class=\"gap\"", text: "Before this state, \(omission.words).")
      }
      if let caption = trace.captions[number] { page.element("p", "class=\"caption\"", text: caption) }
      if let note = trace.stepNotes[number] { page.element("p", "class=\"note\"", text: note) }
      page.markup("\n")
      contents(&page, at: number)
      more(&page)
      changes(&page)
    }
    page.markup("\n")
  }

  // MARK: Cards

  private func cards(_ page: inout HTMLText, at step: Int) {
    let count = state.structure.nodes.count
    let arrangement = CardArrangement(
      count: count, columns: min(count, StateSection.mostColumns), hasLinks: state.hasLinks)
    for (row, arcs) in zip(arrangement.rows, arrangement.arcs) {
      let columns = row.map { _ in "minmax(0, 1fr)" }.joined(separator: state.hasLinks ? " 6.5rem " : " ")
      page.element("div", "class=\"cards\" style=\"--columns: \(columns)\"") { page in
        for index in row {
          card(index, at: step, &page)
          guard index + 1 < row.upperBound else { continue }
          if let link = state.link(NodePair(index, index + 1)) {
            self.link(link, "class=\"link \(kind(of: link))\"", &page)
          } else if state.hasLinks {
            // Its column stays, or the next card would stand in it.
            page.markup("<span class=\"unlinked\"></span>")
          }
        }
        for pair in arcs {
          guard let link = state.link(pair) else { continue }
          func column(_ node: Int) -> Int { 1 + 2 * (node - row.lowerBound) }
          self.link(
            link,
            "class=\"link arc \(kind(of: link))\" style=\"--from: \(column(pair.first)); --to: \(column(pair.second) + 1)\"",
            &page)
        }
      }
      page.markup("\n")
    }
    let distant = state.distantLinks(arrangement)
    if !distant.isEmpty {
      page.element("ul", "class=\"distant\"") { page in
        for link in distant {
          page.element("li", "class=\"\(kind(of: link))\"", text: "\(ends(of: link)): \(words(of: link))")
        }
      }
    }
  }

  private func kind(of link: CardLink) -> String {
    let state =
      switch link.state {
      case .linked: "whole"
      case .cut: "cut"
      case .oneWay: "cut"
      }
    return link.isNew ? state + " new" : state
  }

  private func ends(of link: CardLink) -> String {
    "\(state.structure.nodes[link.pair.first]) – \(state.structure.nodes[link.pair.second])"
  }

  private func words(of link: CardLink) -> String {
    switch link.state {
    case .linked: link.isNew ? "healed" : "linked"
    case .cut: link.lastCut.map { "split since \($0)" } ?? "split"
    case .oneWay(let from): "one way, from \(state.structure.nodes[from])"
    }
  }

  /// A link: a line with words for the eye, one phrase for the ear.
  private func link(_ link: CardLink, _ attributes: String, _ page: inout HTMLText) {
    page.element("p", attributes) { page in
      page.element("span", "class=\"said\"", text: "\(ends(of: link)): ")
      page.element("span", "class=\"sign\" aria-hidden=\"true\"", text: sign(of: link))
      page.element("span", "class=\"words\"", text: words(of: link))
    }
  }

  private func sign(of link: CardLink) -> String {
    switch link.state {
    case .linked: ""
    case .cut: "╳"
    case .oneWay(let from): from == link.pair.first ? "▶" : "◀"
    }
  }

  private func card(_ index: Int, at step: Int, _ page: inout HTMLText) {
    let card = state.card(of: index)
    let isActing = card.node == state.acting
    let isWrong = wrong.contains(card.node)
    let classes = "card" + (isActing ? " acting" : "") + (isWrong ? " failing" : "")
    let title = "\(prefix)node-\(step)-\(index)"
    page.element("section", "class=\"\(classes)\" aria-labelledby=\"\(title)\"") { page in
      page.element("h3", "id=\"\(title)\"") { page in
        page.text(card.node.description)
        if isActing {
          page.text(" ")
          page.element("span", "class=\"role\"", text: "acts")
        }
        if isWrong {
          page.text(" ")
          page.element("span", "class=\"wrong\"") {
            $0.markup("<span aria-hidden=\"true\">✗</span><span class=\"said\">violates</span>")
          }
        }
      }
      page.element("table") { page in
        places(card, &page)
        for value in card.values { row(value, &page) }
      }
      for inbox in card.inboxes { self.inbox(inbox, &page) }
    }
  }

  /// The rows that say where the node stands: what it sees, holds, waits for and belongs to.
  private func places(_ card: NodeCard, _ page: inout HTMLText) {
    if let peers = card.peers {
      let mark = peers.change.map { $0 == .cut ? "cut" : "healed" }
      row("sees", peers.names.isEmpty ? "–" : peers.names.joined(separator: " "), mark: mark, &page)
    }
    for token in card.tokens {
      let fields = token.fields.map { "\($0.name) \($0.value)" }.joined(separator: "  ")
      row(
        token.name, token.movedTo.map { "○ → \($0)" } ?? "◉ has it" + (fields.isEmpty ? "" : "  " + fields),
        mark: token.isChanged ? "changed" : nil, &page)
    }
    for holding in card.holdings {
      row(
        holding.name, holding.has ? "◉ has it" : "○ no longer", mark: holding.isChanged ? "changed" : nil,
        &page)
    }
    for queue in card.queues {
      row(queue.name, queue.places.joined(separator: "  "), mark: queue.isChanged ? "changed" : nil, &page)
    }
    for set in card.memberships {
      row(set.name, set.has ? "in" : "out", mark: set.isChanged ? "changed" : nil, &page)
    }
  }

  private func row(_ name: String, _ text: String, mark: String?, _ page: inout HTMLText) {
    page.element("tr", mark == nil ? "" : "class=\"changed\"") { page in
      page.element("th", "scope=\"row\"", text: name)
      page.element("td") { page in
        page.element(mark == nil ? "span" : "mark", text: text)
        if let mark { changeMark(mark, &page) }
      }
    }
  }

  private func changeMark(_ words: String, _ page: inout HTMLText) {
    page.markup(
      " <span class=\"change\"><span aria-hidden=\"true\">◆</span><span class=\"\(words == "changed" ? "said" : "words")\"> "
    )
    page.text(words)
    page.markup("</span></span>")
  }

  /// A value; one with parts that would be long has a row for each part.
  private func row(_ entry: CardValue, _ page: inout HTMLText) {
    let longestOnOneLine = 34
    if let parts = entry.parts,
      MarkedValue.text(entry.value, limit: 4 * longestOnOneLine, isBrief: true).count > longestOnOneLine
    {
      page.element("tr", "class=\"whole\"") { page in
        page.element("th", "scope=\"row\" colspan=\"2\"") { page in
          page.text(entry.name)
          if entry.isChanged { changeMark("changed", &page) }
        }
      }
      for part in parts { valueRow(part, "part", &page) }
    } else {
      valueRow(entry, "", &page)
    }
  }

  private func valueRow(_ entry: CardValue, _ kind: String, _ page: inout HTMLText) {
    let classes = [kind, entry.isChanged ? "changed" : ""].filter { !$0.isEmpty }.joined(separator: " ")
    page.element("tr", classes.isEmpty ? "" : "class=\"\(classes)\"") { page in
      page.element("th", "scope=\"row\"", text: entry.name)
      page.element("td") { page in
        let isBrief = !state.structure.nodes.isEmpty
        for run in MarkedValue.runs(
          entry.value, old: entry.former, limit: StateSection.longestValue, isBrief: isBrief)
        {
          if run.isChanged { page.element("mark", text: run.text) } else { page.text(run.text) }
        }
        guard entry.isChanged else { return }
        changeMark("changed", &page)
        if let old = entry.former {
          page.text(" ")
          page.element(
            "span", "class=\"was\"",
            text: "was \(MarkedValue.text(old, limit: StateSection.longestValue / 2, isBrief: isBrief))")
        }
      }
    }
  }

  private func inbox(_ inbox: CardInbox, _ page: inout HTMLText) {
    page.element("h4") { page in
      page.text(inbox.name + " ")
      page.element("span", "class=\"count\"", text: inbox.count == 0 ? "empty" : "\(inbox.count)")
      if inbox.isChanged {
        changeMark("changed", &page)
        page.text(" ")
        page.element("span", "class=\"was\"", text: "was \(inbox.before == 0 ? "empty" : "\(inbox.before)")")
      }
    }
    let folding = InboxFolding(count: inbox.count)
    guard folding.lineCount > 0 else { return }
    page.element("ol", "class=\"inbox\"") { page in
      for line in 0..<folding.lineCount {
        guard let index = folding.message(atLine: line) else {
          page.element("li", "class=\"more\"", text: "… \(folding.hidden) more")
          continue
        }
        let message = inbox.message(at: index)
        let classes = [message.isHead ? "head" : "", message.isNew ? "changed" : ""].filter { !$0.isEmpty }
        page.element("li", classes.isEmpty ? "" : "class=\"\(classes.joined(separator: " "))\"") { page in
          if message.isHead { page.markup("<span class=\"said\">read next: </span>") }
          if let sender = message.sender { page.element("span", "class=\"was\"", text: "\(sender): ") }
          page.element(message.isNew ? "mark" : "span", text: message.words)
          if message.isNew { changeMark("new", &page) }
          if let suspicion = message.suspicion {
            page.text(" ")
            page.element("span", "class=\"wrong\"", text: "╳ \(suspicion.words[0])")
          }
        }
      }
    }
  }

  // MARK: Below the cards

  private func values(_ entries: [CardValue], title: String, _ page: inout HTMLText) {
    guard !entries.isEmpty else { return }
    page.element("section", "class=\"shared\"") { page in
      page.element("h3", text: title)
      page.element("table") { page in for entry in entries { row(entry, &page) } }
    }
    page.markup("\n")
  }

  /// What changed since the state before, place by place, as a spec writes it.
  private func changes(_ page: inout HTMLText) {
    guard let previous = state.previous else { return }
    var rows: [(place: String, change: String)] = []
    for (variable, (old, new)) in zip(state.structure.variables, zip(previous, state.values)) where old != new
    {
      for difference in ValueDifference.between(old, new) {
        let place = variable + ValueDifference.text(of: difference.path)
        func text(_ value: PlainValue) -> String {
          MarkedValue.text(value, limit: StateSection.longestValue / 2)
        }
        switch difference.change {
        case .removed(let value): rows.append((place, "− \(text(value))"))
        case .added(let value): rows.append((place, "+ \(text(value))"))
        case .changed(let old, let new): rows.append((place, "\(text(old)) → \(text(new))"))
        }
      }
    }
    page.element("section", "class=\"changes\"") { page in
      let followsGap = trace.omissions[state.step] != nil
      page.element("h3", text: followsGap ? "What changed since the state before the gap" : "What changed")
      guard !rows.isEmpty else {
        return page.element("p", text: followsGap ? "Nothing." : "Nothing: the step stutters.")
      }
      page.element("table") { page in
        for row in rows.prefix(StateSection.mostChanges) {
          page.element("tr") { page in
            page.element("th", "scope=\"row\"", text: row.place)
            page.element("td", text: row.change)
          }
        }
      }
      if rows.count > StateSection.mostChanges {
        page.element("p", text: "… and \(rows.count - StateSection.mostChanges) more")
      }
    }
  }
}
