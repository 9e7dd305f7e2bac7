package import StateSpace
import TLASemantics

/// Expressions of the user's to evaluate beside the loop, since they take long.
package struct EvaluationTask: Hashable, Sendable {
  /// Where an expression is evaluated: the values of every variable, and those before the step that led there.
  package struct Place: Hashable, Sendable {
    package let values: [PlainValue]
    package let before: [PlainValue]?

    package init(values: [PlainValue], before: [PlainValue]?) {
      self.values = values
      self.before = before
    }
  }

  package let expression: String
  package let places: [Place]

  package init(expression: String, places: [Place]) {
    self.expression = expression
    self.places = places
  }
}

/// What an expression gave in one place.
package enum EvaluationOutcome: Hashable, Sendable {
  case value(PlainValue)
  /// It has no value: why, for the user.
  case failure(String)

  /// `TRUE`, `{1, 2}`; or why there is none.
  var text: String {
    switch self {
    case .value(let value): value.description
    case .failure(let message): message
    }
  }

  var isWrong: Bool { if case .failure = self { true } else { false } }
}

/// How an evaluation beside the loop ended.
package enum EvaluationEnd: Hashable, Sendable {
  /// One for each place of the task.
  case outcomes([EvaluationOutcome])
  case stopped
  /// It could not run: the message to show.
  case failed(String)
}

/// Evaluates expressions in an engine, or ends with the failure of kind `stopped` when it is told to.
package struct ExpressionEvaluator {
  /// An expression with primes at the start of a trace.
  package struct NoStep: Error, CustomStringConvertible {
    package var description: String { "it speaks of a step, and none led here" }
  }

  let explorer: Explorer

  package init(_ explorer: Explorer) { self.explorer = explorer }

  /// The value in a state; of an expression with primes over the step that led to the state.
  package func evaluate(_ expression: String, in state: State, before: State?) throws -> PlainValue {
    guard expression.contains("'"), try explorer.specification.resolve(expression).level >= .action else {
      return try explorer.evaluate(expression, in: state)
    }
    guard let before else { throw NoStep() }
    return try explorer.evaluate(expression, in: before, next: state)
  }

  /// What the task's expression gives in each of its places. Throws only when it was stopped. `onPlace` is told how many places are done.
  package func run(_ task: EvaluationTask, onPlace: (Int) -> Void) throws -> [EvaluationOutcome] {
    var outcomes: [EvaluationOutcome] = []
    outcomes.reserveCapacity(task.places.count)
    for place in task.places {
      do {
        let state = try explorer.state(of: place.values)
        let before = try place.before.map { try explorer.state(of: $0) }
        outcomes.append(.value(try evaluate(task.expression, in: state, before: before)))
      } catch let failure as EvaluationFailure where failure.kind == .stopped {
        throw failure
      } catch {
        outcomes.append(.failure(Wording.message(of: error)))
      }
      onPlace(outcomes.count)
    }
    return outcomes
  }
}
