/// Gives states the rows of a layout that has grown from theirs. It runs flat code; a state that leaves it is converted by its values.
final class FlatConverter {
  private let old: FlatLayout
  private let layout: FlatLayout
  /// Nil if there is no code.
  private let code: (frame: FlatFrame, start: Int, row: Int)?

  init(from old: FlatLayout, to layout: FlatLayout, _ machine: Machine) {
    self.old = old
    self.layout = layout
    let compiler = FlatCompiler(old, machine)
    code = compiler.conversion(to: layout).map {
      (FlatFrame(compiler.finish(), rowWidth: old.rowWidth), $0.start, $0.row)
    }
  }

  func convert(_ row: UnsafePointer<UInt32>, to new: UnsafeMutablePointer<UInt32>) throws {
    if let code {
      code.frame.enter(row)
      if case .answer = code.frame.run(from: code.start) {
        UnsafeMutableRawPointer(new).copyMemory(
          from: code.frame.words + code.row, byteCount: layout.rowWidth * 4)
        return
      }
    }
    try layout.convert(row, from: old, to: new)
  }
}

extension FlatCompiler {
  /// Compiles the conversion of a state's row to one of another layout: where the code begins, and the word of the frame at which the new
  /// row lies. Nil if it cannot be compiled.
  func conversion(to target: FlatLayout) -> (start: Int, row: Int)? {
    var row = 0
    let start = entry {
      let place = try block(target.bits)
      row = place.base
      add(.clearWords, row, 0, max(1, (target.bits + 63) / 64))
      for (variable, type) in target.types.enumerated() where type.width > 0 {
        let own = FlatValue.typed(layout.types[variable], layout.place(of: variable, inRowAt: 0))
        try copy(
          convert(own, to: type), to: place.opened.part(at: target.offsets[variable], width: type.width))
      }
      add(.end, immediate: 1)
    }
    return start.map { ($0.lowerBound, row) }
  }
}
