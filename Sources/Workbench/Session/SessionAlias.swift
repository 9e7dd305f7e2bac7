import StateSpace
import TLASemantics

// The configuration's ALIAS in the State pane.
extension Session {
  /// The command `:alias`.
  mutating func showAlias() {
    guard model.explorer.specification.alias != nil else {
      screen.message = Message("the configuration has no ALIAS", .wrong)
      return
    }
    screen.showsAlias.toggle()
    if screen.showsAlias, aliasedValues == nil {
      screen.showsAlias = false
      screen.message = Message("the ALIAS is no record here, so State shows the variables", .wrong)
    }
    if screen.showsAlias { focus(on: .state) }
    settle()
  }

  /// The fields of the alias in the current state and in the one before; nil if it is not a record. The next state is the one to which
  /// `forward` would go.
  var aliasedValues: (fields: [PlainValue.Field], previous: [PlainValue.Field]?)? {
    let path = tree.path(to: cursor)
    let position = path.count - 1
    let next = tree[cursor].preferred ?? tree[cursor].loopsTo
    let states = (path + (next.map { [$0] } ?? [])).map { tree[$0].state }
    guard let records = model.aliases(of: states, at: max(0, position - 1)..<(position + 1)),
      case .record(let fields)? = records.last
    else { return nil }
    guard position > 0, case .record(let previous)? = records.first else { return (fields, nil) }
    return (fields, previous)
  }
}
