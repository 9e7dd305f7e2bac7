---- MODULE Lock ----
\* A lock that clients ask for: what Tests/Recorder/lock.erl does.
EXTENDS Naturals, Sequences
CONSTANT Clients
VARIABLES holder, queue, grants

Init ==
  /\ holder = "none"
  /\ queue = <<>>
  /\ grants = [c \in Clients |-> 0]

Grant(c) ==
  /\ holder' = c
  /\ grants' = [grants EXCEPT ![c] = @ + 1]

Acquire(c) ==
  IF holder = "none"
  THEN Grant(c) /\ UNCHANGED queue
  ELSE queue' = Append(queue, c) /\ UNCHANGED <<holder, grants>>

Release(c) ==
  /\ holder = c
  /\ IF queue = <<>>
     THEN holder' = "none" /\ UNCHANGED <<queue, grants>>
     ELSE Grant(Head(queue)) /\ queue' = Tail(queue)

Next == \E c \in Clients : Acquire(c) \/ Release(c)

NobodyWaitsForAFreeLock == holder = "none" => queue = <<>>
====
