-------------------------------- MODULE part3 ---------------------------------
\* Bookings, part 3: a snapshot
\*
\* A timer makes the service save its view and its version now and then, and a restart
\* replays only the entries of the log that are newer. The checker finds that
\* AcknowledgedSurvive fails, at best in 8 states: the timer fires between a command that
\* is logged and the message that applies it. The snapshot then has the new version and the
\* old view, and after a crash nobody applies the entry.

EXTENDS Integers, Sequences

CONSTANTS
  Nodes,         \* the service and its clients
  Clients,       \* the nodes that book; the other one is the service
  Rooms,         \* the rooms that clients ask for
  Offered,       \* the rooms that there are
  Nights,        \* the nights
  MaxCrashes     \* how many times the service crashes at most

VARIABLES
  inbox,         \* for each node, the messages that wait for it, the oldest first
  disk,          \* for each node, what survives a crash: of the service its log and
                 \* its snapshot
  memory,        \* for each node, what it knows: the service its view and how many
                 \* entries of the log it knows of; a client
                 \* what it requested, and what was acknowledged and rejected
  up,            \* for each node, whether it runs
  crashes        \* how many times the service crashed

vars == <<inbox, disk, memory, up, crashes>>

Services == Nodes \ Clients

\* What the service knows when it starts for the first time.
Empty == [view |-> {}, version |-> 0]

Init ==
  /\ inbox = [n \in Nodes |-> <<>>]
  /\ disk =
       [n \in Nodes |->
         IF n \in Clients THEN "none" ELSE [log |-> <<>>, snapshot |-> Empty]]
  /\ memory =
       [n \in Nodes |->
         IF n \in Clients
         THEN [requested |-> {}, acknowledged |-> {}, rejected |-> {}]
         ELSE Empty]
  /\ up = [n \in Nodes |-> TRUE]
  /\ crashes = 0

\* What client c can ask for.
Bookings(c) == [client : {c}, room : Rooms, night : Nights]

\* A message of that kind is the oldest in n's inbox.
Received(n, kind) ==
  /\ inbox[n] # <<>>
  /\ Head(inbox[n]).action = kind

\* The inboxes when n has read its oldest message.
Read(n) == [inbox EXCEPT ![n] = Tail(@)]

-----------------------------------------------------------------------------
\* The clients

\* c asks for a booking that it has not asked for before.
Send(c) ==
  /\ \E s \in Services, booking \in Bookings(c) \ memory[c].requested :
       /\ up[s]
       /\ memory' = [memory EXCEPT ![c].requested = @ \union {booking}]
       /\ inbox' = [inbox EXCEPT ![s] = Append(@, [action |-> "book", booking |-> booking])]
  /\ UNCHANGED <<disk, up, crashes>>

\* c reads that its booking is made.
Accepted(c) ==
  /\ Received(c, "accepted")
  /\ memory' = [memory EXCEPT ![c].acknowledged = @ \union {Head(inbox[c]).booking}]
  /\ inbox' = Read(c)
  /\ UNCHANGED <<disk, up, crashes>>

\* c reads that it cannot have the booking.
Rejected(c) ==
  /\ Received(c, "rejected")
  /\ memory' = [memory EXCEPT ![c].rejected = @ \union {Head(inbox[c]).booking}]
  /\ inbox' = Read(c)
  /\ UNCHANGED <<disk, up, crashes>>

-----------------------------------------------------------------------------
\* The service

\* The service has read its whole log.
Recovered(s) == up[s] /\ memory[s].version = Len(disk[s].log)

\* The service logs the booking if there is such a room, answers, and tells itself to
\* apply it.
Book(s) ==
  /\ Recovered(s)
  /\ Received(s, "book")
  /\ LET booking == Head(inbox[s]).booking
         answer(kind) == [action |-> kind, booking |-> booking]
         apply == [action |-> "apply", booking |-> booking]
     IN  IF booking.room \in Offered
         THEN /\ disk' = [disk EXCEPT ![s].log = Append(@, booking)]
              /\ memory' = [memory EXCEPT ![s].version = @ + 1]
              /\ inbox' =
                   [Read(s) EXCEPT ![booking.client] = Append(@, answer("accepted")),
                                   ![s] = Append(@, apply)]
         ELSE /\ inbox' = [Read(s) EXCEPT ![booking.client] = Append(@, answer("rejected"))]
              /\ UNCHANGED <<disk, memory>>
  /\ UNCHANGED <<up, crashes>>

\* The service applies a booking that it has logged.
Apply(s) ==
  /\ Recovered(s)
  /\ Received(s, "apply")
  /\ memory' = [memory EXCEPT ![s].view = @ \union {Head(inbox[s]).booking}]
  /\ inbox' = Read(s)
  /\ UNCHANGED <<disk, up, crashes>>

\* It is time for a snapshot.
Timer(s) ==
  /\ Recovered(s)
  /\ \A i \in 1..Len(inbox[s]) : inbox[s][i].action # "snapshot"
  /\ inbox' = [inbox EXCEPT ![s] = Append(@, [action |-> "snapshot"])]
  /\ UNCHANGED <<disk, memory, up, crashes>>

\* The service saves its view and its version.
Snapshot(s) ==
  /\ Recovered(s)
  /\ Received(s, "snapshot")
  /\ disk' = [disk EXCEPT ![s].snapshot = memory[s]]
  /\ inbox' = Read(s)
  /\ UNCHANGED <<memory, up, crashes>>

\* The service crashes: its memory and its mailbox are lost.
Crash(s) ==
  /\ up[s]
  /\ crashes < MaxCrashes
  /\ crashes' = crashes + 1
  /\ up' = [up EXCEPT ![s] = FALSE]
  /\ memory' = [memory EXCEPT ![s] = Empty]
  /\ inbox' = [inbox EXCEPT ![s] = <<>>]
  /\ UNCHANGED disk

\* The service starts again from its snapshot.
Restart(s) ==
  /\ ~up[s]
  /\ up' = [up EXCEPT ![s] = TRUE]
  /\ memory' = [memory EXCEPT ![s] = disk[s].snapshot]
  /\ UNCHANGED <<inbox, disk, crashes>>

\* The service applies the next entry of its log that is newer than the snapshot.
Recover(s) ==
  /\ up[s]
  /\ ~Recovered(s)
  /\ memory' =
       [memory EXCEPT ![s].view = @ \union {disk[s].log[memory[s].version + 1]},
                      ![s].version = @ + 1]
  /\ UNCHANGED <<inbox, disk, up, crashes>>

Next ==
  \/ \E s \in Services :
       \/ Book(s)
       \/ Apply(s)
       \/ Timer(s)
       \/ Snapshot(s)
       \/ Crash(s)
       \/ Restart(s)
       \/ Recover(s)
  \/ \E c \in Clients :
       \/ Send(c)
       \/ Accepted(c)
       \/ Rejected(c)

Spec == Init /\ [][Next]_vars

-----------------------------------------------------------------------------

\* The service runs and has nothing left to apply.
Settled(s) ==
  /\ Recovered(s)
  /\ \A i \in 1..Len(inbox[s]) : inbox[s][i].action # "apply"

\* A service that has nothing left to apply has every booking that a client was promised.
AcknowledgedSurvive ==
  \A s \in Services, c \in Clients :
    Settled(s) => memory[c].acknowledged \subseteq memory[s].view

\* Its view is what the log amounts to.
ViewIsLog ==
  \A s \in Services :
    Settled(s) => memory[s].view = {disk[s].log[i] : i \in 1..Len(disk[s].log)}

=============================================================================
