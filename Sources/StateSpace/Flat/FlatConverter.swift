/// Gives states the rows of a layout that has grown from theirs. It runs flat code; a state that leaves it is converted by its values.
final class FlatConverter {
  private let old: FlatLayout
  private let layout: FlatLayout
  /// Runs the conversion of a row, and the word of the frame at which the new row lies; nil if it has no code.
  private let code: (executor: FlatExecutor, row: Int)?

  init(from old: FlatLayout, to layout: FlatLayout, _ machine: Machine, _ options: FlatOptions) {
    self.old = old
    self.layout = layout
    // The new row lies in words of the entry, which optimizing takes for the entry's alone.
    let compiler = FlatCompiler(old, machine, isOptimizing: false)
    code = compiler.conversion(to: layout).map { entry, row in
      let executor = FlatExecutor(
        compiler.finish(), [FlatChain(parts: [entry])], rowWidth: old.rowWidth,
        usesNativeCode: options.usesNativeCode)
      return (executor, row)
    }
  }

  func convert(_ row: UnsafePointer<UInt32>, to new: UnsafeMutablePointer<UInt32>) throws {
    if let (executor, start) = code {
      executor.frame.enter(row)
      if case .done = executor.run(0, from: 0) {
        UnsafeMutableRawPointer(new).copyMemory(
          from: executor.frame.words + start, byteCount: layout.rowWidth * 4)
        return
      }
    }
    try layout.convert(row, from: old, to: new)
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
