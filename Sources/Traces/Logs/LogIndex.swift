internal import StateSpace

/// What a pass over a log collects: the events of its lines, in the order of the log, and whatever the mapping wants to know of the whole.
package struct LogIndex: Sendable {
  /// What a line has in the field of its clock.
  enum Clock: Sendable, Hashable {
    case none
    case integer(Int)
    case number(Double)
    case text(String)
    /// For each node, a number of its lines.
    case vector([String: Int])
  }

  /// A line: the positions of its event and of its node, and its clock.
  struct Entry: Sendable {
    let line: Int
    /// Nil if the line names no event.
    let event: Int?
    let node: Int
    let clock: Clock
  }

  let lines: LogLines
  let mapping: LogMapping
  private(set) var entries: [Entry] = []
  /// The names of events, and how many lines each has.
  private(set) var events: [(name: String, count: Int)] = []
  private(set) var nodes: [String] = []
  private var eventNumbers: [String: Int] = [:]
  private var nodeNumbers: [String: Int] = [:]
  /// The values of the members that count by rank, as written.
  private var ranked: [String: Set<JSONValue>] = [:]
  /// For each constant that is a set of values, by its position: the values as written, in the order in which they come.
  private var collected: [[String]] = []
  private var seen: [Set<String>] = []
  /// The names of the members of all lines.
  private(set) var members: Set<String> = []
  /// Whether the lines name their nodes.
  private(set) var namesNodes = false

  /// Reads every line once. Throws `LogProblems` with all lines that cannot be read.
  package init(_ lines: LogLines, _ mapping: LogMapping) throws {
    self.lines = lines
    self.mapping = mapping
    collected = mapping.constants.map { _ in [] }
    seen = mapping.constants.map { _ in [] }
    var problems: [LogProblem] = []
    entries.reserveCapacity(lines.count)
    for line in 0..<lines.count {
      do { add(line, try lines.json(line)) } catch let problem as LogProblem {
        if problems.count < 100 { problems.append(problem) }
      }
    }
    guard problems.isEmpty else { throw LogProblems(problems) }
  }

  private mutating func add(_ line: Int, _ json: JSONValue) {
    if case .object(let members) = json {
      for member in members where !self.members.contains(member.name) { self.members.insert(member.name) }
    }
    let words = mapping.event.compactMap { $0.value(in: json)?.scalarText }
    var event: Int?
    // Where no field names the event, all lines are of the same one.
    if !words.isEmpty || mapping.event.isEmpty {
      let name = words.joined(separator: " ")
      if let known = eventNumbers[name] {
        event = known
        events[known].count += 1
      } else {
        event = events.count
        eventNumbers[name] = event
        events.append((name, 1))
      }
    }
    let named = mapping.node?.value(in: json)?.scalarText
    if named != nil { namesNodes = true }
    let file = lines.files[Int(lines.lines[line].file)]
    let name = named ?? (lines.files.count > 1 ? file.stem : "")
    let node = nodeNumbers[name] ?? nodes.count
    if node == nodes.count {
      nodes.append(name)
      nodeNumbers[name] = node
    }
    entries.append(Entry(line: line, event: event, node: node, clock: clock(of: json)))
    if !mapping.ranks.isEmpty { collectRanked(json) }
    for (index, constant) in mapping.constants.enumerated() {
      for field in constant.constant.fields {
        guard let value = field.value(in: json) else { continue }
        let elements = if case .array(let elements) = value { elements } else { [value] }
        for text in elements.compactMap(\.scalarText) {
          let text = mapping.names[text] ?? text
          if seen[index].insert(text).inserted { collected[index].append(text) }
        }
      }
    }
  }

  private func clock(of json: JSONValue) -> Clock {
    switch mapping.clock?.value(in: json) {
    case .integer(let number): return .integer(number)
    case .number(let number): return .number(number)
    case .string(let text): return .text(text)
    case .object(let members):
      var vector: [String: Int] = [:]
      for member in members {
        if case .integer(let number) = member.value {
          vector[mapping.names[member.name] ?? member.name] = number
        }
      }
      return .vector(vector)
    default: return .none
    }
  }

  private mutating func collectRanked(_ json: JSONValue) {
    switch json {
    case .array(let elements): for element in elements { collectRanked(element) }
    case .object(let members):
      for member in members {
        if mapping.ranks.contains(member.name), member.value.scalarText != nil {
          ranked[member.name, default: []].insert(member.value)
        } else {
          collectRanked(member.value)
        }
      }
    default: break
    }
  }

  // MARK: What the whole log says

  /// The rank of each value of the members that count by rank.
  var ranks: [String: [String: Int]] {
    ranked.mapValues { values in
      var ranks: [String: Int] = [:]
      let ordered = values.sorted { left, right in
        switch (left, right) {
        case (.integer(let one), .integer(let other)): one < other
        case (.integer(let one), .number(let other)): Double(one) < other
        case (.number(let one), .integer(let other)): one < Double(other)
        case (.number(let one), .number(let other)): one < other
        default: (left.scalarText ?? "") < (right.scalarText ?? "")
        }
      }
      for text in ordered.compactMap(\.scalarText) where ranks[text] == nil { ranks[text] = ranks.count }
      return ranks
    }
  }

  /// The number that a count gives for this log; nil for no limit.
  func number(_ count: LogMapping.Count) -> Int? {
    switch count {
    case .number(let number): return number
    case .unlimited: return nil
    case .lines(let pattern, let per):
      let lines = events.reduce(0) { $0 + (pattern.matches($1.name) ? $1.count : 0) }
      return (lines + per - 1) / per
    }
  }

  /// The constants that the log gives, as assignments of a configuration: `Nodes={n1, n2}`. A set without elements is left out.
  package var assignments: [(name: String, text: String)] {
    mapping.constants.enumerated().compactMap { index, entry in
      switch entry.constant {
      case .text(let text): return (entry.name, text)
      case .value:
        return collected[index].first.map { (entry.name, Self.spelled([$0], areStrings: false)[0]) }
      case .count(let count): return number(count).map { (entry.name, String($0)) }
      case .values(_, let areStrings):
        let values = collected[index].sorted { $0.compare(with: $1) }
        guard !values.isEmpty else { return nil }
        return (entry.name, "{\(Self.spelled(values, areStrings: areStrings).joined(separator: ", "))}")
      }
    }
  }

  /// Values as a configuration writes them: as numbers, as model values, or as strings.
  private static func spelled(_ values: [String], areStrings: Bool) -> [String] {
    if !areStrings, values.allSatisfy({ Int($0) != nil }) || values.allSatisfy(\.isTLAName) { return values }
    return values.map { "\"\(PlainValue.escaped($0))\"" }
  }
}

extension String {
  /// Whether the text can be the name of a model value.
  fileprivate var isTLAName: Bool {
    utf8.contains { UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 | 0x20 }
      && unicodeScalars.allSatisfy {
        $0.isASCII && ($0 == "_" || $0.properties.isAlphabetic || $0.properties.numericType != nil)
      }
  }

  /// Numbers in texts count by value: `n2` comes before `n10`.
  fileprivate func compare(with other: String) -> Bool {
    if let one = Int(self), let two = Int(other) { return one < two }
    return count == other.count
      ? self < other : (self.trimmingDigits == other.trimmingDigits ? count < other.count : self < other)
  }

  private var trimmingDigits: Substring {
    self[..<(lastIndex { !$0.isNumber }.map { index(after: $0) } ?? startIndex)]
  }
}
