/// Gives states the rows of a layout that has grown from theirs. It runs flat code; a state that leaves it is converted by its values.
final class FlatConverter {
  private let old: FlatLayout
  private let layout: FlatLayout
  /// Nil if there is no code.
  private let code: (frame: FlatFrame, entry: Range<Int>, row: Int)?
  private let native: NativeCode?
  /// Runs the code; nil if the loop does.
  private let runner: NativeRunner?

  init(from old: FlatLayout, to layout: FlatLayout, _ machine: Machine, usesNativeCode: Bool) {
    self.old = old
    self.layout = layout
    let compiler = FlatCompiler(old, machine)
    guard let conversion = compiler.conversion(to: layout) else {
      (code, native, runner) = (nil, nil, nil)
      return
    }
    let flat = compiler.finish()
    let frame = FlatFrame(flat, rowWidth: old.rowWidth)
    code = (frame, conversion.entry, conversion.row)
    let chain = NativeChain(parts: [conversion.entry], isOfActions: false)
    let native =
      usesNativeCode
      ? NativeCode(flat, [chain], rowWord: frame.rowWord, rowBytes: old.rowWidth * 4) : nil
    self.native = native
    runner = native?.runner(of: 0, in: frame)
  }

  func convert(_ row: UnsafePointer<UInt32>, to new: UnsafeMutablePointer<UInt32>) throws {
    guard let code, run(code.frame, code.entry, row) else {
      return try layout.convert(row, from: old, to: new)
    }
    UnsafeMutableRawPointer(new).copyMemory(
      from: code.frame.words + code.row, byteCount: layout.rowWidth * 4)
  }

  /// Runs the code on a row. Returns false if it leaves.
  private func run(_ frame: FlatFrame, _ entry: Range<Int>, _ row: UnsafePointer<UInt32>) -> Bool {
    frame.enter(row)
    guard let runner else {
      if case .answer = frame.run(from: entry.lowerBound) { return true }
      return false
    }
    if case .done = runner.run(from: 0) { return true }
    return false
  }
}

extension FlatCompiler {
  /// Compiles the conversion of a state's row to one of another layout: its instructions, and the word of the frame at which the new row lies.
  /// Nil if it cannot be compiled.
  func conversion(to target: FlatLayout) -> (entry: Range<Int>, row: Int)? {
    var row = 0
    let entry = entry {
      let new = try block(target.bits)
      row = new.base
      add(.clearWords, row, 0, max(1, (target.bits + 63) / 64))
      for (variable, type) in target.types.enumerated() where type.width > 0 {
        let (own, place) = (layout.types[variable], layout.place(of: variable, inRowAt: 0))
        let code = try attempt {
          try convert(.typed(own, place), to: type)
        } otherwise: {
          try recoded(place, own, to: type)
        }
        try copy(code, to: new.opened.part(at: target.offsets[variable], width: type.width))
      }
      add(.end, immediate: 1)
    }
    return entry.map { ($0, row) }
  }
}
