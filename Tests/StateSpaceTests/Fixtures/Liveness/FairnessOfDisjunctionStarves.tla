---- MODULE FairnessOfDisjunctionStarves ----
\* Weak fairness of a disjunction does not say which of its actions is taken.
\* A door that can be closed and locked, as a record.
VARIABLE door

Open == ~door.open /\ ~door.locked /\ door' = [door EXCEPT !.open = TRUE]
Close == door.open /\ door' = [door EXCEPT !.open = FALSE]
Lock == ~door.open /\ ~door.locked /\ door' = [door EXCEPT !.locked = TRUE]
Unlock == door.locked /\ door' = [door EXCEPT !.locked = FALSE]

Init == door = [open |-> FALSE, locked |-> FALSE]
Next == Open \/ Close \/ Lock \/ Unlock
Spec == /\ Init
        /\ [][Next]_door
        /\ WF_door(Open \/ Lock)
        /\ WF_door(Close \/ Unlock)

Prop == <>door.locked
====
