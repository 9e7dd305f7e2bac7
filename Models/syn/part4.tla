-------------------------------- MODULE part4 --------------------------------
\* It's a Syn, part 4: netsplits
\*
\* The link between two nodes can be cut and healed, and a node tells its changes
\* only to the nodes that it sees. Nobody repeats later what was said during the
\* split, so the checker finds that AllRegistered fails in 4 states: the nodes are
\* disconnected, one of them registers a name, they are reconnected, and the other
\* has an empty inbox, sees everyone, and has never heard of the name.

EXTENDS Integers, Sequences

CONSTANTS
  Nodes,               \* the nodes of the cluster
  MaxValues            \* how many names are given out

VARIABLES
  registered,          \* the names that are registered, as an observer of all would know
  locally_registered,  \* for each node, the names that it knows
  inbox,               \* for each node, the messages that wait for it, the oldest first
  next_val,            \* the next name to be registered
  visible_nodes        \* for each node, the other nodes that it sees

vars == <<registered, locally_registered, inbox, next_val, visible_nodes>>

Others(n) == Nodes \ {n}

Init ==
  /\ registered = {}
  /\ locally_registered = [n \in Nodes |-> {}]
  /\ inbox = [n \in Nodes |-> <<>>]
  /\ next_val = 0
  /\ visible_nodes = [n \in Nodes |-> Others(n)]

\* The inboxes when n has sent a message to every node that it sees.
Broadcast(n, message) ==
  [o \in Nodes |-> IF o \in visible_nodes[n] THEN Append(inbox[o], message) ELSE inbox[o]]

\* A message of that kind is the oldest in n's inbox.
Received(n, kind) ==
  /\ inbox[n] # <<>>
  /\ Head(inbox[n]).action = kind

\* The next name is registered on n, which tells the nodes that it sees.
Register(n) ==
  /\ next_val < MaxValues
  /\ registered' = registered \union {next_val}
  /\ locally_registered' = [locally_registered EXCEPT ![n] = @ \union {next_val}]
  /\ inbox' = Broadcast(n, [action |-> "sync_register", name |-> next_val])
  /\ next_val' = next_val + 1
  /\ UNCHANGED visible_nodes

\* n learns of a name that was registered elsewhere.
SyncRegister(n) ==
  /\ Received(n, "sync_register")
  /\ locally_registered' =
       [locally_registered EXCEPT ![n] = @ \union {Head(inbox[n]).name}]
  /\ inbox' = [inbox EXCEPT ![n] = Tail(@)]
  /\ UNCHANGED <<registered, next_val, visible_nodes>>

\* A name that n knows is unregistered on n, which tells the nodes that it sees.
Unregister(n) ==
  /\ locally_registered[n] # {}
  /\ LET name == CHOOSE name \in locally_registered[n] : TRUE
     IN  /\ registered' = registered \ {name}
         /\ locally_registered' = [locally_registered EXCEPT ![n] = @ \ {name}]
         /\ inbox' = Broadcast(n, [action |-> "sync_unregister", name |-> name])
  /\ UNCHANGED <<next_val, visible_nodes>>

\* n learns of a name that was unregistered elsewhere.
SyncUnregister(n) ==
  /\ Received(n, "sync_unregister")
  /\ locally_registered' =
       [locally_registered EXCEPT ![n] = @ \ {Head(inbox[n]).name}]
  /\ inbox' = [inbox EXCEPT ![n] = Tail(@)]
  /\ UNCHANGED <<registered, next_val, visible_nodes>>

\* The link between n and a node that it sees is cut.
Disconnect(n) ==
  /\ visible_nodes[n] # {}
  /\ LET peer == CHOOSE peer \in visible_nodes[n] : TRUE
     IN  visible_nodes' = [visible_nodes EXCEPT ![n] = @ \ {peer}, ![peer] = @ \ {n}]
  /\ UNCHANGED <<registered, locally_registered, inbox, next_val>>

\* The link between n and a node that it does not see is healed.
Reconnect(n) ==
  /\ Others(n) \ visible_nodes[n] # {}
  /\ LET peer == CHOOSE peer \in Others(n) \ visible_nodes[n] : TRUE
     IN  visible_nodes' =
           [visible_nodes EXCEPT ![n] = @ \union {peer}, ![peer] = @ \union {n}]
  /\ UNCHANGED <<registered, locally_registered, inbox, next_val>>

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
    \/ Reconnect(n)
    \/ Complete

Spec == Init /\ [][Next]_vars

\* A node that sees everyone and has read all its messages knows the registered
\* names and no others.
AllRegistered ==
  \A n \in Nodes :
    inbox[n] = <<>> /\ visible_nodes[n] = Others(n)
      => locally_registered[n] = registered

\* Every inbox is empty at some time.
AllMessagesProcessed == \A n \in Nodes : <>(Len(inbox[n]) = 0)

===============================================================================
