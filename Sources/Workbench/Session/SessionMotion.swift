import StateSpace

// Plays and walks, which move by themselves.
extension Session {
  /// Does the next part of the motion. It is called at each tick.
  mutating func moveOn() -> [Effect] {
    switch runs.motion {
    case .none: return []
    case .walking(let walk): return walkOn(walk)
    case .playing(let play):
      guard !play.isPaused else { return [] }
      playStep()
      guard tree[cursor].preferred != nil else {
        settleMotion()
        screen.message = Message("played to the end of the branch, step \(step)")
        return []
      }
      return [.wakeMotion(number: runs.motionNumber, afterMilliseconds: play.milliseconds)]
    }
  }

  /// Ends the motion and makes one edit of everything that it did.
  mutating func settleMotion() {
    let ended = runs.motion
    runs.motion = .none
    runs.motionNumber += 1
    switch ended {
    case .none: runs.motionNumber -= 1
    case .playing(let play):
      let here = cursor
      cursor = play.start
      edit { _ in here }
    case .walking(let walk): finish(walk)
    }
  }

  /// Handles a key during a motion: a play has some keys, and any other key stops it.
  mutating func pressInMotion(_ key: Key) -> [Effect] {
    guard case .playing(var play) = runs.motion else {
      if case .walking(var walk) = runs.motion {
        walk.ending = .interrupted
        runs.motion = .walking(walk)
      }
      settleMotion()
      return []
    }
    let command = bindings.command(for: key, in: .play)
    switch command {
    case .box(.pausePlay): play.isPaused.toggle()
    case .box(.faster): play.milliseconds = max(50, play.milliseconds * 2 / 3)
    case .box(.slower): play.milliseconds = min(10_000, play.milliseconds * 3 / 2)
    case .back, .forward, .box(.stepOn):
      play.isPaused = true
      runs.motion = .playing(play)
      runs.motionNumber += 1
      if command == .back { playBack() } else { playStep() }
      return []
    default:
      settleMotion()
      screen.message = Message("stopped at step \(step)")
      return []
    }
    runs.motion = .playing(play)
    runs.motionNumber += 1
    return play.isPaused ? [] : [.wakeMotion(number: runs.motionNumber, afterMilliseconds: play.milliseconds)]
  }

  /// The bottom line's text during a motion.
  var motionLine: StyledLine? {
    switch runs.motion {
    case .none: return nil
    case .walking(let walk):
      return StyledLine(
        " walking at random, seed \(walk.seed): step \(Wording.grouped(walk.states.count - 1)) of \(Wording.grouped(walk.length)) · any key stops",
        Style(.accent, bold: true))
    case .playing(let play):
      let pace = Double(1_000) / Double(play.milliseconds)
      let tenths = Int((pace * 10).rounded())
      var line = StyledLine(
        play.isPaused ? " paused  " : " playing \(tenths / 10).\(tenths % 10)/s  ", Style(.accent, bold: true)
      )
      for (key, words) in [
        (bindings.key(.box(.pausePlay), in: .play), play.isPaused ? "goes on" : "pauses"),
        (bindings.keys(.back, .forward, in: .play), "step"),
        (
          bindings.key(.box(.faster), in: .play) + " " + bindings.key(.box(.slower), in: .play), "pace"
        ), ("any other key", "stops"),
      ] {
        line.append(key, Style(.accent, bold: true))
        line.append(" \(words)   ")
      }
      return line
    }
  }

  // MARK: Playing

  /// Plays the branch from here. From the branch's end, plays it from the start. `argument` is the number of steps per second.
  mutating func play(_ argument: String?) -> [Effect] {
    var pace = 1_000 / Double(options.settings.pace)
    if let argument {
      guard let number = Double(argument.trimmingBlanks), number >= 0.1, number <= 20 else {
        screen.message = Message("the pace is a number of steps a second, from 0.1 to 20", .wrong)
        return []
      }
      pace = number
    }
    let start = cursor
    if tree[cursor].preferred == nil { cursor = tree.root(of: cursor) }
    guard tree[cursor].preferred != nil else {
      screen.message = Message("there is nothing to play: the branch has no steps")
      return []
    }
    settle()
    runs.motionNumber += 1
    let play = Motion.Play(start: start, milliseconds: Int(1_000 / pace))
    runs.motion = .playing(play)
    return [.wakeMotion(number: runs.motionNumber, afterMilliseconds: play.milliseconds)]
  }

  private mutating func playStep() {
    guard let next = tree[cursor].preferred else { return }
    cursor = next
    settle()
  }

