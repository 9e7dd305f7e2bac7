/// The kinds of boxes and lists over the panes that have keys of their own.
package enum BoxKind: String, CaseIterable, Hashable, Sendable {
  case start = "the start screen"
  case help
  case listing = "a listing"
  case links = "the links"
  case opening = "a question about a trace"
  case leftSessions = "the left sessions"
  case deletion = "the question before a deletion"
  case branches = "the branches"
  case comparison = "a comparison"
  case whatIf = "a what-if question"
  case quit = "the question before the end"
  case note = "a note"
  case play = "a play"
  case presentation = "a presentation"
  case chapters = "the tour's chapters"
  case tour = "the tour"
}

/// What a key does only in some boxes.
package enum BoxAction: Hashable, Sendable {
  case close, pageOn
  case rename, delete, mark, compare
  case confirm, refuse
  case tour
  case tourNext, tourBack, tourAnswer, tourHint, tourScene, tourOriginal, tourFold, tourChapters
  case presentNext, presentBack
  case pausePlay, faster, slower, stepOn
}
