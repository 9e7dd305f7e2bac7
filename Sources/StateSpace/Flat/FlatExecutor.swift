/// Runs chains of flat code on a frame: in machine code where there is some, otherwise by the loop.
final class FlatExecutor {
  let frame: FlatFrame
  private let code: FlatCode
  private var chains: [FlatChain]
  private let rowWidth: Int
  private let usesNativeCode: Bool
  private var native: NativeCode?
  /// Run the chains in native code, if there is any.
  private let runners: UnsafeMutablePointer<NativeRunner>

  convenience init(_ code: FlatCode, _ chains: [FlatChain], rowWidth: Int, usesNativeCode: Bool) {
    self.init(code, chains, rowWidth: rowWidth, usesNativeCode: usesNativeCode, nil)
    makeNativeCode()
  }

  private init(
    _ code: FlatCode, _ chains: [FlatChain], rowWidth: Int, usesNativeCode: Bool, _ native: NativeCode?
  ) {
    self.code = code
    self.chains = chains
    self.rowWidth = rowWidth
    self.usesNativeCode = usesNativeCode
    let actionCount = chains.map { $0.isOfActions ? $0.parts.count : 0 }.max() ?? 0
    frame = FlatFrame(code, rowWidth: rowWidth, markCount: actionCount + 1)
    runners = .allocate(capacity: max(1, chains.count))
    use(native)
  }

  deinit { runners.deallocate() }

  /// The same code with a frame of its own, for another thread.
  func twin() -> FlatExecutor {
    FlatExecutor(code, chains, rowWidth: rowWidth, usesNativeCode: usesNativeCode, native)
  }

  private func makeNativeCode() {
    guard usesNativeCode else { return }
    use(NativeCode(code, chains, rowWord: frame.rowWord, rowBytes: rowWidth * 4))
  }

  private func use(_ native: NativeCode?) {
    self.native = native
    guard let native else { return }
    for chain in chains.indices { (runners + chain).initialize(to: native.runner(of: chain, in: frame)) }
  }

  @inline(__always) func partCount(_ chain: Int) -> Int { chains[chain].parts.count }

  /// The size of the machine code; nil if there is none.
  var nativeBytes: Int? { native?.byteCount }

  /// Whether a part has flat code that is used.
  func hasCode(_ chain: Int, _ part: Int) -> Bool { !chains[chain].parts[part].isEmpty }

  /// Gives up the code of a part: it leaves from now on.
  func giveUp(_ chain: Int, _ part: Int) {
    chains[chain].parts[part] = 0..<0
    makeNativeCode()
  }

  /// Runs a chain on the frame's state or step, from one of its parts on.
  @inline(__always) func run(_ chain: Int, from start: Int) -> FlatAnswer {
    if native == nil { return runLoop(chain, from: start) }
    frame.emptyStack()
    var next = start
    while true {
      switch runners[chain].run(from: next) {
      case .ended(let answer): return answer
      case .full(let part):
        frame.grow()
        next = part
      }
    }
  }

  private func runLoop(_ chain: Int, from start: Int) -> FlatAnswer {
    let isOfActions = chains[chain].isOfActions
    for (number, part) in chains[chain].parts.enumerated().dropFirst(start) {
      if isOfActions { frame.mark(number) }
      guard !part.isEmpty, case .answer(let isTrue) = frame.run(from: part.lowerBound) else {
        if isOfActions { frame.removeRows(from: number) }
        return .left(number)
      }
      if !isTrue { return .no(number) }
    }
    return .done
  }
}