  private mutating func playBack() {
    guard let parent = tree[cursor].parent else { return }
    cursor = parent
    settle()
  }

  // MARK: Walking

  /// The number of steps of a walk between two ticks.
  private static let stepsAtOnce = 50

  /// `:walk [N] [SEED] [until PREDICATE]`. Without a seed, the walks of a session take the seeds 1, 2, 3 and so on.
  mutating func walk(_ argument: String?) -> [Effect] {
    guard let request = WalkRequest(argument ?? "") else {
      screen.message = Message(
        "walk takes a length up to \(Wording.grouped(WalkRequest.longest)), a seed, and until with a predicate",
        .wrong)
      return []
    }
    if let goal = request.goal {
      switch model.evaluateQuickly(goal, in: state, before: nil) {
      case .value(.boolean(false)): break
      case .value(.boolean(true)):
        screen.message = Message("\(goal) holds here already")
        return []
      case .value:
        screen.message = Message("\(goal) is neither TRUE nor FALSE", .wrong)
        return []
      case .failure(let text):
        screen.message = Message("\(goal): \(text)", .wrong)
        return []
      case nil:
        screen.message = Message(
          "\(goal) takes too long to be evaluated after each step: \(bindings.key(.find)) finds where it holds",
          .wrong)
        return []
      }
    }
    let seed = request.seed ?? UInt64(tree.branches.count { $0.origin == .walk } + 1)
    runs.motionNumber += 1
    return walkOn(
      Motion.Walk(
        start: cursor, length: request.length, seed: seed, goal: request.goal,
        numbers: SeededNumbers(seed: seed),
        states: [state]))
  }

  private mutating func walkOn(_ walk: Motion.Walk) -> [Effect] {
    var walk = walk
    for _ in 0..<Session.stepsAtOnce where walk.ending == nil && walk.states.count <= walk.length {
      takeRandomStep(&walk)
    }
    runs.motion = .walking(walk)
    if walk.ending != nil || walk.states.count > walk.length {
      settleMotion()
      return []
    }
    return [.wakeMotion(number: runs.motionNumber, afterMilliseconds: 0)]
  }

  /// Takes a random step that changes something and satisfies the constraints. All such steps have the same probability. A step that
  /// changes nothing is taken only if there is no other.
  private func takeRandomStep(_ walk: inout Motion.Walk) {
    let here = walk.states[walk.states.count - 1]
    do {
      let successors = try model.explorer.successors(of: here)
      let within = try successors.filter { try model.explorer.isWithinConstraints($0.state) }
      let moving = within.filter { $0.state != here }
      guard let chosen = (moving.isEmpty ? within : moving).randomElement(using: &walk.numbers) else {
        walk.ending = successors.isEmpty ? .deadlock : .constraint
        return
      }
      walk.states.append(chosen.state)
      walk.labels.append(chosen.label)
      if let goal = walk.goal {
        switch model.evaluateQuickly(goal, in: chosen.state, before: nil) {
        case .value(.boolean(true)): walk.ending = .goal
        case .failure(let text): walk.ending = .failed(text)
        case nil: walk.ending = .failed("\(goal) takes too long to be evaluated here")
        case .value: break
        }
        if walk.ending != nil { return }
      }
      let violated = model.violatedInvariants(in: chosen.state)
      if !violated.isEmpty, model.violatedInvariants(in: here).isEmpty {
        walk.ending = .violation(violated.joined(separator: ", "))
      }
    } catch { walk.ending = .failed(Wording.message(of: error)) }
  }

  private mutating func finish(_ walk: Motion.Walk) {
    let steps = Wording.count(walk.states.count - 1, "step")
    if walk.states.count > 1 {
      edit { tree in
        let added = tree.insert(
          walk.states, labels: walk.labels, from: walk.start, name: "walk, seed \(walk.seed)", origin: .walk)
        return added[added.count - 1]
      }
    }
    let seed = "seed \(walk.seed)"
    switch walk.ending {
    case nil: screen.message = Message("walked \(steps), \(seed)")
    case .goal: screen.message = Message("\(walk.goal ?? "") holds after \(steps), \(seed)")
    case .violation(let names):
      screen.message = Message("✗ \(names) does not hold after \(steps), \(seed)", .violation)
    case .constraint:
      screen.message = Message(
        "after \(steps), \(seed): every step from here leaves the configuration's CONSTRAINT")
    case .deadlock: screen.message = Message("deadlock after \(steps), \(seed)", .violation)
    case .interrupted: screen.message = Message("stopped after \(steps), \(seed)")
    case .failed(let text): screen.message = Message("after \(steps), \(seed): \(text)", .violation)
    }
  }
}
