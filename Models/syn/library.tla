------------------------------- MODULE library --------------------------------
\* It's a Syn: the library
\*
\* The recovery protocol as the library has it (src/syn_gen_scope.erl, src/syn_registry.erl):
\* one table by name on each node; a map of the nodes that were discovered; "nodeup" and
\* "DOWN" from the runtime; a snapshot in ack_sync that is answered by another; conflicts
\* that the owner resolves. Erlang keeps the order only between two nodes, so each node has
\* an inbox for every other, and what is under way when a link breaks is lost. The checker
\* finds no error with two nodes. With three (--constant 'Nodes={n1,n2,n3}') AllRegistered
\* fails as in part 14; README.md beside this file says what is simplified.

EXTENDS Integers, Sequences

CONSTANTS
  Nodes,             \* the nodes of the cluster
  Names,             \* the names that can be registered
  MaxDisconnections  \* how many times a link is cut at most

VARIABLES
  registered,        \* for each name, how many processes are registered under it
  table,             \* for each node, what it knows of a name: on which node, and since when
  nodes_map,         \* for each node, the nodes that it has discovered and monitors
  inbox,             \* for each node n and node m, what waits for n from m, the oldest first
  names,             \* for each node, the names that it has not used yet
  time,              \* the time that the next registration gets
  visible_nodes,     \* for each node, the other nodes that it sees
  disconnections     \* how many times a link was cut

vars ==
  <<registered, table, nodes_map, inbox, names, time, visible_nodes, disconnections>>

Others(n) == Nodes \ {n}

\* A table without any name in it.
Nothing == [name \in {} |-> [node |-> "", time |-> 0]]

Init ==
  /\ registered = [name \in Names |-> 0]
  /\ table = [n \in Nodes |-> Nothing]
  /\ nodes_map = [n \in Nodes |-> Others(n)]
  /\ inbox = [n \in Nodes |-> [m \in Others(n) |-> <<>>]]
  /\ names = [n \in Nodes |-> Names]
  /\ time = 0
  /\ visible_nodes = [n \in Nodes |-> Others(n)]
  /\ disconnections = 0

-----------------------------------------------------------------------------
\* Messages and tables

\* The oldest message that waits for n from m is of that kind.
Received(n, m, kind) ==
  /\ inbox[n][m] # <<>>
  /\ Head(inbox[n][m]).action = kind

\* The inboxes when n has read its oldest message from m.
Read(n, m) == [inbox EXCEPT ![n][m] = Tail(@)]

\* The inboxes when n has sent those messages to the nodes in `to`; one that it does not
\* see gets nothing.
Sent(boxes, n, to, messages) ==
  [o \in Nodes |->
    IF o \in to \intersect visible_nodes[n]
    THEN [boxes[o] EXCEPT ![n] = @ \o messages]
    ELSE boxes[o]]

\* The inboxes when n has begun to monitor m, whom it did not know: without a link it is
\* told at once that m is down.
Monitored(boxes, n, m) ==
  IF m \in nodes_map[n] \union visible_nodes[n]
  THEN boxes
  ELSE [boxes EXCEPT ![n][m] = Append(@, [action |-> "DOWN"])]

\* The table with the name registered on that node at that time.
With(known, name, node, at) ==
  [x \in DOMAIN known \union {name} |->
    IF x = name THEN [node |-> node, time |-> at] ELSE known[x]]

\* The table without those names.
Without(known, gone) == [x \in DOMAIN known \ gone |-> known[x]]

\* The names that the table has from that node.
From(known, node) == {name \in DOMAIN known : known[name].node = node}

\* The names in the snapshot of another node that n's table has with a process of n's own,
\* and of these the ones that n loses.
Conflicts(n, known, snapshot) == From(known, n) \intersect DOMAIN snapshot
Lost(n, known, snapshot) ==
  {name \in Conflicts(n, known, snapshot) : known[name].time < snapshot[name]}

\* The table when n has been told a snapshot of m. Where it has a process of its own that
\* is newer, that one stays and gets a new time; else what is older than the table counts
\* only if the table has it from m, too.
Synced(n, m, known, snapshot) ==
  [x \in DOMAIN known \union DOMAIN snapshot |->
    IF x \notin DOMAIN snapshot THEN known[x]
    ELSE IF x \notin DOMAIN known THEN [node |-> m, time |-> snapshot[x]]
    ELSE IF x \in Conflicts(n, known, snapshot) \ Lost(n, known, snapshot)
         THEN [node |-> n, time |-> time]
    ELSE IF known[x].node = m \/ known[x].time < snapshot[x]
         THEN [node |-> m, time |-> snapshot[x]]
    ELSE known[x]]

