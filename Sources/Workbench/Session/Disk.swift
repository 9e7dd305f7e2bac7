/// What is known of the files that a session reads and writes.
struct Disk {
  var journal = SessionJournal()
  /// The sessions of this model that were left behind and can be restored, the newest first.
  var left: [LeftSession] = []
  /// Whether the model's files are not what was loaded.
  var isOutdated = false
  /// The versions of the model before this one, the last one last.
  var formerVersions: [FormerVersion] = []
  /// The files that were saved and may be overwritten.
  var savedPaths: Set<String> = []
  /// The file that was not overwritten.
  var refusedPath: String?
  /// The path that the user typed to open, until it is read.
  var openedPath: String?
  /// The nodes of the trace that is being saved.
  var savingNodes: [Int] = []

  /// Forgets what belongs to the model or to its tree. The session's file and the former versions stay.
  mutating func forgetModel() {
    isOutdated = false
    savingNodes = []
  }
}
