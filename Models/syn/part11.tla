-------------------------------- MODULE part11 --------------------------------
\* It's a Syn, part 11: reference counts
\*
\* A name can be registered twice, on the two sides of a split or in the same moment on
\* two nodes, so the ideal content counts: how many registrations of each name exist. A
\* node that drops its own registration when it learns of a newer one counts one less.
\* The checker finds that AllRegistered fails, at best in 16 states: a node can lose its
\* registration to an answer after a heal as well, and there nobody counts it. When the
\* winner is unregistered, one registration is left in the books and none on any node.

EXTENDS Integers, Sequences

CONSTANTS
  Nodes,               \* the nodes of the cluster
  Names,               \* the names that can be registered
  MaxDisconnections    \* how many times a link is cut at most

VARIABLES
  registered,          \* for each name, how many registrations of it exist
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
  /\ registered = [name \in Names |-> 0]
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

\* The inboxes when n has read its oldest message, and told something to every node
\* that it sees.
ReadAndTell(n, message) ==
  [o \in Nodes |-> IF o \in visible_nodes[n] THEN Append(Read(n)[o], message) ELSE Read(n)[o]]

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

\* A process on n asks for a name that was not asked for on n before.
Register(n) ==
  /\ \E name \in names[n] :
       /\ names' = [names EXCEPT ![n] = @ \ {name}]
       /\ inbox' =
            [inbox EXCEPT ![n] =
              Append(@, [action |-> "register_or_update_on_node", name |-> name])]
  /\ UNCHANGED <<registered, locally_registered, time, visible_nodes, disconnections>>

\* n registers the name, unless it is taken, and tells the nodes that it sees.
RegisterOrUpdateOnNode(n) ==
  /\ Received(n, "register_or_update_on_node")
  /\ LET name == Head(inbox[n]).name
         message == [action |-> "sync_register", name |-> name, time |-> time, from |-> n]
     IN  IF name \in Known(n)
         THEN /\ inbox' = Read(n)
              /\ UNCHANGED <<registered, locally_registered, time>>
         ELSE /\ registered' = [registered EXCEPT ![name] = @ + 1]
              /\ locally_registered' =
                   [locally_registered EXCEPT ![n][n] = With(@, name, time)]
              /\ inbox' = ReadAndTell(n, message)
              /\ time' = time + 1
  /\ UNCHANGED <<names, visible_nodes, disconnections>>

\* n learns of a name that was registered elsewhere; if it drops its own registration
\* for it, one less exists.
SyncRegister(n) ==
  /\ Received(n, "sync_register")
  /\ LET message == Head(inbox[n])
         registry == With(Nothing, message.name, message.time)
         dropped ==
           DOMAIN Newer(n, message.from, registry) \intersect DOMAIN locally_registered[n][n]
     IN  /\ locally_registered' =
              [locally_registered EXCEPT ![n] = Merged(n, message.from, registry)]
         /\ registered' =
              [name \in Names |->
                IF name \in dropped THEN registered[name] - 1 ELSE registered[name]]
  /\ inbox' = Read(n)
  /\ UNCHANGED <<names, time, visible_nodes, disconnections>>

\* A process on n asks that a name of n's own goes; it asks once.
Unregister(n) ==
  /\ \E name \in DOMAIN locally_registered[n][n] :
       LET request == [action |-> "unregister_on_node", name |-> name]
       IN  /\ \A i \in 1..Len(inbox[n]) : inbox[n][i] # request
           /\ inbox' = [inbox EXCEPT ![n] = Append(@, request)]
  /\ UNCHANGED <<registered, locally_registered, names, time, visible_nodes, disconnections>>

\* n unregisters the name, unless it is gone, and tells the nodes that it sees.
UnregisterOnNode(n) ==
  /\ Received(n, "unregister_on_node")
  /\ LET name == Head(inbox[n]).name
         message == [action |-> "sync_unregister", name |-> name, from |-> n]
     IN  IF name \in DOMAIN locally_registered[n][n]
         THEN /\ registered' = [registered EXCEPT ![name] = @ - 1]
              /\ locally_registered' =
                   [locally_registered EXCEPT ![n][n] = Without(@, {name})]
              /\ inbox' = ReadAndTell(n, message)
         ELSE /\ inbox' = Read(n)
              /\ UNCHANGED <<registered, locally_registered>>
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

\* No name is left that a process on n could ask for.
Complete(n) ==
  /\ names[n] = {}
  /\ UNCHANGED vars

Next ==
  \E n \in Nodes :
    \/ Register(n)
    \/ RegisterOrUpdateOnNode(n)
    \/ SyncRegister(n)
    \/ Unregister(n)
    \/ UnregisterOnNode(n)
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
  \A n \in Nodes : Settled(n) => Known(n) = {name \in Names : registered[name] > 0}

\* Such a node knows no name as registered on two nodes.
ThereCanBeOnlyOne ==
  \A n \in Nodes :
    Settled(n) =>
      \A m, o \in Nodes :
        m # o => DOMAIN locally_registered[n][m] \intersect DOMAIN locally_registered[n][o] = {}

\* Every inbox is empty at some time.
AllMessagesProcessed == \A n \in Nodes : <>(Len(inbox[n]) = 0)

=============================================================================