RECURSIVE SequenceOf(_)
SequenceOf(set) ==
  IF set = {}
  THEN <<>>
  ELSE LET x == CHOOSE x \in set : TRUE IN <<x>> \o SequenceOf(set \ {x})

\* What n broadcasts about the conflicts: that its own process is gone, or stays.
Resolutions(n, known, snapshot) ==
  SequenceOf(
    {IF name \in Lost(n, known, snapshot)
     THEN [action |-> "sync_unregister", name |-> name]
     ELSE [action |-> "sync_register", name |-> name, time |-> time] :
      name \in Conflicts(n, known, snapshot)})

\* The processes that lose a conflict are killed, and those that win get a new time.
Resolve(n, known, snapshot) ==
  LET lost == Lost(n, known, snapshot)
  IN  /\ registered' =
           [name \in Names |-> IF name \in lost THEN registered[name] - 1 ELSE registered[name]]
      /\ time' = IF Conflicts(n, known, snapshot) = lost THEN time ELSE time + 1

\* The snapshot of n's own processes.
Snapshot(n, known) == [name \in From(known, n) |-> known[name].time]

-----------------------------------------------------------------------------
\* Names are registered and unregistered

\* A process is registered under a name that is free on n; the discovered nodes are told.
Register(n) ==
  /\ \E name \in names[n] \ DOMAIN table[n] :
       /\ names' = [names EXCEPT ![n] = @ \ {name}]
       /\ registered' = [registered EXCEPT ![name] = @ + 1]
       /\ table' = [table EXCEPT ![n] = With(@, name, n, time)]
       /\ inbox' =
            Sent(inbox, n, nodes_map[n],
                 <<[action |-> "sync_register", name |-> name, time |-> time]>>)
  /\ time' = time + 1
  /\ UNCHANGED <<nodes_map, visible_nodes, disconnections>>

\* n learns of a name that was registered elsewhere, unless it has not discovered that node.
SyncRegister(n, m) ==
  /\ Received(n, m, "sync_register")
  /\ LET message == Head(inbox[n][m])
         snapshot == [name \in {message.name} |-> message.time]
     IN  IF m \in nodes_map[n]
         THEN /\ table' = [table EXCEPT ![n] = Synced(n, m, @, snapshot)]
              /\ Resolve(n, table[n], snapshot)
              /\ inbox' =
                   Sent(Read(n, m), n, nodes_map[n], Resolutions(n, table[n], snapshot))
         ELSE /\ inbox' = Read(n, m)
              /\ UNCHANGED <<registered, table, time>>
  /\ UNCHANGED <<nodes_map, names, visible_nodes, disconnections>>

\* A process of n's own is unregistered; the discovered nodes are told.
Unregister(n) ==
  /\ \E name \in From(table[n], n) :
       /\ registered' = [registered EXCEPT ![name] = @ - 1]
       /\ table' = [table EXCEPT ![n] = Without(@, {name})]
       /\ inbox' =
            Sent(inbox, n, nodes_map[n], <<[action |-> "sync_unregister", name |-> name]>>)
  /\ UNCHANGED <<nodes_map, names, time, visible_nodes, disconnections>>

\* n learns of a name that was unregistered elsewhere.
SyncUnregister(n, m) ==
  /\ Received(n, m, "sync_unregister")
  /\ table' =
       [table EXCEPT ![n] = Without(@, From(@, m) \intersect {Head(inbox[n][m]).name})]
  /\ inbox' = Read(n, m)
  /\ UNCHANGED <<registered, nodes_map, names, time, visible_nodes, disconnections>>

-----------------------------------------------------------------------------
\* Links are cut and healed

\* What n has of m when the link breaks and all but the first i messages are lost; n is
\* told that m is down if it monitors it.
Broken(n, m, i) ==
  LET arrived == SubSeq(inbox[n][m], 1, i)
      told == \E k \in 1..i : arrived[k].action = "DOWN"
  IN  IF m \in nodes_map[n] /\ ~told
      THEN Append(arrived, [action |-> "DOWN"])
      ELSE arrived

\* How many messages may have arrived: what the runtime has put there is never lost, nor
\* what came before it.
Arrived(n, m) ==
  {i \in 0..Len(inbox[n][m]) :
    \A k \in (i + 1)..Len(inbox[n][m]) : inbox[n][m][k].action \notin {"nodeup", "DOWN"}}

\* The link between n and a node that it sees is cut; what was under way is lost.
Disconnect(n) ==
  /\ disconnections < MaxDisconnections
  /\ \E peer \in visible_nodes[n] :
       /\ visible_nodes' = [visible_nodes EXCEPT ![n] = @ \ {peer}, ![peer] = @ \ {n}]
       /\ \E i \in Arrived(n, peer), j \in Arrived(peer, n) :
            inbox' = [inbox EXCEPT ![n][peer] = Broken(n, peer, i),
                                   ![peer][n] = Broken(peer, n, j)]
  /\ disconnections' = disconnections + 1
  /\ UNCHANGED <<registered, table, nodes_map, names, time>>

