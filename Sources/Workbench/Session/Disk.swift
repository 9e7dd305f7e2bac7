/// The session's knowledge of the files that it reads and writes.
struct Disk {
  var journal = SessionJournal()
  /// The sessions of this model that were left behind and can be restored, the newest first.
  var left: [LeftSession] = []
  /// Those of other models. One of them is restored by opening its model.
  var leftElsewhere: [LeftSession] = []
  /// Whether the model's files differ from what was loaded.
  var isOutdated = false
  /// The earlier versions of the model, the latest at the end.
  var formerVersions: [FormerVersion] = []
  /// The files that this session has saved. They may be overwritten.
  var savedPaths: Set<String> = []
  /// The existing file that the last save did not overwrite.
  var refusedPath: String?
  /// The constants that the open log gave.
  var logConstants: [String] = []
  /// The path that the user wants to open, until it is read.
  var openedPath: String?
  /// The nodes of the trace that is being saved.
  var savingNodes: [Int] = []

  /// Forgets everything that belongs to the model or its tree. The session's file and the earlier versions stay.
  mutating func forgetModel() {
    isOutdated = false
    savingNodes = []
  }
}
