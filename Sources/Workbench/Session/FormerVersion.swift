/// A version of the model as it was when another one was adopted, with all that was explored on it.
struct FormerVersion {
  /// More than these are not kept: each has an engine of its own.
  static let mostKept = 3

  let model: SessionModel
  let constants: [String]
  let explored: Exploration
}
