-------------------------------- MODULE part5b --------------------------------
\* Bookings, part 5b: validated against the log
\*
\* A command is valid if there is such a room and the log has no booking of it for that
\* night. The log and not the view: a booking in quarantine is promised, too. The checker
\* visits every state and finds no error.

EXTENDS Integers, Sequences

CONSTANTS
  Nodes,         \* the service and its clients
  Clients,       \* the nodes that book; the other one is the service
  Rooms,         \* the rooms that clients ask for
  Offered,       \* the rooms that there are
  Nights,        \* the nights
  Poison,        \* the rooms of which a booking crashes the service when it is applied
  MaxCrashes     \* how many times the service crashes at most

VARIABLES
  inbox,         \* for each node, the messages that wait for it, the oldest first
  disk,          \* for each node, what survives a crash: of the service its log, its
                 \* snapshot, its mark (a version, or 0), and the versions in quarantine
  memory,        \* for each node, what it knows: the service its view and how many
                 \* entries of the log that amounts to; a client
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
         IF n \in Clients
         THEN "none"
         ELSE [log |-> <<>>, snapshot |-> Empty, mark |-> 0, quarantine |-> {}]]
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

\* What c has been answered.
Answered(c) == memory[c].acknowledged \union memory[c].rejected

\* c asks again for a booking when a crash has swallowed the command.
SendAgain(c) ==
  /\ \E s \in Services, booking \in memory[c].requested \ Answered(c) :
       /\ up[s]
       /\ \A i \in 1..Len(inbox[s]) :
            inbox[s][i] # [action |-> "book", booking |-> booking]
       /\ \A i \in 1..Len(inbox[c]) : inbox[c][i].booking # booking
       /\ inbox' = [inbox EXCEPT ![s] = Append(@, [action |-> "book", booking |-> booking])]
  /\ UNCHANGED <<disk, memory, up, crashes>>

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

\* The service runs and has nothing left to apply; only then it reads its mailbox.
Settled(s) == up[s] /\ memory[s].version = Len(disk[s].log)

\* There is such a room, and the log has no booking of it for that night.
Valid(s, booking) ==
  /\ booking.room \in Offered
  /\ \A i \in 1..Len(disk[s].log) :
       LET other == disk[s].log[i]
       IN  <<booking.room, booking.night>> # <<other.room, other.night>>

\* The service logs the booking if the room is there and free, and answers.
Book(s) ==
  /\ Settled(s)
  /\ Received(s, "book")
  /\ LET booking == Head(inbox[s]).booking
         answer(kind) == [action |-> kind, booking |-> booking]
     IN  IF Valid(s, booking)
         THEN /\ disk' = [disk EXCEPT ![s].log = Append(@, booking)]
              /\ inbox' = [Read(s) EXCEPT ![booking.client] = Append(@, answer("accepted"))]
         ELSE /\ inbox' = [Read(s) EXCEPT ![booking.client] = Append(@, answer("rejected"))]
              /\ UNCHANGED disk
  /\ UNCHANGED <<memory, up, crashes>>

\* It is time for a snapshot.
Timer(s) ==
  /\ Settled(s)
  /\ \A i \in 1..Len(inbox[s]) : inbox[s][i].action # "snapshot"
  /\ inbox' = [inbox EXCEPT ![s] = Append(@, [action |-> "snapshot"])]
  /\ UNCHANGED <<disk, memory, up, crashes>>

\* The service saves its view and its version.
Snapshot(s) ==
  /\ Settled(s)
  /\ Received(s, "snapshot")
  /\ disk' = [disk EXCEPT ![s].snapshot = memory[s]]
  /\ inbox' = Read(s)
  /\ UNCHANGED <<memory, up, crashes>>

\* Memory and mailbox of the service are lost.
GoDown(s) ==
  /\ up' = [up EXCEPT ![s] = FALSE]
  /\ memory' = [memory EXCEPT ![s] = Empty]
  /\ inbox' = [inbox EXCEPT ![s] = <<>>]

