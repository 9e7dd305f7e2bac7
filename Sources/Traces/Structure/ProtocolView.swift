/// What a view file beside a model says of its protocol, where the inference does not find it: data, as written. The
/// names in it are looked up when a structure is made of it.
package struct ProtocolView: Sendable, Hashable {
  /// A part of the system that is no element of a set, such as the one transaction manager: shown as a node.
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

  /// What a variable is said to be.
  package enum Role: String, Sendable, Hashable, CaseIterable {
    case inboxes, channels, pools, links, tokens
    /// None of the others.
    case plain
  }

  /// What an action is said to do.
  package struct Action: Sendable, Hashable {
    /// Who takes it: a node as it is printed, a part's name, or `others`.
    package var by: String?
    /// The kinds of the messages that it reads without taking them away.
    package var reads: [String]

    package init(by: String? = nil, reads: [String] = []) {
      self.by = by
      self.reads = reads
    }
  }

  /// The ends of a kind of message: each a field of it, or a node or part.
  package struct Ends: Sendable, Hashable {
    package var sender: String?
    package var receiver: String?

    package init(sender: String? = nil, receiver: String? = nil) {
      self.sender = sender
      self.receiver = receiver
    }
  }

  /// Expressions whose elements are the nodes; empty to have them inferred.
  package var nodes: [String] = []
  package var roles: [String: Role] = [:]
  /// Fields of messages that name the sender and the receiver.
  package var senders: [String] = []
  package var receivers: [String] = []
  package var messages: [String: Ends] = [:]
  package var actions: [String: Action] = [:]
  package var parts: [Part] = []
  /// The name of the lane of what no node does.
  package var others: String?
  /// What is wrong with the file, for the user.
  package var problems: [String] = []

  package init() {}
}
