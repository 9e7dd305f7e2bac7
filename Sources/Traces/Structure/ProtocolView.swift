/// What a view file beside a model says of its protocol, for what cannot be inferred. It is the data as written; its names are looked up
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

  /// Expressions whose elements are the nodes; if empty, the nodes are inferred.
  package var nodes: [String] = []
  package var roles: [String: Role] = [:]
  /// Fields of messages that name the sender and the receiver.
  package var senders: [String] = []
  package var receivers: [String] = []
  package var messages: [String: Ends] = [:]
  package var actions: [String: Action] = [:]
  package var parts: [Part] = []
  /// The name of the lane for what no node does.
  package var others: String?
  /// Errors in the file, for the user.
  package var problems: [String] = []

  package init() {}
}
