-------------------------------- MODULE part6 ---------------------------------
\* It's a Syn, part 6: DOWN
\*
\* A node notes whose each name is, and when a link is cut it is told that the other node
\* is DOWN and forgets that node's names; only its own can be unregistered on a node. A
\* heal brings the other's names back as they are then, and the phantom of part 5 is gone.
\* Still the checker finds that AllRegistered fails, at best in 19 states and with two
\* splits: a discover left over from the first heal is answered while the link is down
\* again, and a name unregistered after that is brought back by the old answer.
\*
\* Links are cut and healed for ever, so the states never end. The configuration keeps
\* the inboxes short; without that constraint the trace is found as well, but later.

EXTENDS Integers, Sequences

CONSTANTS
  Nodes,               \* the nodes of the cluster
  MaxValues,           \* how many names are given out
  MaxMessages          \* how many messages wait in an inbox at most

VARIABLES
  registered,          \* the names that are registered, as an observer of all would know
  locally_registered,  \* for each node n and node m, the names that n knows to be m's
  inbox,               \* for each node, the messages that wait for it, the oldest first
  next_val,            \* the next name to be registered
  visible_nodes        \* for each node, the other nodes that it sees

vars == <<registered, locally_registered, inbox, next_val, visible_nodes>>

Others(n) == Nodes \ {n}

Init ==
  /\ registered = {}
  /\ locally_registered = [n \in Nodes |-> [m \in Nodes |-> {}]]
  /\ inbox = [n \in Nodes |-> <<>>]
  /\ next_val = 0
  /\ visible_nodes = [n \in Nodes |-> Others(n)]

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
  /\ UNCHANGED visible_nodes

\* n learns of a name that was registered elsewhere.
SyncRegister(n) ==
  /\ Received(n, "sync_register")
  /\ LET message == Head(inbox[n])
     IN  locally_registered' =
           [locally_registered EXCEPT ![n][message.from] = @ \union {message.name}]
  /\ inbox' = Read(n)
  /\ UNCHANGED <<registered, next_val, visible_nodes>>

\* A name of n's own is unregistered on n, which tells the nodes that it sees.
Unregister(n) ==
  /\ locally_registered[n][n] # {}
  /\ LET name == CHOOSE name \in locally_registered[n][n] : TRUE
     IN  /\ registered' = registered \ {name}
         /\ locally_registered' = [locally_registered EXCEPT ![n][n] = @ \ {name}]
         /\ inbox' = Broadcast(n, [action |-> "sync_unregister", name |-> name, from |-> n])
  /\ UNCHANGED <<next_val, visible_nodes>>

\* n learns of a name that was unregistered elsewhere.
SyncUnregister(n) ==
  /\ Received(n, "sync_unregister")
  /\ LET message == Head(inbox[n])
     IN  locally_registered' =
           [locally_registered EXCEPT ![n][message.from] = @ \ {message.name}]
  /\ inbox' = Read(n)
  /\ UNCHANGED <<registered, next_val, visible_nodes>>

-----------------------------------------------------------------------------
\* Links are cut and healed

\* The link between n and a node that it sees is cut; each is told that the other is down.
Disconnect(n) ==
  /\ visible_nodes[n] # {}
  /\ LET peer == CHOOSE peer \in visible_nodes[n] : TRUE
     IN  /\ visible_nodes' = [visible_nodes EXCEPT ![n] = @ \ {peer}, ![peer] = @ \ {n}]
         /\ inbox' =
              [inbox EXCEPT ![n] = Append(@, [action |-> "DOWN", from |-> peer]),
                            ![peer] = Append(@, [action |-> "DOWN", from |-> n])]
  /\ UNCHANGED <<registered, locally_registered, next_val>>

\* n reads that a node is down, and forgets what it knew of it.
Down(n) ==
  /\ Received(n, "DOWN")
  /\ locally_registered' =
       [locally_registered EXCEPT ![n][Head(inbox[n]).from] = {}]
  /\ inbox' = Read(n)
  /\ UNCHANGED <<registered, next_val, visible_nodes>>

\* The link between n and a node that it does not see is healed; each asks the other.
Reconnect(n) ==
  /\ Others(n) \ visible_nodes[n] # {}
  /\ LET peer == CHOOSE peer \in Others(n) \ visible_nodes[n] : TRUE
     IN  /\ visible_nodes' =
              [visible_nodes EXCEPT ![n] = @ \union {peer}, ![peer] = @ \union {n}]
         /\ inbox' =
              [inbox EXCEPT ![n] = Append(@, [action |-> "discover", from |-> peer]),
                            ![peer] = Append(@, [action |-> "discover", from |-> n])]
  /\ UNCHANGED <<registered, locally_registered, next_val>>

\* n is asked what it has registered, and answers.
Discover(n) ==
  /\ Received(n, "discover")
  /\ LET peer == Head(inbox[n]).from
         answer == [action |-> "ack_sync", from |-> n, local_data |-> locally_registered[n][n]]
     IN  inbox' = [Read(n) EXCEPT ![peer] = Append(@, answer)]
  /\ UNCHANGED <<registered, locally_registered, next_val, visible_nodes>>

\* n gets the answer, and adds it to what it knows of who sent it.
AckSync(n) ==
  /\ Received(n, "ack_sync")
  /\ LET message == Head(inbox[n])
     IN  locally_registered' =
           [locally_registered EXCEPT ![n][message.from] = @ \union message.local_data]
  /\ inbox' = Read(n)
  /\ UNCHANGED <<registered, next_val, visible_nodes>>

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

\* No inbox grows long. The configuration has it as a constraint, since a link that is
\* cut and healed for ever adds messages for ever.
ShortInboxes == \A n \in Nodes : Len(inbox[n]) <= MaxMessages

\* Every inbox is empty at some time.
AllMessagesProcessed == \A n \in Nodes : <>(Len(inbox[n]) = 0)

=============================================================================