\* n reads that m is down, and forgets what it knew of it.
Down(n, m) ==
  /\ Received(n, m, "DOWN")
  /\ table' = [table EXCEPT ![n] = Without(@, From(@, m))]
  /\ nodes_map' = [nodes_map EXCEPT ![n] = @ \ {m}]
  /\ inbox' = Read(n, m)
  /\ UNCHANGED <<registered, names, time, visible_nodes, disconnections>>

\* The link between n and a node that it does not see is healed.
Reconnect(n) ==
  /\ \E peer \in Others(n) \ visible_nodes[n] :
       /\ visible_nodes' =
            [visible_nodes EXCEPT ![n] = @ \union {peer}, ![peer] = @ \union {n}]
       /\ inbox' = [inbox EXCEPT ![n][peer] = Append(@, [action |-> "nodeup"]),
                                 ![peer][n] = Append(@, [action |-> "nodeup"])]
  /\ UNCHANGED <<registered, table, nodes_map, names, time, disconnections>>

\* n reads that m is up, and asks it.
Nodeup(n, m) ==
  /\ Received(n, m, "nodeup")
  /\ inbox' = Sent(Read(n, m), n, {m}, <<[action |-> "discover"]>>)
  /\ UNCHANGED <<registered, table, nodes_map, names, time, visible_nodes, disconnections>>

\* n is asked by m, answers with its own processes, and knows m from now on.
Discover(n, m) ==
  /\ Received(n, m, "discover")
  /\ LET answer == [action |-> "ack_sync", local_data |-> Snapshot(n, table[n])]
     IN  inbox' = Monitored(Sent(Read(n, m), n, {m}, <<answer>>), n, m)
  /\ nodes_map' = [nodes_map EXCEPT ![n] = @ \union {m}]
  /\ UNCHANGED <<registered, table, names, time, visible_nodes, disconnections>>

\* n gets m's snapshot: what it lacks goes, the rest is merged. If n did not know m, it
\* answers with a snapshot of its own.
AckSync(n, m) ==
  /\ Received(n, m, "ack_sync")
  /\ LET snapshot == Head(inbox[n][m]).local_data
         known == Without(table[n], From(table[n], m) \ DOMAIN snapshot)
         synced == Synced(n, m, known, snapshot)
         answer == [action |-> "ack_sync", local_data |-> Snapshot(n, synced)]
         told == Sent(Read(n, m), n, nodes_map[n], Resolutions(n, known, snapshot))
     IN  /\ table' = [table EXCEPT ![n] = synced]
         /\ Resolve(n, known, snapshot)
         /\ inbox' =
              IF m \in nodes_map[n]
              THEN told
              ELSE Monitored(Sent(told, n, {m}, <<answer>>), n, m)
  /\ nodes_map' = [nodes_map EXCEPT ![n] = @ \union {m}]
  /\ UNCHANGED <<names, visible_nodes, disconnections>>

\* No name is left that could be registered on n: nothing more needs to happen.
Complete(n) ==
  /\ names[n] \ DOMAIN table[n] = {}
  /\ UNCHANGED vars

Next ==
  \E n \in Nodes :
    \/ Register(n)
    \/ Unregister(n)
    \/ Disconnect(n)
    \/ Reconnect(n)
    \/ \E m \in Others(n) :
         \/ SyncRegister(n, m)
         \/ SyncUnregister(n, m)
         \/ Down(n, m)
         \/ Nodeup(n, m)
         \/ Discover(n, m)
         \/ AckSync(n, m)
    \/ Complete(n)

Spec == Init /\ [][Next]_vars

-----------------------------------------------------------------------------

\* No message is under way, and n sees everyone.
Settled(n) ==
  /\ \A o \in Nodes : \A m \in Others(o) : inbox[o][m] = <<>>
  /\ visible_nodes[n] = Others(n)

\* A node knows the names that are registered and no others, when no message is under way
\* and it sees everyone.
AllRegistered ==
  \A n \in Nodes :
    Settled(n) => DOMAIN table[n] = {name \in Names : registered[name] > 0}

\* When moreover every node sees every other, no name is registered twice, and all agree
\* on which node.
ThereCanBeOnlyOne ==
  (\A n \in Nodes : Settled(n)) =>
    \A name \in Names :
      /\ registered[name] <= 1
      /\ \A n, m \in Nodes :
           name \in DOMAIN table[n] \intersect DOMAIN table[m] =>
             table[n][name].node = table[m][name].node

=============================================================================
