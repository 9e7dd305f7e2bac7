-------------------------------- MODULE part7 ---------------------------------
\* It's a Syn, part 7: bounded splits
\*
\* A link is cut at most MaxDisconnections times, and the state space of part 6 becomes
\* finite. With one split the checker visits every state and finds no error: DOWN undoes
\* the phantom of part 5. With two (--constant MaxDisconnections=2) it finds the trace of
\* part 6 again, so one split is not enough to trust a protocol.

EXTENDS Integers, Sequences

CONSTANTS
  Nodes,               \* the nodes of the cluster
  MaxValues,           \* how many names are given out
  MaxDisconnections    \* how many times a link is cut at most

VARIABLES
  registered,          \* the names that are registered, as an observer of all would know
  locally_registered,  \* for each node n and node m, the names that n knows to be m's
  inbox,               \* for each node, the messages that wait for it, the oldest first
  next_val,            \* the next name to be registered
  visible_nodes,       \* for each node, the other nodes that it sees
  disconnections       \* how many times a link was cut

vars == <<registered, locally_registered, inbox, next_val, visible_nodes, disconnections>>

Others(n) == Nodes \ {n}

Init ==
  /\ registered = {}
  /\ locally_registered = [n \in Nodes |-> [m \in Nodes |-> {}]]
  /\ inbox = [n \in Nodes |-> <<>>]
  /\ next_val = 0
  /\ visible_nodes = [n \in Nodes |-> Others(n)]
  /\ disconnections = 0

-----------------------------------------------------------------------------
\* Messages

\* A message of that kind is the oldest in n's inbox.
Received(n, kind) ==
  /\ inbox[n] # <<>>
  /\ Head(inbox[n]).action = kind

\* The inboxes when n has read its oldest message.
Read(n) == [inbox EXCEPT ![n] = Tail(@)]

\* The inboxes when n has sent a message to every node that it sees.
Broadcast(n, message) ==
  [o \in Nodes |-> IF o \in visible_nodes[n] THEN Append(inbox[o], message) ELSE inbox[o]]

\* The names that n knows, registered on whatever node.
Known(n) == UNION {locally_registered[n][m] : m \in Nodes}

-----------------------------------------------------------------------------
\* Names are registered and unregistered

\* The next name is registered on n, which tells the nodes that it sees.
Register(n) ==
  /\ next_val < MaxValues
  /\ registered' = registered \union {next_val}
  /\ locally_registered' = [locally_registered EXCEPT ![n][n] = @ \union {next_val}]
  /\ inbox' = Broadcast(n, [action |-> "sync_register", name |-> next_val, from |-> n])
  /\ next_val' = next_val + 1
  /\ UNCHANGED <<visible_nodes, disconnections>>

\* n learns of a name that was registered elsewhere.
SyncRegister(n) ==
  /\ Received(n, "sync_register")
  /\ LET message == Head(inbox[n])
     IN  locally_registered' =
           [locally_registered EXCEPT ![n][message.from] = @ \union {message.name}]
  /\ inbox' = Read(n)
  /\ UNCHANGED <<registered, next_val, visible_nodes, disconnections>>

\* A name of n's own is unregistered on n, which tells the nodes that it sees.
Unregister(n) ==
  /\ locally_registered[n][n] # {}
  /\ LET name == CHOOSE name \in locally_registered[n][n] : TRUE
     IN  /\ registered' = registered \ {name}
         /\ locally_registered' = [locally_registered EXCEPT ![n][n] = @ \ {name}]
         /\ inbox' = Broadcast(n, [action |-> "sync_unregister", name |-> name, from |-> n])
  /\ UNCHANGED <<next_val, visible_nodes, disconnections>>

\* n learns of a name that was unregistered elsewhere.
SyncUnregister(n) ==
  /\ Received(n, "sync_unregister")
  /\ LET message == Head(inbox[n])
     IN  locally_registered' =
           [locally_registered EXCEPT ![n][message.from] = @ \ {message.name}]
  /\ inbox' = Read(n)
  /\ UNCHANGED <<registered, next_val, visible_nodes, disconnections>>

