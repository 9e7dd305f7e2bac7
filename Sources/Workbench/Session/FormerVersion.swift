/// An earlier version of the model, as it was when another one was adopted, with everything that was explored on it.
struct FormerVersion {
  /// The greatest number of versions that are kept. Each has its own engine.
  static let mostKept = 3

  let model: SessionModel
  let constants: [String]
  let explored: Exploration
}