\* The service crashes for whatever reason.
Crash(s) ==
  /\ up[s]
  /\ crashes < MaxCrashes
  /\ crashes' = crashes + 1
  /\ GoDown(s)
  /\ UNCHANGED disk

\* The service marks the next entry of its log before it applies it, or skips it when it
\* is in quarantine.
Mark(s) ==
  /\ up[s]
  /\ ~Settled(s)
  /\ disk[s].mark = 0
  /\ IF memory[s].version + 1 \in disk[s].quarantine
     THEN /\ memory' = [memory EXCEPT ![s].version = @ + 1]
          /\ UNCHANGED disk
     ELSE /\ disk' = [disk EXCEPT ![s].mark = memory[s].version + 1]
          /\ UNCHANGED memory
  /\ UNCHANGED <<inbox, up, crashes>>

\* The service applies the marked entry of its log and removes the mark, or crashes if the
\* entry is poison.
Apply(s) ==
  /\ up[s]
  /\ disk[s].mark # 0
  /\ LET booking == disk[s].log[disk[s].mark]
     IN  IF booking.room \in Poison
         THEN /\ GoDown(s)
              /\ UNCHANGED disk
         ELSE /\ memory' =
                   [memory EXCEPT ![s].view = @ \union {booking}, ![s].version = disk[s].mark]
              /\ disk' = [disk EXCEPT ![s].mark = 0]
              /\ UNCHANGED <<inbox, up>>
  /\ UNCHANGED crashes

\* The service starts again from its snapshot, and moves an entry that is marked to the
\* quarantine.
Restart(s) ==
  /\ ~up[s]
  /\ up' = [up EXCEPT ![s] = TRUE]
  /\ memory' = [memory EXCEPT ![s] = disk[s].snapshot]
  /\ disk' =
       [disk EXCEPT ![s].mark = 0,
                    ![s].quarantine = @ \union ({disk[s].mark} \ {0})]
  /\ UNCHANGED <<inbox, crashes>>

Next ==
  \/ \E s \in Services :
       \/ Book(s)
       \/ Mark(s)
       \/ Apply(s)
       \/ Timer(s)
       \/ Snapshot(s)
       \/ Crash(s)
       \/ Restart(s)
  \/ \E c \in Clients :
       \/ Send(c)
       \/ SendAgain(c)
       \/ Accepted(c)
       \/ Rejected(c)

\* A service that runs goes on, and one that does not is restarted. Clients read their
\* answers, and send again what was swallowed.
Fairness ==
  /\ \A s \in Services :
       /\ WF_vars(Book(s) \/ Snapshot(s))
       /\ WF_vars(Mark(s) \/ Apply(s))
       /\ WF_vars(Restart(s))
  /\ \A c \in Clients :
       /\ WF_vars(Accepted(c) \/ Rejected(c))
       /\ WF_vars(SendAgain(c))

Spec == Init /\ [][Next]_vars /\ Fairness

-----------------------------------------------------------------------------

\* The bookings in quarantine.
Quarantined(s) == {disk[s].log[i] : i \in disk[s].quarantine}

\* A service that has nothing left to apply has every booking that a client was promised,
\* in its view or in quarantine.
AcknowledgedSurvive ==
  \A s \in Services, c \in Clients :
    Settled(s) => memory[c].acknowledged \subseteq memory[s].view \union Quarantined(s)

\* View and quarantine are what the log amounts to.
ViewIsLog ==
  \A s \in Services :
    Settled(s) =>
      memory[s].view \union Quarantined(s) = {disk[s].log[i] : i \in 1..Len(disk[s].log)}

\* No two clients were promised the same room for the same night.
NoDoubleBooking ==
  \A c, d \in Clients :
    \A mine \in memory[c].acknowledged, yours \in memory[d].acknowledged :
      c # d => <<mine.room, mine.night>> # <<yours.room, yours.night>>

\* Each command that was sent is answered some time.
EventuallyServes ==
  \A c \in Clients :
    \A booking \in Bookings(c) :
      booking \in memory[c].requested ~> booking \in Answered(c)

=============================================================================
