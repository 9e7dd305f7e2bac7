import StateSpace
import Testing

@testable import Traces

@Suite("Lines of a session's file") struct SessionRecordTests {
  private static func message(_ number: Int) -> PlainValue {
    .record([.init(name: "at", value: int(number)), .init(name: "from", value: n1)])
  }

  /// A tuple as the engine returns it.
  private static func inbox(_ numbers: [Int]) -> PlainValue { .tuple(numbers.map(message)) }

  private static func inboxes(_ first: [Int], _ second: [Int]) -> PlainValue {
    .function([.init(argument: n1, value: inbox(first)), .init(argument: n2, value: inbox(second))])
  }

  private static let long = Array(0..<200)

  private static let pairs: [(old: PlainValue, new: PlainValue, line: Int)] = [
    (inboxes(long, []), inboxes(long + [7], []), 200),
    (inboxes(long, long), inboxes(Array(long.dropFirst()), long + [1]), 250),
    (inboxes(long, long), inboxes(long.map { $0 == 100 ? 9 : $0 }, long), 200),
    (inboxes(long, []), inboxes([], long), 20_000),
    (.set(long.map(int)), .set(long.dropLast(3).map(int)), 120),
    (.set(long.map(int)), .set(long.map { int($0 + 1) }), 10_000),
    (inbox([]), inbox(long), 20_000),
    (inbox([1, 1, 1] + long), inbox([1, 1] + long), 120),
    (int(1), inbox(long), 20_000),
    (
      .record([.init(name: "queue", value: inbox(long))]),
      .record([.init(name: "other", value: inbox(long))]), 20_000
    ),
    (inbox([1]), inbox([2]), 200),
  ]

  @Test(
    "A value is read back unchanged, and a small change of a large one is a short line",
    arguments: 0..<11)
  func roundTrip(_ index: Int) throws {
    let (old, new, length) = Self.pairs[index]
    var tree = RecordedTree(model: "m", digest: "d", variables: ["x", "y"])
    let first = RecordedTree.Node(
      parent: nil, label: nil, values: [old, int(0)], branch: "main", origin: "explored")
    let second = RecordedTree.Node(
      parent: 0, label: ActionLabel(name: "A"), values: [new, int(0)], branch: "main", origin: "explored")
    let line = SessionRecord.node(second, before: first.values).line(variables: tree.variables)
    #expect(line.utf8.count < length)
    let lines = [SessionRecord.begin(tree), .node(first, before: nil)].map {
      $0.line(variables: tree.variables)
    }
    tree = try SessionFileReader.read((lines + [line]).joined(separator: "\n"), file: "s")
    #expect(tree.nodes.map(\.values) == [first.values, second.values])
  }

  @Test(
    "Reading ends at a change that does not fit the value before it",
    arguments: [
      #"{"at":[[9,1]]}"#, #"{"splice":[4,0,[]]}"#, #"{"splice":[0,9,[]]}"#, #"{"splice":[-1,0,[]]}"#,
      #"{"at":[1]}"#,
    ])
  func misfits(_ change: String) throws {
    let text = """
      {"session":2,"model":"m","digest":"d","variables":["x"],"constants":[]}
      {"initial":[[1,2,3]],"branch":"main","origin":"explored"}
      {"from":0,"by":["A"],"set":{"x":\(change)},"branch":"main","origin":"explored"}
      """
    #expect(try SessionFileReader.read(text, file: "s").nodes.count == 1)
  }

  @Test("A file of the previous version is read") func olderVersion() throws {
    let text = #"{"session":1,"model":"m","digest":"d","variables":["x"],"constants":[]}"#
    #expect(try SessionFileReader.read(text, file: "s").model == "m")
  }
}
