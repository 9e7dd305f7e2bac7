import StateSpace
import TLASemantics
import TLASyntax
import Testing

/// Input that nests as deeply as the parser allows is evaluated or refused with a place, on a large stack and on a small one.
@Suite("Deep nesting is an answer or an error, never a crash") struct DeepNestingTests {
  /// A form that can contain itself: the text before and after the inner one at each level, and around the whole.
  struct Nesting: Sendable, CustomTestStringConvertible {
    let open: @Sendable (Int) -> String
    let inner: String
    let close: String
    let before: String
    let after: String
    let isAction: Bool

    init(
      _ open: String, _ inner: String, _ close: String = "", before: String = "", after: String = "",
      isAction: Bool = false
    ) {
      self.init({ _ in open }, inner, close, before: before, after: after, isAction: isAction)
    }

    init(
      _ open: @escaping @Sendable (Int) -> String, _ inner: String, _ close: String = "", before: String = "",
      after: String = "", isAction: Bool = false
    ) {
      self.open = open
      self.inner = inner
      self.close = close
      self.before = before
      self.after = after
      self.isAction = isAction
    }

    var testDescription: String { text(1) }

    func text(_ levels: Int) -> String {
      before + (0..<levels).map(open).joined() + inner + String(repeating: close, count: levels) + after
    }
  }

  static let nestings = [
    Nesting("(", "x = 0", ")"), Nesting("~ ~ ", "x = 0"), Nesting("{", "x", "}", before: "{} # "),
    Nesting("<<", "x", ">>", before: "<<>> # "), Nesting("(-", "x", ")", before: "x = "),
    Nesting("(1 + ", "x", ")", before: "0 < "), Nesting("SUBSET ", "{}", before: "{} \\in "),
    Nesting("IF x = 0 THEN ", "TRUE", " ELSE FALSE"), Nesting("IF x # 0 THEN FALSE ELSE ", "x = 0"),
    Nesting("CASE x = 0 -> (", "TRUE", ") [] OTHER -> FALSE"), Nesting("TRUE => (", "x = 0", ")"),
    Nesting({ "\\E a\($0) \\in {x} : " }, "x = 0"), Nesting({ "\\A a\($0) \\in {0} : " }, "x = 0"),
    Nesting({ "LET a\($0) == x IN " }, "x = 0"),
    Nesting({ "LET a\($0)(b\($0)) == b\($0) IN a\($0)(" }, "x = 0", ")"), Nesting("Same(", "x = 0", ")"),
    Nesting("[a |-> ", "x = 0", "].a"), Nesting("[<<1>> EXCEPT ![1] = ", "x", "]", after: " # <<>>"),
    Nesting({ "{a\($0) \\in {x} : " }, "TRUE", "} # {}"),
    Nesting({ "(CHOOSE a\($0) \\in {x} : " }, "TRUE", ") = x"), Nesting("/\\ ", "x = 0"),
    Nesting("IF x = 0 THEN ", "x' = 0", " ELSE x' = 1", isAction: true),
    Nesting("(x = 0 /\\ ", "x' = 0", ")", isAction: true),
    Nesting("(FALSE \\/ ", "x' = 0", ")", isAction: true),
    Nesting({ "\\E a\($0) \\in {x} : " }, "x' = 0", isAction: true),
    Nesting({ "\\A a\($0) \\in {0} : " }, "x' = 0", isAction: true),
    Nesting({ "LET a\($0) == x IN " }, "x' = 0", isAction: true),
    Nesting("Same(", "x' = 0", ")", isAction: true),
    Nesting("[", "x' = 0", "]_x", isAction: true),
  ]

  private static let frame = "EXTENDS Integers\nVARIABLE x\nInit == x = 0\nSame(b) == b\n"

  /// The result of loading a module, stepping it, and asking why its invariant is false.
  private static func ending(_ text: String, isAction: Bool = false, stackBytes: Int) -> String {
    let (inv, next) = isAction ? ("TRUE", text) : (text, "x' = x")
    do {
      let specification = try InMemory.load(
        "\(frame)Inv ==\n \(inv)\nNot == x = 0 => ~Inv\nNext ==\n \(next)",
        "INIT Init\nNEXT Next\nINVARIANTS Inv Not")
      let explorer = try Explorer(specification, stackBytes: stackBytes)
      guard let state = try explorer.initialStates().first else { return "no state" }
      for index in explorer.invariants.indices { _ = explorer.status(ofInvariant: index, in: state) }
      for action in explorer.actions(in: state) { _ = explorer.conjuncts(of: action.label, in: state) }
      _ = try explorer.evaluate(isAction ? "0" : "<<\(inv)>>", in: state)
      return "evaluated"
    } catch let error as Diagnostics {
      return error.all.allSatisfy { $0.span != nil } ? error.all[0].message : "an error without a place"
    } catch let failure as EvaluationFailure {
      return failure.span != nil ? failure.message : "a failure without a place"
    } catch { return "\(error)" }
  }

  private func ending(_ nesting: Nesting, _ levels: Int, stack: Int) async -> String {
    await withCheckedContinuation { continuation in
      let isStarted = DeepStack.start(bytes: stack) { bytes in
        continuation.resume(
          returning: Self.ending(nesting.text(levels), isAction: nesting.isAction, stackBytes: bytes * 3 / 4))
      }
      if !isStarted { continuation.resume(returning: "no thread") }
    }
  }

  @Test("Nested as deeply as the parser allows", arguments: nestings)
  func nested(_ nesting: Nesting) async {
    let allowed: Set = ["evaluated", "the expression is nested too deeply", Self.tooDeep]
    for (levels, stack) in [(40, 256), (150, 256), (990, 2), (10_000, 2)] {
      let ending = await ending(nesting, levels, stack: stack << 20)
      #expect(allowed.contains(ending), "\(levels) levels, \(stack) MiB")
      if levels == 40 { #expect(ending == "evaluated") }
    }
  }

  private static let tooDeep = "the expression is nested too deeply, with the definitions that it uses"

  @Test("Nested definitions that use one another are refused if they go too deep")
  func nestedDefinitions() {
    func chain(_ length: Int, _ step: String, _ last: String = "x = 0") -> String {
      let definitions = (1...length).map { "D\($0) == \(step)D\($0 - 1)" }.joined(separator: "\n")
      return "D0 == \(last)\n\(definitions)\n"
    }
    let nested = chain(100, String(repeating: "~", count: 100))
    for formula in ["D100 /\\ x' = x", "x' = x /\\ D100"] {
      do {
        let result = try InMemory.check(Self.frame + nested + "Next == \(formula)")
        guard case .violation(let violation) = result.outcome else {
          Issue.record("\(result.outcome)")
          continue
        }
        #expect(violation.failure?.message == Self.tooDeep)
      } catch { Issue.record("\(error)") }
    }
    do {
      let result = try InMemory.check(Self.frame + chain(5_000, "") + "Next == x' = x /\\ D5000")
      guard case .violation(let violation) = result.outcome else {
        Issue.record("\(result.outcome)")
        return
      }
      #expect(["the definitions are nested too deeply", Self.tooDeep].contains(violation.failure?.message))
    } catch { Issue.record("\(error)") }
  }
}
