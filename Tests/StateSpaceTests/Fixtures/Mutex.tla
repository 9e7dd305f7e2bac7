---- MODULE Mutex ----
\* Two processes with program counters and polite flags: each waits while the other wants to enter and it is its turn.
EXTENDS Integers
VARIABLES pc, wants, turn
Procs == {0, 1}
Other(p) == 1 - p
Init == pc = [p \in Procs |-> "idle"] /\ wants = [p \in Procs |-> FALSE] /\ turn \in Procs
Goto(p, from, to) == pc[p] = from /\ pc' = [pc EXCEPT ![p] = to]
Want(p) == Goto(p, "idle", "polite") /\ wants' = [wants EXCEPT ![p] = TRUE] /\ UNCHANGED turn
Yield(p) == Goto(p, "polite", "waiting") /\ turn' = Other(p) /\ UNCHANGED wants
Enter(p) == Goto(p, "waiting", "inside") /\ (~wants[Other(p)] \/ turn = p) /\ UNCHANGED <<wants, turn>>
Leave(p) == Goto(p, "inside", "idle") /\ wants' = [wants EXCEPT ![p] = ~@] /\ UNCHANGED turn
Next == \E p \in Procs : Want(p) \/ Yield(p) \/ Enter(p) \/ Leave(p)
Exclusive == ~(\A p \in Procs : pc[p] = "inside")
====
