-------------------------------- MODULE part1 ---------------------------------
\* Bookings, part 1: in memory only
\*
\* A service takes commands from clients: a room for a night. It looks whether there is
\* such a room, books it, and answers. The bookings are in its memory and nowhere else, and
\* a crash takes memory and mailbox. The checker finds that AcknowledgedSurvive fails, at
\* best in 6 states: a client was promised a room, and the service knows nothing of it
\* after a restart. That two clients may get the same room is a matter for part 5.

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
  memory,        \* for each node, what it knows: the service its view; a client what it
                 \* requested, and what was acknowledged and rejected
  up,            \* for each node, whether it runs
  crashes        \* how many times the service crashed

vars == <<inbox, memory, up, crashes>>

Services == Nodes \ Clients

\* What the service knows when it starts for the first time.
Empty == [view |-> {}]

Init ==
  /\ inbox = [n \in Nodes |-> <<>>]
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
  /\ UNCHANGED <<up, crashes>>

\* c reads that its booking is made.
Accepted(c) ==
  /\ Received(c, "accepted")
  /\ memory' = [memory EXCEPT ![c].acknowledged = @ \union {Head(inbox[c]).booking}]
  /\ inbox' = Read(c)
  /\ UNCHANGED <<up, crashes>>

\* c reads that it cannot have the booking.
Rejected(c) ==
  /\ Received(c, "rejected")
  /\ memory' = [memory EXCEPT ![c].rejected = @ \union {Head(inbox[c]).booking}]
  /\ inbox' = Read(c)
  /\ UNCHANGED <<up, crashes>>

-----------------------------------------------------------------------------
\* The service

\* The service makes the booking if there is such a room, and answers.
Book(s) ==
  /\ up[s]
  /\ Received(s, "book")
  /\ LET booking == Head(inbox[s]).booking
         answer(kind) == [action |-> kind, booking |-> booking]
     IN  IF booking.room \in Offered
         THEN /\ memory' = [memory EXCEPT ![s].view = @ \union {booking}]
              /\ inbox' = [Read(s) EXCEPT ![booking.client] = Append(@, answer("accepted"))]
         ELSE /\ inbox' = [Read(s) EXCEPT ![booking.client] = Append(@, answer("rejected"))]
              /\ UNCHANGED memory
  /\ UNCHANGED <<up, crashes>>

\* The service crashes: its memory and its mailbox are lost.
Crash(s) ==
  /\ up[s]
  /\ crashes < MaxCrashes
  /\ crashes' = crashes + 1
  /\ up' = [up EXCEPT ![s] = FALSE]
  /\ memory' = [memory EXCEPT ![s] = Empty]
  /\ inbox' = [inbox EXCEPT ![s] = <<>>]

\* The service starts again.
Restart(s) ==
  /\ ~up[s]
  /\ up' = [up EXCEPT ![s] = TRUE]
  /\ UNCHANGED <<inbox, memory, crashes>>

\* Every client has asked for everything and was answered: nothing more needs to happen.
Complete ==
  /\ \A c \in Clients : memory[c].requested = Bookings(c)
  /\ \A n \in Nodes : inbox[n] = <<>>
  /\ \A s \in Services : up[s]
  /\ UNCHANGED vars

Next ==
  \/ \E s \in Services :
       \/ Book(s)
       \/ Crash(s)
       \/ Restart(s)
  \/ \E c \in Clients :
       \/ Send(c)
       \/ Accepted(c)
       \/ Rejected(c)
  \/ Complete

Spec == Init /\ [][Next]_vars

-----------------------------------------------------------------------------

\* Whenever the service runs, what a client was promised is booked.
AcknowledgedSurvive ==
  \A s \in Services, c \in Clients :
    up[s] => memory[c].acknowledged \subseteq memory[s].view

=============================================================================
