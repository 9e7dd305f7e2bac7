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
  Services,      \* the booking service, a node of its own
  Clients,       \* the nodes that book
  Rooms,         \* the rooms that clients ask for
  Offered,       \* the rooms that there are
  Nights,        \* the nights
  MaxCrashes     \* how many times the service crashes at most

VARIABLES
  inbox,         \* for each node, the messages that wait for it, the oldest first
  up,            \* whether the service runs
  view,          \* the service's memory: the bookings; a crash empties it
  requested,     \* for each client, the bookings that it has asked for
  acknowledged,  \* for each client, the bookings that it was promised
  rejected,      \* for each client, the bookings that it was refused
  crashes        \* how many times the service crashed

vars == <<inbox, up, view, requested, acknowledged, rejected, crashes>>

service == <<up, view>>
clients == <<requested, acknowledged, rejected>>

Init ==
  /\ inbox = [n \in Services \union Clients |-> <<>>]
  /\ up = [s \in Services |-> TRUE]
  /\ view = [s \in Services |-> {}]
  /\ requested = [c \in Clients |-> {}]
  /\ acknowledged = [c \in Clients |-> {}]
  /\ rejected = [c \in Clients |-> {}]
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
  /\ \E s \in Services, booking \in Bookings(c) \ requested[c] :
       /\ up[s]
       /\ requested' = [requested EXCEPT ![c] = @ \union {booking}]
       /\ inbox' = [inbox EXCEPT ![s] = Append(@, [action |-> "book", booking |-> booking])]
  /\ UNCHANGED <<service, acknowledged, rejected, crashes>>

\* c reads that its booking is made.
Accepted(c) ==
  /\ Received(c, "accepted")
  /\ acknowledged' = [acknowledged EXCEPT ![c] = @ \union {Head(inbox[c]).booking}]
  /\ inbox' = Read(c)
  /\ UNCHANGED <<service, requested, rejected, crashes>>

\* c reads that it cannot have the booking.
Rejected(c) ==
  /\ Received(c, "rejected")
  /\ rejected' = [rejected EXCEPT ![c] = @ \union {Head(inbox[c]).booking}]
  /\ inbox' = Read(c)
  /\ UNCHANGED <<service, requested, acknowledged, crashes>>

-----------------------------------------------------------------------------
\* The service

\* The service makes the booking if there is such a room, and answers.
Book(s) ==
  /\ up[s]
  /\ Received(s, "book")
  /\ LET booking == Head(inbox[s]).booking
         answer(kind) == [action |-> kind, booking |-> booking]
     IN  IF booking.room \in Offered
         THEN /\ view' = [view EXCEPT ![s] = @ \union {booking}]
              /\ inbox' = [Read(s) EXCEPT ![booking.client] = Append(@, answer("accepted"))]
         ELSE /\ inbox' = [Read(s) EXCEPT ![booking.client] = Append(@, answer("rejected"))]
              /\ UNCHANGED view
  /\ UNCHANGED <<up, clients, crashes>>

\* The service crashes: its memory and its mailbox are lost.
Crash(s) ==
  /\ up[s]
  /\ crashes < MaxCrashes
  /\ crashes' = crashes + 1
  /\ up' = [up EXCEPT ![s] = FALSE]
  /\ view' = [view EXCEPT ![s] = {}]
  /\ inbox' = [inbox EXCEPT ![s] = <<>>]
  /\ UNCHANGED clients

\* The service starts again.
Restart(s) ==
  /\ ~up[s]
  /\ up' = [up EXCEPT ![s] = TRUE]
  /\ UNCHANGED <<inbox, view, clients, crashes>>

\* Every client has asked for everything and was answered: nothing more needs to happen.
Complete ==
  /\ \A c \in Clients : requested[c] = Bookings(c)
  /\ \A n \in Services \union Clients : inbox[n] = <<>>
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
  \A s \in Services, c \in Clients : up[s] => acknowledged[c] \subseteq view[s]

=============================================================================
