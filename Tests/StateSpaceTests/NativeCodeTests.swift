import Foundation
import Testing

@testable import StateSpace

/// Machine code is an optimisation: it does what the loop does.
@Suite("Machine code does what the loop does") struct NativeCodeTests {
  /// What running random code gives.
  private struct Outcome: Equatable {
    var answer: Int
    var rows: [UInt8] = []
  }

  private static func frame(for random: RandomFlatCode) -> FlatFrame {
    let frame = FlatFrame(random.code, rowWidth: RandomFlatCode.rowBytes / 4, markCount: 2)
    frame.words.update(from: random.words, count: random.words.count)
    return frame
  }

  private static func rows(of frame: FlatFrame) -> [UInt8] {
    frame.mark(1)
    let (first, count) = frame.rows(from: 0)
    return Array(UnsafeRawBufferPointer(start: first, count: count * RandomFlatCode.rowBytes))
  }

  private static func loop(_ random: RandomFlatCode) -> Outcome {
    let frame = frame(for: random)
    frame.mark(0)
    switch frame.run(from: 0) {
    case .answer(true): return Outcome(answer: NativeAnswer.ended(.done).number, rows: rows(of: frame))
    case .answer(false): return Outcome(answer: NativeAnswer.ended(.no(0)).number, rows: rows(of: frame))
    case .left:
      frame.removeRows(from: 0)
      return Outcome(answer: NativeAnswer.ended(.left(0)).number)
    }
  }

  private static func chains(_ random: RandomFlatCode) -> [FlatChain] {
    [FlatChain(parts: [0..<random.code.instructions.count], isOfActions: true)]
  }

  private static func native(_ random: RandomFlatCode) throws -> Outcome {
    let code = try #require(
      NativeCode(
        random.code, chains(random), rowWord: RandomFlatCode.rowWords, rowBytes: RandomFlatCode.rowBytes))
    let frame = frame(for: random)
    var answer = code.runner(of: 0, in: frame).run(from: 0)
    while case .full = answer {
      frame.grow()
      frame.words.update(from: random.words, count: random.words.count)
      answer = code.runner(of: 0, in: frame).run(from: 0)
    }
    return Outcome(answer: answer.number, rows: rows(of: frame))
  }

  @Test("Code that is made shorter does the same", arguments: 0..<20) func optimized(batch: Int) throws {
    var (before, after) = (0, 0)
    for seed in (batch * 200)..<((batch + 1) * 200) {
      let random = RandomFlatCode(seed: UInt64(seed))
      let optimized = random.optimized
      #expect(Self.loop(optimized) == Self.loop(random), "seed \(seed)")
      before += random.code.instructions.count
      after += optimized.code.instructions.count
    }
    #expect(after < before * 4 / 5, "\(before) instructions became \(after)")
  }

  #if arch(x86_64) || arch(arm64)
    @Test("Random code", arguments: 0..<20) func random(batch: Int) throws {
      var endings = Set<Int>()
      for seed in (batch * 200)..<((batch + 1) * 200) {
        let random = RandomFlatCode(seed: UInt64(seed))
        let expected = Self.loop(random)
        #expect(try Self.native(random) == expected, "seed \(seed)")
        #expect(try Self.native(random.optimized) == expected, "seed \(seed), made shorter")
        endings.insert(expected.answer)
      }
      #expect(endings.count == 3, "code answers with yes and no, and leaves")
    }
  #endif

  // MARK: arm64

  private static let crossCompiler = "/usr/bin/aarch64-linux-gnu-gcc"
  private static let emulator = "/usr/bin/qemu-aarch64"

  /// The numbers that tests of other machines need, one after the other.
  private static func file(_ random: RandomFlatCode) -> Data {
    var compiler = NativeCompiler<ARMAssembler>(
      random.code, rowWord: RandomFlatCode.rowWords, rowBytes: RandomFlatCode.rowBytes)
    let starts = compiler.add(chains(random)[0])
    let machineCode = compiler.finish()
    let sizes = [
      machineCode.bytes.count, random.words.count, random.code.tables.count, NativeContext.firstMark + 2,
      machineCode.place(of: starts[0]),
    ]
    var data = Data()
    func append<Number: FixedWidthInteger>(_ numbers: [Number]) {
      for number in numbers { withUnsafeBytes(of: number.littleEndian) { data.append(contentsOf: $0) } }
    }
    append(sizes)
    data.append(contentsOf: machineCode.bytes)
    append(random.words)
    append(random.code.tables)
    return data
  }

  private static func run(_ program: String, _ arguments: [String]) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0, "\(program) ends with \(process.terminationStatus)")
    return String(decoding: data, as: UTF8.self)
  }

  private static let canRunForARM =
    FileManager.default.isExecutableFile(atPath: crossCompiler)
    && FileManager.default.isExecutableFile(atPath: emulator)

  /// Another machine's code runs in an emulator.
  @Test(
    "Random code for arm64",
    .enabled(if: canRunForARM, "gcc-aarch64-linux-gnu and qemu-user are not installed"))
  func randomForARM() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "arm-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let source = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "ARM/run.c").path
    let runner = folder.appending(path: "run").path
    _ = try Self.run(Self.crossCompiler, ["-static", "-O1", "-Wall", "-Werror", "-o", runner, source])
    var files: [String] = []
    var expected: [String] = []
    for seed in 0..<600 {
      let random = RandomFlatCode(seed: UInt64(seed))
      let outcome = Self.loop(random)
      // The buffer of the runner has room for so many rows.
      if outcome.rows.count > 1 << 14 { continue }
      let file = folder.appending(path: "\(seed)")
      try Self.file(random).write(to: file)
      files.append(file.path)
      let digits = outcome.rows.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }
      expected.append("\(outcome.answer) \(digits.joined())")
    }
    let output = try Self.run(Self.emulator, [runner] + files)
    let lines = output.split(separator: "\n").map(String.init)
    try #require(lines.count == expected.count)
    for (file, (line, wanted)) in zip(files, zip(lines, expected)) {
      #expect(line == wanted, "seed \(URL(filePath: file).lastPathComponent)")
    }
  }
}
