------------------------------- MODULE part3a -------------------------------
\* It's a Syn, part 3a: asynchronous
\*
\* Names are registered and unregistered at any time now, also while messages are
\* under way. The checker finds that AllRegistered fails, at best in 6 states: a
\* name is registered on n1 and unregistered there, then n2 learns of it and
\* unregisters it, too, before it hears that the name is gone. One registration is
\* then counted as removed twice: the counters cannot describe what the nodes know.

EXTENDS Integers, FiniteSets, Sequences

CONSTANTS
  Nodes,       \* the nodes of the cluster
  MaxValues    \* how many names are given out

VARIABLES
  registered,  \* for each node, the names that it knows
  inbox,       \* for each node, the messages that wait for it, the oldest first
  next_val,    \* the next name to be registered
  added,       \* how many registrations were made
  removed      \* how many names were unregistered

vars == <<registered, inbox, next_val, added, removed>>

Init ==
  /\ registered = [n \in Nodes |-> {}]
  /\ inbox = [n \in Nodes |-> <<>>]
  /\ next_val = 0
  /\ added = 0
  /\ removed = 0

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
  /\ registered' = [registered EXCEPT ![n] = @ \union {next_val}]
  /\ inbox' = Broadcast(n, [action |-> "sync_register", name |-> next_val])
  /\ next_val' = next_val + 1
  /\ added' = added + 1
  /\ UNCHANGED removed

\* n learns of a name that was registered elsewhere.
SyncRegister(n) ==
  /\ Received(n, "sync_register")
  /\ registered' = [registered EXCEPT ![n] = @ \union {Head(inbox[n]).name}]
  /\ inbox' = [inbox EXCEPT ![n] = Tail(@)]
  /\ UNCHANGED <<next_val, added, removed>>

\* A name that n knows is unregistered on n, which tells the others.
Unregister(n) ==
  /\ registered[n] # {}
  /\ LET name == CHOOSE name \in registered[n] : TRUE
     IN  /\ registered' = [registered EXCEPT ![n] = @ \ {name}]
         /\ inbox' = Broadcast(n, [action |-> "sync_unregister", name |-> name])
  /\ removed' = removed + 1
  /\ UNCHANGED <<next_val, added>>

\* n learns of a name that was unregistered elsewhere.
SyncUnregister(n) ==
  /\ Received(n, "sync_unregister")
  /\ registered' = [registered EXCEPT ![n] = @ \ {Head(inbox[n]).name}]
  /\ inbox' = [inbox EXCEPT ![n] = Tail(@)]
  /\ UNCHANGED <<next_val, added, removed>>

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

\* A node that has read all its messages knows what was added and not removed.
AllRegistered ==
  \A n \in Nodes :
    inbox[n] = <<>> => Cardinality(registered[n]) = added - removed

\* Every inbox is empty at some time.
AllMessagesProcessed == \A n \in Nodes : <>(Len(inbox[n]) = 0)

===============================================================================
