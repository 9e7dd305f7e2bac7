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
  Services,      \* the booking service, a node of its own
  Clients,       \* the nodes that book
  Rooms,         \* the rooms that clients ask for
  Offered,       \* the rooms that there are
  Nights,        \* the nights
  MaxCrashes     \* how many times the service crashes at most

VARIABLES
  inbox,         \* for each node, the messages that wait for it, the oldest first
  up,            \* whether the service runs
  disk,          \* the service's disk, which survives a crash: the log and a snapshot
  view,          \* the service's memory, which does not: the bookings
  version,       \* and of how many entries of the log the service knows
  requested,     \* for each client, the bookings that it has asked for
  acknowledged,  \* for each client, the bookings that it was promised
  rejected,      \* for each client, the bookings that it was refused
  crashes        \* how many times the service crashed

vars == <<inbox, up, disk, view, version, requested, acknowledged, rejected, crashes>>

service == <<up, disk, view, version>>
clients == <<requested, acknowledged, rejected>>

Init ==
  /\ inbox = [n \in Services \union Clients |-> <<>>]
  /\ up = [s \in Services |-> TRUE]
  /\ disk =
       [s \in Services |-> [log |-> <<>>, snapshot |-> [view |-> {}, version |-> 0]]]
  /\ view = [s \in Services |-> {}]
  /\ version = [s \in Services |-> 0]
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

\* The service has read its whole log.
Recovered(s) == up[s] /\ version[s] = Len(disk[s].log)

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
              /\ version' = [version EXCEPT ![s] = @ + 1]
              /\ inbox' =
                   [Read(s) EXCEPT ![booking.client] = Append(@, answer("accepted")),
                                   ![s] = Append(@, apply)]
         ELSE /\ inbox' = [Read(s) EXCEPT ![booking.client] = Append(@, answer("rejected"))]
              /\ UNCHANGED <<disk, version>>
  /\ UNCHANGED <<up, view, clients, crashes>>

\* The service applies a booking that it has logged.
Apply(s) ==
  /\ Recovered(s)
  /\ Received(s, "apply")
  /\ view' = [view EXCEPT ![s] = @ \union {Head(inbox[s]).booking}]
  /\ inbox' = Read(s)
  /\ UNCHANGED <<up, disk, version, clients, crashes>>

\* It is time for a snapshot.
Timer(s) ==
  /\ Recovered(s)
  /\ \A i \in 1..Len(inbox[s]) : inbox[s][i].action # "snapshot"
  /\ inbox' = [inbox EXCEPT ![s] = Append(@, [action |-> "snapshot"])]
  /\ UNCHANGED <<service, clients, crashes>>

\* The service saves its view and its version.
Snapshot(s) ==
  /\ Recovered(s)
  /\ Received(s, "snapshot")
  /\ disk' =
       [disk EXCEPT ![s].snapshot = [view |-> view[s], version |-> version[s]]]
  /\ inbox' = Read(s)
  /\ UNCHANGED <<up, view, version, clients, crashes>>

\* The service crashes: its memory and its mailbox are lost.
Crash(s) ==
  /\ up[s]
  /\ crashes < MaxCrashes
  /\ crashes' = crashes + 1
  /\ up' = [up EXCEPT ![s] = FALSE]
  /\ view' = [view EXCEPT ![s] = {}]
  /\ version' = [version EXCEPT ![s] = 0]
  /\ inbox' = [inbox EXCEPT ![s] = <<>>]
  /\ UNCHANGED <<disk, clients>>

\* The service starts again from its snapshot.
Restart(s) ==
  /\ ~up[s]
  /\ up' = [up EXCEPT ![s] = TRUE]
  /\ view' = [view EXCEPT ![s] = disk[s].snapshot.view]
  /\ version' = [version EXCEPT ![s] = disk[s].snapshot.version]
  /\ UNCHANGED <<inbox, disk, clients, crashes>>

\* The service applies the next entry of its log that is newer than the snapshot.
Recover(s) ==
  /\ up[s]
  /\ ~Recovered(s)
  /\ view' = [view EXCEPT ![s] = @ \union {disk[s].log[version[s] + 1]}]
  /\ version' = [version EXCEPT ![s] = @ + 1]
  /\ UNCHANGED <<inbox, up, disk, clients, crashes>>

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
  \A s \in Services, c \in Clients : Settled(s) => acknowledged[c] \subseteq view[s]

\* Its view is what the log amounts to.
ViewIsLog ==
  \A s \in Services :
    Settled(s) => view[s] = {disk[s].log[i] : i \in 1..Len(disk[s].log)}

=============================================================================
