/// The functions that native code calls. Each takes the context, and two numbers.
enum NativeCalls {
  private typealias Function = @convention(c) (UnsafeMutablePointer<Int>, Int, Int) -> Int

  /// The address of a function.
  static func address(of call: NativeContext.Call) -> Int {
    let function: Function =
      switch call {
      case .copyWords:
        { context, none, instruction in
          FlatFrame.with(context) { $0.copyWords($0.instructions[instruction]) }
          return none
        }
      case .clearWords:
        { context, none, instruction in
          FlatFrame.with(context) { $0.clearWords($0.instructions[instruction]) }
          return none
        }
      case .copyBits:
        { context, none, record in
          FlatFrame.with(context) { $0.copyBits(record) }
          return none
        }
      case .equalBits: { context, _, record in FlatFrame.with(context) { $0.isEqual(record) ? 1 : 0 } }
      case .lookUp:
        { context, code, universe in
          FlatFrame.with(context) {
            $0.place(of: UInt64(bitPattern: Int64(code)), inUniverse: universe) ?? -1
          }
        }
      case .recall:
        { context, word, memo in FlatFrame.with(context) { $0.recall(memo, to: word) ? 1 : 0 } }
      }
    return unsafeBitCast(function, to: Int.self)
  }
}

extension FlatFrame {
  /// Does something with the frame to which a context belongs. It is not retained: calls are frequent.
  @inline(__always) fileprivate static func with<Result>(
    _ context: UnsafeMutablePointer<Int>, _ body: (FlatFrame) -> Result
  ) -> Result {
    guard let frame = UnsafeRawPointer(bitPattern: context[NativeContext.frame]) else {
      preconditionFailure("the context of native code has its frame")
    }
    return Unmanaged<FlatFrame>.fromOpaque(frame)._withUnsafeGuaranteedRef(body)
  }
}

/// Flat code as machine code of this machine.
final class NativeCode {
  private let memory: ExecutableMemory
  /// The address of each part of each chain, chain by chain.
  private let starts: UnsafeMutablePointer<Int>
  private let firstParts: [Int]
  let byteCount: Int

  /// Nil if there is no assembler for this machine, or the system refuses executable memory.
  init?(_ code: FlatCode, _ chains: [FlatChain], rowWord: Int, rowBytes: Int) {
    #if arch(x86_64)
      var compiler = NativeCompiler<X86Assembler>(code, rowWord: rowWord, rowBytes: rowBytes)
    #elseif arch(arm64)
      var compiler = NativeCompiler<ARMAssembler>(code, rowWord: rowWord, rowBytes: rowBytes)
    #else
      return nil
    #endif
    let labels = chains.map { compiler.add($0) }
    let machineCode = compiler.finish()
    guard let memory = ExecutableMemory(machineCode.bytes) else { return nil }
    self.memory = memory
    byteCount = machineCode.bytes.count
    let base = Int(bitPattern: memory.base)
    let addresses = labels.flatMap { $0.map { base + machineCode.place(of: $0) } }
    starts = .allocate(capacity: max(1, addresses.count))
    starts.initialize(from: addresses, count: addresses.count)
    var first = 0
    firstParts = labels.map { parts in
      defer { first += parts.count }
      return first
    }
  }

  deinit { starts.deallocate() }

  /// Runs a chain on a frame. Valid as long as the code and the frame are.
  func runner(of chain: Int, in frame: FlatFrame) -> NativeRunner {
    for call in NativeContext.Call.allCases { frame.context[call.slot] = NativeCalls.address(of: call) }
    return NativeRunner(
      entry: unsafeBitCast(memory.base, to: NativeRunner.Entry.self), words: frame.words,
      context: frame.context, starts: UnsafePointer(starts + firstParts[chain]))
  }
}

/// The addresses that running a chain of native code takes. They have no owners, which would be counted for each state.
struct NativeRunner {
  typealias Entry = @convention(c) (UnsafeMutablePointer<UInt64>, UnsafeMutablePointer<Int>, Int) -> Int

  fileprivate let entry: Entry
  fileprivate let words: UnsafeMutablePointer<UInt64>
  fileprivate let context: UnsafeMutablePointer<Int>
  fileprivate let starts: UnsafePointer<Int>

  /// Runs the chain from one of its parts on.
  @inline(__always) func run(from part: Int) -> NativeAnswer {
    NativeAnswer(number: entry(words, context, starts[part]))
  }
}
