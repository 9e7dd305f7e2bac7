/// The facts about a model's protocol that a view file gives because they cannot be inferred. It is the data as written; its names are looked up
/// when a structure is made from it.
package struct ProtocolView: Sendable, Hashable {
  /// A part of the system that is not an element of a set, such as the one transaction manager. It is shown as a node.
  package struct Part: Sendable, Hashable {
    package var name: String
    package var variables: [String]
    package var actions: [String]

    package init(name: String, variables: [String] = [], actions: [String] = []) {
      self.name = name
      self.variables = variables
      self.actions = actions
    }
  }

  /// The declared role of a variable.
  package enum Role: String, Sendable, Hashable, CaseIterable {
    case inboxes, channels, pools, links, tokens
    /// None of the other roles.
    case plain
  }

  /// The declaration of an action.
  package struct Action: Sendable, Hashable {
    /// Who takes the action: a node as printed, a part's name, or `others`.
    package var by: String?
    /// The kinds of messages that it reads without removing them.
    package var reads: [String]

    package init(by: String? = nil, reads: [String] = []) {
      self.by = by
      self.reads = reads
    }
  }

  /// The ends of a kind of message: each is one of its fields, or a node or part.
  package struct Ends: Sendable, Hashable {
    package var sender: String?
    package var receiver: String?

    package init(sender: String? = nil, receiver: String? = nil) {
      self.sender = sender
      self.receiver = receiver
    }
  }

  /// A name in the file, by the kind of thing that it must name.
  package enum Mention: Hashable, Sendable {
    case nodes(String)
    case variable(String)
    /// A field of messages.
    case field(String)
    /// A kind of messages.
    case kind(String)
    /// An end of a kind of messages: a field, a node or a part.
    case end(String, ofKind: String)
    case action(String)
    /// Who takes an action.
    case actor(String, ofAction: String)
    case readKind(String, byAction: String)
    case partVariable(String, ofPart: String)
    case partAction(String, ofPart: String)
  }

  /// A place in the file, counted from 1.
  package struct Place: Hashable, Sendable, Comparable {
    package let line: Int
    package let column: Int

    package init(line: Int, column: Int) {
      self.line = line
      self.column = column
    }

    package static func < (left: Place, right: Place) -> Bool {
      (left.line, left.column) < (right.line, right.column)
    }
  }

  /// Expressions whose elements are the nodes; if empty, the nodes are inferred.
  package var nodes: [String] = []
  package var roles: [String: Role] = [:]
  /// Fields of messages that name the sender and the receiver.
  package var senders: [String] = []
  package var receivers: [String] = []
  package var messages: [String: Ends] = [:]
  package var actions: [String: Action] = [:]
  package var parts: [Part] = []
  /// The name of the lane for actions of no node.
  package var others: String?
  /// Where the names are.
  package var places: [Mention: Place] = [:]
  /// Errors in the file, for the user.
  package var problems: [String] = []

  package init() {}
}
