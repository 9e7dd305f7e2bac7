/// Code of an entry that several places use. It lies where it was used first, and is passed over there.
///
/// A use writes the number of its place to a word, and jumps to the code, which jumps back to that place. The jumps back lie at the end of the
/// entry, when all uses are known.
class FlatSubroutine {
  let entry: Int
  let ending: Int
  /// The word with the number of the place to which the code jumps back.
  let returnWord: Int
  /// The labels of the places that use it. The number of each is its position.
  fileprivate(set) var returns: [Int] = []

  init(entry: Int, ending: Int, returnWord: Int) {
    self.entry = entry
    self.ending = ending
    self.returnWord = returnWord
  }

  /// Forgets what was added after a place in the code.
  func forgetUses(fromLabel label: Int, instruction: Int) { returns.removeAll { $0 >= label } }
}

extension FlatCompiler {
  /// Adds code that others may use, and is not run here. What is known in it does not hold afterwards.
  func add(_ subroutine: FlatSubroutine, _ body: () throws -> Void) throws {
    let (over, saved) = (label(), scope)
    jump(.jump, to: over)
    place(subroutine.entry)
    try body()
    jump(.jump, to: subroutine.ending)
    place(over)
    scope = saved
    subroutines.append(subroutine)
  }

  /// Adds code that runs a subroutine.
  func use(_ subroutine: FlatSubroutine) {
    let (back, saved) = (label(), scope)
    add(.constant, subroutine.returnWord, immediate: Int64(subroutine.returns.count))
    subroutine.returns.append(back)
    jump(.jump, to: subroutine.entry)
    place(back)
    scope = saved
  }

  /// Adds the jumps back to the uses.
  func endSubroutines() {
    for subroutine in subroutines {
      place(subroutine.ending)
      // All numbers but the last one are compared.
      for (number, label) in subroutine.returns.dropLast().enumerated() {
        jump(.jumpIfIs, subroutine.returnWord, to: label, immediate: Int64(number))
      }
      if let last = subroutine.returns.last { jump(.jump, to: last) } else { add(.leave) }
    }
  }
}
