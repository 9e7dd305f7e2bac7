-------------------------------- MODULE part2 ---------------------------------
\* Bookings, part 2: a log
\*
\* The service has a disk. A command that is valid is appended to a log under the next
\* version number, and the same step answers it: what was promised is on the disk. The
\* service applies the booking to its view later, by a message to itself. After a crash it
\* reads the log again from the start, entry by entry, before it reads its mailbox. The
\* checker visits every state and finds no error.

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
  disk,          \* for each node, what survives a crash: of the service its log
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
  /\ disk = [n \in Nodes |-> IF n \in Clients THEN "none" ELSE [log |-> <<>>]]
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

\* The service crashes: its memory and its mailbox are lost.
Crash(s) ==
  /\ up[s]
  /\ crashes < MaxCrashes
  /\ crashes' = crashes + 1
  /\ up' = [up EXCEPT ![s] = FALSE]
  /\ memory' = [memory EXCEPT ![s] = Empty]
  /\ inbox' = [inbox EXCEPT ![s] = <<>>]
  /\ UNCHANGED disk

\* The service starts again, with an empty view.
Restart(s) ==
  /\ ~up[s]
  /\ up' = [up EXCEPT ![s] = TRUE]
  /\ UNCHANGED <<inbox, disk, memory, crashes>>

\* The service applies the next entry of its log.
Recover(s) ==
  /\ up[s]
  /\ ~Recovered(s)
  /\ memory' =
       [memory EXCEPT ![s].view = @ \union {disk[s].log[memory[s].version + 1]},
                      ![s].version = @ + 1]
  /\ UNCHANGED <<inbox, disk, up, crashes>>

\* Every client has asked for everything and was answered: nothing more needs to happen.
Complete ==
  /\ \A c \in Clients : memory[c].requested = Bookings(c)
  /\ \A n \in Nodes : inbox[n] = <<>>
  /\ \A s \in Services : Recovered(s)
  /\ UNCHANGED vars

Next ==
  \/ \E s \in Services :
       \/ Book(s)
       \/ Apply(s)
       \/ Crash(s)
       \/ Restart(s)
       \/ Recover(s)
  \/ \E c \in Clients :
       \/ Send(c)
       \/ Accepted(c)
       \/ Rejected(c)
  \/ Complete

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
