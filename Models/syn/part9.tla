-------------------------------- MODULE part9 ---------------------------------
\* It's a Syn, part 9: only one
\*
\* When a node learns of a name that it knows already, the newer registration wins and
\* the older entry goes: ThereCanBeOnlyOne, that such a node never ends with two, holds.
\* The checker finds that AllRegistered fails, at best in 7 states and without a split:
\* both nodes register the name, the newer registration is unregistered at once, and its
\* node then reads of the older one, which has lost on its own node in the meantime.

EXTENDS Integers, Sequences

CONSTANTS
  Nodes,               \* the nodes of the cluster
  Names,               \* the names that can be registered
  MaxDisconnections    \* how many times a link is cut at most

VARIABLES
  registered,          \* the names that are registered, as an observer of all would know
  locally_registered,  \* for each node n and node m, what n knows of m: a time for each name
  inbox,               \* for each node, the messages that wait for it, the oldest first
  names,               \* for each node, the names that it has not used yet
  time,                \* the time that the next registration gets
  visible_nodes,       \* for each node, the other nodes that it sees
  disconnections       \* how many times a link was cut

vars == <<registered, locally_registered, inbox, names, time, visible_nodes, disconnections>>

Others(n) == Nodes \ {n}

\* A registry without any name in it.
Nothing == [name \in {} |-> 0]

Init ==
  /\ registered = {}
  /\ locally_registered = [n \in Nodes |-> [m \in Nodes |-> Nothing]]
  /\ inbox = [n \in Nodes |-> <<>>]
  /\ names = [n \in Nodes |-> Names]
  /\ time = 0
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

-----------------------------------------------------------------------------
\* Registries

\* The registry with the name registered at that time.
With(registry, name, at) ==
  [x \in DOMAIN registry \union {name} |-> IF x = name THEN at ELSE registry[x]]

\* The registry without those names.
Without(registry, gone) == [x \in DOMAIN registry \ gone |-> registry[x]]

\* The names that n knows, registered on whatever node.
Known(n) == UNION {DOMAIN locally_registered[n][m] : m \in Nodes}

\* What `from` has registered, as n is told, without what n knows to be older: that
\* a newer registration of the same name exists on another node.
Newer(n, from, registry) ==
  LET older(name) ==
        \E m \in Nodes \ {from} :
          /\ name \in DOMAIN locally_registered[n][m]
          /\ locally_registered[n][m][name] > registry[name]
  IN  Without(registry, {name \in DOMAIN registry : older(name)})

\* What n knows when it has been told what `from` has registered: of each name the
\* newest registration stays, and the others go.
Merged(n, from, registry) ==
  LET newer == Newer(n, from, registry)
  IN  [m \in Nodes |->
        IF m = from
        THEN [x \in DOMAIN locally_registered[n][m] \union DOMAIN newer |->
               IF x \in DOMAIN newer THEN newer[x] ELSE locally_registered[n][m][x]]
        ELSE Without(locally_registered[n][m], DOMAIN newer)]

-----------------------------------------------------------------------------
\* Names are registered and unregistered

\* A name that n has not used and does not know is registered on n, which tells the
\* nodes that it sees.
Register(n) ==
  /\ \E name \in names[n] \ Known(n) :
       /\ names' = [names EXCEPT ![n] = @ \ {name}]
       /\ registered' = registered \union {name}
       /\ locally_registered' = [locally_registered EXCEPT ![n][n] = With(@, name, time)]
       /\ inbox' =
            Broadcast(n, [action |-> "sync_register", name |-> name, time |-> time, from |-> n])
  /\ time' = time + 1
  /\ UNCHANGED <<visible_nodes, disconnections>>

\* n learns of a name that was registered elsewhere.
SyncRegister(n) ==
  /\ Received(n, "sync_register")
  /\ LET message == Head(inbox[n])
         registry == With(Nothing, message.name, message.time)
     IN  locally_registered' =
           [locally_registered EXCEPT ![n] = Merged(n, message.from, registry)]
  /\ inbox' = Read(n)
  /\ UNCHANGED <<registered, names, time, visible_nodes, disconnections>>

\* A name of n's own is unregistered on n, which tells the nodes that it sees.
Unregister(n) ==
  /\ \E name \in DOMAIN locally_registered[n][n] :
       /\ registered' = registered \ {name}
       /\ locally_registered' = [locally_registered EXCEPT ![n][n] = Without(@, {name})]
       /\ inbox' = Broadcast(n, [action |-> "sync_unregister", name |-> name, from |-> n])
  /\ UNCHANGED <<names, time, visible_nodes, disconnections>>

\* n learns of a name that was unregistered elsewhere.
SyncUnregister(n) ==
  /\ Received(n, "sync_unregister")
  /\ LET message == Head(inbox[n])
     IN  locally_registered' =
           [locally_registered EXCEPT ![n][message.from] = Without(@, {message.name})]
  /\ inbox' = Read(n)
  /\ UNCHANGED <<registered, names, time, visible_nodes, disconnections>>

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
  /\ UNCHANGED <<registered, locally_registered, names, time>>

\* n reads that a node is down, and forgets what it knew of it.
Down(n) ==
  /\ Received(n, "DOWN")
  /\ locally_registered' =
       [locally_registered EXCEPT ![n][Head(inbox[n]).from] = Nothing]
  /\ inbox' = Read(n)
  /\ UNCHANGED <<registered, names, time, visible_nodes, disconnections>>

\* The link between n and a node that it does not see is healed; each asks the other.
Reconnect(n) ==
  /\ Others(n) \ visible_nodes[n] # {}
  /\ LET peer == CHOOSE peer \in Others(n) \ visible_nodes[n] : TRUE
     IN  /\ visible_nodes' =
              [visible_nodes EXCEPT ![n] = @ \union {peer}, ![peer] = @ \union {n}]
         /\ inbox' =
              [inbox EXCEPT ![n] = Append(@, [action |-> "discover", from |-> peer]),
                            ![peer] = Append(@, [action |-> "discover", from |-> n])]
  /\ UNCHANGED <<registered, locally_registered, names, time, disconnections>>

\* n is asked what it has registered, and answers.
Discover(n) ==
  /\ Received(n, "discover")
  /\ LET peer == Head(inbox[n]).from
         answer == [action |-> "ack_sync", from |-> n, local_data |-> locally_registered[n][n]]
     IN  inbox' = [Read(n) EXCEPT ![peer] = Append(@, answer)]
  /\ UNCHANGED <<registered, locally_registered, names, time, visible_nodes, disconnections>>

\* n gets the answer, and merges it with what it knows.
AckSync(n) ==
  /\ Received(n, "ack_sync")
  /\ LET message == Head(inbox[n])
     IN  locally_registered' =
           [locally_registered EXCEPT ![n] = Merged(n, message.from, message.local_data)]
  /\ inbox' = Read(n)
  /\ UNCHANGED <<registered, names, time, visible_nodes, disconnections>>

\* No name is left that could be registered on n: nothing more needs to happen.
Complete(n) ==
  /\ names[n] \ Known(n) = {}
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
    \/ Complete(n)

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

\* Such a node knows no name as registered on two nodes.
ThereCanBeOnlyOne ==
  \A n \in Nodes :
    Settled(n) =>
      \A m, o \in Nodes :
        m # o => DOMAIN locally_registered[n][m] \intersect DOMAIN locally_registered[n][o] = {}

\* Every inbox is empty at some time.
AllMessagesProcessed == \A n \in Nodes : <>(Len(inbox[n]) = 0)

=============================================================================