-----------------------------------------------------------------------------
\* Links are cut and healed

\* The link between n and a node that it sees is cut; each is told that the other is down.
Disconnect(n) ==
  /\ disconnections < MaxDisconnections
  /\ visible_nodes[n] # {}
  /\ LET peer == CHOOSE peer \in visible_nodes[n] : TRUE
     IN  /\ visible_nodes' = [visible_nodes EXCEPT ![n] = @ \ {peer}, ![peer] = @ \ {n}]
         /\ inbox' =
              [inbox EXCEPT ![n] = Append(@, [action |-> "DOWN", from |-> peer]),
                            ![peer] = Append(@, [action |-> "DOWN", from |-> n])]
  /\ disconnections' = disconnections + 1
  /\ UNCHANGED <<registered, locally_registered, next_val>>

\* n reads that a node is down, and forgets what it knew of it.
Down(n) ==
  /\ Received(n, "DOWN")
  /\ locally_registered' =
       [locally_registered EXCEPT ![n][Head(inbox[n]).from] = {}]
  /\ inbox' = Read(n)
  /\ UNCHANGED <<registered, next_val, visible_nodes, disconnections>>

\* The link between n and a node that it does not see is healed; each asks the other.
Reconnect(n) ==
  /\ Others(n) \ visible_nodes[n] # {}
  /\ LET peer == CHOOSE peer \in Others(n) \ visible_nodes[n] : TRUE
     IN  /\ visible_nodes' =
              [visible_nodes EXCEPT ![n] = @ \union {peer}, ![peer] = @ \union {n}]
         /\ inbox' =
              [inbox EXCEPT ![n] = Append(@, [action |-> "discover", from |-> peer]),
                            ![peer] = Append(@, [action |-> "discover", from |-> n])]
  /\ UNCHANGED <<registered, locally_registered, next_val, disconnections>>

\* n is asked what it has registered, and answers.
Discover(n) ==
  /\ Received(n, "discover")
  /\ LET peer == Head(inbox[n]).from
         answer == [action |-> "ack_sync", from |-> n, local_data |-> locally_registered[n][n]]
     IN  inbox' = [Read(n) EXCEPT ![peer] = Append(@, answer)]
  /\ UNCHANGED <<registered, locally_registered, next_val, visible_nodes, disconnections>>

\* n gets the answer, and adds it to what it knows of who sent it.
AckSync(n) ==
  /\ Received(n, "ack_sync")
  /\ LET message == Head(inbox[n])
     IN  locally_registered' =
           [locally_registered EXCEPT ![n][message.from] = @ \union message.local_data]
  /\ inbox' = Read(n)
  /\ UNCHANGED <<registered, next_val, visible_nodes, disconnections>>

\* All names were given out: nothing more needs to happen.
Complete ==
  /\ next_val = MaxValues
  /\ UNCHANGED vars

Next ==
  \E n \in Nodes :
    \/ Register(n)
    \/ SyncRegister(n)
    \/ Unregister(n)
    \/ SyncUnregister(n)
    \/ Disconnect(n)
    \/ Down(n)
    \/ Reconnect(n)
    \/ Discover(n)
    \/ AckSync(n)
    \/ Complete

Spec == Init /\ [][Next]_vars

-----------------------------------------------------------------------------

\* No message is under way, and n sees everyone.
Settled(n) ==
  /\ \A o \in Nodes : inbox[o] = <<>>
  /\ visible_nodes[n] = Others(n)

\* A node knows the names that are registered and no others, when no message is
\* under way and it sees everyone.
AllRegistered ==
  \A n \in Nodes : Settled(n) => Known(n) = registered

\* Every inbox is empty at some time.
AllMessagesProcessed == \A n \in Nodes : <>(Len(inbox[n]) = 0)

=============================================================================
