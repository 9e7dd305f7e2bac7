---- MODULE Queues ----
\* Two queues of records between a sender and a receiver: Head, Tail, Append, \o, and sequences as functions.
EXTENDS Naturals, Sequences
VARIABLES there, back, got
Init == there = <<>> /\ back = <<>> /\ got = <<>>
Send == there' = Append(there, [number |-> Len(got) + Len(there) + 1, tag |-> "data"]) /\ UNCHANGED <<back, got>>
Receive ==
  /\ there # <<>>
  /\ got' = Append(got, Head(there).number)
  /\ there' = Tail(there)
  /\ back' = <<[number |-> Head(there).number, tag |-> "ack"]>> \o back
Acknowledge == back # <<>> /\ back' = SubSeq(back, 1, Len(back) - 1) /\ UNCHANGED <<there, got>>
Next == Send \/ Receive \/ Acknowledge
Short == Len(there) < 3 /\ Len(got) < 4
InOrder == \A i \in DOMAIN got : got[i] = i
====
