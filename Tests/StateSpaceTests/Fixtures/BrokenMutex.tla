---- MODULE BrokenMutex ----
\* Two processes that look whether the room is empty, and enter in another step: both may be inside.
CONSTANT Procs
VARIABLES pc, seen
Init == pc = [p \in Procs |-> "idle"] /\ seen = [p \in Procs |-> {}]
Look(p) ==
  /\ pc[p] = "idle"
  /\ seen' = [seen EXCEPT ![p] = {q \in Procs : pc[q] = "inside"}]
  /\ pc' = [pc EXCEPT ![p] = IF seen'[p] = {} THEN "entering" ELSE "idle"]
Enter(p) == pc[p] = "entering" /\ pc' = [pc EXCEPT ![p] = "inside"] /\ UNCHANGED seen
Leave(p) == pc[p] = "inside" /\ pc' = [pc EXCEPT ![p] = "idle"] /\ UNCHANGED seen
Next == \E p \in Procs : Look(p) \/ Enter(p) \/ Leave(p)
Exclusive == \A p, q \in Procs : p # q => ~(pc[p] = "inside" /\ pc[q] = "inside")
====
